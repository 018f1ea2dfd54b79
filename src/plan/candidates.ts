/** Which elements of a list of a plan can be what the configuration has, without comparing each with each. */

import { parseProtocol } from '../network/protocol.ts';
import { numberToJs } from '../terraform/values/number.ts';
import { isSequence, type Value } from '../terraform/values/value.ts';
import { type PlannedPart, partAt } from './plan-values.ts';

/** A value of the configuration, by its name in the element; undefined where it is all of that. */
export type NamedValue = readonly [name: string | undefined, value: Value];

/** Elements by what tells their values from all others; where one of them has a value that others may agree with, its name tells nothing. */
export class Candidates {
  readonly #parts: readonly PlannedPart[];
  /** For each name, of each element. */
  readonly #keys = new Map<string | undefined, readonly string[] | undefined>();
  /** By names, and what these have. */
  readonly #indexes = new Map<string, ReadonlyMap<string, readonly PlannedPart[]>>();

  constructor(parts: readonly PlannedPart[]) {
    this.#parts = parts;
  }

  /** All elements that may agree with some values, in their order, and perhaps others. */
  of(values: Iterable<NamedValue>): readonly PlannedPart[] {
    const names: (string | undefined)[] = [];
    const keys: string[] = [];
    for (const [name, value] of values) {
      const key = keyOf(value);
      const [first] = this.#keysAt(name) ?? [];
      if (key === undefined || first === undefined || isList(first) !== isList(key)) continue;
      names.push(name);
      keys.push(key);
    }
    return names.length === 0 ? this.#parts : (this.#indexBy(names).get(keys.join('\n')) ?? []);
  }

  #keysAt(name: string | undefined): readonly string[] | undefined {
    if (!this.#keys.has(name)) {
      const keys = this.#parts.map((part) => plannedKey(name === undefined ? part : partAt(part, name)));
      this.#keys.set(name, isOfOneKind(keys) ? keys : undefined);
    }
    return this.#keys.get(name);
  }

  #indexBy(names: readonly (string | undefined)[]): ReadonlyMap<string, readonly PlannedPart[]> {
    const known = this.#indexes.get(names.join('\n'));
    if (known !== undefined) return known;
    const columns = names.map((name) => this.#keysAt(name)!);
    const index = new Map<string, PlannedPart[]>();
    for (const [at, part] of this.#parts.entries()) {
      const key = columns.map((column) => column[at]).join('\n');
      const same = index.get(key);
      if (same === undefined) index.set(key, [part]);
      else same.push(part);
    }
    this.#indexes.set(names.join('\n'), index);
    return index;
  }
}

/** What a value of a plan has in common with all that it can agree with; undefined where that can't be told. */
function plannedKey({ value, unknown }: PlannedPart): string | undefined {
  return hasUnknown(unknown) ? undefined : keyOfJson(value);
}

const hasUnknown = (unknown: unknown): boolean =>
  unknown === true || (typeof unknown === 'object' && unknown !== null && Object.values(unknown).some(hasUnknown));

/** The same of a value of the configuration. */
function keyOf(value: Value): string | undefined {
  if (isSequence(value)) return keyOfList(value.items.map(keyOf));
  if (value.kind === 'number') return keyOfJson(numberToJs(value.value));
  return value.kind === 'string' ? keyOfJson(value.value) : undefined;
}

function keyOfJson(value: unknown): string | undefined {
  if (Array.isArray(value)) return keyOfList(value.map(keyOfJson));
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && isOneWay(value) ? JSON.stringify(value) : undefined;
}

/** In lists, order and doubles make no difference. */
const keyOfList = (keys: readonly (string | undefined)[]): string | undefined =>
  keys.every((key) => key !== undefined) ? `[${[...new Set(keys)].sort().join()}]` : undefined;

const isList = (key: string): boolean => key.startsWith('[');

/** A list and a text can agree, which no provider has in one place. */
const isOfOneKind = (keys: readonly (string | undefined)[]): keys is readonly string[] =>
  keys.every((key) => key !== undefined && isList(key) === isList(keys[0]!));

/** Whether a text agrees with no other: numbers and protocols can be written in several ways, and nothing at all too. */
const isOneWay = (text: string): boolean => Number.isNaN(Number(text)) && parseProtocol(text).kind !== 'protocol';
