/** What other tools are silent about, or wrong: all recommended checks over each case, line by line. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { positionAt } from '../../src/source/position.ts';
import type { Span } from '../../src/source/span.ts';
import { type Files, lintFiles } from '../checks/lint-files.ts';

const root = 'fixtures/peers';

function filesIn(folder: string): Files {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true })
      .map((name) => `${folder}/${name}`)
      .filter((path) => statSync(path).isFile())
      .map((path) => [path, readFileSync(path, 'utf8')]),
  );
}

/** `# expect: a, b` and `# undecided: c` at the end of a line. */
function expected(files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const [, kind, ids = ''] = /#\s*(expect|undecided):\s*(\S.*)$/.exec(line) ?? [];
      return kind === undefined ? [] : ids.split(',').map((id) => `${path}:${index + 1} ${kind} ${id.trim()}`);
    }),
  );
}

function found(kind: string, results: readonly { readonly check: string; readonly span: Span }[]): string[] {
  return results.map(
    ({ check, span: { file, start } }) => `${file.path}:${positionAt(file, start).line} ${kind} ${check}`,
  );
}

test.each(readdirSync(root))('%s', async (name) => {
  const files = filesIn(`${root}/${name}`);
  const { findings, undecided, problems } = await lintFiles(files);
  expect(problems).toEqual([]);
  expect([...found('expect', findings), ...found('undecided', undecided)].sort()).toEqual(expected(files).sort());
});
