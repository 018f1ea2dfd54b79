/** formatdate, timeadd and timecmp. Timestamps are RFC 3339 (https://www.rfc-editor.org/rfc/rfc3339). */

import { EvaluationError } from '../values/errors.ts';
import { numberType, stringType } from '../values/type.ts';
import { integerValue, stringValue, type Value } from '../values/value.ts';
import { asText } from './arguments.ts';
import type { FunctionTable } from './definition.ts';

/** An instant, and the offset that it was written with. */
interface Timestamp {
  /** Since 1970-01-01T00:00:00Z. */
  readonly nanoseconds: bigint;
  /** East of UTC. */
  readonly offsetMinutes: number;
}

const text = (name: string) => ({ name, type: stringType });
const second = 1_000_000_000n;

/** Terraform: internal/lang/funcs/datetime.go; go-cty: cty/function/stdlib/datetime.go. */
export const dateFunctions: FunctionTable = {
  formatdate: {
    parameters: [text('format'), text('time')],
    returns: stringType,
    call: (args) => {
      const timestamp = timestampOf(args[1], 1, 'strict');
      return stringValue(formatParts(asText(args[0]), timestamp));
    },
  },
  timeadd: {
    parameters: [text('timestamp'), text('duration')],
    returns: stringType,
    call: (args) => {
      const timestamp = timestampOf(args[0], undefined, 'strict');
      const nanoseconds = timestamp.nanoseconds + parseDuration(asText(args[1]));
      return stringValue(formatTimestamp({ ...timestamp, nanoseconds }));
    },
  },
  timecmp: {
    parameters: [text('timestamp_a'), text('timestamp_b')],
    returns: numberType,
    call: (args) => {
      const a = timestampOf(args[0], 0, 'lenient').nanoseconds;
      const b = timestampOf(args[1], 1, 'lenient').nanoseconds;
      return integerValue(a < b ? -1 : a > b ? 1 : 0);
    },
  },
};

function timestampOf(value: Value | undefined, argument: number | undefined, mode: 'strict' | 'lenient'): Timestamp {
  const parsed = parseTimestamp(asText(value), mode);
  if (typeof parsed === 'string') throw new EvaluationError(`not a valid RFC3339 timestamp${parsed}`, { argument });
  return parsed;
}

/**
 * The timestamp, or what completes "not a valid RFC3339 timestamp". `lenient` takes what Go's time.Parse takes beyond the RFC: an
 * hour of one digit, a comma before the fraction and an offset of 24 hours. go-cty: datetime_rfc3339.go.
 */
function parseTimestamp(text: string, mode: 'strict' | 'lenient'): Timestamp | string {
  const reader = new FieldReader(text, mode);
  const year = reader.field('year', /^[0-9]{4}/, 0, 9999);
  reader.mark('-');
  const month = reader.field('month', /^[0-9]{2}/, 1, 12);
  reader.mark('-');
  const day = reader.field('day of month', /^[0-9]{2}/, 0, 99);
  reader.mark('T');
  const hourText = reader.rest;
  const hour = reader.field('hour', /^[0-9]{1,2}/, 0, 23);
  reader.mark(':');
  const minute = reader.field('minute', /^[0-9]{2}/, 0, 59);
  reader.mark(':');
  const seconds = reader.field('second', /^[0-9]{2}/, 0, 59);
  if (reader.fault !== undefined) return reader.fault;
  const [fraction] = /^(?:[.,][0-9]+)?/.exec(reader.rest)!;
  reader.rest = reader.rest.slice(fraction.length);
  const zone = /^(?:Z|([+-])([0-9]{2}):([0-9]{2}))/.exec(reader.rest);
  if (zone === null) return reader.unusable('UTC offset', reader.rest);
  const [zoneText, sign, zoneHour = '0', zoneMinute = '0'] = zone;
  const extra = reader.rest.slice(zoneText.length);
  if (Number(zoneHour) > 24 || Number(zoneMinute) > 60) return reader.unusable('UTC offset', extra);
  if (extra !== '') return reader.unusable('timestamp segment', extra);
  if (day < 1 || day > daysIn(year, month)) return ': day out of range';
  if (mode === 'strict') {
    if (hourText[1] === ':') return ': hour must have exactly two digits';
    if (fraction.startsWith(',')) return reader.unusable('timestamp segment', ',');
    if (Number(zoneHour) > 23 || Number(zoneMinute) > 59) return reader.unusable('UTC offset', zoneText);
  }

  const offsetMinutes = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, seconds);
  const nanoseconds = BigInt(fraction.slice(1, 10).padEnd(9, '0') || '0');
  return { nanoseconds: BigInt(date.getTime() - offsetMinutes * 60_000) * 1_000_000n + nanoseconds, offsetMinutes };
}

/** Takes the parts of a timestamp one by one, until the first fault. */
class FieldReader {
  readonly #mode: 'strict' | 'lenient';
  rest: string;
  /** Completes "not a valid RFC3339 timestamp". */
  fault: string | undefined;

  constructor(text: string, mode: 'strict' | 'lenient') {
    this.rest = text;
    this.#mode = mode;
  }

  /** The number that comes next; 0 after a fault. */
  field(what: string, pattern: RegExp, minimum: number, maximum: number): number {
    if (this.fault !== undefined) return 0;
    const match = pattern.exec(this.rest);
    if (match === null) {
      this.fault = this.unusable(what, this.rest);
      return 0;
    }
    this.rest = this.rest.slice(match[0].length);
    const value = Number(match[0]);
    // Go names what follows a number that is out of range.
    if (value < minimum || value > maximum) this.fault = this.unusable(what, this.rest);
    return value;
  }

  mark(mark: string): void {
    if (this.fault !== undefined) return;
    if (this.rest.startsWith(mark)) this.rest = this.rest.slice(mark.length);
    else if (mark === 'T') this.fault = ": missing required time introducer 'T'";
    else if (this.rest === '') this.fault = `: end of string where "${mark}" is expected`;
    else this.fault = `: found ${quote(this.rest)} where "${mark}" is expected`;
  }

  unusable(what: string, text: string): string {
    if (text === '') return `: end of string before ${what}`;
    if (this.#mode === 'strict' && what === 'hour') {
      if (text.includes(':')) return ': hour must be between 0 and 23 inclusive';
      if (text.length !== 2) return ': hour must have exactly two digits';
    }
    if (this.#mode === 'strict' && what === 'minute' && text.length !== 2) {
      return ': minute must have exactly two digits';
    }
    return `: cannot use ${quote(text)} as ${what}`;
  }
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: second,
  m: 60n * second,
  h: 3600n * second,
};

/** Nanoseconds; Go: time.ParseDuration (https://pkg.go.dev/time#ParseDuration). */
function parseDuration(text: string): bigint {
  const invalid = (): never => {
    throw new EvaluationError(`time: invalid duration ${quote(text)}`);
  };
  const sign = text.startsWith('-') ? -1n : 1n;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0n;
  if (rest === '') return invalid();
  let total = 0n;
  while (rest !== '') {
    const number = /^([0-9]*)(?:\.([0-9]*))?/.exec(rest)!;
    const [whole = '', fraction = ''] = number.slice(1);
    if (whole === '' && fraction === '') return invalid();
    rest = rest.slice(number[0].length);
    const unitName = /^[^0-9.]*/.exec(rest)![0];
    if (unitName === '') throw new EvaluationError(`time: missing unit in duration ${quote(text)}`);
    const unit = Object.hasOwn(units, unitName) ? units[unitName] : undefined;
    if (unit === undefined)
      throw new EvaluationError(`time: unknown unit ${quote(unitName)} in duration ${quote(text)}`);
    rest = rest.slice(unitName.length);
    total += BigInt(whole || '0') * unit;
    if (fraction !== '') total += (BigInt(fraction) * unit) / 10n ** BigInt(fraction.length);
    if (total > 2n ** 63n) return invalid();
  }
  if (sign > 0n && total >= 2n ** 63n) return invalid();
  return sign * total;
}

const months = 'January February March April May June July August September October November December'.split(' ');
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** The fields as a clock at the timestamp's offset shows them. */
function clockOf({ nanoseconds, offsetMinutes }: Timestamp): Date {
  const milliseconds = nanoseconds / 1_000_000n - (nanoseconds % 1_000_000n < 0n ? 1n : 0n);
  return new Date(Number(milliseconds) + offsetMinutes * 60_000);
}

const two = (number: number): string => String(number).padStart(2, '0');

function formatYear(year: number): string {
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
}

function formatOffset(offsetMinutes: number, separator: string): string {
  const minutes = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

function formatTimestamp(timestamp: Timestamp): string {
  const clock = clockOf(timestamp);
  const date = `${formatYear(clock.getUTCFullYear())}-${two(clock.getUTCMonth() + 1)}-${two(clock.getUTCDate())}`;
  const time = `${two(clock.getUTCHours())}:${two(clock.getUTCMinutes())}:${two(clock.getUTCSeconds())}`;
  return `${date}T${time}${timestamp.offsetMinutes === 0 ? 'Z' : formatOffset(timestamp.offsetMinutes, ':')}`;
}

/** https://developer.hashicorp.com/terraform/language/functions/formatdate#specification-syntax */
function formatParts(format: string, timestamp: Timestamp): string {
  let result = '';
  for (const [part] of format.matchAll(/''|'(?:[^']|'')*'?|([A-Za-z])\1*|[^'A-Za-z]+/g)) {
    if (part === "''") result += "'";
    else if (part.startsWith("'")) {
      if (part === "'" || !part.endsWith("'")) throw new EvaluationError("unterminated literal '", { argument: 0 });
      result += part.slice(1, -1).replace(/''?/g, "'");
    } else result += /^[A-Za-z]/.test(part) ? formatVerb(part, timestamp) : part;
  }
  return result;
}

function formatVerb(verb: string, timestamp: Timestamp): string {
  const clock = clockOf(timestamp);
  const { length } = verb;
  const refused = (explanation: string): never => {
    throw new EvaluationError(`invalid date format verb ${quote(verb)}${explanation}`, { argument: 0 });
  };
  const number = (value: number, what: string, letter: string): string => {
    if (length > 2) return refused(`: ${what} must either be "${letter}" or "${letter}${letter}"`);
    return length === 1 ? String(value) : two(value);
  };
  const hour = clock.getUTCHours();
  switch (verb[0]) {
    case 'Y': {
      const year = clock.getUTCFullYear();
      if (length !== 2 && length !== 4) return refused(': year must either be "YY" or "YYYY"');
      return length === 2 ? two(year % 100) : String(year).padStart(4, '0');
    }
    case 'M': {
      const name = months[clock.getUTCMonth()]!;
      if (length > 4) return refused(': month must be "M", "MM", "MMM", or "MMMM"');
      return length <= 2 ? number(clock.getUTCMonth() + 1, 'month', 'M') : length === 3 ? name.slice(0, 3) : name;
    }
    case 'D':
      return number(clock.getUTCDate(), 'day of month', 'D');
    case 'E': {
      const name = weekdays[clock.getUTCDay()]!;
      if (length !== 3 && length !== 4) return refused(': day of week must either be "EEE" or "EEEE"');
      return length === 3 ? name.slice(0, 3) : name;
    }
    case 'h':
      return number(hour, '24-hour', 'h');
    case 'H':
      return number(hour % 12 === 0 ? 12 : hour % 12, '12-hour', 'H');
    case 'A':
    case 'a': {
      if (length !== 2) return refused(`: must be "${verb[0]}${verb[0]}"`);
      const half = hour < 12 ? 'AM' : 'PM';
      return verb[0] === 'A' ? half : half.toLowerCase();
    }
    case 'm':
      return number(clock.getUTCMinutes(), 'minute', 'm');
    case 's':
      return number(clock.getUTCSeconds(), 'second', 's');
    case 'Z': {
      const { offsetMinutes } = timestamp;
      if (length === 1) return offsetMinutes === 0 ? 'Z' : formatOffset(offsetMinutes, ':');
      if (length === 3) return offsetMinutes === 0 ? 'UTC' : formatOffset(offsetMinutes, '');
      if (length === 4) return formatOffset(offsetMinutes, '');
      if (length === 5) return formatOffset(offsetMinutes, ':');
      return refused(': timezone must be Z, ZZZZ, or ZZZZZ');
    }
    default:
      return refused('');
  }
}

const quote = (text: string): string => JSON.stringify(text);
