/** What functions do beyond the recorded rows: partial knowledge, origins, files, templates and bounds. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type FileSystem, memoryFileSystem } from '../../src/files.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import type { Span } from '../../src/source/span.ts';
import { callFunction, type FunctionContext, functionNames } from '../../src/terraform/functions/index.ts';
import { Budget, Pool } from '../../src/terraform/values/budget.ts';
import { EvaluationError } from '../../src/terraform/values/errors.ts';
import { anyType, listType, mapType, stringType, type Type } from '../../src/terraform/values/type.ts';
import {
  asSensitive,
  integerValue,
  isWhollyKnown,
  type ListValue,
  listValue,
  mapValue,
  nullValue,
  objectValue,
  stringValue,
  tupleValue,
  type UnknownValue,
  unknownValue,
  type Value,
} from '../../src/terraform/values/value.ts';

const file = new SourceFile('main.tf', 'x'.repeat(200));
const at = (start: number, end: number): Span => ({ file, start, end });
const callSpan = at(100, 150);

function context(files: Record<string, string> = {}, more: Partial<FunctionContext> = {}): FunctionContext {
  return {
    files: memoryFileSystem(files),
    basePath: 'root',
    budget: new Budget(new Pool({ shared: 0, own: 0 }), Number.POSITIVE_INFINITY),
    decodeVariables: () => objectValue([]),
    renderTemplate: ({ text, variables }) => stringValue(`${text}(${[...variables.keys()].join(',')})`),
    ...more,
  };
}

const call = (name: string, args: readonly Value[], given: FunctionContext = context()): Value =>
  callFunction(name, args, callSpan, given);

const text = (value: string): Value => stringValue(value);
const texts = (...values: readonly string[]): Value => tupleValue(values.map(text));
const unknown = (type: Type = anyType, more: Partial<UnknownValue> = {}): UnknownValue => ({
  ...unknownValue({ name: 'var.x' }, type),
  ...more,
});

/** The plain data of a value; `?` where it is unknown, with what is known of it. */
function plain(value: Value): unknown {
  switch (value.kind) {
    case 'unknown': {
      if (value.knownEntries !== undefined) return { '?': plainEntries(value.knownEntries) };
      return value.known === undefined || value.known.length === 0 ? '?' : { '?': value.known.map(plain) };
    }
    case 'null':
      return null;
    case 'string':
    case 'number':
    case 'bool':
      return value.value;
    case 'map':
    case 'object':
      return plainEntries(value.entries);
    default:
      return value.items.map(plain);
  }
}

const plainEntries = (entries: ReadonlyMap<string, Value>): unknown =>
  Object.fromEntries([...entries].map(([key, entry]) => [key, plain(entry)]));

describe('what is sure although a part is unknown', () => {
  const partial = tupleValue([text('a'), unknown(stringType)]);
  const rest = unknown(listType(stringType));
  const sure = unknown(listType(stringType), { known: [text('a')] });
  const entry = unknown(mapType(stringType), { knownEntries: new Map([['k', text('v')]]) });
  const rows: readonly (readonly [name: string, args: readonly Value[], expected: unknown])[] = [
    ['concat', [texts('a'), rest, texts('b')], { '?': ['a', 'b'] }],
    ['concat', [texts('a'), unknown()], { '?': ['a'] }],
    ['concat', [sure, sure], { '?': ['a', 'a'] }],
    ['concat', [texts('a'), partial], ['a', 'a', '?']],
    ['flatten', [tupleValue([texts('a'), rest])], { '?': ['a'] }],
    ['flatten', [tupleValue([text('a'), unknown(stringType)])], ['a', '?']],
    ['flatten', [tupleValue([text('a'), unknown()])], { '?': ['a'] }],
    ['flatten', [sure], { '?': ['a'] }],
    ['distinct', [tupleValue([text('a'), unknown(stringType), text('a')])], { '?': ['a', '?'] }],
    ['distinct', [sure], { '?': ['a'] }],
    ['compact', [tupleValue([text('a'), unknown(stringType), text('')])], { '?': ['a'] }],
    ['sort', [sure], { '?': ['a'] }],
    ['reverse', [sure], { '?': ['a'] }],
    ['toset', [sure], { '?': ['a'] }],
    ['tolist', [sure], { '?': ['a'] }],
    ['setunion', [texts('a'), rest], { '?': ['a'] }],
    ['setintersection', [texts('a', 'b'), sure], { '?': ['a'] }],
    ['setsubtract', [sure, texts('b')], { '?': ['a'] }],
    ['setsubtract', [texts('a'), sure], '?'],
    ['setproduct', [texts('x'), sure], { '?': [['x', 'a']] }],
    ['formatlist', [text('%s/32'), sure], { '?': ['a/32'] }],
    ['coalescelist', [sure, texts('b')], { '?': ['a'] }],
    ['coalescelist', [rest, texts('b')], '?'],
    ['contains', [sure, text('a')], true],
    ['contains', [sure, text('b')], '?'],
    ['alltrue', [tupleValue([unknown(), text('false')])], false],
    ['anytrue', [tupleValue([unknown(), text('true')])], true],
    ['one', [sure], 'a'],
    ['one', [rest], '?'],
    ['length', [sure], '?'],
    ['length', [partial], 2],
    ['element', [partial, integerValue(0)], 'a'],
    ['element', [rest, integerValue(0)], '?'],
    ['index', [partial, text('a')], 0],
    ['index', [partial, text('b')], '?'],
    ['merge', [unknown(), objectValue([['a', text('x')]])], { '?': { a: 'x' } }],
    ['merge', [objectValue([['a', text('x')]]), unknown()], { '?': { a: '?' } }],
    ['merge', [objectValue([['a', text('x')]]), entry], { '?': { a: '?', k: 'v' } }],
    ['keys', [entry], { '?': ['k'] }],
    ['values', [entry], { '?': ['v'] }],
    ['lookup', [entry, text('k'), text('z')], 'v'],
    ['lookup', [entry, text('q'), text('z')], '?'],
    ['lookup', [objectValue([['a', unknown()]]), text('b'), text('z')], 'z'],
    ['zipmap', [tupleValue([text('a'), unknown(), text('b')]), texts('1', '2', '3')], { '?': { a: '?', b: '3' } }],
    ['zipmap', [texts('a'), rest], { '?': { a: '?' } }],
    ['join', [text(','), sure], '?'],
    ['cidrsubnet', [unknown(), integerValue(8), integerValue(1)], '?'],
    ['coalesce', [text('a'), unknown()], 'a'],
    ['coalesce', [unknown(), text('a')], '?'],
    ['startswith', [unknown(), text('')], true],
  ];
  test.each(rows)('%s %#', (name, args, expected) => {
    expect(plain(call(name, args))).toEqual(expected);
  });

  test('an unknown result says what it waits for, and its type', () => {
    const result = call('upper', [unknown()]);
    expect(result).toMatchObject({ kind: 'unknown', type: stringType, notNull: true, reasons: [{ name: 'var.x' }] });
    expect(call('timestamp', [])).toMatchObject({
      reasons: [{ name: 'timestamp()', span: callSpan }],
      type: stringType,
    });
    expect(call('provider::aws::arn_parse', [])).toMatchObject({ reasons: [{ name: 'provider::aws::arn_parse()' }] });
  });

  test('identifiers of resources stay what they are', () => {
    const identity = { address: 'aws_security_group.a', path: ['id'] };
    const id = unknown(anyType, { identity });
    expect(call('flatten', [tupleValue([tupleValue([id])])])).toMatchObject({ items: [{ identity }] });
    expect(call('one', [unknown(listType(stringType), { item: id })])).toMatchObject({ identity });
    expect(call('distinct', [tupleValue([id, id])])).toMatchObject({ known: [{ identity }] });
    expect(call('element', [tupleValue([id]), integerValue(0)])).toMatchObject({ identity });
  });
});

describe('strings of a known form', () => {
  const idOf = (name: string, samples: readonly [string, string]): UnknownValue =>
    unknown(stringType, { identity: { address: `aws_security_group.${name}`, path: ['id'] }, notNull: true, samples });
  const a = idOf('a', ['sg-0a1b2c3d4e5f6a7b8', 'sg-f5e4d3c2']);
  const b = idOf('b', ['sg-9b1b2c3d4e5f6a7b8', 'sg-64e4d3c2']);
  const arn = unknown(stringType, {
    pieces: ['arn:', unknown(stringType, { samples: ['p', 'q'] }), ':security-group/', a],
  });
  const identity = { address: 'aws_security_group.a', path: ['id'] };

  test('are handed on by what does the same with every one of them', () => {
    expect(call('trimspace', [a])).toMatchObject({ identity });
    expect(call('split', [text('/'), arn])).toMatchObject({
      deferred: true,
      items: [{ kind: 'unknown' }, { identity }],
    });
    expect(call('split', [text(':'), arn])).toMatchObject({ items: [{ value: 'arn' }, { samples: ['p', 'q'] }, {}] });
    expect(call('lower', [call('upper', [a])])).toMatchObject({ identity });
    expect(call('setsubtract', [tupleValue([a, b]), tupleValue([b])])).toMatchObject({ items: [{ identity }] });
    const object = objectValue([
      ['group', a],
      ['port', integerValue(22)],
    ]);
    const decoded = call('jsondecode', [call('jsonencode', [object])]) as Extract<Value, { kind: 'object' }>;
    expect(decoded.entries.get('group')).toMatchObject({ identity });
    expect(decoded.entries.get('port')).toMatchObject({ value: 22 });
  });

  const rows: readonly (readonly [name: string, args: readonly Value[]])[] = [
    ['upper', [a]],
    ['substr', [a, integerValue(0), integerValue(8)]],
    ['regex', [text('[0-9a-f]{8}'), a]],
    ['regex', [text('^sg-0.*'), a]],
    ['replace', [a, text('sg-'), text('sgr-')]],
    ['replace', [a, text('0'), text('')]],
    ['element', [call('sort', [tupleValue([a, b])]), integerValue(0)]],
    ['one', [call('setintersection', [tupleValue([a, unknown(stringType)]), tupleValue([a])])]],
    ['join', [text('-'), call('sort', [tupleValue([a, b])])]],
    ['title', [a]],
    ['uuidv5', [text('dns'), a]],
    ['bcrypt', [a]],
    ['file', [a]],
  ];
  test.each(rows)('are lost in %s %#', (name, args) => {
    const result = call(name, args) as UnknownValue;
    expect([result.kind, result.identity]).toEqual(['unknown', undefined]);
  });

  test('keep what is asked of them open', () => {
    for (const [name, args] of [
      ['startswith', [a, text('sg-0')]],
      ['strcontains', [a, text('0')]],
      ['length', [a]],
      ['contains', [tupleValue([a]), text('sg-0a1b2c3d4e5f6a7b8')]],
      ['regexall', [text('x'), a]],
    ] as const) {
      expect(call(name, args).kind).toBe('unknown');
    }
  });

  test('are not told apart where two of them may be one', () => {
    const other = unknown(stringType, { samples: ['x', 'y'] });
    expect(call('distinct', [tupleValue([a, other])])).toMatchObject({ kind: 'unknown' });
  });

  test('are not followed where there are very many', () => {
    const many = Array.from({ length: 101 }, (_, i) => idOf(`n${i}`, [`sg-${i}x`, `sg-${i}y`]));
    const { items } = call('formatlist', [text('%s'), tupleValue(many)]) as ListValue;
    expect((items[0] as UnknownValue).identity).toBeUndefined();
  });
});

describe('where results come from', () => {
  const literal = at(10, 20);
  const variable = at(105, 110);
  const given = stringValue('10.0.0.0/8', { span: variable, from: { span: literal } });

  test('what a call makes comes from the call, and from its first argument from elsewhere', () => {
    const result = call('cidrsubnet', [given, integerValue(8), integerValue(1)]);
    expect(result.origin).toEqual({ span: callSpan, from: { span: literal } });
    expect(call('upper', [stringValue('a', { span: variable })]).origin).toEqual({ span: callSpan });
  });

  test('members of what a call makes do too, and the collection is like a literal', () => {
    const result = call('cidrsubnets', [given, integerValue(8)]);
    expect(result).toMatchObject({ origin: { span: callSpan }, items: [{ origin: { from: { span: literal } } }] });
    expect(result.origin?.from).toBeUndefined();
  });

  test('members that are handed on keep their places', () => {
    const item = stringValue('0.0.0.0/0', { span: literal });
    const list = tupleValue([item], { span: variable, from: { span: at(30, 40) } });
    const [member] = (call('concat', [list, texts('b')]) as { items: readonly Value[] }).items;
    expect(member?.origin).toEqual({ span: variable, from: { span: literal } });
    expect(call('element', [list, integerValue(0)]).origin).toEqual({ span: variable, from: { span: literal } });
    const formatted = call('formatlist', [text('%s'), list]) as { items: readonly Value[] };
    expect(formatted.items[0]?.origin).toEqual({ span: callSpan, from: { span: literal } });
  });
});

describe('files', () => {
  const files = {
    'root/a.txt': 'hello',
    'root/sub/b.json': '{}',
    'root/sub/c.txt': 'x',
    'modules/m/d.txt': 'module',
  };
  const given = context(files);
  const rows: readonly (readonly [name: string, args: readonly string[], expected: unknown])[] = [
    ['file', ['a.txt'], 'hello'],
    ['file', ['./sub/../a.txt'], 'hello'],
    ['file', ['../modules/m/d.txt'], 'module'],
    ['file', ['../../outside.txt'], '?'],
    ['file', ['/etc/passwd'], '?'],
    ['file', ['~/.ssh/id_rsa'], '?'],
    ['filebase64', ['a.txt'], 'aGVsbG8='],
    ['filemd5', ['a.txt'], '5d41402abc4b2a76b9719d911017c592'],
    ['filebase64sha256', ['a.txt'], 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='],
    ['fileexists', ['a.txt'], true],
    ['fileexists', ['b.txt'], false],
    ['fileexists', ['../../b.txt'], '?'],
    ['fileset', ['.', '*.txt'], ['a.txt']],
    ['fileset', ['.', '**/*.txt'], ['a.txt', 'sub/c.txt']],
    ['fileset', ['.', '**'], ['a.txt', 'sub/b.json', 'sub/c.txt']],
    ['fileset', ['sub', '*.{json,txt}'], ['b.json', 'c.txt']],
    ['fileset', ['sub', '[a-b].*'], ['b.json']],
    ['fileset', ['sub', '[^b].???'], ['c.txt']],
    ['fileset', ['sub', '../*.txt'], ['../a.txt']],
    ['fileset', ['none', '*'], []],
    ['fileset', ['sub', '{c}.(txt)'], []],
    ['fileset', ['sub', '{b{,b},c}.{\\j*,[t-t]xt}'], ['b.json', 'c.txt']],
    ['fileset', ['sub', '[c-b]*'], []],
    ['fileset', ['sub', '[^c-b].txt'], ['c.txt']],
    ['fileset', ['../..', '*'], '?'],
    ['basename', ['a/b.txt/'], 'b.txt'],
    ['basename', [''], '.'],
    ['dirname', ['a/b/c.txt'], 'a/b'],
    ['dirname', ['a.txt'], '.'],
    ['abspath', ['/a/../b'], '/b'],
    ['abspath', ['a'], '?'],
    ['pathexpand', ['a/~'], 'a/~'],
    ['pathexpand', ['~/a'], '?'],
  ];
  test.each(rows)('%s %p', (name, args, expected) => {
    expect(plain(call(name, args.map(text), given))).toEqual(expected);
  });

  test('what is missing, no text or a directory is refused', () => {
    const attempt = (name: string, path: string) => () => call(name, [text(path)], given);
    expect(attempt('file', 'no.txt')).toThrow(/^Invalid value for "path" parameter: no file exists at "no.txt"; this/);
    expect(attempt('filesha1', 'no.txt')).toThrow('open no.txt: no such file or directory');
    expect(attempt('fileexists', 'sub')).toThrow('"sub" is a directory, not a file');
    expect(attempt('file', 'sub')).toThrow('is a directory');
    const bytes: FileSystem = {
      read: () => ({ kind: 'file', bytes: Uint8Array.of(0xff) }),
      list: () => ({ kind: 'missing' }),
      real: (path) => path,
    };
    expect(() => call('file', [text('a')], context({}, { files: bytes }))).toThrow('are not valid UTF-8');
    expect(() => call('file', [asSensitive(text('no.txt'))], given)).toThrow('(sensitive value)');
    for (const pattern of ['[', '[^]', '[^-b]', '{a', 'a\\']) {
      expect(() => call('fileset', [text('.'), text(pattern)], given)).toThrow('syntax error in pattern');
    }
    expect(() => call('fileset', [text('.'), text(`${'{'.repeat(4000)}${'}'.repeat(4000)}`)], given)).toThrow(
      'too many braces',
    );
    expect(() => call('fileset', [text('.'), text('a'.repeat(10_001))], given)).toThrow('more than 10,000 characters');
  });

  test('a file that can not be read is unknown', () => {
    const files: FileSystem = {
      read: () => ({ kind: 'error', message: 'the symbolic link points outside the tree' }),
      list: () => ({ kind: 'missing' }),
      real: (path) => path,
    };
    expect(call('file', [text('a')], context({}, { files }))).toMatchObject({ reasons: [{ name: 'file("a")' }] });
  });

  test('patterns with many stars end', () => {
    const given = context({ [`root/${'a'.repeat(200)}`]: '' });
    expect(plain(call('fileset', [text('.'), text(`${'*a'.repeat(50)}*b`)], given))).toEqual([]);
  });
});

describe('templates', () => {
  const given = context({ 'root/t.tpl': 'hi' });
  const variables = objectValue([['name', text('x')]]);

  test('are rendered by the context', () => {
    expect(plain(call('templatefile', [text('t.tpl'), variables], given))).toBe('hi(name)');
    expect(plain(call('templatestring', [text('t'), variables], given))).toBe('t(name)');
    expect(call('templatefile', [text('t.tpl'), asSensitive(variables)], given).sensitive).toBe(true);
    expect(plain(call('templatefile', [unknown(), variables], given))).toBe('?');
  });

  test('refuse what Terraform refuses', () => {
    const inFile = { ...given, inside: 'templatefile' as const };
    const inString = { ...given, inside: 'templatestring' as const };
    expect(() => call('templatefile', [text('t.tpl'), variables], inFile)).toThrow(
      'cannot recursively call templatefile',
    );
    expect(() => call('file', [text('t.tpl')], inString)).toThrow('cannot use filesystem access functions like file');
    expect(plain(call('file', [text('t.tpl')], inFile))).toBe('hi');
    expect(() => call('templatefile', [text('t.tpl'), texts('a')], given)).toThrow('invalid vars value: must be a map');
    const odd = objectValue([['a b', text('x')]]);
    expect(() => call('templatefile', [text('t.tpl'), odd], given)).toThrow('invalid template variable name "a b"');
    expect(() => call('templatestring', [integerValue(1), variables], given)).toThrow('a string is required');
  });
});

describe('OpenTofu', () => {
  const rows: readonly (readonly [name: string, args: readonly string[], expected: unknown])[] = [
    ['cidrcontains', ['192.168.2.0/20', '192.168.2.1'], true],
    ['cidrcontains', ['192.168.2.0/20', '192.168.2.0/22'], true],
    ['cidrcontains', ['192.168.2.0/20', '192.126.2.1'], false],
    ['cidrcontains', ['192.168.2.0/20', '192.168.0.0/16'], false],
    ['cidrcontains', ['fe80::/48', 'fe80::1'], true],
    ['cidrcontains', ['fe80::/48', 'fe81::1'], false],
    ['urldecode', ['a%20b+c%C3%A9'], 'a b cé'],
    ['base64gunzip', ['H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA=='], 'hello'],
  ];
  test.each(rows)('%s %p', (name, args, expected) => {
    expect(plain(call(name, args.map(text)))).toEqual(expected);
  });

  test('refuses the same', () => {
    expect(() => call('cidrcontains', [text('10.0.0.0/8'), text('::1')])).toThrow('address family mismatch');
    expect(() => call('cidrcontains', [text('10.0.0.0/8'), text('x')])).toThrow('invalid IP address or prefix: x');
    expect(() => call('urldecode', [text('%zz')])).toThrow('invalid URL escape "%zz"');
    expect(() => call('base64gunzip', [text('aGVsbG8=')])).toThrow('failed to gunzip bytestream');
  });
});

describe('bounds', () => {
  const long = 'x'.repeat(1_000_000);
  const numbers = listValue(
    Array.from({ length: 2000 }, (_, index) => integerValue(index)),
    { kind: 'number' },
  );
  const rows: readonly (readonly [name: string, args: readonly Value[]])[] = [
    ['format', [text('%99999999s'), text('x')]],
    ['format', [text('%.99999999d'), integerValue(1)]],
    ['indent', [integerValue(100_000_000), text('a\nb')]],
    ['join', [text(long), tupleValue(Array.from({ length: 20 }, () => text('x')))]],
    ['replace', [text(long), text('x'), text('y'.repeat(100))]],
    ['replace', [text(long), text('/x/'), text('y'.repeat(100))]],
    ['setproduct', [numbers, numbers, numbers]],
    ['formatlist', [text('%s'.padEnd(100_000, '-')), numbers]],
    ['jsondecode', [text('['.repeat(5000))]],
    ['regexall', [text('x'), text(long)]],
  ];
  test.each(rows)('%s ends', (name, args) => {
    const attempt = (): unknown => call(name, args);
    expect(attempt).toThrow(EvaluationError);
    expect(attempt).toThrow(expect.objectContaining({ kind: 'limit' }));
  });

  test('aliases of aliases end', () => {
    const lines = ['a0: &a0 [1]'];
    for (let i = 1; i < 40; i++) lines.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`);
    expect(() => call('yamldecode', [text(lines.join('\n'))])).toThrow(expect.objectContaining({ kind: 'limit' }));
  });

  test('what Terraform can not do is refused, not crashed on', () => {
    expect(() => call('indent', [integerValue(-1), text('a')])).toThrow('must not be negative');
    expect(() => call('log', [integerValue(-1), integerValue(10)])).toThrow('not a number');
    expect(plain(call('element', [texts('a', 'b'), integerValue(-1)]))).toBe('b');
    expect(() => call('jsonencode', [call('log', [integerValue(0), integerValue(10)])])).toThrow('infinity');
  });
});

describe('calls', () => {
  test('name what is wrong with the arguments', () => {
    expect(() => call('nope', [])).toThrow('There is no function named "nope".');
    expect(() => call('jsonencod', [])).toThrow('Did you mean "jsonencode"?');
    expect(() => call('upper', [])).toThrow('Function "upper" expects 1 argument(s). Missing value for "str".');
    expect(() => call('join', [])).toThrow('expects at least 1 argument(s). Missing value for "separator".');
    expect(() => call('upper', [text('a'), text('b')])).toThrow(expect.objectContaining({ argument: 1 }));
    expect(() => call('upper', [nullValue()])).toThrow(expect.objectContaining({ argument: 0 }));
    expect(() => call('slice', [texts('a'), integerValue(0), integerValue(9)])).toThrow(
      expect.objectContaining({ argument: 2, message: expect.stringContaining('"end_index"') }),
    );
  });

  test('know every function', () => {
    expect(functionNames()).toContain('try');
    expect(functionNames().length).toBeGreaterThan(120);
    expect(call('core::upper', [text('a')])).toMatchObject({ value: 'A' });
    expect(() => call('__proto__', [])).toThrow('There is no function named');
    expect(() => call('constructor', [])).toThrow('There is no function named');
  });

  test('keep compiled patterns', () => {
    const given = context({}, { patterns: new Map() });
    for (const name of ['regex', 'regexall'])
      expect(isWhollyKnown(call(name, [text('a+'), text('aa')], given))).toBe(true);
  });
});

describe('properties', () => {
  const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: 'binary' }).map(text),
      fc.maxSafeInteger().map((value) => integerValue(value)),
      fc.constant<Value>(nullValue()),
      fc.array(tie('value'), { maxLength: 4 }).map((items) => tupleValue(items)),
      fc
        .dictionary(
          fc.string({ unit: 'grapheme' }).map((key) => key.normalize('NFC')),
          tie('value'),
          { maxKeys: 4 },
        )
        .map((entries) => objectValue(Object.entries(entries))),
    ),
  })).value;

  test('JSON and YAML read what they wrote', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(plain(call('jsondecode', [call('jsonencode', [value])]))).toEqual(plain(value));
      }),
    );
    const simple = fc.string({ unit: 'grapheme-ascii', maxLength: 70 }).map(text);
    fc.assert(
      fc.property(fc.array(simple), (items) => {
        const list = tupleValue(items);
        expect(plain(call('yamldecode', [call('yamlencode', [list])]))).toEqual(plain(list));
      }),
    );
  });

  test('base64 and URLs read what they wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (string) => {
        const value = text(string);
        expect(plain(call('base64decode', [call('base64encode', [value])]))).toBe(plain(value));
        expect(plain(call('urldecode', [call('urlencode', [value])]))).toBe(plain(value));
      }),
    );
  });

  test('subnets lie one behind the other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), (number) => {
        const subnet = call('cidrsubnet', [text('10.0.0.0/8'), integerValue(8), integerValue(number)]);
        expect(plain(subnet)).toBe(`10.${number}.0.0/16`);
        expect(plain(call('cidrcontains', [text('10.0.0.0/8'), subnet]))).toBe(true);
      }),
    );
  });

  test('maps come back from keys and values', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (entries) => {
        const map = mapValue(
          Object.entries(entries).map(([key, value]) => [key.normalize('NFC'), text(value)] as const),
          stringType,
        );
        const again = call('zipmap', [call('keys', [map]), call('values', [map])]);
        expect(plain(again)).toEqual(plain(map));
      }),
    );
  });
});
