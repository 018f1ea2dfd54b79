/** The native tree as JSON equals what @cdktf/hcl2json gives, or both reject the text. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHcl2json } from '../../src/hcl/hcl2json/parser.ts';
import { type JsonValue, toJson } from '../../src/hcl/hcl2json/projection.ts';
import { parseJson } from '../../src/hcl/json/parser.ts';
import { parseHcl } from '../../src/hcl/native/parser.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { accepted, rejected } from './agreement-cases.ts';
import { generatedProgram } from './generate-program.ts';

const SEED = 20260102;
const FIXTURES = new URL('../../fixtures/', import.meta.url).pathname;

const hcl2json = createHcl2json();
afterAll(() => hcl2json.close());

/** Objects with one prototype, so that only content counts. */
function bare(value: JsonValue | undefined): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, bare(member)]),
  );
}

interface Reading {
  readonly text: string;
  readonly isHcl: boolean;
  readonly json?: unknown;
}

function readNatively(text: string): Reading {
  const { value, problems } = parseHcl(new SourceFile('main.tf', text));
  const isHcl = problems.length === 0;
  return isHcl ? { text, isHcl, json: bare(toJson(value).value) } : { text, isHcl };
}

/** hcl2json's reading; the native one stands in where hcl2json has no JSON for what is HCL. */
async function readByHcl2json(text: string): Promise<Reading> {
  const verdict = await hcl2json.judge(new SourceFile('main.tf', text));
  switch (verdict.kind) {
    case 'accepted':
      return { text, isHcl: true, json: bare(verdict.json) };
    case 'rejected':
      return { text, isHcl: false };
    case 'inexpressible':
      return { ...readNatively(text), isHcl: true };
    case 'unavailable':
      throw new Error(verdict.message);
  }
}

async function expectAgreement(text: string): Promise<void> {
  expect(readNatively(text)).toEqual(await readByHcl2json(text));
}

describe('the JSON of', () => {
  test.each<[string, string, JsonValue]>([
    [
      'numbers',
      'a = [1, -1, 1.50, 1e3, -0, 123456789012345678901234567890]',
      { a: [1, -1, 1.5, 1000, -0, 1.2345678901234568e29] },
    ],
    [
      'numbers in text',
      'a = "x${1e30} ${1e-7} ${1.50} ${007} ${100}"',
      { a: 'x1000000000000000000000000000000 0.0000001 1.5 7 100' },
    ],
    ['numbers of extreme size', 'a = 1e400', { a: Number.POSITIVE_INFINITY }],
    [
      'constants',
      'a = [true, !true, null, "${null}", "x${null}${true}"]',
      { a: [true, false, null, null, 'xnulltrue'] },
    ],
    ['parentheses', 'a = [(5), ((b)), "${(b)}"]', { a: ['${(5)}', '${((b))}', '${(b)}'] }],
    ['escapes', 'a = "$${x} %%{y} $ % \\n \\" \\u00e9"', { a: '$${x} %%{y} $ % \n " é' }],
    ['names and text in other forms than NFC', 'e\u0301 = "e\u0301 ${e\u0301}"', { 'e\u0301': '\u00e9 ${e\u0301}' }],
    [
      'one interpolation',
      'a = ["${x}", "${~ x ~}", "${"y"}", "${[1, x]}", "${5}"]',
      { a: ['${x}', '${x}', 'y', [1, '${x}'], 5] },
    ],
    ['templates in templates', 'a = "x${"${b}"}y${"lit"}"', { a: 'x${b}ylit' }],
    [
      'conditionals in templates',
      'a = "x${a ? "b" : c}${(a ? b : c)}"',
      { a: 'x%{if a}b%{else}${c}%{endif}${(a ? b : c)}' },
    ],
    [
      'directives',
      'a = "%{ if a ~} x %{ else }${b}%{ endif }%{ for k,v in c }${v}%{ endfor ~}  z"',
      { a: '%{if a}x %{else}${b}%{endif}%{for k, v in c}${v}%{endfor}z' },
    ],
    ['heredocs', 'a = <<-E\n    x\n      ${y} $${z}\n  E\nb = <<E\nE\n', { a: 'x\n  ${y} $${z}\n', b: '' }],
    [
      'keys',
      'a = { b = 1, (c) = 2, null = 3, 80 = 4, "d${e}" = 5, "${f}" = 6, -1 = 7, g.h = 8, i[0] = 9, b = 10 }',
      { a: { b: 10, '${(c)}': 2, null: 3, '80': 4, 'd${e}': 5, '${f}': 6, '${-1}': 7, 'g.h': 8, 'i[0]': 9 } },
    ],
    [
      'expressions',
      'a = [f(b...), b[*].c, b.*.c, b.0.c, -b, [for x in y : x], x ? y : z]',
      { a: ['${f(b...)}', '${b[*].c}', '${b.*.c}', '${b.0.c}', '${-b}', '${[for x in y : x]}', '${x ? y : z}'] },
    ],
    [
      'blocks',
      'a "b" c {\n d = 1\n e {}\n}\na "b" c {}\na "b" f {}\n',
      { a: { b: { c: [{ d: 1, e: [{}] }, {}], f: [{}] } } },
    ],
    ['an attribute beside a block of its name', 'a {}\na = 1', { a: 1 }],
    ['comments', '# c\na = 1 // d\n/* e */\n', { a: 1 }],
    ['nothing', '', {}],
  ])('%s', async (_, text, expected) => {
    expect(readNatively(text)).toEqual({ text, isHcl: true, json: bare(expected) });
    await expectAgreement(text);
  });

  test('a key called __proto__ is an own property', () => {
    const json = toJson(parseHcl(new SourceFile('main.tf', '__proto__ = { __proto__ = 1 }')).value).value;
    expect(JSON.stringify(json)).toBe('{"__proto__":{"__proto__":1}}');
  });

  test('JSON syntax is itself', () => {
    const text = '{"a":"$${b} ${f(\\"c\\")}","d":[-1,true,null,{"${e}":"g"}]}';
    expect(JSON.stringify(toJson(parseJson(new SourceFile('main.tf.json', text)).value).value)).toBe(text);
  });

  test.each(['a {}\na "b" {}', 'a "b" {}\na {}', 'a "b" {}\na "b" "c" {}'])(
    '%j leaves out what clashes',
    async (text) => {
      const { value, problems } = parseHcl(new SourceFile('main.tf', text));
      expect(problems).toEqual([]);
      expect(toJson(value).problems).toHaveLength(1);
      expect((await hcl2json.judge(new SourceFile('main.tf', text))).kind).toBe('inexpressible');
    },
  );
});

describe('both parsers agree on', () => {
  const fixtures = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(tf|tfvars)$/.test(path),
  );

  test.each(fixtures.sort())('%s', (path) => expectAgreement(readFileSync(join(FIXTURES, path), 'utf8')));

  test('texts at the edges of the language', async () => {
    for (const text of [...accepted, ...rejected]) await expectAgreement(text);
  });

  test('generated programs', async () => {
    await fc.assert(fc.asyncProperty(generatedProgram, expectAgreement), { seed: SEED, numRuns: 400 });
  }, 60_000);

  test('programs with a few edits', async () => {
    const piece = fc.constantFrom(
      ...[
        '',
        '"',
        '${',
        '%{',
        '{',
        '}',
        '[',
        ']',
        '(',
        ')',
        '=',
        '=>',
        ':',
        ',',
        '\n',
        ' ',
        '.',
        '...',
        '?',
        '!',
        '-',
        '~',
      ],
      ...['<<E\nx\nE\n', '#', '/*', '*/', '\\', '0', 'a', 'for x in y : ', '%{ if x }', '%{endif}', '%{for a in b}'],
      ...['$$', '\r\n', '\r', '\t', 'é', '::', '[*]', '.*', '&&', '\u0000', "'", ';', '\u00a0'],
    );
    const edit = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: piece });
    const program = fc.oneof(generatedProgram, fc.constantFrom(...accepted));
    const edited = fc.tuple(program, fc.array(edit, { minLength: 1, maxLength: 3 })).map(([text, edits]) =>
      edits.reduce((result, { at, remove, insert }) => {
        const start = at % (result.length + 1);
        return (result.slice(0, start) + insert + result.slice(start + remove)).replace(/\p{Surrogate}/gu, '');
      }, text),
    );
    await fc.assert(fc.asyncProperty(edited, expectAgreement), { seed: SEED, numRuns: 1500 });
  }, 60_000);
});
