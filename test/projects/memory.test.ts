/** A run that remembers earlier ones says what a run that doesn't would say, whatever was edited in between. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigurations } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { lint, Memory } from '../../src/lint.ts';
import { documentOf } from '../../src/report/document.ts';
import { noInputs } from '../../src/terraform/inputs.ts';
import { fixtures } from '../golden.ts';

type Files = Readonly<Record<string, string>>;

function filesBelow(folder: string, prefix = ''): Files {
  return Object.assign(
    {},
    ...readdirSync(folder).map((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return filesBelow(path, `${prefix}${name}/`);
      return /\.(?:tf|tofu|json|tfvars|txt|tpl|tftpl|yaml|csv)$/.test(name) && name !== 'expected.json'
        ? { [prefix + name]: readFileSync(path, 'utf8') }
        : {};
    }),
  );
}

async function report(files: Files, memory: Memory): Promise<unknown> {
  const fileSystem = memoryFileSystem(files);
  const { configFor } = discoverConfigurations(fileSystem, checks, noSelection);
  return documentOf(await lint(fileSystem, [''], { configFor, parser: 'native', inputs: noInputs, memory }));
}

/** Edits as people make them, at a place that `at` picks: whatever comes of it. */
const edits: readonly ((text: string, at: number) => string)[] = [
  (text, at) => replaceOne(text, /\d+/g, at, (number) => String(Number(number) + 1)),
  (text, at) => replaceOne(text, /"\d+\.\d+\.\d+\.\d+\/\d+"/g, at, () => '"0.0.0.0/0"'),
  (text, at) => replaceOne(text, /\blocal\.\w+|\bvar\.\w+|\bmodule\.\w+/g, at, () => 'local.nothing'),
  (text, at) => replaceOne(text, /^.*\n/gm, at, () => ''),
  (text, at) => replaceOne(text, /^.*\n/gm, at, (line) => `${line}\n`),
  (text, at) => replaceOne(text, /"\w+"/g, at, (word) => `${word.slice(0, -1)}x"`),
  (text) => `${text}\nlocals {\n  nothing = "10.0.0.0/8"\n}\n`,
  () => '',
];

function replaceOne(text: string, pattern: RegExp, at: number, change: (match: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  const match = matches[at % Math.max(1, matches.length)];
  return match === undefined
    ? text
    : text.slice(0, match.index) + change(match[0]) + text.slice(match.index + match[0].length);
}

const edit = fc.record({ file: fc.nat(), kind: fc.nat(edits.length - 1), at: fc.nat() });

async function holds(files: Files, steps: readonly { file: number; kind: number; at: number }[]): Promise<void> {
  const memory = new Memory();
  const names = Object.keys(files);
  let now: Record<string, string> = { ...files };
  await report(now, memory);
  for (const { file, kind, at } of steps) {
    const name = names[file % names.length]!;
    now = { ...now, [name]: edits[kind]!(now[name] ?? '', at) };
    expect(await report(now, memory)).toEqual(await report(now, new Memory()));
  }
  expect(await report(files, memory)).toEqual(await report(files, new Memory()));
}

describe('edits of', () => {
  const folder = join(fixtures, 'terraform');
  test.each(readdirSync(folder))('terraform/%s', async (name) => {
    const files = filesBelow(join(folder, name));
    const steps = fc.array(edit, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(steps, (some) => holds(files, some)),
      { numRuns: 2 },
    );
  });

  test('the bad examples of all checks together', async () => {
    const bad = join(fixtures, 'checks');
    const files = Object.fromEntries(
      readdirSync(bad).map((id) => [`${id}/main.tf`, readFileSync(join(bad, id, 'bad.tf'), 'utf8')]),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 10 }), (some) => holds(files, some)),
      {
        numRuns: 2,
      },
    );
  });
});
