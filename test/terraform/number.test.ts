/** Terraform's numbers: laws that hold for all of them, and bounds. The values themselves are in the recorded tables. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Numeric } from '../../src/terraform/values/big-float.ts';
import { EvaluationError } from '../../src/terraform/values/errors.ts';
import {
  addNumbers,
  ceilNumber,
  compareNumbers,
  divideNumbers,
  floorNumber,
  fromBigInt,
  fromFloat,
  isWhole,
  moduloNumbers,
  multiplyNumbers,
  negateNumber,
  numberToJs,
  numberValue,
  signOf,
  subtractNumbers,
  toBigInt,
} from '../../src/terraform/values/number.ts';
import { equalNumbers, numberFromText, numberText, parseNumber } from '../../src/terraform/values/number-text.ts';

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: -40, max: 40 }))
  .map(([digits, exponent]) => parseNumber(`${digits}e${exponent}`)!);

describe('laws', () => {
  test('text reads back as the same number', () => {
    fc.assert(fc.property(decimals, (x) => compareNumbers(parseNumber(numberText(x))!, x) === 0));
    fc.assert(
      fc.property(decimals, decimals, (x, y) => {
        fc.pre(signOf(y) !== 0);
        const quotient = divideNumbers(x, y);
        expect(compareNumbers(parseNumber(numberText(quotient))!, quotient)).toBe(0);
      }),
    );
  });

  test('safe integers, and only they, are JavaScript numbers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), (x) => {
        const safe = Number.isSafeInteger(Number(x)) && BigInt(Number(x)) === x;
        expect(typeof fromBigInt(x)).toBe(safe ? 'number' : 'object');
        expect(toBigInt(fromBigInt(x))).toBe(x);
        expect(typeof numberValue(parseNumber(String(x))!).value).toBe(safe ? 'number' : 'object');
      }),
    );
  });

  test('order of operands counts for nothing in sums and products', () => {
    fc.assert(
      fc.property(decimals, decimals, (x, y) => {
        expect(numberText(addNumbers(x, y))).toBe(numberText(addNumbers(y, x)));
        expect(numberText(multiplyNumbers(x, y))).toBe(numberText(multiplyNumbers(y, x)));
      }),
    );
  });

  test('whole numbers are exact', () => {
    const whole = fc.oneof(fc.bigInt({ min: -100n, max: 100n }), fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }));
    fc.assert(
      fc.property(whole, whole, (x, y) => {
        const [a, b] = [parseNumber(String(x))!, parseNumber(String(y))!];
        expect(toBigInt(addNumbers(a, b))).toBe(x + y);
        expect(toBigInt(subtractNumbers(a, b))).toBe(x - y);
        expect(toBigInt(multiplyNumbers(a, b))).toBe(x * y);
        expect(toBigInt(moduloNumbers(a, b))).toBe(y === 0n ? x : x % y);
        if (y !== 0n && x % y === 0n) expect(toBigInt(divideNumbers(a, b))).toBe(x / y);
        expect(Math.sign(compareNumbers(a, b))).toBe(x < y ? -1 : x > y ? 1 : 0);
      }),
    );
  });

  test('floor and ceil are the nearest whole numbers', () => {
    fc.assert(
      fc.property(decimals, (x) => {
        const [below, above] = [floorNumber(x), ceilNumber(x)];
        expect([isWhole(below), isWhole(above)]).toEqual([true, true]);
        expect(compareNumbers(below, x)).toBeLessThanOrEqual(0);
        expect(compareNumbers(above, x)).toBeGreaterThanOrEqual(0);
        expect(compareNumbers(subtractNumbers(above, below), 1)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('a float64 goes there and back', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(finite, (x) => expect(numberToJs(fromFloat(x))).toBe(x)));
    fc.assert(fc.property(finite, (x) => expect(numberToJs(parseNumber(numberText(fromFloat(x)))!)).toBe(x)));
    fc.assert(
      fc.property(
        finite,
        finite,
        (x, y) =>
          Math.sign(compareNumbers(fromFloat(x), fromFloat(y))) ===
          Math.sign(Math.sign(x - y) || (x < y ? -1 : x > y ? 1 : 0)),
      ),
    );
  });
});

describe('limits', () => {
  test.each(['1e400000', '1e-400000', '1p2000000', '9'.repeat(200_000)])('%.20s is too much, at once', (text) => {
    expect(() => numberFromText(text)).toThrow(EvaluationError);
  });

  test('what grows in steps ends too', () => {
    let number: Numeric = parseNumber('1e1000')!;
    const grow = (): void => {
      for (let i = 0; i < 100; i++) number = multiplyNumbers(number, number);
    };
    expect(grow).toThrow('the number is too large or too small to work with');
  });

  test.each([
    ['1e2000000000', '+Inf'],
    ['-1e2000000000', '-Inf'],
    ['1e-2000000000', '0'],
  ])('%s is %s as in Terraform', (text, shown) => {
    expect(numberText(parseNumber(text)!)).toBe(shown);
  });

  test.each(['1e3000000000', 'abc', '', '1 ', '0x1'])('%j is no number', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });
});

test('the sign of zero shows', () => {
  expect(numberText(negateNumber(0))).toBe('-0');
  expect(numberText(parseNumber('-0.0')!)).toBe('-0');
  expect(equalNumbers(0, -0)).toBe(true);
});

test('fewer digits show of what a function computed in a float64', () => {
  const root = fromFloat(Math.SQRT2);
  expect(numberText(root)).toBe('1.4142135623730951');
  expect(numberText(multiplyNumbers(root, 1))).toBe('1.4142135623730951454746218587388284504413604736328125');
});
