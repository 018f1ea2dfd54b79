/** The editor shows what `tfsg FILE` prints. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { shellWith } from '../cli/shell.ts';
import { fixtures } from '../golden.ts';
import { Editor, type Files } from './editor.ts';

let editor: Editor;
afterEach(async () => {
  await editor.end();
});

function filesBelow(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[];
  const read = names.filter((name) => /\.(?:tf|tfvars|tf\.json|tfsgrc\.json)$/.test(name));
  return Object.fromEntries(read.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]));
}

interface ReportedFinding {
  readonly check: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
  /** Those that a finding gathers, which an editor shows each at its own place. */
  readonly members?: readonly ReportedFinding[];
}

interface Reported {
  readonly findings: readonly ReportedFinding[];
}

const projects = readdirSync(join(fixtures, 'projects')).map((name) => `projects/${name}`);
const faults = readdirSync(join(fixtures, 'checks')).map((name) => `checks/${name}`);

describe('an editor shows what the command line prints', () => {
  test.each([...projects, ...faults])('of each file of %s', async (project) => {
    const files = filesBelow(join(fixtures, project));
    const shell = shellWith({ '.git/': '', ...files });
    editor = await Editor.start(files);
    for (const [path, text] of Object.entries(files).filter(([name]) => name.endsWith('.tf'))) {
      const { stdout } = await shell.tfsg(['-f', 'json', path]);
      const expected = (JSON.parse(stdout) as Reported).findings
        .flatMap(({ members, ...finding }) => members ?? [finding])
        .map(({ check, file, range: { start } }) => `${file}:${start.line}:${start.column} ${check}`);
      const before = editor.published.length;
      await editor.open(path, text);
      await editor.until(() =>
        editor.published.slice(before).some(({ uri, version }) => uri === editor.uri(path) && version === 1),
      );
      // Whatever else is published of this run is here before the answer.
      await editor.request('textDocument/documentSymbol', path);
      const shown = Object.keys(files).flatMap((name) =>
        (editor.latest(name)?.diagnostics ?? [])
          .filter(({ data }) => data !== undefined)
          .map(({ code, range: { start } }) => `${name}:${start.line + 1}:${start.character + 1} ${code}`),
      );
      expect(shown.sort()).toEqual(expected.sort());
      await editor.close(path);
      await editor.until(() =>
        Object.keys(files).every((name) => (editor.latest(name)?.diagnostics ?? []).length === 0),
      );
    }
    shell.remove();
  });
});
