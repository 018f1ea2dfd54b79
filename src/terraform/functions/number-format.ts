/** Numbers in the forms of Go's fmt verbs (https://pkg.go.dev/fmt, https://pkg.go.dev/math/big#Float.Format). */

import type { Numeric } from '../values/big-float.ts';
import { isInfinite, magnitude, partsOf, signOf, toBigInt } from '../values/number.ts';
import { numberText } from '../values/number-text.ts';

export interface NumberFormat {
  readonly verb: string;
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number;
  readonly precision: number | undefined;
}

/** Digits before the point are digits[0...point-1]; `point` may lie outside of the digits. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** As few digits as tell the number from others, with an exponent from 10^6 up and below 10^-4. Go: Text('g', -1). */
export function shortestText(value: Numeric): string {
  if (isInfinite(value)) return numberText(value);
  const sign = signOf(value) < 0 || Object.is(value, -0) ? '-' : '';
  return sign + general(shortestDecimal(value), undefined, 'e');
}

/** Go: big.Int.Format for the verbs b, d, o, x and X. The number must be whole. */
export function formatInteger(value: Numeric, format: NumberFormat): string {
  const exact = toBigInt(value)!;
  const radix = format.verb === 'b' ? 2 : format.verb === 'o' ? 8 : format.verb === 'd' ? 10 : 16;
  let digits = (exact < 0n ? -exact : exact).toString(radix);
  if (format.verb === 'X') digits = digits.toUpperCase();
  const sign = exact < 0n ? '-' : format.plus ? '+' : format.space ? ' ' : '';
  const prefix = format.sharp ? ({ b: '0b', o: '0', x: '0x', X: '0X' }[format.verb] ?? '') : '';
  if (format.precision !== undefined) {
    if (format.precision === 0 && digits === '0') return '';
    digits = digits.padStart(format.precision, '0');
  }
  const missing = format.width - sign.length - prefix.length - digits.length;
  if (missing <= 0) return sign + prefix + digits;
  if (format.minus) return sign + prefix + digits + ' '.repeat(missing);
  if (format.zero && format.precision === undefined) return sign + prefix + '0'.repeat(missing) + digits;
  return ' '.repeat(missing) + sign + prefix + digits;
}

/** Go: big.Float.Format for the verbs e, E, f, g and G. */
export function formatFloat(value: Numeric, format: NumberFormat): string {
  const isNegative = signOf(value) < 0 || Object.is(value, -0);
  const infinite = isInfinite(value);
  const sign = isNegative ? '-' : format.plus || (infinite && !format.space) ? '+' : format.space ? ' ' : '';
  const body = infinite ? 'Inf' : floatBody(value, format);
  const missing = format.width - sign.length - body.length;
  if (missing <= 0) return sign + body;
  if (format.minus) return sign + body + ' '.repeat(missing);
  if (format.zero && !infinite) return sign + '0'.repeat(missing) + body;
  return ' '.repeat(missing) + sign + body;
}

function floatBody(value: Numeric, { verb, precision }: NumberFormat): string {
  switch (verb) {
    case 'f':
      return fixed(exactDecimal(value), precision ?? 6);
    case 'e':
    case 'E':
      return scientific(roundDecimal(exactDecimal(value), (precision ?? 6) + 1), precision ?? 6, verb);
    default: {
      const mark = verb === 'G' ? 'E' : 'e';
      if (precision === undefined) return general(shortestDecimal(value), undefined, mark);
      return general(roundDecimal(exactDecimal(value), precision || 1), precision || 1, mark);
    }
  }
}

/** `%g`: with an exponent where that is short. */
function general(decimal: Decimal, precision: number | undefined, mark: string): string {
  const { length } = decimal.digits;
  const exponent = length === 0 ? 0 : decimal.point - 1;
  let limit = precision ?? 6;
  if (precision !== undefined && limit > length && length >= decimal.point) limit = length;
  if (length > 0 && (exponent < -4 || exponent >= limit)) return scientific(decimal, length - 1, mark);
  return fixed(decimal, Math.max(length - decimal.point, 0));
}

/** `decimal` has at most `places` + 1 digits. */
function scientific(decimal: Decimal, places: number, mark: string): string {
  const digits = decimal.digits.padEnd(places + 1, '0');
  const exponent = decimal.digits === '' ? 0 : decimal.point - 1;
  const fraction = places > 0 ? `.${digits.slice(1)}` : '';
  return `${digits[0]}${fraction}${mark}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function fixed(exact: Decimal, places: number): string {
  const { digits, point } = roundDecimal(exact, Math.max(exact.point + places, -1));
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (places === 0) return whole;
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, places)) + digits;
  return `${whole}.${fraction.padEnd(places, '0').slice(0, places)}`;
}

function exactDecimal(value: Numeric): Decimal {
  const parts = partsOf(value);
  const whole = magnitude(parts);
  if (whole === 0n) return { digits: '', point: 0 };
  const text = (
    parts.exponent >= 0 ? whole << BigInt(parts.exponent) : whole * 5n ** BigInt(-parts.exponent)
  ).toString();
  return { digits: withoutZeros(text), point: text.length + Math.min(parts.exponent, 0) };
}

function shortestDecimal(value: Numeric): Decimal {
  const [whole = '', fraction = ''] = numberText(value).replace('-', '').split('.');
  const all = whole + fraction;
  const leading = all.length - all.replace(/^0+/, '').length;
  return { digits: withoutZeros(all.slice(leading)), point: whole.length - leading };
}

/** To at most `count` digits; halves go to the even digit. A negative `count` leaves nothing. */
function roundDecimal({ digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits, point };
  if (count < 0) return { digits: '', point: 0 };
  const isHalf = digits[count] === '5' && count + 1 === digits.length;
  const isUp = isHalf ? count > 0 && Number(digits[count - 1]) % 2 === 1 : digits[count]! >= '5';
  if (!isUp) {
    const kept = withoutZeros(digits.slice(0, count));
    return kept === '' ? { digits: '', point: 0 } : { digits: kept, point };
  }
  let kept = count;
  while (kept > 0 && digits[kept - 1] === '9') kept--;
  if (kept === 0) return { digits: '1', point: point + 1 };
  return { digits: digits.slice(0, kept - 1) + String(Number(digits[kept - 1]) + 1), point };
}

function withoutZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
