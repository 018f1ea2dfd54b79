/** What is found in small configurations, word by word. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@jest/globals';
import { renderPretty } from '../../src/report/formats/pretty.ts';
import { summaryLine } from '../../src/report/summary.ts';
import { type Files, lintFiles } from '../checks/lint-files.ts';
import { expectGolden, fixtures } from '../golden.ts';
import { plain } from '../report/reports.ts';

const folder = join(fixtures, 'findings');

/** Of these, what nobody gives stays unknown. */
const inOneWorld: ReadonlySet<string> = new Set(['twins-may-exist']);

function filesOf(name: string): Files {
  const names = readdirSync(join(folder, name), { recursive: true }) as string[];
  const all = names.filter((each) => statSync(join(folder, name, each)).isFile() && each !== 'expected.txt');
  return Object.fromEntries(all.sort().map((each) => [each, readFileSync(join(folder, name, each), 'utf8')]));
}

test.each(readdirSync(folder))('%s', async (name) => {
  const report = await lintFiles(filesOf(name), undefined, inOneWorld.has(name) ? 'one' : undefined);
  const text = renderPretty(report, { ...plain, unknown: true });
  expectGolden(
    `findings/${name}/expected.txt`,
    `${[text.trimEnd(), summaryLine(report, 0, true)].join('\n\n').trimStart()}\n`,
  );
});
