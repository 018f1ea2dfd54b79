/** Baselines over changes of the text: what keeps meaning is no news, what adds a fault is. */

import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../../src/checks/index.ts';
import { defaultLayers, resolveConfig } from '../../../src/config/resolve.ts';
import { memoryFileSystem } from '../../../src/files.ts';
import type { RunFindings } from '../../../src/findings/baseline/baseline.ts';
import { type Entries, hideKnown, pruned, total, updated } from '../../../src/findings/baseline/baseline.ts';
import { groupsOf } from '../../../src/findings/baseline/entry.ts';
import { parseHcl } from '../../../src/hcl/native/parser.ts';
import { lint } from '../../../src/lint.ts';
import { placeOf } from '../../../src/source/position.ts';
import { SourceFile } from '../../../src/source/source-file.ts';
import { noInputs } from '../../../src/terraform/instances/inputs.ts';
import { filesBelow } from './files-below.ts';

type Files = Readonly<Record<string, string>>;

const config = resolveConfig(defaultLayers, checks, { only: undefined, disabled: new Set() });

function run(
  files: Files,
  baseline: (found: RunFindings) => ReturnType<typeof hideKnown>,
  paths: readonly string[] = [''],
) {
  return lint(memoryFileSystem(files), paths, {
    configFor: () => config,
    parser: 'native',
    inputs: noInputs,
    baseline,
  });
}

async function found(files: Files, paths?: readonly string[]): Promise<RunFindings> {
  let seen: RunFindings | undefined;
  await run(
    files,
    (each) => {
      seen = each;
      return { parts: each.parts, known: [] };
    },
    paths,
  );
  return seen!;
}

async function baselineOf(files: Files, paths?: readonly string[]): Promise<Entries> {
  const { parts } = await found(files, paths);
  return { entries: groupsOf(parts).map(({ entry }) => entry), old: [] };
}

/** What is found beyond a baseline: `check place`. */
async function newsOf(before: Entries, files: Files, paths?: readonly string[]): Promise<string[]> {
  const { findings } = await run(files, (each) => hideKnown(before, each), paths);
  return findings.map((finding) => `${finding.check} ${placeOf(finding.span)}`);
}

const rule = (port: number, cidr = '"0.0.0.0/0"') => `  ingress {
    description = "A rule"
    from_port   = ${port}
    to_port     = ${port}
    protocol    = "tcp"
    cidr_blocks = [${cidr}]
  }
`;
const group = (...rules: readonly string[]) =>
  `resource "aws_security_group" "web" {\n  description = "Web servers"\n${rules.join('')}}\n`;
const old = { 'main.tf': group(rule(22)) };

describe('what is no news', () => {
  test.each([
    ['nothing', group(rule(22))],
    ['other lines above', `# A comment\n\nlocals {\n  a = 1\n}\n${group(rule(22))}`],
    ['another layout', group(rule(22)).replace('["0.0.0.0/0"]', '[\n      "0.0.0.0/0", # everybody\n    ]')],
    ['another order in the group', group(rule(443), rule(22))],
    ['another attribute of the rule', group(rule(22).replace('A rule', 'SSH of the bastion'))],
    ['a fault that is gone', group(rule(443))],
    [
      'the value in a local',
      `${group(rule(22)).replace('["0.0.0.0/0"]', 'local.all')}locals {\n  all = ["0.0.0.0/0"]\n}\n`,
    ],
  ])('%s', async (_, text) => {
    expect(await newsOf(await baselineOf(old), { 'main.tf': text })).toEqual([]);
  });

  test('what terraform fmt takes away', async () => {
    const before =
      'resource aws_security_group web {\n  description = "Web"\n  ingress {\n description="a b c"\n from_port=22\n to_port=22\n protocol="tcp"\n cidr_blocks = "${var.a}"\n }\n}\nvariable "a" {\n  default = ["0.0.0.0/0"]\n}\n';
    const after = before.replace('aws_security_group web', '"aws_security_group" "web"').replace('"${var.a}"', 'var.a');
    const entries = await baselineOf({ 'main.tf': before }, ['']);
    expect(entries.entries.map(({ check }) => check)).toContain('admin-port-open');
    expect(await newsOf(entries, { 'main.tf': after })).toEqual([]);
  });

  test('another order of rules that are at fault together', async () => {
    const standalone = (name: string) =>
      `resource "aws_vpc_security_group_ingress_rule" "${name}" {\n  security_group_id = aws_security_group.web.id\n  description       = "A rule"\n  ip_protocol       = "tcp"\n  from_port         = 443\n  to_port           = 443\n  cidr_ipv4         = "10.0.0.0/8"\n}\n`;
    const files = (...names: readonly string[]) => ({ 'main.tf': group() + names.map(standalone).join('') });
    const before = await baselineOf(files('a', 'b'));
    expect(before.entries.map(({ check }) => check)).toEqual(['duplicate-rule']);
    expect(await newsOf(before, files('b', 'a'))).toEqual([]);
    expect(await newsOf(before, files('b', 'a', 'c'))).toHaveLength(1);
  });

  test('other keys and numbers of instances', async () => {
    const counted = (meta: string) => group(rule(22)).replace('{\n', `{\n  ${meta}\n`);
    const before = await baselineOf({ 'main.tf': counted('count = 2') });
    expect(await newsOf(before, { 'main.tf': counted('for_each = toset(["a", "b", "c"])') })).toEqual([]);
  });

  test('another call of a module, another name of its call, or the module alone', async () => {
    const module = { 'm/main.tf': group(rule(22)) };
    const call = (name: string) => `module "${name}" {\n  source = "./m"\n}\n`;
    const before = await baselineOf({ ...module, 'main.tf': call('a') });
    expect(before.entries.map(({ subject }) => subject)).toEqual(['aws_security_group.web']);
    expect(await newsOf(before, { ...module, 'main.tf': call('b') + call('c') })).toEqual([]);
    expect(await newsOf(before, { ...module, 'main.tf': call('a') }, ['m'])).toEqual([]);
  });
});

describe('what is news', () => {
  test.each([
    [
      'two halves instead of the whole',
      group(rule(22, '"0.0.0.0/0", "::/0"'))
        .replace('"::/0"', '"0.0.0.0/1", "128.0.0.0/1"')
        .replace('"0.0.0.0/0", ', ''),
      'main.tf:8:20',
    ],
    ['another port in the same rule', group(rule(3389)), 'main.tf:8:20'],
    ['another resource', group(rule(22)) + group(rule(22)).replace('"web"', '"api"'), 'main.tf:18:20'],
    [
      'another source',
      group(rule(22, '"0.0.0.0/0"')).replace('cidr_blocks = ["0.0.0.0/0"]', 'ipv6_cidr_blocks = ["::/0"]'),
      'main.tf:8:25',
    ],
  ])('%s', async (_, text, place) => {
    const news = await newsOf(await baselineOf(old), { 'main.tf': text });
    expect(news).toContain(`admin-port-open ${place}`);
  });

  test('a second identical fault, and of several alike the last', async () => {
    const twice = { 'main.tf': group(rule(22), rule(22)) };
    const before = await baselineOf(old);
    expect((await newsOf(before, twice)).filter((one) => one.startsWith('admin'))).toEqual([
      'admin-port-open main.tf:15:20',
    ]);
    expect(
      (await newsOf(await baselineOf(twice), { 'main.tf': group(rule(22), rule(22), rule(22)) })).filter((one) =>
        one.startsWith('admin'),
      ),
    ).toEqual(['admin-port-open main.tf:22:20']);
  });

  test('the same fault in another file', async () => {
    expect(await newsOf(await baselineOf(old), { 'other.tf': group(rule(22)) })).toEqual([
      'admin-port-open other.tf:8:20',
    ]);
  });

  test('another caller that hands the same value to a module', async () => {
    const module = { 'm/main.tf': `${group(rule(22)).replace('["0.0.0.0/0"]', 'var.cidrs')}variable "cidrs" {}\n` };
    const call = (name: string) => `module "${name}" {\n  source = "./m"\n  cidrs  = ["0.0.0.0/0"]\n}\n`;
    const before = await baselineOf({ ...module, 'main.tf': call('a') });
    expect(await newsOf(before, { ...module, 'main.tf': call('b') + call('a') })).toEqual([
      'admin-port-open main.tf:3:13',
    ]);
  });

  test('one more port of a dynamic block: the port alone', async () => {
    const files = (...ports: readonly number[]) => ({
      'main.tf': group(
        `  dynamic "ingress" {\n    for_each = [${ports}]\n    content {\n      description = "In"\n      from_port = ingress.value\n      to_port = ingress.value\n      protocol = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }\n`,
      ),
    });
    const before = await baselineOf(files(22, 3389));
    expect(before.entries.map(({ traffic, count }) => [traffic, count])).toEqual([
      ['22/tcp', 1],
      ['3389/tcp', 1],
    ]);
    expect(await newsOf(before, files(3389, 22))).toEqual([]);
    expect(await newsOf(before, files(22, 23, 3389))).toEqual(['admin-port-open main.tf:10:22']);
  });

  test('another value behind the same text', async () => {
    const files = (port: number) => ({
      'main.tf': `${group(rule(22)).replaceAll('22', 'var.port')}variable "port" {\n  default = ${port}\n}\n`,
    });
    expect(await newsOf(await baselineOf(files(22)), files(23))).toEqual(['admin-port-open main.tf:8:20']);
  });
});

describe('bringing it up to date', () => {
  const all = () => true;

  test('adds what is new and takes away what is gone', async () => {
    const before = await baselineOf({ 'main.tf': group(rule(22), rule(3389)) });
    const now = await found({ 'main.tf': group(rule(22), rule(23)) });
    const update = updated(before, now, all, true);
    expect([update.added, total(update.gone)]).toEqual([1, 1]);
    expect(update.entries.map(({ traffic }) => traffic).sort()).toEqual(['22/tcp', '23/tcp']);
  });

  test('leaves alone what was not read, unless the file is gone', async () => {
    const before = await baselineOf({ 'a/main.tf': group(rule(22)), 'b/main.tf': group(rule(22)) });
    const now = await found({ 'a/main.tf': group(rule(443)), 'b/main.tf': group(rule(22)) }, ['a']);
    expect(updated(before, now, all, true).entries.map(({ file }) => file)).toEqual(['b/main.tf']);
    expect(updated(before, now, (path) => path !== 'b/main.tf', true).entries).toEqual([]);
  });

  test('only takes away what is gone where that is asked', async () => {
    const before = await baselineOf({ 'main.tf': group(rule(22), rule(3389)) });
    const now = await found({ 'main.tf': group(rule(22), rule(23)) });
    const update = pruned(before, now, all, true);
    expect([update.added, total(update.gone)]).toEqual([1, 1]);
    expect(update.entries.map(({ traffic }) => traffic)).toEqual(['22/tcp']);
  });

  test('takes nothing away where not everything could be read', async () => {
    const before = await baselineOf(old);
    const now = await found({ 'main.tf': group(rule(443)) });
    expect(updated(before, now, all, false)).toEqual({ ...before, added: 0, gone: [] });
  });
});

const examples = filesBelow('fixtures/checks').concat(filesBelow('fixtures/projects'));

describe('over all fixtures of checks and projects', () => {
  test('blocks in another order are no news', async () => {
    const shuffles = fc.sample(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), {
      numRuns: 1,
      seed: 7,
    })[0]!;
    let known = 0;
    for (const { files } of examples) {
      const before = await baselineOf(files);
      known += before.entries.length;
      const shuffled = Object.fromEntries(
        Object.entries(files).map(([path, text]) => [
          path,
          path.endsWith('.tf') ? shuffledBlocks(text, () => shuffles.next().value!) : text,
        ]),
      );
      expect(await newsOf(before, shuffled)).toEqual([]);
    }
    expect(known).toBeGreaterThan(200);
  }, 60_000);

  const hasTerraform = spawnSync('terraform', ['version']).status === 0;
  (hasTerraform ? test : test.skip)(
    'terraform fmt makes no news (skipped where there is no terraform)',
    async () => {
      let changed = 0;
      for (const { files } of examples) {
        const crooked = Object.fromEntries(
          Object.entries(files).map(([path, text]) => [path, path.endsWith('.tf') ? withoutLayout(text) : text]),
        );
        const formatted = Object.fromEntries(
          Object.entries(crooked).map(([path, text]) => [path, path.endsWith('.tf') ? formattedText(text) : text]),
        );
        if (JSON.stringify(formatted) !== JSON.stringify(crooked)) changed++;
        expect(await newsOf(await baselineOf(crooked), formatted)).toEqual([]);
      }
      expect(changed).toBeGreaterThan(50);
    },
    300_000,
  );
});

/** The blocks of the file in another order, each with the lines above it; the text of none is changed. */
function shuffledBlocks(text: string, random: () => number): string {
  const { body } = parseHcl(new SourceFile('x.tf', text)).value;
  const ends = body.items.map(({ end }) => {
    const feed = text.indexOf('\n', end);
    return feed === -1 ? text.length : feed + 1;
  });
  const starts = [0, ...ends.slice(0, -1)];
  const pieces = ends.map((end, index) => text.slice(starts[index], end));
  const rest = text.slice(ends.at(-1) ?? 0);
  const order = pieces.map((piece) => ({ piece, at: random() })).sort((a, b) => a.at - b.at);
  return order.map(({ piece }) => (piece.endsWith('\n') ? piece : `${piece}\n`)).join('') + rest;
}

/** Without indentation and alignment outside of heredocs, which is what `terraform fmt` puts back. */
function withoutLayout(text: string): string {
  return text.includes('<<') ? text : text.replace(/^[ \t]+/gm, '').replace(/^(\w+) +=/gm, '$1 =');
}

function formattedText(text: string): string {
  const result = spawnSync('terraform', ['fmt', '-'], { input: text, encoding: 'utf8' });
  return result.status === 0 ? result.stdout : text;
}
