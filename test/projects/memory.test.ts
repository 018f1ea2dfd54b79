/**
 * A run that has a cache says what a run without one would say, whatever was edited in between: findings, problems, places and what was
 * evaluated. What an earlier run has handed out stays what it was. EDIT_RUNS has more random edits, EDIT_SEED others; fast-check
 * prints the seed of what fails.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../src/checks/index.ts';
import { query } from '../../src/collections/query-cache.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { type Evaluated, lint, QueryCache } from '../../src/lint.ts';
import { documentOf } from '../../src/report/document.ts';
import { inspectRules } from '../../src/report/inspected.ts';
import type { Span } from '../../src/source/span.ts';
import type { EvaluatedBody } from '../../src/terraform/instances/body.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { modulesOf } from '../../src/terraform/modules/load.ts';
import type { Value } from '../../src/terraform/values/value.ts';
import { fixtures } from '../golden.ts';
import { type Edit, edited, type Files } from './edits.ts';

const numRuns = Number(process.env['EDIT_RUNS'] ?? 1);
const seed = Number(process.env['EDIT_SEED'] ?? 14);
/** Shrinking would outlast the test, and nobody would see the seed. */
const bounds = { numRuns, seed, endOnFailure: true };
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

interface Run {
  readonly report: unknown;
  readonly evaluated: Evaluated;
}

async function run(files: Files, cache?: QueryCache): Promise<Run> {
  const fileSystem = memoryFileSystem(files);
  const { configFor } = discoverConfigs(fileSystem, checks, noSelection);
  let evaluated: Evaluated | undefined;
  const report = await lint(fileSystem, [''], {
    configFor,
    parser: 'native',
    inputs: noInputs,
    suppressions: { today: '2026-01-31', reportUnused: true },
    confirmSyntaxErrors: false,
    cache,
    onEvaluated(linted) {
      evaluated = linted;
    },
  });
  const places = [...report.problems, ...report.undecided, ...report.findings].map(({ span }) => span);
  const related = report.findings.flatMap((finding) => finding.related.map(({ span }) => span));
  for (const span of [...places, ...related]) {
    if (span === undefined) continue;
    // A place of a text that is no more would be one outside of the file as it is.
    if (!span.file.isVirtual) expect(span.file.text).toBe(files[span.file.path]?.replace(/^\uFEFF/, ''));
    expect(span.start).toBeLessThanOrEqual(span.end);
    expect(span.end).toBeLessThanOrEqual(span.file.text.length);
  }
  return { report: documentOf(report), evaluated: evaluated! };
}

/** All that a run says, and what it evaluated: with the texts that places stand for. */
async function said(files: Files, cache?: QueryCache): Promise<unknown> {
  const { report, evaluated } = await run(files, cache);
  return { report, evaluated: modelsIn(evaluated) };
}

function modelsIn({ models }: Evaluated): unknown[] {
  return models.flatMap((model) => [
    [model.root, model.environment],
    ...model.groups.map((group) => [group.address, placeOf(group.span)]),
    ...model.rules.map((rule) => [rule.address, placeOf(rule.span)]),
    ...model.prefixLists.map((list) => [list.address, placeOf(list.span)]),
    ...model.attachments.map((service) => [service.address, service.groups.length]),
    ...inspectRules(model).map(({ span, ...rule }) => [rule, placeOf(span)]),
  ]);
}

/** Everything that can be asked of what a run evaluated, whether or not the run has asked for it. */
function everythingIn(evaluated: Evaluated): unknown {
  const values = evaluated.configurations.flatMap((configuration) =>
    modulesOf(configuration.root).flatMap(({ directory, variables, locals }) => [
      ...[...variables.keys()].map((name) => [name, configuration.valuesOf(directory, 'var', name).map(shown)]),
      ...[...locals.keys()].map((name) => [name, configuration.valuesOf(directory, 'local', name).map(shown)]),
    ]),
  );
  const instances = evaluated.configurations.flatMap((configuration) =>
    configuration.instances(() => true).map(({ address, body }) => [address, argumentsOf(body)]),
  );
  const groups = evaluated.models.flatMap((model) =>
    [...model.groups, ...model.rules].map(({ address, instance }) => [address, argumentsOf(instance.body)]),
  );
  return { models: modelsIn(evaluated), values, instances, groups };
}

function argumentsOf(body: EvaluatedBody): unknown {
  return {
    attributes: [...body.names].map((name) => [name, shown(body.attribute(name)!.value)]),
    blocks: body.blocks.map(({ type, span, body: inner }) => [type, placeOf(span), argumentsOf(inner)]),
  };
}

/** A value with its places. */
function shown(value: Value): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) => {
      if (part instanceof Map || part instanceof Set) return [...part];
      // A place is the node that stands there, with all that is in it.
      if (typeof part === 'object' && part !== null && 'file' in part) return placeOf(part as Span);
      return typeof part === 'bigint' ? String(part) : part;
    }),
  );
}

const placeOf = ({ file, start, end }: Span): string => `${file.path} ${start}-${end}`;

const edit: fc.Arbitrary<Edit> = fc.record({ file: fc.nat(), kind: fc.nat(1_000), at: fc.nat() });

const steps = (maxLength: number): fc.Arbitrary<readonly Edit[]> => fc.array(edit, { minLength: 1, maxLength });

async function holds(files: Files, some: readonly Edit[]): Promise<void> {
  const cache = new QueryCache();
  let now = files;
  await said(now, cache);
  for (const step of some) {
    now = edited(now, step);
    expect(await said(now, cache)).toEqual(await said(now));
  }
  expect(await said(files, cache)).toEqual(await said(files));
}

/**
 * What a run has handed out is the same after later runs, with everything that nobody had asked for yet. Not near the bound of a run, where
 * asking for more cuts off more.
 */
async function staysSame(files: Files, some: readonly Edit[]): Promise<void> {
  const cache = new QueryCache();
  const states = [files];
  for (const step of some) states.push(edited(states.at(-1)!, step));
  const runs: Run[] = [];
  for (const state of states) runs.push(await run(state, cache));
  for (const [index, { evaluated }] of runs.entries()) {
    expect(everythingIn(evaluated)).toEqual(everythingIn((await run(states[index]!)).evaluated));
  }
}

describe('edits of', () => {
  const folder = join(fixtures, 'terraform');
  test.each(readdirSync(folder))(
    'terraform/%s',
    async (name) => {
      const files = filesBelow(join(folder, name));
      await fc.assert(
        fc.asyncProperty(steps(4), async (some) => {
          await holds(files, some);
          await staysSame(files, some);
        }),
        bounds,
      );
    },
    timeout,
  );

  test.each(readdirSync(join(fixtures, 'projects')))(
    'projects/%s',
    async (name) => {
      const files = filesBelow(join(fixtures, 'projects', name));
      await fc.assert(
        fc.asyncProperty(steps(4), async (some) => {
          await holds(files, some);
          await staysSame(files, some);
        }),
        bounds,
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
        bounds,
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
        bounds,
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

test.each(readdirSync(join(fixtures, 'worlds')).filter((name) => name.endsWith('.tf')))(
  'worlds of %s are the same in a second and a third run',
  async (name) => {
    const files = { 'main.tf': readFileSync(join(fixtures, 'worlds', name), 'utf8') };
    const first = await said(files);
    const cache = new QueryCache();
    for (const _ of [1, 2, 3]) expect(await said({ ...files }, cache)).toEqual(first);
  },
);

test('what is cut off, and is not any more', async () => {
  const cache = new QueryCache();
  const isCut: boolean[] = [];
  for (const count of [20, 90, 91, 20, 30, 31, 90, 20]) {
    const files = { ...others, ...busy, 'busy/b.tf': busy['busy/b.tf']!.replace(/count = \d+/, `count = ${count}`) };
    const one = await said(files, cache);
    expect(one).toEqual(await said(files));
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
  const cache = new QueryCache();
  const problems = async (files: Files): Promise<string> =>
    JSON.stringify(((await said(files, cache)) as { report: { problems: unknown } }).report.problems);
  expect(await problems(before)).toContain('sYring');
  expect(await problems(after)).not.toContain('sYring');
  expect(await said(after, cache)).toEqual(await said(after));
});

describe('circles come and go', () => {
  const group = (name: string, description: string): string =>
    `resource "aws_security_group" "${name}" {\n  name        = "${name}"\n  description = ${description}\n}\n`;
  const start: Files = {
    'a.tf': group('a', '"A"'),
    'b.tf': group('b', 'local.b'),
    'locals.tf': 'locals {\n  b    = "b"\n  loop = local.back\n  back = "back"\n}\n',
    'call.tf': 'module "m" {\n  source = "./m"\n  text   = "text"\n}\n',
    'm/main.tf': `variable "text" {\n  type = string\n}\n\noutput "text" {\n  value = var.text\n}\n\n${group('m', 'var.text')}`,
  };
  const edits: readonly (readonly [what: string, file: string, text: string, isCircle: boolean])[] = [
    ['through a resource', 'locals.tf', 'locals {\n  b    = aws_security_group.b.id\n}\n', true],
    ['no more', 'locals.tf', start['locals.tf']!, false],
    ['of local values that no group names', 'locals.tf', start['locals.tf']!.replace('"back"', 'local.loop'), false],
    ['that a group names now', 'a.tf', group('a', 'local.loop'), true],
    ['no more, as it names another value', 'a.tf', group('a', 'local.b'), false],
    ['no more, as none is there', 'locals.tf', start['locals.tf']!, false],
    ['through what a call gives', 'call.tf', start['call.tf']!.replace('"text"', 'module.m.text'), true],
    ['no more, as the call gives a text', 'call.tf', start['call.tf']!, false],
    [
      'through what a call gives, and a local value',
      'call.tf',
      start['call.tf']!.replace('"text"', 'local.loop'),
      false,
    ],
    ['that is what the module gives', 'locals.tf', start['locals.tf']!.replace('"back"', 'module.m.text'), true],
    ['in the module', 'm/main.tf', start['m/main.tf']!.replace('value = var.text', 'value = "text"'), false],
  ];

  test.each([undefined, 'environment'])('where a variable is %s', async (variable) => {
    const cache = new QueryCache();
    const more: Files =
      variable === undefined ? {} : { 'v.tf': 'variable "environment" {}\n', 'c.tf': group('c', 'var.environment') };
    let files = { ...start, ...more };
    await said(files, cache);
    for (const [what, file, text, isCircle] of edits) {
      files = { ...files, [file]: text };
      const now = await said(files, cache);
      expect([what, JSON.stringify(now).includes('dependency-cycle')]).toEqual([what, isCircle]);
      expect(now).toEqual(await said(files));
    }
  });
});

describe('a result that was handed out', () => {
  const files = (ports: number): Files => ({
    'main.tf': `locals {
  p = ${ports}
}

resource "aws_security_group" "g" {
  name        = "n${ports}"
  description = "Group"
  tags        = { port = local.p }
}
`,
    'other.tf': `resource "aws_security_group" "other" {
  name        = "other"
  description = "Other"
  tags        = { port = local.p, called = module.m.port }
}

module "m" {
  source = "./m"
  port   = local.p
}
`,
    'm/main.tf': 'variable "port" {\n  type = number\n}\n\noutput "port" {\n  value = var.port\n}\n',
  });
  const numberOf = (values: readonly Value[] | undefined) =>
    values?.map((value) => (value.kind === 'number' ? value.value : value.kind));

  test('keeps its values after a second run, asked for before or not', async () => {
    const cache = new QueryCache();
    const first = (await run(files(1), cache)).evaluated;
    const second = (await run(files(2), cache)).evaluated;
    for (const [evaluated, port] of [
      [first, 1],
      [second, 2],
    ] as const) {
      expect(numberOf(evaluated.configurations[0]?.valuesOf('', 'local', 'p'))).toEqual([port]);
      expect(numberOf(evaluated.configurations[0]?.valuesOf('m', 'var', 'port'))).toEqual([port]);
      const [group] = evaluated.models[0]!.groups;
      expect(group?.name).toMatchObject({ value: `n${port}` });
      expect(JSON.stringify(shown(group!.instance.body.attribute('tags')!.value))).toContain(`"value":${port}`);
    }
  });

  test('agrees with the model that was handed out with it', async () => {
    const cache = new QueryCache();
    for (const port of [1, 2, 1]) {
      const { models, configurations } = (await run(files(port), cache)).evaluated;
      const instances = configurations[0]!.instances(({ type }) => type === 'aws_security_group');
      expect(models[0]!.groups.map(({ instance }) => instance)).toEqual(instances);
      for (const [index, { instance }] of models[0]!.groups.entries()) expect(instance).toBe(instances[index]);
    }
  });

  test('is the same object where nothing behind it changed', async () => {
    const many: Files = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `g${index}.tf`,
        `resource "aws_security_group" "g${index}" {
  name        = "g${index}"
  description = "Group"
  ingress {
    description = "In"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [module.m.cidr]
  }
}
`,
      ]),
    );
    const module = 'output "cidr" {\n  value = "0.0.0.0/0"\n}\n\noutput "other" {\n  value = 1\n}\n';
    const all: Files = { ...many, 'm.tf': 'module "m" {\n  source = "./m"\n}\n', 'm/main.tf': module };
    const changed: Files = { ...all, 'g7.tf': many['g7.tf']!.replace('22', '23') };
    const cache = new QueryCache();
    const before = (await run(all, cache)).evaluated.models[0]!;
    const after = (await run(changed, cache)).evaluated.models[0]!;
    expect(after.ruleSets.filter((set) => !before.ruleSets.includes(set)).length).toBe(1);
    const moved = (await run({ ...changed, 'x.tf': 'locals {\n  unused = 1\n}\n' }, cache)).evaluated.models[0]!;
    expect(moved.ruleSets).toEqual(after.ruleSets);
    expect(moved.ruleSets.every((set) => after.ruleSets.includes(set))).toBe(true);
  });
});

test('what a revision does not ask for is dropped', () => {
  const cache = new QueryCache();
  const squares = query<number, number>((a, b) => a === b);
  const known = (key: string, input: number): boolean => cache.find(squares, key, input) !== undefined;
  cache.beginRevision();
  cache.keep(squares, 'a', 2, 4);
  cache.within('inner').keep(squares, 'a', 3, 9);
  cache.beginRevision();
  expect([known('a', 3), known('a', 2)]).toEqual([false, true]);
  cache.beginRevision();
  expect([known('a', 2), cache.within('inner').find(squares, 'a', 3)]).toEqual([true, undefined]);
});
