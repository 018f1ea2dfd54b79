/** Operators, conditionals, equality, sets and access to members, where values are unknown or sensitive. What they give for known values is in the recorded tables. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { conditional } from '../../src/terraform/expressions/conditional.ts';
import { getAttribute, getIndex } from '../../src/terraform/expressions/members.ts';
import { binary, unary } from '../../src/terraform/expressions/operators.ts';
import { convert } from '../../src/terraform/values/convert.ts';
import { equalValues, setValue } from '../../src/terraform/values/equality.ts';
import {
  boolType,
  listType,
  mapType,
  numberType,
  objectType,
  setType,
  stringType,
  tupleType,
} from '../../src/terraform/values/type.ts';
import { asSensitive, listValue, typeOf, type Value } from '../../src/terraform/values/value.ts';
import { type Plain, place, placesOf, unknown, value } from './values.ts';

const someBool = unknown('x', boolType);

describe('unknown operands', () => {
  test('make results that wait for the same things', () => {
    expect(binary('+', unknown('x'), unknown('y'))).toMatchObject({
      kind: 'unknown',
      type: numberType,
      reasons: [{ name: 'x' }, { name: 'y' }],
      notNull: true,
    });
    expect(unary('!', someBool)).toMatchObject({ kind: 'unknown', type: boolType });
  });

  test('decide nothing where the other operand does', () => {
    expect(binary('&&', value(false), someBool)).toMatchObject({ kind: 'bool', value: false });
    expect(binary('||', someBool, value(true))).toMatchObject({ kind: 'bool', value: true });
    expect(() => binary('&&', value(false), value(null))).toThrow('argument must not be null');
  });

  test('of a type that does not fit are faults', () => {
    expect(() => binary('+', value(1), unknown('x', boolType))).toThrow(
      expect.objectContaining({ message: 'Unsuitable value for right operand: number required.', argument: 1 }),
    );
  });
});

describe('equality', () => {
  test('one attribute of one resource equals itself and may equal another', () => {
    const id = unknown('aws_vpc.main.id', stringType);
    expect(equalValues(id, id)).toMatchObject({ value: true });
    expect(equalValues(id, unknown('aws_vpc.other.id', stringType)).kind).toBe('unknown');
    expect(equalValues(unknown('x'), unknown('x')).kind).toBe('unknown');
  });

  test('null equals what may be null, perhaps', () => {
    expect(equalValues(unknown('x'), value(null)).kind).toBe('unknown');
    expect(equalValues({ ...unknown('x'), notNull: true }, value(null))).toMatchObject({ value: false });
  });

  test('is decided by one part that differs, and by types', () => {
    expect(equalValues(value([unknown('x'), 1]), value([unknown('y'), 2]))).toMatchObject({ value: false });
    expect(equalValues(unknown('x', listType(stringType)), value('a'))).toMatchObject({ value: false });
    expect(equalValues(value({ a: unknown('x') }), value({ b: 1 }))).toMatchObject({ value: false });
  });

  test('is open while a type is, which that of an empty list is not', () => {
    const any = unknown('x');
    expect(equalValues(listValue([any], any.type), listValue([value('a')], stringType)).kind).toBe('unknown');
    expect(equalValues(listValue([], any.type), listValue([], stringType))).toMatchObject({ value: false });
  });

  test('is sensitive where any part of either is', () => {
    expect(equalValues(value([asSensitive(value(1))]), value([1]))).toMatchObject({ value: true, sensitive: true });
  });
});

describe('sets', () => {
  const plain: fc.Arbitrary<Plain> = fc.letrec<{ plain: Plain }>((tie) => ({
    plain: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.integer({ min: -3, max: 3 }),
      fc.string({ maxLength: 2 }),
      fc.array(tie('plain'), { maxLength: 2 }),
    ),
  })).plain;

  test('do not depend on the order or number of what goes in', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, plain), { maxLength: 6 }), (pairs) => {
        const items = pairs.map((pair) => value(pair));
        const once = setValue(items, numberType).items;
        const again = setValue([...items].reverse().concat(items), numberType).items;
        expect(again).toEqual(once);
      }),
    );
  });

  test('hold an attribute that only apply knows once', () => {
    const id = unknown('aws_security_group.web.id', stringType);
    expect(setValue([id, value('a'), id], stringType).items).toEqual([value('a'), id]);
    expect(setValue([unknown('x'), unknown('x')], stringType).items).toHaveLength(2);
  });
});

describe('conditionals', () => {
  const either = (a: Plain, b: Plain): Value => conditional(someBool, value(a), value(b));

  test('with an unknown condition know what both branches agree on', () => {
    expect(either('a', 'a')).toMatchObject({ kind: 'string', value: 'a' });
    expect(either({ a: 1, b: 2 }, { a: 1, b: 3 })).toMatchObject({
      entries: new Map([
        ['a', { value: 1 }],
        ['b', { kind: 'unknown', type: numberType, notNull: true }],
      ]),
    });
    expect(either(['a', 'b'], ['a', 'b', 'c'])).toMatchObject({
      kind: 'unknown',
      type: listType(stringType),
      known: [{ value: 'a' }, { value: 'b' }],
    });
    expect(either('a', null)).toMatchObject({ kind: 'unknown', type: stringType, notNull: undefined });
    expect(either(null, null)).toMatchObject({ kind: 'null' });
  });

  test('with an unknown condition wait for it and for what is unknown in the branches', () => {
    const result = conditional(someBool, unknown('y'), value('a'));
    expect(result).toMatchObject({ reasons: [{ name: 'x' }, { name: 'y' }] });
  });

  test('give a branch as it is where the type of the other is not known', () => {
    const branch = value([1]);
    expect(conditional(value(true), branch, unknown('y'))).toBe(branch);
  });

  test('are sensitive where the condition or a branch is, taken or not', () => {
    expect(conditional(asSensitive(value(true)), value(1), value(2)).sensitive).toBe(true);
    expect(conditional(value(true), value(1), asSensitive(value(2))).sensitive).toBe(true);
    expect(conditional(value(true), value([asSensitive(value(1))]), value([2])).sensitive).toBeUndefined();
  });

  test('place their faults', () => {
    const places = { condition: place(1), whenTrue: place(2), whenFalse: place(3) };
    expect(() => conditional(value(null), value(1), value(2), places)).toThrow(
      expect.objectContaining({ span: place(1) }),
    );
    expect(() => conditional(value(true), value(1), value([]), places)).toThrow(
      expect.objectContaining({ span: place(2) }),
    );
  });
});

describe('members of unknown values', () => {
  const vpc = unknown('aws_vpc.main.vpc');

  test('have an identity that names them', () => {
    expect(getIndex(getAttribute(vpc, 'subnets'), value(0))).toMatchObject({
      identity: { address: 'aws_vpc.main', path: ['vpc', 'subnets', 0] },
    });
    expect(getIndex(vpc, value('id'))).toMatchObject({ identity: { path: ['vpc', 'id'] } });
    const byKey = getIndex(vpc, unknown('key'));
    expect(byKey).toMatchObject({ kind: 'unknown', reasons: [{ name: 'aws_vpc.main.vpc' }, { name: 'key' }] });
    expect(byKey).not.toMatchObject({ identity: expect.anything() });
  });

  test('have the type that the whole one promises', () => {
    expect(typeOf(getIndex(unknown('x', listType(stringType)), value(3)))).toEqual(stringType);
    expect(typeOf(getAttribute(unknown('x', mapType(boolType)), 'a'))).toEqual(boolType);
    expect(typeOf(getIndex(unknown('x', tupleType([stringType, boolType])), value(1)))).toEqual(boolType);
    expect(() => getAttribute(unknown('x', objectType([['a', stringType]])), 'b')).toThrow('named "b"');
    expect(() => getIndex(unknown('x', setType(stringType)), value(0))).toThrow('Elements of a set');
    expect(() => getIndex(unknown('x', tupleType([stringType])), value(1))).toThrow('greater than or equal');
  });

  test('are those that the configuration writes, where it does', () => {
    const resource = { ...unknown('aws_vpc.main'), attribute: (name: string) => value(`its ${name}`) };
    expect(getAttribute(resource, 'cidr_block')).toMatchObject({ value: 'its cidr_block' });
    expect(getIndex(resource, value('cidr_block'))).toMatchObject({ value: 'its cidr_block' });
    const merged = { ...unknown('x'), knownEntries: new Map([['a', value(1)]]) };
    expect(getAttribute(merged, 'a')).toMatchObject({ value: 1 });
    expect(getAttribute(merged, 'b').kind).toBe('unknown');
  });
});

describe('members of known values', () => {
  test('came through the places of the whole, but not its literal', () => {
    const item = value('a', { span: place(9) });
    const list = value([item], { span: place(1), from: { span: place(2), from: { span: place(8) } } });
    expect(placesOf(getIndex(list, value(0)))).toEqual([1, 2, 9]);
  });

  test('are sensitive where the whole or the key is', () => {
    expect(getAttribute(asSensitive(value({ a: 1 })), 'a').sensitive).toBe(true);
    expect(getIndex(value([1]), asSensitive(value(0))).sensitive).toBe(true);
    expect(getIndex(convert(value({ a: 1 }), mapType(numberType)), asSensitive(value('a'))).sensitive).toBe(true);
  });

  test('are not known where the key is not', () => {
    expect(getIndex(value([1, 2]), unknown('i', numberType))).toMatchObject({
      kind: 'unknown',
      reasons: [{ name: 'i' }],
    });
  });
});
