/** A configuration may be small and mean endless work: it ends in a problem, in bounded time and memory. */

import { describe, expect, test } from '@jest/globals';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { inspect } from '../../src/lint.ts';
import { type InspectedRule, inspectRules } from '../../src/report/inspected.ts';
import type { Problem } from '../../src/source/problem.ts';
import { type GivenInput, noInputs } from '../../src/terraform/instances/inputs.ts';
import { lintFiles } from '../checks/lint-files.ts';

interface Inspected {
  readonly rules: readonly InspectedRule[];
  readonly problems: readonly Problem[];
}

async function inspectFiles(
  files: Readonly<Record<string, string>>,
  variables: readonly GivenInput[] = [],
): Promise<Inspected> {
  const { models, problems } = await inspect(memoryFileSystem(files), [''], {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: { ...noInputs, variables },
  });
  return { rules: models.flatMap(inspectRules), problems };
}

const rule = (port: string): string => `
  ingress {
    from_port   = ${port}
    to_port     = 1
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }`;

const group = (port: string, expansion = ''): string =>
  `resource "aws_security_group" "a" {\n${expansion}\n  name = "a"${rule(port)}\n}\n`;

const locals = (count: number, first: string, next: (previous: string) => string): string => {
  const lines = Array.from({ length: count }, (_, i) => `  l${i + 1} = ${next(`local.l${i}`)}`);
  return `locals {\n  l0 = ${first}\n${lines.join('\n')}\n}\n`;
};

/** Seconds are far beyond what these take; without a bound they would take forever. */
const timeout = 60_000;

const messages = ({ problems }: Inspected): string => problems.map(({ message }) => message).join('\n');

describe('what is endless', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['range(1e9)', group('length(range(1000000000))'), 'more than 1024 values'],
    ['locals in a circle', `locals {\n  a = local.b\n  b = local.a\n}\n${group('local.a')}`, 'refers to itself'],
    [
      'counts in a circle',
      `resource "aws_eip" "x" {\n  count = length(aws_eip.y)\n}\nresource "aws_eip" "y" {\n  count = length(aws_eip.x)\n}\n${group('length(aws_eip.y)')}`,
      'refers to itself',
    ],
    ['a chain of 10,000 locals', locals(10_000, '5', (l) => l) + group('local.l10000'), 'chain of references'],
    ['text that doubles', locals(60, '"xx"', (l) => `"\${${l}}\${${l}}"`) + group('length(local.l60)'), '16 MiB'],
    ['lists that double', locals(60, '[1]', (l) => `concat(${l}, ${l})`) + group('length(local.l60)'), '1,000,000'],
    [
      'tuples that hold one another twice',
      locals(60, '[1]', (l) => `[${l}, ${l}]`) + group('length(flatten(local.l60))'),
      '1,000,000',
    ],
    [
      'objects that hold one another twice',
      locals(60, '{}', (l) => `{ a = ${l}, b = ${l} }`) + group('local.l60 == null ? 1 : 2'),
      '1,000,000',
    ],
    [
      'unknown tuples that hold one another twice',
      `resource "aws_eip" "x" {}\n${locals(60, '[aws_eip.x.public_ip]', (l) => `[${l}, ${l}]`)}${group('local.l60 == local.l59 ? 1 : 2')}`,
      '1,000,000',
    ],
    [
      'loops in loops that make a lot',
      group(
        'length([for a in range(200) : [for b in range(200) : [for c in range(200) : [for d in range(200) : d]]]])',
      ),
      'steps',
    ],
    [
      'loops in loops that make little',
      group(
        'sum([for a in range(200) : sum([for b in range(200) : sum([for c in range(200) : sum([for d in range(200) : d])])])])',
      ),
      'steps',
    ],
    ['count = 1e9', group('count.index', '  count = 1000000000'), '10,000'],
    [
      'for_each of 100,000',
      group('each.value', '  for_each = { for p in setproduct(range(400), range(250)) : join("-", p) => p[0] }'),
      '10,000',
    ],
    ['10,000 minus signs', group(`${'-'.repeat(10_000)}1`), 'nested'],
  ];

  test.each(cases)(
    '%s',
    async (_, text, message) => {
      const inspected = await inspectFiles({ 'main.tf': text });
      expect(messages(inspected)).toContain(message);
      expect(inspected.rules.length).toBeLessThanOrEqual(10_000);
      expect(inspected.problems.every(({ span }) => span !== undefined)).toBe(true);
    },
    timeout,
  );

  test('a long chain of unknown text stays small', async () => {
    const text = `resource "aws_eip" "x" {}\n${locals(60, 'aws_eip.x.public_ip', (l) => `"\${${l}}-\${${l}}"`)}${group('length(local.l60)')}`;
    const { rules, problems } = await inspectFiles({ 'main.tf': text });
    expect(rules.map(({ unknown }) => unknown)).toEqual([['from_port']]);
    expect(problems).toEqual([]);
  });
});

describe('a chain of references', () => {
  test.each([
    [299, '22', false],
    [300, 'unknown', true],
  ])('over %i locals', async (count, port, isTold) => {
    const inspected = await inspectFiles({ 'main.tf': locals(count, '22', (l) => l) + group(`local.l${count}`) });
    expect(inspected.rules.map(({ from_port }) => String(from_port ?? 'unknown'))).toEqual([port]);
    expect(messages(inspected).includes('longer than 300')).toBe(isTold);
  });
});

const module = (name: string, source: string, more = ''): string =>
  `module "${name}" {\n  source = "${source}"\n${more}}\n`;

describe('modules', () => {
  test('that call themselves', async () => {
    const inspected = await inspectFiles({
      'main.tf': module('m', './m'),
      'm/main.tf': module('again', '../m') + group('1'),
    });
    expect(messages(inspected)).toContain('call themselves');
    expect(inspected.rules.map(({ address }) => address)).toEqual(['module.m.aws_security_group.a']);
  });

  test('that call each other', async () => {
    const inspected = await inspectFiles({
      'a/main.tf': module('b', '../b') + group('1'),
      'b/main.tf': module('a', '../a') + group('2'),
    });
    expect(messages(inspected)).toContain('call themselves');
  });

  test('that refer to each other in a circle', async () => {
    const inspected = await inspectFiles({
      'main.tf': module('a', './m', '  v = module.b.out\n') + module('b', './m', '  v = module.a.out\n'),
      'm/main.tf': `variable "v" {}\noutput "out" {\n  value = var.v\n}\n${group('var.v')}`,
    });
    expect(messages(inspected)).toContain('refers to itself');
    expect(inspected.rules).toHaveLength(2);
  });

  test(
    '100 times 100 instances are all there',
    async () => {
      const { rules, problems } = await inspectFiles({
        'main.tf': module('m', './m', '  count = 100\n  n = count.index\n'),
        'm/main.tf': `variable "n" {}\n${module('k', '../k', '  count = 100\n  n = var.n + count.index\n')}`,
        'k/main.tf': `variable "n" {}\n${group('var.n')}`,
      });
      expect(rules).toHaveLength(10_000);
      expect(Math.max(...rules.map((each) => each.from_port ?? -1))).toBe(198);
      expect(problems).toEqual([]);
    },
    timeout,
  );

  test(
    '1,000 times 1,000 instances are cut, which is said',
    async () => {
      const { rules, problems } = await inspectFiles({
        'main.tf': module('m', './m', '  count = 1000\n'),
        'm/main.tf': module('k', '../k', '  count = 1000\n'),
        'k/main.tf': group('1'),
      });
      expect(rules.length).toBeGreaterThan(1_000);
      expect(rules.length).toBeLessThan(20_000);
      expect(problems.length).toBeLessThanOrEqual(2);
      expect(new Set(problems.map(({ kind, severity }) => `${severity} ${kind}`))).toEqual(new Set(['error limit']));
    },
    timeout,
  );

  test.each([
    ['with a group', 25, group('1')],
    ['without one', 40, 'resource "aws_vpc" "main" {\n}\n'],
  ])(
    'that each call the next one twice, %s at the end',
    async (_, count, last) => {
      const levels = Array.from({ length: count }, (_, i): [string, string] => {
        const next = `../m${i + 1}`;
        return [`m${i}/main.tf`, i === count - 1 ? last : module('a', next) + module('b', next)];
      });
      const inspected = await inspectFiles({ 'main.tf': module('a', './m0'), ...Object.fromEntries(levels) });
      expect(messages(inspected)).toContain('Evaluation stopped here');
    },
    timeout,
  );

  test.each([
    [299, false],
    [300, true],
    [500, true],
  ])('in a chain of %i', async (count, isCut) => {
    const levels = Array.from({ length: count }, (_, i): [string, string] => {
      const next = i === count - 1 ? group('var.v') : module('m', `../m${i + 1}`, '  v = var.v\n');
      return [`m${i}/main.tf`, `variable "v" {}\n${next}`];
    });
    const files = { 'main.tf': module('m', './m0', '  v = 1\n'), ...Object.fromEntries(levels) };
    const inspected = await inspectFiles(files);
    expect(messages(inspected).includes('300 levels deep')).toBe(isCut);
  });
});

describe('faulty inputs are problems with places', () => {
  const files = { 'main.tf': `variable "v" {\n  type = list(number)\n}\n${group('var.v[0]')}` };
  const given = (text: string): GivenInput[] => [{ kind: 'var', name: 'v', text }];

  test.each([
    ['an expression that does not end', '{ a ='],
    ['a reference', 'local.x'],
    ['a call of a function that is not there', 'nothing(1)'],
    ['a value of the wrong type', '{ a = 1 }'],
    ['nothing', ''],
  ])('--var: %s', async (_, text) => {
    const { rules, problems } = await inspectFiles(files, given(text));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every(({ span }) => span !== undefined)).toBe(true);
    expect(rules.map(({ unknown }) => unknown)).toEqual([['from_port']]);
  });

  test.each([
    ['a block', 'v {\n}\n'],
    ['a brace that does not close', 'v = [{ a = 1\n'],
    ['a reference', 'v = [var.w]\n'],
    ['a value of the wrong type', 'v = ["many"]\n'],
  ])('a variable file with %s', async (_, text) => {
    const { rules, problems } = await inspectFiles({ ...files, 'terraform.tfvars': text });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every(({ span }) => span?.file.path.startsWith('terraform.tfvars'))).toBe(true);
    expect(rules.map(({ unknown }) => unknown)).toEqual([['from_port']]);
  });

  test('a variable file that is no JSON', async () => {
    const { problems } = await inspectFiles({ ...files, 'a.auto.tfvars.json': '{ "v": [1, }' });
    expect(problems.map(({ span }) => span?.file.path)).toContain('a.auto.tfvars.json');
  });
});

const bomb = (name: string, count = 10_000): string =>
  group('count.index', `  count = ${count}`).replace('"a" {', `"${name}" {`);

describe('a run as a whole', () => {
  const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `b${i}`);
  const limits = ({ problems }: Inspected): readonly string[] =>
    problems.flatMap(({ kind, span }) => (kind === 'limit' ? (span?.file.path ?? '') : []));

  test(
    'has a bound for all blocks of a root, which is said once; what is written out is there all the same',
    async () => {
      const last = group('22').replace('"a" {', '"last" {');
      const text = names(50)
        .map((name) => bomb(name))
        .join('');
      const inspected = await inspectFiles({ 'a.tf': text, 'z.tf': last });
      expect(limits(inspected)).toEqual(['a.tf']);
      expect(inspected.rules.length).toBeGreaterThan(10_000);
      expect(inspected.rules.length).toBeLessThan(40_000);
      const addresses = inspected.rules.map(({ address }) => address);
      for (const name of names(50)) expect(addresses).toContain(`aws_security_group.${name}[0]`);
      expect(inspected.rules.find(({ address }) => address === 'aws_security_group.last')).toMatchObject({
        from_port: 22,
      });
    },
    timeout,
  );

  test(
    'has a bound for all roots, of which each gets its part',
    async () => {
      const files = Object.fromEntries(names(200).map((name) => [`${name}/main.tf`, bomb(name)]));
      const inspected = await inspectFiles(files);
      expect(limits(inspected)).toHaveLength(200);
      expect(inspected.rules.length).toBeLessThan(40_000);
      const each = new Map<string, number>();
      for (const { group: of } of inspected.rules) {
        const name = String(of).split('[')[0]!;
        each.set(name, (each.get(name) ?? 0) + 1);
      }
      expect(new Set(each.values()).size).toBe(1);
    },
    timeout,
  );

  test(
    'has a bound for modules that nobody makes an instance of',
    async () => {
      const calls = names(100).map((name) => module(name, `./${name}`, '  count = 0\n'));
      const files = Object.fromEntries(names(100).map((name) => [`${name}/main.tf`, bomb(name)]));
      const inspected = await inspectFiles({ 'main.tf': calls.join(''), ...files });
      expect(limits(inspected)).toHaveLength(100);
      expect(inspected.rules.length).toBeLessThan(20_000);
    },
    timeout,
  );

  test(
    'lets text that is large have what it says',
    async () => {
      const rules = names(3_000).map((name, port) => group(String(port)).replace('"a" {', `"${name}" {`));
      const roots = Object.fromEntries(names(20).map((name) => [`${name}/main.tf`, bomb(name, 200)]));
      const inspected = await inspectFiles({ 'all/main.tf': rules.join(''), ...roots });
      expect(inspected.problems).toEqual([]);
      expect(inspected.rules).toHaveLength(3_000 + 20 * 200);
    },
    timeout,
  );

  test(
    'lets a root have what the tables say that it reads',
    async () => {
      const rows = Array.from({ length: 8_000 }, (_, i) => `name-${i},${i}\n`).join('');
      const text = group(
        'each.value.port',
        '  for_each = { for row in csvdecode(file("rules.csv")) : row.name => row }',
      );
      const others = Object.fromEntries(names(50).map((name) => [`${name}/main.tf`, group('1')]));
      const inspected = await inspectFiles({ 'a/main.tf': text, 'a/rules.csv': `name,port\n${rows}`, ...others });
      expect(inspected.problems).toEqual([]);
      expect(inspected.rules).toHaveLength(8_000 + 50);
    },
    timeout,
  );

  test(
    'takes nothing for an answer that it had no steps for',
    async () => {
      const endless = 'sum([for a in range(1000) : sum([for b in range(1000) : sum(range(1000))])])';
      const inspected = await inspectFiles({ 'main.tf': group(`try(${endless}, 22)`) });
      expect(inspected.rules.map(({ unknown }) => unknown)).toEqual([['from_port']]);
      expect(limits(inspected)).toEqual(['main.tf']);
    },
    timeout,
  );
});

describe('text that is long and says little', () => {
  const many = 10_001;

  test(
    'sources of one rule',
    async () => {
      const text = group('1').replace('["10.0.0.0/8"]', `[${'"10.0.0.0/8", '.repeat(many)}]`);
      const inspected = await inspectFiles({ 'main.tf': text });
      expect(messages(inspected)).toBe('cidr_blocks has 10,001 elements; only the first 10,000 are checked.');
      expect(inspected.problems[0]?.severity).toBe('error');
    },
    timeout,
  );

  test(
    'inline rules of one group',
    async () => {
      const text = `resource "aws_security_group" "a" {${rule('1').repeat(many)}\n}\n`;
      const inspected = await inspectFiles({ 'main.tf': text });
      expect(messages(inspected)).toContain('ingress has 10,001 elements; only the first 10,000 are checked.');
    },
    timeout,
  );

  test(
    'findings of one check in one file',
    async () => {
      const text = Array.from({ length: many }, (_, i) => group('1').replace('"a" {', `"a${i}" {`)).join('');
      const { findings, problems } = await lintFiles({ 'main.tf': text }, ['missing-rule-description']);
      expect(findings).toHaveLength(10_000);
      expect(problems).toMatchObject([
        { kind: 'limit', severity: 'error', message: expect.stringContaining('more than 10,000') },
      ]);
    },
    timeout,
  );

  test.each([
    ['yamldecode', `[${'1,'.repeat(600_000)}]`, 'this YAML text is longer than 1 MiB'],
    ['jsondecode', `[${'[],'.repeat(many * 100)}1]`, 'more than 1,000,000 '],
    ['csvdecode', `a,b\n${'1,2\n'.repeat(many * 50)}`, 'more than 1,000,000 elements'],
  ])(
    '%s',
    async (name, text, reason) => {
      const inspected = await inspectFiles({ 'main.tf': group(`${name}(file("data"))[0]`), data: text });
      expect(messages(inspected)).toContain(reason);
    },
    timeout,
  );

  test(
    'the header of a table with 50,000 columns',
    async () => {
      const columns = Array.from({ length: 50_000 }, (_, i) => `c${i}`).join(',');
      const inspected = await inspectFiles({
        'main.tf': group('csvdecode(file("data"))[0].c49999'),
        data: `${columns}\n${columns.replaceAll('c', '')}\n`,
      });
      expect(inspected.rules[0]?.from_port).toBe(49_999);
    },
    timeout,
  );

  test(
    'a manifest of installed modules',
    async () => {
      const inspected = await inspectFiles({
        'main.tf': module('m', 'a/b/c', ''),
        '.terraform/modules/modules.json': `{"Modules":[${'[],'.repeat(1_400_000)}{}]}`,
      });
      expect(messages(inspected)).toContain('This file is larger than 4 MiB');
    },
    timeout,
  );
});

test('as many instances as are written out in for_each are no endless work', async () => {
  const entries = Array.from({ length: 2000 }, (_, i) => `    r${i} = { port = ${i}, note = "number ${i} of many" }`);
  const { rules, problems } = await inspectFiles({
    'main.tf': `resource "aws_security_group_rule" "r" {
  for_each = {
${entries.join('\n')}
  }
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  from_port         = each.value.port
  to_port           = each.value.port
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8"]
}
`,
  });
  expect(problems).toEqual([]);
  expect(rules).toHaveLength(2000);
});
