/** Terraform's numbers as text: how they are read, shown and, since cty defines it by what shows, equal. */

import type { BigFloat, Numeric } from './big-float.ts';
import { EvaluationError } from './errors.ts';
import {
  bitLength,
  fullPrecision,
  infinity,
  isInfinite,
  isWhole,
  magnitude,
  numberValue,
  partsOf,
  quotientOf,
  rounded,
  signOf,
  toBigInt,
} from './number.ts';
import type { NumberValue, Origin } from './value.ts';

/** Digits of a number that is still worked with. */
const maximumTextLength = 100_000;
/** Decimal exponents beyond this are infinity or zero in Go: 2^31 binary ones. */
const decimalRange = 646_456_993;
/** Go reads no exponents beyond 32 bits. */
const maximumExponent = 2 ** 31;

const syntax = /^([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:([eEpP])([+-]?[0-9]+))?$/;

/**
 * The value of a number as written.
 *
 * @throws EvaluationError for text that is no number, and as `parseNumber` does
 */
export function numberFromText(text: string, origin?: Origin): NumberValue {
  const value = parseNumber(text);
  if (value === undefined) throw new EvaluationError('a number is required');
  return numberValue(value, origin);
}

/**
 * A number as HCL writes it and as strings convert to it: `12`, `-1.5`, `.5`, `5.`, `1e3`, also `1p3` (8) and `Inf`;
 * no spaces, no other bases. Go: big.ParseFloat with base 10.
 *
 * @returns undefined for anything else
 * @throws EvaluationError for numbers too long or too far from 1 to work with
 */
export function parseNumber(text: string): Numeric | undefined {
  if (/^-?[0-9]{1,15}$/.test(text)) return Number(text);
  if (/^[+-]?[Ii]nf$/.test(text)) return infinity(text.startsWith('-') ? -1 : 1);
  const match = syntax.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', bare = '', mark, exponentText = '0'] = match;
  const digits = whole + fraction + bare;
  if (digits.length > maximumTextLength)
    throw new EvaluationError('the number has too many digits to work with', { kind: 'limit' });
  const mantissa = BigInt(digits);
  if (mantissa === 0n) return sign === '-' ? -0 : 0;
  const signed = sign === '-' ? -mantissa : mantissa;
  const places = fraction.length + bare.length;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > maximumExponent) return undefined;
  if (mark === 'p' || mark === 'P')
    return scaledByTen({ mantissa: signed, exponent, precision: fullPrecision }, -places);
  if (exponent > decimalRange) return infinity(signed < 0n ? -1 : 1);
  if (exponent < -decimalRange) return 0;
  return scaledByTen({ mantissa: signed, exponent: 0, precision: fullPrecision }, exponent - places);
}

/** value × 10^power, rounded as big.Float rounds it when it reads text. */
function scaledByTen(value: BigFloat, power: number): Numeric {
  if (Math.abs(value.exponent) > 1_000_000 || Math.abs(power) > maximumTextLength * 4) {
    throw new EvaluationError('the number is too large or too small to work with', { kind: 'limit' });
  }
  const shifted = { ...value, exponent: value.exponent + power };
  if (power === 0) return rounded(value.mantissa, value.exponent, fullPrecision);
  const five = powerOfFive(Math.abs(power));
  if (power < 0) return quotientOf(shifted, five, fullPrecision);
  return rounded(shifted.mantissa * five.mantissa, shifted.exponent + five.exponent, fullPrecision);
}

/** 5^power as big.Float's pow5 finds it, with 64 bits more than the result will have: above 5^248 not exact. */
function powerOfFive(power: number): BigFloat {
  const precision = fullPrecision + 64;
  const direct = Math.min(power, 27);
  let result: BigFloat = { mantissa: 5n ** BigInt(direct), exponent: 0, precision };
  let factor: BigFloat = { mantissa: 5n, exponent: 0, precision: precision + 64 };
  for (let rest = power - direct; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = product(result, factor, precision);
    factor = product(factor, factor, precision + 64);
  }
  return result;
}

const product = (x: BigFloat, y: BigFloat, precision: number): BigFloat => ({
  ...partsOf(rounded(x.mantissa * y.mantissa, x.exponent + y.exponent, precision)),
  precision,
});

/**
 * As Terraform writes it in strings, templates and JSON: plain decimal digits, as few as tell the number from its
 * neighbours of the same precision; `-0` and `+Inf` occur. Go: big.Float.Text('f', -1).
 */
export function numberText(value: Numeric): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (isInfinite(value)) return value.mantissa < 0n ? '-Inf' : '+Inf';
  return (value.mantissa < 0n ? '-' : '') + plain(shortest(value));
}

/** Go: big.Float.String, which is Text('g', 10): what cty orders sets of collections by. */
export function shortNumberText(value: Numeric): string {
  if (value === 0 || isInfinite(value)) return numberText(value);
  const parts = partsOf(value);
  const decimal = roundDecimal(decimalOf(magnitude(parts), parts.exponent), 10);
  const sign = parts.mantissa < 0n ? '-' : '';
  const { digits, point } = decimal;
  const limit = 10 > digits.length && digits.length >= point ? digits.length : 10;
  const exponent = point - 1;
  if (exponent >= -4 && exponent < limit) return sign + plain(decimal);
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/**
 * Equal as Terraform sees it: whole numbers exactly, others when they show the same digits. cty: rawNumberEqual.
 */
export function equalNumbers(a: Numeric, b: Numeric): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  if (signOf(a) !== signOf(b) || isWhole(a) !== isWhole(b)) return false;
  if (isInfinite(a) || isInfinite(b)) return isInfinite(a) && isInfinite(b);
  return isWhole(a) ? toBigInt(a) === toBigInt(b) : numberText(a) === numberText(b);
}

/** 0.digits × 10^point; no zeros at either end of the digits. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** mantissa × 2^exponent, exactly. */
function decimalOf(mantissa: bigint, exponent: number): Decimal {
  const text =
    exponent >= 0 ? (mantissa << BigInt(exponent)).toString() : (mantissa * 5n ** BigInt(-exponent)).toString();
  return { digits: withoutZeros(text), point: text.length + Math.min(exponent, 0) };
}

/** The fewest digits that are nearer to the number than to its neighbours. Go: roundShortest in math/big/ftoa.go. */
function shortest(value: BigFloat): Decimal {
  const exact = decimalOf(magnitude(value), value.exponent);
  const shift = value.precision + 1 - bitLength(magnitude(value));
  const mantissa = shift >= 0 ? magnitude(value) << BigInt(shift) : magnitude(value) >> BigInt(-shift);
  const lower = decimalOf(mantissa - 1n, value.exponent - shift).digits;
  const upper = decimalOf(mantissa + 1n, value.exponent - shift).digits;
  const inclusive = (mantissa & 2n) === 0n;
  for (let i = 0; i < exact.digits.length; i++) {
    const digit = exact.digits[i]!;
    const below = lower[i] ?? '0';
    const above = upper[i] ?? '0';
    const down = below !== digit || (inclusive && i + 1 === lower.length);
    const up = digit !== above && (inclusive || Number(digit) + 1 < Number(above) || i + 1 < upper.length);
    if (down && up) return roundDecimal(exact, i + 1);
    if (down) return cut(exact, i + 1);
    if (up) return increment(exact, i + 1);
  }
  return exact;
}

/** To at most `count` digits, halves to even. */
function roundDecimal(decimal: Decimal, count: number): Decimal {
  const { digits } = decimal;
  if (count >= digits.length) return decimal;
  const half = digits[count] === '5' && count + 1 === digits.length;
  const up = half ? count > 0 && Number(digits[count - 1]) % 2 === 1 : digits[count]! >= '5';
  return up ? increment(decimal, count) : cut(decimal, count);
}

function increment({ digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits, point };
  let kept = count;
  while (kept > 0 && digits[kept - 1] === '9') kept--;
  if (kept === 0) return { digits: '1', point: point + 1 };
  return { digits: digits.slice(0, kept - 1) + String(Number(digits[kept - 1]) + 1), point };
}

const cut = ({ digits, point }: Decimal, count: number): Decimal => ({
  digits: withoutZeros(digits.slice(0, count)),
  point,
});

function plain({ digits, point }: Decimal): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return digits + '0'.repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function withoutZeros(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '0') end--;
  return text.slice(0, end);
}
