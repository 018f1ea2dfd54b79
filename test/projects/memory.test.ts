/**
 * A run that remembers earlier ones says what a run that doesn't would say, whatever was edited in between: findings, problems,
 * places and what was evaluated. MEMORY_RUNS has more of it, and fast-check prints the seed of what fails.
 */

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
import { inspectRules } from '../../src/report/inspected.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { fixtures } from '../golden.ts';
import { type Edit, edited, type Files } from './edits.ts';

const numRuns = Number(process.env['MEMORY_RUNS'] ?? 2);
const timeout = 60_000 + numRuns * 5_000;

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

/** All that a run says, and what it evaluated: with the texts that places stand for. */
async function said(files: Files, memory: Memory): Promise<unknown> {
  const fileSystem = memoryFileSystem(files);
  const { configFor } = discoverConfigurations(fileSystem, checks, noSelection);
  const evaluated: unknown[] = [];
  const report = await lint(fileSystem, [''], {
    configFor,
    parser: 'native',
    inputs: noInputs,
    suppressions: { today: '2026-01-31', inline: true, reportUnused: true },
    memory,
    onEvaluated({ models }) {
      for (const { root, environment, groups, rules, prefixLists, attachments } of models) {
        evaluated.push({ root, environment });
        for (const group of groups) evaluated.push([group.address, placeOf(group.span)]);
        for (const rule of rules) evaluated.push([rule.address, placeOf(rule.span)]);
        for (const list of prefixLists) evaluated.push([list.address, placeOf(list.span)]);
        for (const service of attachments) evaluated.push([service.address, service.groups.length]);
      }
      for (const model of models) {
        evaluated.push(...inspectRules(model).map(({ span, ...rule }) => [rule, placeOf(span)]));
      }
    },
  });
  for (const { span } of report.problems) {
    if (span === undefined) continue;
    // A place of a text that is no more would be one outside of the file as it is.
    if (!span.file.isVirtual) expect(span.file.text).toBe(files[span.file.path]?.replace(/^\uFEFF/, ''));
    expect(span.start).toBeLessThanOrEqual(span.end);
    expect(span.end).toBeLessThanOrEqual(span.file.text.length);
  }
  return { report: documentOf(report), evaluated };
}

const placeOf = ({ file, start, end }: { file: { path: string }; start: number; end: number }): string =>
  `${file.path} ${start}-${end}`;

const edit: fc.Arbitrary<Edit> = fc.record({ file: fc.nat(), kind: fc.nat(1_000), at: fc.nat() });

const steps = (maxLength: number): fc.Arbitrary<readonly Edit[]> => fc.array(edit, { minLength: 1, maxLength });

async function holds(files: Files, some: readonly Edit[]): Promise<void> {
  const memory = new Memory();
  let now = files;
  await said(now, memory);
  for (const step of some) {
    now = edited(now, step);
    expect(await said(now, memory)).toEqual(await said(now, new Memory()));
  }
  expect(await said(files, memory)).toEqual(await said(files, new Memory()));
}

describe('edits of', () => {
  const folder = join(fixtures, 'terraform');
  test.each(readdirSync(folder))(
    'terraform/%s',
    async (name) => {
      const files = filesBelow(join(folder, name));
      await fc.assert(
        fc.asyncProperty(steps(4), (some) => holds(files, some)),
        { numRuns },
      );
    },
    timeout,
  );

  test.each(readdirSync(join(fixtures, 'projects')))(
    'projects/%s',
    async (name) => {
      const files = filesBelow(join(fixtures, 'projects', name));
      await fc.assert(
        fc.asyncProperty(steps(4), (some) => holds(files, some)),
        { numRuns },
      );
    },
    timeout,
  );

  test(
    'the bad examples of all checks together',
    async () => {
      const bad = join(fixtures, 'checks');
      const files = Object.fromEntries(
        readdirSync(bad).map((id) => [`${id}/main.tf`, readFileSync(join(bad, id, 'bad.tf'), 'utf8')]),
      );
      await fc.assert(
        fc.asyncProperty(steps(10), (some) => holds(files, some)),
        { numRuns },
      );
    },
    timeout,
  );

  test(
    'what is near the bound of a run, or past it',
    async () => {
      // Of many roots each has few steps.
      const files = { ...others, ...busy };
      const edits = fc.array(
        fc.record({ file: fc.nat({ max: 2 }).map((at) => at + 900), kind: fc.constantFrom(0, 4, 5), at: fc.nat(40) }),
        { minLength: 1, maxLength: 6 },
      );
      await fc.assert(
        fc.asyncProperty(edits, (some) => holds(files, some)),
        { numRuns },
      );
    },
    timeout,
  );
});

const others: Files = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`r${i}/main.tf`, '']));

const busy: Files = {
  'busy/a.tf': `locals {
  all = [for i in range(60) : [for j in range(4) : i + j]]
}
`,
  'busy/b.tf': `resource "aws_security_group" "a" {
  count = 48
  name  = "a"
  ingress {
    from_port   = length(local.all)
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`,
  'busy/c.tf': `module "m" {
  count  = 5
  source = "./m"
}
resource "aws_security_group" "z" {
  name        = sum(local.all[1])
  description = "z"
}
`,
  'busy/m/main.tf': `resource "aws_security_group" "m" {
  count = 2
  name  = count.index
}
`,
};

test('what is cut off, and is not any more', async () => {
  const memory = new Memory();
  const isCut: boolean[] = [];
  for (const count of [20, 90, 91, 20, 30, 31, 90, 20]) {
    const files = { ...others, ...busy, 'busy/b.tf': busy['busy/b.tf']!.replace(/count = \d+/, `count = ${count}`) };
    const one = await said(files, memory);
    expect(one).toEqual(await said(files, new Memory()));
    isCut.push(JSON.stringify(one).includes('Evaluation stopped here'));
  }
  expect(isCut).toEqual([false, true, true, false, false, false, true, false]);
}, 60_000);

test('a problem of a value that nothing asks for any more is gone', async () => {
  const before = {
    'main.tf': 'variable "v" {\n  type = object({ a = sYring })\n}\n',
    'sg.tf': 'resource "aws_security_group" "g" {\n  name        = "n"\n  description = var.v\n}\n',
  };
  const after = { ...before, 'sg.tf': before['sg.tf'].replace('var.v', '"fixed"') };
  const memory = new Memory();
  const problems = async (files: Files): Promise<string> =>
    JSON.stringify(((await said(files, memory)) as { report: { problems: unknown } }).report.problems);
  expect(await problems(before)).toContain('sYring');
  expect(await problems(after)).not.toContain('sYring');
  expect(await said(after, memory)).toEqual(await said(after, new Memory()));
});
