/** What the summary says of groups and rules that are switched off; the fixtures say what it is. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { defaultLayers, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { type LintOptions, lint } from '../../src/lint.ts';
import { summaryLine } from '../../src/report/summary.ts';
import { positionAt } from '../../src/source/position.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { fixtures } from '../golden.ts';

const folder = join(fixtures, 'switched-off');
const names = readdirSync(folder);
const config = resolveConfig(defaultLayers, checks, { only: new Set(['admin-port-open']), disabled: new Set() });

function filesOf(name: string): Readonly<Record<string, string>> {
  const paths = (readdirSync(join(folder, name), { recursive: true }) as string[]).filter((path) => /\.tf/.test(path));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, name, path), 'utf8')]));
}

const lintIn = (name: string, more: Partial<LintOptions> = {}) =>
  lint(memoryFileSystem(filesOf(name)), [''], { configFor: () => config, parser: 'native', inputs: noInputs, ...more });

const saidOff = (report: Awaited<ReturnType<typeof lint>>): string =>
  summaryLine(report, 0, false)
    .split('; ')
    .find((part) => part.includes('switched off')) ?? 'none';

test.each(names)('%s', async (name) => {
  const report = await lintIn(name);
  const lines = Object.entries(filesOf(name)).flatMap(([path, text]) =>
    text.split('\n').map((line, index) => ({ line, place: `${path}:${index + 1}` })),
  );
  const expected = lines.flatMap(({ line, place }) => (/# expect: /.test(line) ? [place] : []));
  expect(report.findings.map(({ span }) => `${span.file.path}:${positionAt(span.file, span.start).line}`)).toEqual(
    expected,
  );
  expect(saidOff(report)).toBe(lines.flatMap(({ line }) => /# off: (.*)/.exec(line)?.[1] ?? [])[0]);
});

test('--any-input checks what depends on a variable', async () => {
  for (const name of ['variable-file', 'default-of-a-value']) {
    const report = await lintIn(name, { inputs: { ...noInputs, any: true } });
    expect([name, saidOff(report), report.findings.length]).toEqual([name, 'none', 1]);
  }
  expect(saidOff(await lintIn('empty-map', { inputs: { ...noInputs, any: true } }))).toBe(
    '2 groups and rules are switched off',
  );
});

test('in one world a default switches off, and nothing is promised', async () => {
  expect(saidOff(await lintIn('default', { worlds: 'one' }))).toBe('1 group or rule is switched off');
});
