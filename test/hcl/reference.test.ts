/** HashiCorp's parser: its verdicts, what becomes of its crashes, and its JSON as a tree with the places of the text. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHcl2json, parseWithHcl2json, refereeHcl2json, type Verdict } from '../../src/hcl/hcl2json/parser.ts';
import { toJson } from '../../src/hcl/hcl2json/projection.ts';
import type { Complaint } from '../../src/hcl/hcl2json/thread.ts';
import { parseHcl } from '../../src/hcl/native/parser.ts';
import type { SyntaxTree } from '../../src/hcl/syntax.ts';
import type { Problem } from '../../src/source/problem.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { containsSpan, type Span, textOf } from '../../src/source/span.ts';
import { accepted } from './agreement-cases.ts';
import { generatedProgram } from './generate-program.ts';

const SEED = 20260103;
const FIXTURES = new URL('../../fixtures/', import.meta.url).pathname;

const hcl2json = createHcl2json();
afterAll(() => hcl2json.close());

function fileOf(text: string): SourceFile {
  return new SourceFile('main.tf', text);
}

/** Every node below a node, in order, as `kind: text`, but for literal text: where a heredoc's indentation ends is a matter of taste. */
function nodesOf(node: Span): string[] {
  const kind = 'kind' in node && node.kind !== 'text' ? [`${String(node.kind)}: ${textOf(node)}`] : [];
  return [...kind, ...childrenOf(node).flatMap(nodesOf)];
}

function childrenOf(node: object): Span[] {
  const values = Object.entries(node).flatMap(([name, value]) => (name === 'file' ? [] : [value].flat()));
  return values.filter((value): value is Span => typeof value === 'object' && value !== null && 'start' in value);
}

async function anchored(text: string): Promise<SyntaxTree> {
  const { value, problems } = await parseWithHcl2json(hcl2json, fileOf(text));
  expect(problems).toEqual([]);
  return value;
}

describe('verdicts', () => {
  test('name other places by their lines', async () => {
    const verdict = await hcl2json.judge(fileOf('a = 1\nb = 2\na = 3\n'));
    expect(verdict).toMatchObject({ kind: 'rejected' });
    const [{ line, detail }] = (verdict as Extract<Verdict, { readonly kind: 'rejected' }>).complaints as [Complaint];
    expect([line, detail]).toEqual([
      3,
      'The argument "a" was already set at line 1. Each argument may be set only once.',
    ]);
  });

  test.each<[string, Verdict]>([
    ['a = 1', { kind: 'accepted', json: { a: 1 } }],
    [
      'a = 1 b = 2',
      {
        kind: 'rejected',
        complaints: [
          {
            line: 1,
            column: 7,
            summary: 'Missing newline after argument',
            detail: 'An argument definition must end with a newline.',
          },
        ],
      },
    ],
    [
      'a = -true',
      {
        kind: 'inexpressible',
        message: '<source>:1,6-10: Invalid operand; Unsuitable value for unary operand: number required.',
      },
    ],
    ['a {}\na "b" {}', { kind: 'inexpressible', message: 'Unable to convert Block to JSON: a.b' }],
  ])('%j', async (text, expected) => {
    expect(await hcl2json.judge(fileOf(text))).toEqual(expected);
  });

  test('come for each of many calls at once', async () => {
    const verdicts = await Promise.all([1, 2, 3].map((value) => hcl2json.judge(fileOf(`a = ${value}`))));
    expect(verdicts).toEqual([1, 2, 3].map((value) => ({ kind: 'accepted', json: { a: value } })));
  });

  test('a crash is told, and the next file is read', async () => {
    expect(await hcl2json.judge(fileOf(`a = ${'['.repeat(100_000)}`))).toMatchObject({ kind: 'unavailable' });
    expect(await hcl2json.judge(fileOf('a = 1'))).toEqual({ kind: 'accepted', json: { a: 1 } });
  }, 60_000);

  test('after the end comes a new start', async () => {
    await hcl2json.close();
    expect(await hcl2json.judge(fileOf('a = 1'))).toEqual({ kind: 'accepted', json: { a: 1 } });
  });
});

describe('the referee', () => {
  const problem: Problem = { kind: 'syntax', severity: 'error', message: 'No' };

  test('is not asked where there is no syntax error', async () => {
    const native = parseHcl(fileOf('a = 1'));
    const other = { ...native, problems: [{ ...problem, kind: 'limit' as const }] };
    expect(await refereeHcl2json(hcl2json, fileOf('a = '), other)).toBe(other);
  });

  test('adds its words to the first syntax error', async () => {
    const file = fileOf('a = 1 b = 2\nc = }\n');
    const native = parseHcl(file);
    const { value, problems } = await refereeHcl2json(hcl2json, file, native);
    expect(value).toBe(native.value);
    expect(problems.map((each) => each.message)).toEqual(native.problems.map((each) => each.message));
    expect(problems[0]!.hint).toContain(
      "HashiCorp's parser says: line 1: Missing newline after argument. An argument definition must end with a newline.",
    );
    expect(problems.slice(1)).toEqual(native.problems.slice(1));
  });

  test('has nothing to add to a next step, and nothing to say of another line', async () => {
    const hinted = parseHcl(fileOf("a = 'b'\n"));
    expect(await refereeHcl2json(hcl2json, fileOf("a = 'b'\n"), hinted)).toBe(hinted);
    const elsewhere = parseHcl(fileOf('a = <<EOT\nb\n'));
    expect(await refereeHcl2json(hcl2json, fileOf('a = <<EOT\nb\n'), elsewhere)).toBe(elsewhere);
  });

  test('is not asked about an open heredoc with many lines behind it', async () => {
    const file = fileOf(`a = <<EOT\n${'x\n'.repeat(80_000)}`);
    const native = parseHcl(file);
    let asked = 0;
    const counting = {
      ...hcl2json,
      judge: (each: SourceFile) => {
        asked += 1;
        return hcl2json.judge(each);
      },
    };
    expect(await refereeHcl2json(counting, file, native)).toBe(native);
    expect(asked).toBe(0);
  });

  test.each([
    ['time', { milliseconds: 300, text: 1_000_000 }],
    ['text', { milliseconds: 300_000, text: 100_000 }],
  ])('has no more to say once its %s for the run is used up', async (used, bounds) => {
    const impatient = createHcl2json(bounds);
    const slow = fileOf(`a = <<EOT\n${'x\n'.repeat(100_000)}EOT`);
    const broken = fileOf('a = ]\n');
    const native = parseHcl(slow);
    expect(native.problems).toHaveLength(1);
    expect(await refereeHcl2json(impatient, slow, native)).toBe(native);
    for (let each = 0; each < 100; each += 1) await refereeHcl2json(impatient, slow, native);
    const small = parseHcl(broken);
    const judged = await refereeHcl2json(impatient, broken, small);
    expect(judged === small).toBe(used === 'time');
    await impatient.close();
  });

  test('replaces the tree of a file that is HCL, and asks for a report', async () => {
    const file = fileOf('a = "x"');
    const native = { value: parseHcl(fileOf('')).value, problems: [{ ...problem, span: { file, start: 4, end: 5 } }] };
    const { value, problems } = await refereeHcl2json(hcl2json, file, native);
    expect(toJson(value).value).toEqual({ a: 'x' });
    expect(problems).toEqual([
      expect.objectContaining({ kind: 'internal', severity: 'warning', span: { file, start: 4, end: 5 } }),
    ]);
    expect(problems[0]!.message).toContain('(No)');
  });

  test.each(['a = -true }', 'a = -true'])('of %j lets the native parser stand', async (text) => {
    const native = { value: parseHcl(fileOf(text)).value, problems: [problem] };
    expect((await refereeHcl2json(hcl2json, fileOf(text), native)).value).toBe(native.value);
  });
});

describe('the tree of its JSON', () => {
  const text = [
    '# first',
    'resource "aws_security_group" "web" { # second',
    '  name = "${var.name}-x"',
    '  tags = { a = "b", "c-${d}" = 5, (e) = [1, -2], f = "${var.z}", 80 = { g = null } }',
    '  list = [',
    '    # third',
    '    "a\\n\\"${c}", concat(var.a, ["0.0.0.0/0"]), "${q}", true,',
    '  ]',
    '  ingress { from_port = 22 }',
    '  ingress {',
    '    description = <<-EOT',
    '      hello ${name}',
    '    EOT',
    '  }',
    '}',
    'locals { a = "x${b ? "c" : d}y" }',
    '',
  ].join('\n');

  test('has the nodes of the native tree, at the same places', async () => {
    const tree = await anchored(text);
    const native = parseHcl(fileOf(text)).value;
    expect(nodesOf(tree.body)).toEqual(nodesOf(native.body));
    expect(tree.comments.map((comment) => [comment.style, textOf(comment)])).toEqual(
      native.comments.map((comment) => [comment.style, textOf(comment)]),
    );
  });

  test('tells a reference from one in a string', async () => {
    expect(nodesOf((await anchored('a = "${var.x}"\nb = var.x\n')).body)).toEqual([
      ...['body: a = "${var.x}"\nb = var.x\n', 'attribute: a = "${var.x}"', 'identifier: a'],
      ...['template: "${var.x}"', 'interpolation: ${var.x}', 'get: var.x', 'reference: var', 'identifier: x'],
      ...['attribute: b = var.x', 'identifier: b', 'get: var.x', 'reference: var', 'identifier: x'],
    ]);
  });

  test('of a rejected file is empty, with its complaints at their places', async () => {
    const { value, problems } = await parseWithHcl2json(hcl2json, fileOf('a = 1\nb = 1 c = 2\n'));
    expect(value.body.items).toEqual([]);
    expect(problems.map(({ kind, span }) => [kind, span!.start])).toEqual([['syntax', 12]]);
  });

  test('of an inexpressible file is empty, with a hint', async () => {
    const { problems } = await parseWithHcl2json(hcl2json, fileOf('a = -true'));
    expect(problems).toEqual([expect.objectContaining({ kind: 'limit', hint: 'Use the native parser.' })]);
  });

  const fixtures = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tf'));
  test.each(fixtures.sort())('of %s has the nodes of the native tree', async (path) => {
    const file = fileOf(readFileSync(join(FIXTURES, path), 'utf8'));
    const native = parseHcl(file);
    const { value, problems } = await parseWithHcl2json(hcl2json, file);
    if (native.problems.length > 0) expect(problems).not.toEqual([]);
    else expect(nodesOf(value.body)).toEqual(nodesOf(native.value.body));
  });

  test('says what the JSON says, with spans inside each other, for any program', async () => {
    const program = fc.oneof(generatedProgram, fc.constantFrom(...accepted));
    await fc.assert(
      fc.asyncProperty(program, async (source) => {
        const verdict = await hcl2json.judge(fileOf(source));
        if (verdict.kind !== 'accepted') return;
        const { value, problems } = await parseWithHcl2json(hcl2json, fileOf(source));
        expect([source, problems]).toEqual([source, []]);
        const visit = (node: Span): void => {
          for (const child of childrenOf(node)) {
            if (!('quoted' in child)) expect([source, containsSpan(node, child)]).toEqual([source, true]);
            visit(child);
          }
        };
        visit(value.body);
      }),
      { seed: SEED, numRuns: 300 },
    );
  }, 60_000);
});
