/** Reads arguments that the call has converted: their kinds are guaranteed, their ranges are not. */

import type { Numeric } from '../values/big-float.ts';
import { EvaluationError } from '../values/errors.ts';
import { isWhole, toBigInt } from '../values/number.ts';
import type { NumberValue, Value } from '../values/value.ts';

/** @throws TypeError where the value is no string, which only a wrong declaration makes possible */
export function asText(value: Value | undefined): string {
  if (value?.kind !== 'string') throw wrongKind(value, 'string');
  return value.value;
}

export const asNumber = (value: Value | undefined): Numeric => asNumberValue(value).value;

/** With the precision that it was computed with. */
export function asNumberValue(value: Value | undefined): NumberValue {
  if (value?.kind !== 'number') throw wrongKind(value, 'number');
  return value;
}

/** The items of a list, set or tuple. */
export function asItems(value: Value | undefined): readonly Value[] {
  if (value?.kind !== 'list' && value?.kind !== 'set' && value?.kind !== 'tuple') throw wrongKind(value, 'list');
  return value.items;
}

/** The entries of a map or object. */
export function asEntries(value: Value | undefined): ReadonlyMap<string, Value> {
  if (value?.kind !== 'map' && value?.kind !== 'object') throw wrongKind(value, 'map');
  return value.entries;
}

function wrongKind(value: Value | undefined, wanted: string): TypeError {
  return new TypeError(`a function got ${value?.kind ?? 'nothing'} where its parameters promise ${wanted}`);
}

/** @throws EvaluationError for a number with a fraction */
export function wholeNumberOf(value: Value | undefined): bigint {
  const number = asNumber(value);
  const whole = isWhole(number) ? toBigInt(number) : undefined;
  if (whole === undefined) throw new EvaluationError('value must be a whole number');
  return whole;
}

/** @throws EvaluationError for a number with a fraction, and past the 64 bits that Terraform keeps it in */
export function int64Of(value: Value | undefined): bigint {
  const number = asNumber(value);
  const whole = isWhole(number) ? toBigInt(number) : undefined;
  if (whole === undefined || BigInt.asIntN(64, whole) !== whole) {
    throw new EvaluationError('value must be a whole number, between -9223372036854775808 and 9223372036854775807');
  }
  return whole;
}
