/** Set operations agree with enumeration. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  covers,
  difference,
  equals,
  type IntervalSet,
  intersection,
  intervalSet,
  overlaps,
  size,
  union,
} from '../../src/network/interval.ts';

const MAX = 20;

const sets = fc
  .array(fc.tuple(fc.nat(MAX), fc.nat(MAX)), { maxLength: 6 })
  .map((pairs) =>
    intervalSet(
      pairs
        .map(([a, b]) => ({ first: Math.min(a, b), last: Math.min(Math.max(a, b), a + 4) }))
        .filter(({ first, last }) => first <= last),
    ),
  );

const members = (set: IntervalSet) =>
  new Set(set.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index)));

const numbers = Array.from({ length: MAX + 1 }, (_, index) => index);

function expectMembers(set: IntervalSet, isMember: (number: number) => boolean) {
  const enumerated = members(set);
  expect(numbers.filter((number) => enumerated.has(number))).toEqual(numbers.filter(isMember));
  // In order, and never touching.
  for (const [index, { first, last }] of set.entries()) {
    expect(first).toBeLessThanOrEqual(last);
    if (index > 0) expect(set[index - 1]!.last).toBeLessThan(first - 1);
  }
}

describe('interval sets', () => {
  test('operations agree with enumeration', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        expectMembers(union([a, b]), (n) => inA.has(n) || inB.has(n));
        expectMembers(intersection(a, b), (n) => inA.has(n) && inB.has(n));
        expectMembers(difference(a, b), (n) => inA.has(n) && !inB.has(n));
        expect(covers(a, b)).toBe([...inB].every((n) => inA.has(n)));
        expect(overlaps(a, b)).toBe([...inB].some((n) => inA.has(n)));
        expect(equals(a, b)).toBe(inA.size === inB.size && covers(a, b));
        expect(size(a)).toBe(BigInt(inA.size));
      }),
      { numRuns: 500 },
    );
  });

  test('bigints behave as numbers do', () => {
    const big = (set: IntervalSet) => set.map(({ first, last }) => ({ first: BigInt(first), last: BigInt(last) }));
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(union([big(a), big(b)])).toEqual(big(union([a, b])));
        expect(intersection(big(a), big(b))).toEqual(big(intersection(a, b)));
        expect(difference(big(a), big(b))).toEqual(big(difference(a, b)));
      }),
    );
  });

  test('very many intervals', () => {
    const odd = intervalSet(Array.from({ length: 200_000 }, (_, i) => ({ first: 2 * i + 1, last: 2 * i + 1 })));
    const even = intervalSet(Array.from({ length: 200_000 }, (_, i) => ({ first: 2 * i, last: 2 * i })));
    expect(union([odd, even])).toEqual([{ first: 0, last: 399_999 }]);
    expect(difference([{ first: 0, last: 399_999 }], odd)).toEqual(even);
    expect(overlaps(odd, even)).toBe(false);
  });
});
