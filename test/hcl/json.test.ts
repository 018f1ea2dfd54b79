/** Terraform's JSON syntax: what is read, where it stands, and how faults are told. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toJson } from '../../src/hcl/hcl2json/projection.ts';
import { blocksOf, expressionOf } from '../../src/hcl/json/blocks.ts';
import { type JsonStrings, parseJson } from '../../src/hcl/json/parser.ts';
import type { Attribute } from '../../src/hcl/syntax.ts';
import { placeOf } from '../../src/source/position.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { containsSpan, type Span, textOf } from '../../src/source/span.ts';

const SEED = 20260101;

function read(text: string, strings?: JsonStrings) {
  return parseJson(new SourceFile('main.tf.json', text), strings);
}

/** The attribute of a one-line file. */
function attributeOf(text: string, index = 0): Attribute {
  return read(text).value.body.items[index] as Attribute;
}

/** `line:column message` of each problem. */
function problemsOf(text: string, strings?: JsonStrings): string[] {
  return read(text, strings).problems.map(({ span, message }) => `${placeOf(span!).replace(/^[^:]*:/, '')} ${message}`);
}

/** A tree without its spans. */
function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare);
  if (typeof node !== 'object' || node === null) return node;
  const members = Object.entries(node).filter(([name]) => !['file', 'start', 'end'].includes(name));
  return Object.fromEntries(members.map(([name, value]) => [name, bare(value)]));
}

function childrenOf(node: object): Span[] {
  const values = Object.entries(node).flatMap(([name, value]) => (name === 'file' ? [] : [value].flat()));
  return values.filter((value): value is Span => typeof value === 'object' && value !== null && 'start' in value);
}

describe('values', () => {
  const string = (value: string) => ({ kind: 'string', value });
  const number = (text: string) => ({ kind: 'number', text });
  test.each<[string, unknown]>([
    ['1', number('1')],
    ['-1.50e3', { kind: 'unary', operator: '-', operand: number('1.50e3') }],
    ['123456789012345678901234567890', number('123456789012345678901234567890')],
    ['true', { kind: 'boolean', value: true }],
    ['false', { kind: 'boolean', value: false }],
    ['null', { kind: 'null' }],
    ['"a"', string('a')],
    ['""', string('')],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00"', string('"\\/\b\f\n\r\té😀')],
    ['"\\ud83dx"', string('\ufffdx')],
    ['"e\u0301"', string('\u00e9')],
    ['"$ { % {"', string('$ { % {')],
    ['"$${a} %%{b}"', string('${a} %{b}')],
    ['"\ufeff$${a}"', string('\ufeff${a}')],
    ['[1, "a", []]', { kind: 'tuple', items: [number('1'), string('a'), { kind: 'tuple', items: [] }] }],
    ['{"a": 1}', { kind: 'object', entries: [{ kind: 'entry', key: string('a'), value: number('1') }] }],
    [
      '{"__proto__": 1}',
      { kind: 'object', entries: [{ kind: 'entry', key: string('__proto__'), value: number('1') }] },
    ],
    [
      '"${x}"',
      {
        kind: 'template',
        form: 'quoted',
        parts: [{ kind: 'interpolation', expression: { kind: 'reference', name: 'x' } }],
      },
    ],
  ])('%s', (text, expected) => {
    const { value, problems } = read(`{"a": ${text}}`);
    expect(problems).toEqual([]);
    expect(bare((value.body.items[0] as Attribute).value)).toEqual(expected);
  });

  test('an object key with an interpolation is a template', () => {
    const value = attributeOf('{"a": {"x-${var.y}": 1}}').value;
    expect(value.kind === 'object' && value.entries[0]!.key.kind).toBe('template');
  });

  test('tfvars take strings literally', () => {
    const { value, problems } = read('{"a": "${x}", "b": {"%{c}": "$${d}"}}', 'literal');
    expect(problems).toEqual([]);
    expect(toJson(value).value).toEqual({ a: '${x}', b: { '%{c}': '$${d}' } });
    expect(bare((value.body.items[0] as Attribute).value)).toEqual(string('${x}'));
  });

  test('a byte order mark and a root array of objects are read', () => {
    const { value, problems } = read('\ufeff[{"a": 1}, {"b": 2, "//": "c"}]');
    expect(problems).toEqual([]);
    expect(value.body.items.map((item) => (item as Attribute).name.name)).toEqual(['a', 'b']);
  });
});

describe('places', () => {
  test('of expressions in strings, behind escapes', () => {
    const value = attributeOf('{"a": "\\"\\u00e9 ${f(\\"x\\", var.name)} end"}').value;
    const found: string[] = [];
    const visit = (node: Span): void => {
      if ('kind' in node && ['reference', 'get', 'call', 'string'].includes(String(node.kind)))
        found.push(textOf(node));
      childrenOf(node).forEach(visit);
    };
    visit(value);
    expect(found).toEqual(['f(\\"x\\", var.name)', 'f', '\\"x\\"', 'var.name', 'var'].filter((text) => text !== 'f'));
  });

  test('of attributes, names, keys and values', () => {
    const attribute = attributeOf('{\n  "a" : { "b": [ 1 ] }\n}');
    expect(textOf(attribute)).toBe('"a" : { "b": [ 1 ] }');
    expect(textOf(attribute.name)).toBe('"a"');
    expect(textOf(attribute.value)).toBe('{ "b": [ 1 ] }');
  });
});

describe('faults', () => {
  test.each<[string, string[]]>([
    ['', ['1:1 The file is empty; write `{}` for an empty JSON file.']],
    ['"a"', ['1:1 A JSON configuration file must contain an object.']],
    ['[1]', ['1:2 Each element of an array of blocks must be an object.']],
    ['{"a": 1} x', ['1:10 Unexpected `x` after the end of the JSON value.']],
    ['{"a": 1,}', ['1:8 JSON allows no comma after the last member of an object.']],
    ['{"a": [1,]}', ['1:9 JSON allows no comma after the last member of an array.']],
    ['{"a": [1,,2]}', ['1:10 Expected a value, found a comma.']],
    ['{"a": [1 2]}', ['1:10 A comma is missing before `2`.']],
    ['{"a" 1}', ['1:2 The property `"a"` has no value: expected a colon after it.']],
    ['{"a"}', ['1:2 The property `"a"` has no value: expected a colon after it.']],
    ['{a: 1}', ['1:2 The property name `a` must be in double quotes.']],
    ['{"a" = 1}', ['1:6 Use a colon between a JSON property and its value, not `=`.']],
    [
      '{"a": True, "b": 01, "c": +1}',
      ['1:7 `True` is not a JSON value.', '1:18 `01` is not a JSON number.', '1:27 `+1` is not a JSON number.'],
    ],
    ['{"a": "x\n}', ['1:7 The string `"x` has no closing quote on its line.']],
    ['{"a": "x,\n"b": "y"}', ['1:7 The string `"x,` has no closing quote on its line.']],
    ['{"a": "\\x \\u12"}', ['1:8 `\\x` is not a JSON escape.', '1:11 `\\u` is not a JSON escape.']],
    [
      '{"a": "\t\u0000"}',
      [
        '1:8 U+0009 is not allowed in a JSON string; write it as an escape.',
        '1:9 U+0000 is not allowed in a JSON string; write it as an escape.',
      ],
    ],
    ['// c\n{"a": 1 /* d */}', ['1:1 JSON has no comments.']],
    ['{"a": [1, 2}', ['1:12 Expected `]` at the end of the array, found `}`.']],
    ['{"a": [{"b": 1]}', ['1:15 Expected `}` at the end of the object, found `]`.']],
    ['{"a": {"b": 1', ['1:7 This object is not closed with `}`.', '1:1 This object is not closed with `}`.']],
    ['\u0000', ['1:1 Expected a value, found `U+0000`.']],
    ['{"a": \u0001, "b": 2}', ['1:7 Expected a value, found `U+0001`.']],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  test('what stands around a fault is read', () => {
    const { value } = read('{"a": 1, "b": tru, "c": {"d" 2 "e": [3 4}], "f": "g"}');
    expect(toJson(value).value).toEqual({ a: 1, b: null, c: { d: 2, e: [3, 4] }, f: 'g' });
  });

  test('in a template are told with their place', () => {
    const { problems } = read('{"a": "\\t${x +}"}');
    expect(problems).toHaveLength(1);
    expect(problems[0]!.span!.start).toBeGreaterThanOrEqual(9);
  });

  test('tfvars are one object of attributes, none twice', () => {
    expect(problemsOf('{"a": 1, "a": 2, "//": 1, "//": 2}', 'literal')).toEqual([
      '1:10 "a" already has a value in this file.',
    ]);
    expect(problemsOf('[]', 'literal')).toEqual(['1:1 A JSON variable file must contain an object, not an array.']);
    expect(problemsOf('{"a": 1, "a": 2}')).toEqual([]);
  });

  test('more than 256 levels are a limit, and what follows them is read', () => {
    const { value, problems } = read(`{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}, "b": 1}`);
    expect(problems.map((problem) => problem.kind)).toEqual(['limit']);
    expect(value.body.items.map((item) => (item as Attribute).name.name)).toEqual(['a', 'b']);
  });

  test('of a file that is no JSON at all are 100, and that there are more', () => {
    const kinds = read(`{${'?,'.repeat(10_000)}}`).problems.map((problem) => problem.kind);
    expect(kinds).toEqual([...Array(100).fill('syntax'), 'limit']);
  });
});

describe('blocks', () => {
  const header = (text: string, labels: number) => {
    const { value, problems } = blocksOf(attributeOf(text), labels);
    return {
      blocks: value.map((block) => [
        [block.type, ...block.labels].map((part) => part.name).join('.'),
        textOf(block.header),
        block.body.items.map((item) => (item as Attribute).name.name).join(),
      ]),
      problems: problems.map((problem) => `${textOf(problem.span!)}: ${problem.message}`),
    };
  };
  test.each<[string, number, string[][], string[]]>([
    ['{"f": {"a": 1}}', 0, [['f', '"f"', 'a']], []],
    [
      '{"f": [{"a": 1}, {"b": 2}]}',
      0,
      [
        ['f', '{', 'a'],
        ['f', '{', 'b'],
      ],
      [],
    ],
    ['{"f": []}', 0, [], []],
    ['{"f": null}', 0, [], []],
    ['{"f": [null]}', 0, [['f', 'null', '']], []],
    ['{"f": [[{"a": 1}, {"b": 1}]]}', 0, [['f', '[{"a": 1}, {"b": 1}]', 'a,b']], []],
    ['{"f": {"//": "c", "a": 1}}', 0, [['f', '"f"', 'a']], []],
    ['{"f": 1}', 0, [], ['1: A block "f" must be an object.']],
    [
      '{"f": {"x": {"y": {"a": 1}, "z": [{"b": 1}, {}]}}}',
      2,
      [
        ['f.x.y', '"y"', 'a'],
        ['f.x.z', '{', 'b'],
        ['f.x.z', '{', ''],
      ],
      [],
    ],
    [
      '{"f": [{"x": {"y": {}}}, {"x": [{"y": {}}, {"z": null}]}]}',
      2,
      [
        ['f.x.y', '"y"', ''],
        ['f.x.y', '"y"', ''],
      ],
      [],
    ],
    [
      '{"f": {"x": {"y": {}}, "x": {"z": {}}}}',
      2,
      [
        ['f.x.y', '"y"', ''],
        ['f.x.z', '"z"', ''],
      ],
      [],
    ],
    ['{"f": {"$${x}-${y}": {}}}', 1, [['f.$${x}-${y}', '"$${x}-${y}"', '']], []],
    ['{"f": {}}', 1, [], ['{}: A block "f" needs a label, but only 0 can be read here.']],
    [
      '{"f": {"x": 1}}',
      2,
      [],
      ['1: A block "f" needs 2 labels; each label level must be an object or an array of objects.'],
    ],
    ['{"f": {"//": "c", "x": {}}}', 1, [['f.x', '"x"', '']], ['"c": A block "f" must be an object.']],
  ])('%s with %i labels', (text, labels, blocks, problems) => {
    expect(header(text, labels)).toEqual({ blocks, problems });
  });

  test('nest as bodies do', () => {
    const [outer] = blocksOf(attributeOf('{"resource": {"sg": {"web": {"ingress": [{"from_port": 22}]}}}}'), 2).value;
    const [inner] = blocksOf(outer!.body.items[0] as Attribute, 0).value;
    expect(toJson({ file: inner!.file, body: inner!.body, comments: [], syntax: 'json' }).value).toEqual({
      from_port: 22,
    });
    expect(containsSpan(outer!, inner!)).toBe(true);
    expect(textOf(outer!)).toBe('"web": {"ingress": [{"from_port": 22}]}');
  });
});

describe('strings that are read as expressions', () => {
  test.each<[string, string, string]>([
    ['"aws_vpc.main"', 'get', 'aws_vpc.main'],
    ['"list(string)"', 'call', 'list(string)'],
    ['"string"', 'reference', 'string'],
    ['"${aws_vpc.main}"', 'get', 'aws_vpc.main'],
    ['"module.a[\\"x\\"].b"', 'get', 'module.a[\\"x\\"].b'],
    ['["a"]', 'tuple', '["a"]'],
  ])('%s', (text, kind, covered) => {
    const { value, problems } = expressionOf(attributeOf(`{"a": ${text}}`).value);
    expect(problems).toEqual([]);
    expect([value.kind, textOf(value)]).toEqual([kind, covered]);
  });

  test.each(['"a b"', '""', '"a } b"', '"$${a}"'])('%s is none', (text) => {
    const [problem] = expressionOf(attributeOf(`{"a": ${text}}`).value).problems;
    expect(problem!.span!.start).toBeGreaterThanOrEqual(6);
  });

  test('a longer template stays one', () => {
    expect(expressionOf(attributeOf('{"a": "a ${b} c"}').value).value.kind).toBe('template');
  });
});

describe('any text', () => {
  const options = { seed: SEED, numRuns: 300 };
  const json = fc
    .dictionary(fc.string(), fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }))
    .map((value) => JSON.stringify(value));

  test('that is a JSON object is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(json, (text) => {
        const { value } = read(text, 'literal');
        const expected = JSON.parse(text.normalize('NFC'));
        if (Object.hasOwn(expected, '//')) delete expected['//'];
        expect(JSON.stringify(toJson(value).value)).toBe(JSON.stringify(expected));
      }),
      options,
    );
  });

  test('has a problem if and only if JSON.parse refuses it', () => {
    const edited = fc.tuple(
      json,
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', ',', '}', ']', '"', ':', '1', '\\', '\n', '{', '#'),
    );
    fc.assert(
      fc.property(edited, ([text, at, remove, insert]) => {
        const start = at % (text.length + 1);
        const changed = text.slice(0, start) + insert + text.slice(start + remove);
        let isJson = true;
        try {
          const parsed = JSON.parse(changed);
          isJson = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
        } catch {
          isJson = false;
        }
        const problems = problemsOf(changed, 'literal').filter((problem) => !problem.includes('already has a value'));
        expect([changed, problems.length === 0]).toEqual([changed, isJson]);
      }),
      options,
    );
  });

  test('gives a tree whose spans lie inside each other', () => {
    const noise = fc.oneof(json, fc.string({ unit: fc.constantFrom(...'{}[],:="\\$%ab1 \n#/~'), maxLength: 60 }));
    fc.assert(
      fc.property(noise, (text) => {
        const visit = (node: Span): void => {
          for (const child of childrenOf(node)) {
            expect(containsSpan(node, child)).toBe(true);
            visit(child);
          }
        };
        visit(read(text).value.body);
      }),
      options,
    );
  });
});
