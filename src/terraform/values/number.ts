/** Terraform's numbers and their arithmetic: binary floating point of, as a rule, 512 bits. */

import type { BigFloat, Numeric } from './big-float.ts';
import { EvaluationError } from './errors.ts';
import type { NumberValue, Origin } from './value.ts';

/** Bits of a number read from text: cty's ParseNumberVal. */
export const fullPrecision = 512;

/** Of the first bit, so up to about 300,000 decimal digits. Terraform itself goes to 2^31 and needs minutes for that. */
const maximumExponent = 1_000_000;

/**
 * @param value a BigFloat that is a safe integer becomes a JavaScript number
 * @param precision bits that a safe integer was computed with; a BigFloat has its own
 */
export function numberValue(value: Numeric, origin?: Origin, precision = fullPrecision): NumberValue {
  const normal = typeof value === 'number' ? value : fromParts(value);
  return typeof normal === 'number' && precision < fullPrecision
    ? { kind: 'number', value: normal, origin, precision }
    : { kind: 'number', value: normal, origin };
}

/** Bits that a number was computed with. */
export const precisionOf = ({ value, precision }: NumberValue): number =>
  typeof value === 'number' ? (precision ?? fullPrecision) : value.precision;

/**
 * mantissa × 2^exponent, rounded to `precision` bits.
 *
 * @param more true where the exact number is a little further from zero than mantissa × 2^exponent says
 * @throws EvaluationError for numbers beyond 2^±1,000,000
 */
export function rounded(mantissa: bigint, exponent: number, precision: number, more = false): Numeric {
  if (mantissa === 0n) return 0;
  const negative = mantissa < 0n;
  let digits = negative ? -mantissa : mantissa;
  let power = exponent;
  const excess = bitLength(digits) - precision;
  if (excess > 0) {
    const shift = BigInt(excess);
    const rest = BigInt.asUintN(excess, digits);
    const half = 1n << (shift - 1n);
    digits >>= shift;
    power += excess;
    if (rest > half || (rest === half && (more || (digits & 1n) === 1n))) digits += 1n;
  }
  return fromParts({ mantissa: negative ? -digits : digits, exponent: power, precision });
}

/** The same number in normal form: odd mantissa, or a JavaScript number. */
function fromParts({ mantissa, exponent, precision }: BigFloat): Numeric {
  if (mantissa === 0n) return 0;
  if (exponent === Infinity) return { mantissa: mantissa < 0n ? -1n : 1n, exponent, precision };
  const zeros = trailingZeros(mantissa);
  const odd = mantissa >> BigInt(zeros);
  const power = exponent + zeros;
  const length = bitLength(odd < 0n ? -odd : odd) + power;
  if (Math.abs(length) > maximumExponent)
    throw new EvaluationError('the number is too large or too small to work with', { kind: 'limit' });
  if (power >= 0 && length <= 53) return Number(odd << BigInt(power));
  return { mantissa: odd, exponent: power, precision };
}

/** Both parts of any number; the precision of a JavaScript number is that of a literal. */
export function partsOf(value: Numeric): BigFloat {
  return typeof value === 'number' ? { mantissa: BigInt(value), exponent: 0, precision: fullPrecision } : value;
}

export const infinity = (sign: number): BigFloat => ({
  mantissa: sign < 0 ? -1n : 1n,
  exponent: Infinity,
  precision: fullPrecision,
});

export const isInfinite = (value: Numeric): boolean => typeof value !== 'number' && value.exponent === Infinity;

/** @param precision as big.Float.SetInt chooses it, unless given */
export function fromBigInt(value: bigint, precision = Math.max(64, bitLength(value < 0n ? -value : value))): Numeric {
  return rounded(value, 0, precision);
}

/**
 * What a function computed in a float64.
 * @throws EvaluationError for NaN
 */
export function fromFloat(value: number): Numeric {
  if (Number.isSafeInteger(value)) return value;
  if (Number.isNaN(value)) throw new EvaluationError('the result is not a number');
  if (!Number.isFinite(value)) return infinity(value);
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  return rounded(value < 0 ? -mantissa : mantissa, Math.max(biased, 1) - 1075, 53);
}

/** The nearest float64, ±Infinity included. */
export function numberToJs(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (isInfinite(value)) return Number(value.mantissa) * Infinity;
  const length = bitLength(magnitude(value));
  // Below the smallest normal number fewer bits are left.
  const precision = Math.min(53, length + value.exponent + 1074);
  if (precision < 0) return value.mantissa < 0n ? -0 : 0;
  const excess = length - precision;
  if (excess <= 0) return scaled(Number(value.mantissa), value.exponent);
  const shift = BigInt(excess);
  const whole = magnitude(value) >> shift;
  const rest = BigInt.asUintN(excess, magnitude(value));
  const half = 1n << (shift - 1n);
  const up = rest > half || (rest === half && (whole & 1n) === 1n) ? 1n : 0n;
  const result = scaled(Number(whole + up), value.exponent + excess);
  return value.mantissa < 0n ? -result : result;
}

/** x × 2^power, in two steps so that neither factor overflows or underflows before the product does. */
function scaled(x: number, power: number): number {
  const first = Math.max(-1000, Math.min(1000, power));
  return x * 2 ** first * 2 ** (power - first);
}

/** The number as a safe integer; undefined where it is none. */
export const toInteger = (value: Numeric): number | undefined => (typeof value === 'number' ? value : undefined);

export const isWhole = (value: Numeric): boolean =>
  typeof value === 'number' || (value.exponent >= 0 && value.exponent !== Infinity);

/** A whole number; undefined for infinities and numbers with a fraction. */
export function toBigInt(value: Numeric): bigint | undefined {
  if (typeof value === 'number') return BigInt(value);
  return isWhole(value) ? value.mantissa << BigInt(value.exponent) : undefined;
}

/** The whole part of a finite number, towards zero. */
function wholePart(value: Numeric): bigint {
  if (typeof value === 'number') return BigInt(value);
  const power = BigInt(Math.abs(value.exponent));
  return value.exponent >= 0 ? value.mantissa << power : value.mantissa / (1n << power);
}

/** -1, 0 or 1. */
export function signOf(value: Numeric): number {
  if (typeof value === 'number') return Math.sign(value) + 0;
  return value.mantissa < 0n ? -1 : 1;
}

/** Exact order: negative, zero or positive. For equality as Terraform sees it, `equalNumbers`. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const sign = signOf(a) - signOf(b);
  if (sign !== 0) return sign;
  const x = partsOf(a);
  const y = partsOf(b);
  if (isInfinite(x) || isInfinite(y)) return signOf(a) * (Number(isInfinite(x)) - Number(isInfinite(y)));
  const [p, q] = aligned(x, y);
  return p < q ? -1 : p > q ? 1 : 0;
}

export function negateNumber(value: Numeric): Numeric {
  return typeof value === 'number' ? -value : { ...value, mantissa: -value.mantissa };
}

export const absoluteNumber = (value: Numeric): Numeric =>
  signOf(value) < 0 || Object.is(value, -0) ? negateNumber(value) : value;

/**
 * @param precision bits of the result, where the operands don't show them
 * @throws EvaluationError for infinities of opposite sign
 */
export function addNumbers(a: Numeric, b: Numeric, precision?: number): Numeric {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const x = partsOf(a);
  const y = partsOf(b);
  if (isInfinite(x) || isInfinite(y)) {
    if (isInfinite(x) && isInfinite(y) && x.mantissa !== y.mantissa) {
      throw new EvaluationError("can't compute sum of opposing infinities");
    }
    return isInfinite(x) ? x : y;
  }
  const [p, q, exponent] = aligned(x, y);
  return rounded(p + q, exponent, precision ?? Math.max(x.precision, y.precision));
}

/**
 * The sum with the precision of the more precise of the two.
 * @throws EvaluationError as `addNumbers`
 */
export function addValues(a: NumberValue, b: NumberValue): NumberValue {
  const precision = Math.max(precisionOf(a), precisionOf(b));
  return numberValue(addNumbers(a.value, b.value, precision), undefined, precision);
}

/**
 * @param precision as for `addNumbers`
 * @throws EvaluationError for infinities of the same sign
 */
export function subtractNumbers(a: Numeric, b: Numeric, precision?: number): Numeric {
  if (isInfinite(a) && isInfinite(b) && signOf(a) === signOf(b)) {
    throw new EvaluationError("can't subtract infinity from itself");
  }
  return addNumbers(a, negateNumber(b), precision);
}

/**
 * @param precision as for `addNumbers`; the result has more bits where it needs them
 * @throws EvaluationError for zero times infinity
 */
export function multiplyNumbers(a: Numeric, b: Numeric, precision?: number): Numeric {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product;
  }
  if (isInfinite(a) || isInfinite(b)) {
    if (a === 0 || b === 0) throw new EvaluationError("can't multiply zero by infinity");
    return infinity(signOf(a) * signOf(b));
  }
  if (a === 0 || b === 0) return zeroOfSigns(a, b);
  const x = partsOf(a);
  const y = partsOf(b);
  const product = rounded(x.mantissa * y.mantissa, x.exponent + y.exponent, fullPrecision);
  if (typeof product === 'number') return product;
  const wanted = precision ?? Math.max(x.precision, y.precision);
  return { ...product, precision: Math.max(wanted, bitLength(magnitude(product))) };
}

/**
 * @param precision as for `addNumbers`
 * @throws EvaluationError for zero by zero and infinity by infinity
 */
export function divideNumbers(a: Numeric, b: Numeric, precision?: number): Numeric {
  if (typeof a === 'number' && typeof b === 'number' && b !== 0) {
    const quotient = a / b;
    if (Number.isSafeInteger(quotient) && a % b === 0) return quotient;
  }
  if ((a === 0 && b === 0) || (isInfinite(a) && isInfinite(b))) {
    throw new EvaluationError("can't divide zero by zero or infinity by infinity");
  }
  if (isInfinite(a) || b === 0) return infinity(signOf(a) * (Object.is(b, -0) ? -1 : signOf(b) || 1));
  if (a === 0 || isInfinite(b)) return zeroOfSigns(a, b);
  return quotientOf(partsOf(a), partsOf(b), precision);
}

/** A zero with the sign of a product or quotient. */
function zeroOfSigns(a: Numeric, b: Numeric): number {
  const isNegative = (value: Numeric): boolean => signOf(value) < 0 || Object.is(value, -0);
  return isNegative(a) === isNegative(b) ? 0 : -0;
}

/** Neither is infinite, and the divisor is not zero. */
export function quotientOf(x: BigFloat, y: BigFloat, precision = Math.max(x.precision, y.precision)): Numeric {
  // Two bits more than the precision, so that what the division leaves over lies below half a unit.
  const shift = Math.max(0, precision + 2 + bitLength(magnitude(y)) - bitLength(magnitude(x)));
  const dividend = magnitude(x) << BigInt(shift);
  const quotient = dividend / magnitude(y);
  const exact = quotient * magnitude(y) === dividend;
  const negative = x.mantissa < 0n !== y.mantissa < 0n;
  return rounded(negative ? -quotient : quotient, x.exponent - y.exponent - shift, precision, !exact);
}

/**
 * HCL's `%`: what truncated division leaves, with the sign of `a`; `a` itself where `b` is zero.
 *
 * @param precision bits of the result: those of `a`
 * @throws EvaluationError for infinity
 */
export function moduloNumbers(a: Numeric, b: Numeric, precision = partsOf(a).precision): Numeric {
  if (b === 0) return a;
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a % b;
    return rest === 0 && a !== 0 ? 0 : rest;
  }
  if (isInfinite(a) || isInfinite(b)) throw new EvaluationError("can't use modulo with zero and infinity");
  const x = partsOf(a);
  const times = wholePart(divideNumbers(a, b));
  const y = partsOf(b);
  const whole = partsOf(rounded(times, 0, precision));
  const product = partsOf(rounded(y.mantissa * whole.mantissa, y.exponent + whole.exponent, precision));
  const [p, q, exponent] = aligned(x, product);
  return rounded(p - q, exponent, precision);
}

/** The greatest whole number that is not above `value`; never -0. */
export function floorNumber(value: Numeric): Numeric {
  if (typeof value === 'number') return value + 0;
  if (isWhole(value) || isInfinite(value)) return value;
  const { mantissa, exponent, precision } = partsOf(value);
  return rounded(mantissa >> BigInt(-exponent), 0, precision);
}

/** The least whole number that is not below `value`; never -0. */
export function ceilNumber(value: Numeric): Numeric {
  const result = negateNumber(floorNumber(negateNumber(value)));
  return result === 0 ? 0 : result;
}

/** Both mantissas at the smaller of the exponents. */
function aligned(x: BigFloat, y: BigFloat): [bigint, bigint, number] {
  const exponent = Math.min(x.exponent, y.exponent);
  return [x.mantissa << BigInt(x.exponent - exponent), y.mantissa << BigInt(y.exponent - exponent), exponent];
}

export const magnitude = (value: BigFloat): bigint => (value.mantissa < 0n ? -value.mantissa : value.mantissa);

/** @param value at least 0 */
export function bitLength(value: bigint): number {
  if (value === 0n) return 0;
  const hex = value.toString(16);
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex[0]!, 16)) - 28);
}

/** @param value not 0 */
function trailingZeros(value: bigint): number {
  let zeros = 0;
  let rest = value;
  while (BigInt.asUintN(512, rest) === 0n) {
    rest >>= 512n;
    zeros += 512;
  }
  let low = BigInt.asUintN(512, rest);
  while (BigInt.asUintN(32, low) === 0n) {
    low >>= 32n;
    zeros += 32;
  }
  const word = Number(BigInt.asUintN(32, low));
  return zeros + 31 - Math.clz32(word & -word);
}
