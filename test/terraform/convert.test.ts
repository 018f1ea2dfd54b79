/** What conversion keeps of a value: its places, what it waits for, and that it is sensitive. Results and messages are in the recorded tables. */

import { describe, expect, test } from '@jest/globals';
import { parseExpression } from '../../src/hcl/native/expression.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { textOf } from '../../src/source/span.ts';
import { parseTypeConstraint } from '../../src/terraform/expressions/type-constraint.ts';
import { convert } from '../../src/terraform/values/convert.ts';
import { EvaluationError } from '../../src/terraform/values/errors.ts';
import {
  anyType,
  listType,
  mapType,
  numberType,
  setType,
  stringType,
  type Type,
} from '../../src/terraform/values/type.ts';
import { asSensitive, isMapping, isSequence, nullValue, type Value } from '../../src/terraform/values/value.ts';
import { type Plain, place, placesOf, unknown, value } from './values.ts';

function typeFrom(text: string, evaluate: () => Value = () => nullValue()): Type {
  const { value: expression } = parseExpression(new SourceFile('type', text));
  return parseTypeConstraint(expression, evaluate).value;
}

const itemsOf = (of: Value): readonly Value[] =>
  isSequence(of) ? of.items : isMapping(of) ? [...of.entries.values()] : [];

const placed = (plain: Plain, start: number): Value => value(plain, { span: place(start) });

describe('places', () => {
  test('of the whole and of each member stay', () => {
    const list = value([placed(1, 5), placed('a', 6)], { span: place(1), from: { span: place(2) } });
    const converted = convert(list, listType(stringType));
    expect(placesOf(converted)).toEqual([1, 2]);
    expect(itemsOf(converted).map(placesOf)).toEqual([[5], [6]]);
    expect(itemsOf(convert(list, setType(stringType))).map(placesOf)).toEqual([[5], [6]]);
  });

  test('of object members stay; a default has its own', () => {
    const type = typeFrom('object({ a = optional(string, "x"), b = string })', () => placed('x', 9));
    const converted = convert(value({ b: placed(1, 5) }, { span: place(1) }), type);
    expect(itemsOf(converted).map(placesOf)).toEqual([[9], [5]]);
  });

  test('an error tells the member at fault', () => {
    const list = value([placed('1', 5), placed('x', 6)], { span: place(1) });
    const convertAll = (): Value => convert(list, listType(numberType));
    expect(convertAll).toThrow(EvaluationError);
    expect(convertAll).toThrow(expect.objectContaining({ message: 'a number is required', path: [1], span: place(6) }));
  });
});

describe('unknown values', () => {
  test('keep identity and reasons, and take the wanted type', () => {
    expect(convert(unknown('aws_vpc.main.id'), stringType)).toEqual({
      ...unknown('aws_vpc.main.id'),
      type: stringType,
    });
  });

  test('stay items of a list, and items of a set beside the known ones', () => {
    const items = value(['b', unknown('x'), 'a']);
    expect(itemsOf(convert(items, listType(stringType))).map(({ kind }) => kind)).toEqual([
      'string',
      'unknown',
      'string',
    ]);
    expect(itemsOf(convert(items, setType(stringType)))).toMatchObject([
      { value: 'a' },
      { value: 'b' },
      { kind: 'unknown' },
    ]);
  });

  test('in a set make the list of it unknown, with the items that are certain to be in it', () => {
    const set = convert(value(['b', unknown('x'), 'a']), setType(stringType));
    expect(convert(set, listType(stringType))).toMatchObject({
      kind: 'unknown',
      type: listType(stringType),
      reasons: [{ name: 'x' }],
      known: [{ value: 'a' }, { value: 'b' }, { reasons: [{ name: 'x' }] }],
    });
  });

  test('of unknown size: the items that are sure convert too', () => {
    const list = { ...unknown('x'), known: [value(1)], item: value(true), knownEntries: new Map([['a', value(2)]]) };
    expect(convert(list, listType(stringType))).toMatchObject({
      known: [{ value: '1' }],
      item: { value: 'true' },
      knownEntries: new Map([['a', { kind: 'string', value: '2' }]]),
    });
    expect(convert({ ...list, known: [value([])] }, listType(stringType))).toMatchObject({
      kind: 'unknown',
      known: undefined,
    });
  });

  test('of a known type that does not fit are refused', () => {
    expect(() => convert(unknown('x', listType(stringType)), stringType)).toThrow('string required');
  });
});

describe('sensitive values', () => {
  test('stay sensitive, whole and in part', () => {
    expect(convert(asSensitive(value(1)), stringType)).toMatchObject({ value: '1', sensitive: true });
    const list = convert(value([asSensitive(value(1)), 2]), listType(stringType));
    expect(list.sensitive).toBeUndefined();
    expect(itemsOf(list)).toMatchObject([{ sensitive: true }, { value: '2' }]);
  });

  test('make the whole set sensitive', () => {
    expect(convert(value([asSensitive(value(1)), 2]), setType(numberType)).sensitive).toBe(true);
  });
});

test('a value that fits is handed back itself', () => {
  const list = convert(value(['a']), listType(stringType));
  expect(convert(list, listType(stringType))).toBe(list);
  expect(convert(list, anyType)).toBe(list);
});

test('a key called __proto__ is a key', () => {
  const map = convert(value({ ['__proto__']: 1, constructor: 2 }), mapType(stringType));
  expect([...(isMapping(map) ? map.entries.keys() : [])]).toEqual(['__proto__', 'constructor']);
});

describe('type constraints', () => {
  test.each([
    ['list(strng)', 'strng'],
    ['object({ a = list(1) })', '1'],
    ['object({ a = string, a = number })', 'a'],
    ['tuple({})', '{}'],
    ['map(string, number)', 'number'],
    ['optional(string)', 'optional(string)'],
  ])('%s: the problem stands at %s', (text, at) => {
    const { value: expression } = parseExpression(new SourceFile('type', text));
    const { problems } = parseTypeConstraint(expression, () => nullValue());
    expect(problems.map(({ span }) => textOf(span!))).toEqual([at]);
  });

  test('what is wrong in one place leaves the others', () => {
    expect(typeFrom('object({ a = strng, b = list(string) })')).toMatchObject({
      attributes: new Map([
        ['a', { type: anyType }],
        ['b', { type: listType(stringType) }],
      ]),
    });
  });
});
