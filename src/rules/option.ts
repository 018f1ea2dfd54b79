/** Options of own rules, and what conditions have of them. */

import type { OptionDeclaration } from '../findings/check.ts';
import { numberToJs } from '../terraform/values/number.ts';
import { isSequence, type Value } from '../terraform/values/value.ts';
import { plainAsValue, textsValue } from './values.ts';

export const optionTypes = ['string', 'number', 'bool', 'list(string)'] as const;

/** @returns what was expected in the place of a default that is not of the type */
export function optionOf(
  type: (typeof optionTypes)[number],
  value: Value,
  summary: string,
): OptionDeclaration | string {
  switch (type) {
    case 'string':
      return value.kind === 'string' ? { type: 'string', default: value.value, summary } : 'a string';
    case 'bool':
      return value.kind === 'bool' ? { type: 'boolean', default: value.value, summary } : 'true or false';
    case 'number': {
      const number = value.kind === 'number' ? numberToJs(value.value) : Number.NaN;
      const bounds = { min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
      return Number.isSafeInteger(number) ? { type: 'integer', default: number, ...bounds, summary } : 'a whole number';
    }
    case 'list(string)': {
      const texts = isSequence(value)
        ? value.items.map((item) => (item.kind === 'string' ? item.value : undefined))
        : [undefined];
      const sound = texts.filter((text) => text !== undefined);
      return sound.length === texts.length ? { type: 'strings', default: sound, summary } : 'a list of strings';
    }
  }
}

/** The object of all options. */
export function optionValue(options: Readonly<Record<string, unknown>>): Value {
  const entries = Object.entries(options).map(([name, value]): readonly [string, Value] => [
    name,
    Array.isArray(value) ? textsValue(value.map(String)) : plainAsValue(value as string | number | boolean),
  ]);
  return { kind: 'object', entries: new Map(entries) };
}
