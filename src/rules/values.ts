/** Values that conditions of own rules ask: objects whose attributes are made when they are asked for, and sets. */

import type { Fact } from '../model/fact.ts';
import { anyType, stringType, type Type } from '../terraform/values/type.ts';
import {
  boolValue,
  integerValue,
  type ListValue,
  listValue,
  mapValue,
  nullValue,
  type ObjectValue,
  stringValue,
  type UnknownReason,
  unknownValue,
  type Value,
} from '../terraform/values/value.ts';
import type { AskedPorts } from './port-set.ts';
import type { AskedSources } from './source-set.ts';

/**
 * The attributes of an object. What leads to other objects, which may lead back, is there for whoever asks for it by name, and not among the
 * entries that are gone through.
 */
export class LazyEntries implements ReadonlyMap<string, Value> {
  /** What it is an object of. */
  readonly subject: object;
  readonly #names: readonly string[];
  readonly #compute: (name: string) => Value | undefined;
  readonly #known = new Map<string, Value>();

  /** @param names of the entries that are gone through, in Terraform's order */
  constructor(subject: object, names: readonly string[], compute: (name: string) => Value | undefined) {
    this.subject = subject;
    this.#names = names;
    this.#compute = compute;
  }

  get size(): number {
    return this.#names.length;
  }

  get(name: string): Value | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const value = this.#compute(name);
    if (value !== undefined) this.#known.set(name, value);
    return value;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  forEach(tell: (value: Value, name: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [name, value] of this) tell(value, name, this);
  }

  *entries(): MapIterator<[string, Value]> {
    for (const name of this.#names) yield [name, this.get(name)!];
  }

  *keys(): MapIterator<string> {
    yield* this.#names;
  }

  *values(): MapIterator<Value> {
    for (const name of this.#names) yield this.get(name)!;
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
}

/** Tags by key, where a key that is not there is null: few tags are on everything. */
export class TagEntries extends Map<string, Value> {
  override get(key: string): Value {
    return super.get(key) ?? noTag;
  }
}

const noTag = nullValue(stringType);

/** What an object of a condition stands for; undefined for any other value. */
export function subjectOf(value: Value): object | undefined {
  return value.kind === 'object' && value.entries instanceof LazyEntries ? value.entries.subject : undefined;
}

export const lazyObject = (entries: LazyEntries): ObjectValue => ({ kind: 'object', entries });

export const tagsValue = (entries: Iterable<readonly [string, Value]>): Value => ({
  ...mapValue([], stringType),
  entries: new TagEntries(entries),
});

export const trueValue = boolValue(true);
export const falseValue = boolValue(false);

interface WithSet {
  readonly askedSet?: AskedPorts | AskedSources;
}

/**
 * Texts that stand for a set, which functions of sets find again as long as nobody changes the list.
 *
 * @param texts are made when somebody looks at them
 */
export function askedSetValue(texts: () => readonly Value[], set: AskedPorts | AskedSources): ListValue {
  let items: readonly Value[] | undefined;
  const value: ListValue = {
    kind: 'list',
    element: stringType,
    get items() {
      items ??= Object.assign([...texts()], { askedSet: set });
      return items;
    },
  };
  return Object.defineProperty(value, 'askedSet', { value: set });
}

/** The set that a list of texts stands for; undefined for any other value. */
export function setIn(value: Value): AskedPorts | AskedSources | undefined {
  if (value.kind !== 'list') return undefined;
  return (value as WithSet).askedSet ?? (value.items as WithSet).askedSet;
}

/** @param type of the value where it is not known, or null */
export function factValue(fact: Fact<string | number | boolean | null>, type: Type): Value {
  if (fact.kind === 'unknown') {
    const unknown = unknownValue(fact.reasons, type);
    return fact.isNotNull === true ? { ...unknown, notNull: true } : unknown;
  }
  const { value, isSensitive } = fact;
  const made = plainAsValue(value, type);
  return isSensitive === true ? { ...made, sensitive: true } : made;
}

export function plainAsValue(value: string | number | boolean | null, type: Type = anyType): Value {
  if (value === null) return nullValue(type);
  if (typeof value === 'number') return integerValue(value);
  return typeof value === 'boolean' ? boolValue(value) : stringValue(value);
}

export const textsValue = (texts: readonly string[]): ListValue =>
  listValue(
    texts.map((text) => stringValue(text)),
    stringType,
  );

/** Something that is not known, such as a group from elsewhere. */
export const unknownOf = (reasons: readonly UnknownReason[], type: Type = anyType): Value =>
  unknownValue(reasons.length === 0 ? [{ name: 'apply' }] : reasons, type);
