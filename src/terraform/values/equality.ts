/** When values are equal; and sets, which equality makes of lists. */

import { isExcluded } from './inputs.ts';
import { compareNumbers } from './number.ts';
import { equalNumbers, shortNumberText } from './number-text.ts';
import { isIdentifier } from './pieces.ts';
import { boolType, equalTypes, isCollection, type Type } from './type.ts';
import {
  type BoolValue,
  boolValue,
  compareStrings,
  isMapping,
  isSequence,
  isWhollyKnown,
  marked,
  type Origin,
  type SetValue,
  sensitivityOf,
  typeOf,
  type UnknownValue,
  unknownFrom,
  type Value,
} from './value.ts';

/**
 * Whether `a == b`: values of different types are different (1 and "1", a list and a tuple), nulls of all types are equal.
 * Unknown where it hangs on something unknown, except that one thing is always equal to itself. Sensitive where any part
 * of either is. cty: Value.Equals.
 */
export function equalValues(a: Value, b: Value): BoolValue | UnknownValue {
  const equal = isEqual(a, b);
  const answer = equal === undefined ? { ...unknownFrom([a, b], boolType), notNull: true } : boolValue(equal);
  return marked(answer, sensitivityOf([a, b]));
}

/** As `equalValues`; undefined where that is not known. */
export function isEqual(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'unknown' || b.kind === 'unknown') return isEqualUnknown(a, b);
  if (a.kind === 'null' || b.kind === 'null') return a.kind === b.kind;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'string':
    case 'bool':
      return a.value === (b as typeof a).value;
    case 'number':
      return equalNumbers(a.value, (b as typeof a).value);
    default: {
      const types = [typeOf(a), typeOf(b)] as const;
      if (!mayEqual(...types)) return false;
      const equal = areMembersEqual(a, b);
      if (equal !== true || equalTypes(...types)) return equal;
      // As long as a type is not known, it may turn out to differ; that of what is empty or null is what it is.
      return isWhollyKnown(a) && isWhollyKnown(b) ? false : undefined;
    }
  }
}

/** Both are collections or structures of the same kind. */
function areMembersEqual(a: Value, b: Value): boolean | undefined {
  if (isSequence(a) && isSequence(b)) {
    if (a.kind === 'set' && !(isWhollyKnown(a) && isWhollyKnown(b))) return undefined;
    return a.items.length === b.items.length && everyEqual(a.items.map((item, i) => [item, b.items[i]!]));
  }
  if (!isMapping(a) || !isMapping(b) || a.entries.size !== b.entries.size) return false;
  const pairs: [Value, Value][] = [];
  for (const [key, value] of a.entries) {
    const other = b.entries.get(key);
    if (other === undefined) return false;
    pairs.push([value, other]);
  }
  return everyEqual(pairs);
}

function isEqualUnknown(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'unknown' && b.kind === 'unknown') return isSameThing(a, b) ? true : undefined;
  const [unknown, known] = a.kind === 'unknown' ? [a, b] : [b as UnknownValue, a];
  if (known.kind === 'null') return unknown.notNull === true ? false : undefined;
  if (!mayEqual(unknown.type, typeOf(known)) || isExcluded(unknown, known)) return false;
  return known.kind === 'string' && !fitsPieces(known.value, unknown) ? false : undefined;
}

/** Whether a string starts, and ends, as the known pieces of an unknown one do. */
function fitsPieces(text: string, value: UnknownValue): boolean {
  const { pieces, samples } = value;
  if (text === '' && (samples !== undefined || isIdentifier(value))) return false;
  if (pieces === undefined) return true;
  const [first, last] = [pieces[0], pieces.at(-1)];
  return (typeof first !== 'string' || text.startsWith(first)) && (typeof last !== 'string' || text.endsWith(last));
}

/** Both name the same attribute of the same resource. */
function isSameThing(a: UnknownValue, b: UnknownValue): boolean {
  if (a.identity === undefined || b.identity === undefined || !equalTypes(a.type, b.type)) return false;
  const { path } = b.identity;
  return (
    a.identity.address === b.identity.address &&
    a.identity.path.length === path.length &&
    a.identity.path.every((step, i) => step === path[i])
  );
}

/** Whether two types are the same once every `any` in them is known. */
function mayEqual(a: Type, b: Type): boolean {
  if (a.kind === 'any' || b.kind === 'any') return true;
  if (a.kind !== b.kind) return false;
  if (isCollection(a) && isCollection(b)) return mayEqual(a.element, b.element);
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    return a.items.length === b.items.length && a.items.every((item, i) => mayEqual(item, b.items[i]!));
  }
  if (a.kind !== 'object' || b.kind !== 'object') return true;
  if (a.attributes.size !== b.attributes.size) return false;
  for (const [name, { type }] of a.attributes) {
    const other = b.attributes.get(name);
    if (other === undefined || !mayEqual(type, other.type)) return false;
  }
  return true;
}

/** One pair that differs decides, whatever the others may become. */
function everyEqual(pairs: readonly (readonly [Value, Value])[]): boolean | undefined {
  let result: boolean | undefined = true;
  for (const [a, b] of pairs) {
    const equal = isEqual(a, b);
    if (equal === false) return false;
    if (equal === undefined) result = undefined;
  }
  return result;
}

/**
 * A set of these items: each of them once, in Terraform's order. A set with a sensitive item is sensitive as a whole.
 *
 * @param items all of type `element`
 */
export function setValue(items: readonly Value[], element: Type, origin?: Origin): SetValue {
  const groups = new Map<string, Value[]>();
  for (const item of items) {
    const key = setKey(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else if (!group.some((other) => isEqual(other, item) === true)) group.push(item);
  }
  const distinct = [...groups].flatMap(([key, group]) => group.map((item) => ({ key, item })));
  distinct.sort((a, b) => compareItems(a.item, b.item) ?? compareStrings(a.key, b.key));
  const set: SetValue = { kind: 'set', element, items: distinct.map(({ item }) => item), origin };
  return marked(set, sensitivityOf(items));
}

/** Known before unknown before null; undefined where only the items' keys give an order. cty: setRules.Less. */
function compareItems(a: Value, b: Value): number | undefined {
  const rank = (value: Value): number => (value.kind === 'null' ? 2 : value.kind === 'unknown' ? 1 : 0);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a.kind === 'string' && b.kind === 'string') return compareStrings(a.value, b.value);
  if (a.kind === 'bool' && b.kind === 'bool') return Number(a.value) - Number(b.value);
  if (a.kind === 'number' && b.kind === 'number') return compareNumbers(a.value, b.value);
  return undefined;
}

/** What cty orders items without an order of their own by: makeSetHashBytes. */
function setKey(value: Value): string {
  const joined = (items: Iterable<Value>): string => [...items].map((item) => `${setKey(item)};`).join('');
  switch (value.kind) {
    case 'unknown':
      return '?';
    case 'null':
      return '~';
    case 'string':
      return quoted(value.value);
    case 'number':
      return shortNumberText(value.value);
    case 'bool':
      return value.value ? 'T' : 'F';
    case 'list':
    case 'set':
      return `[${joined(value.items)}]`;
    case 'tuple':
      return `<${joined(value.items)}>`;
    case 'object':
      return `<${joined(value.entries.values())}>`;
    case 'map':
      return `{${[...value.entries].map(([key, item]) => `${quoted(key)}:${setKey(item)};`).join('')}}`;
  }
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);

/** Go: strconv.Quote. */
function quoted(text: string): string {
  const escaped = text.replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (character) => {
    const short = shortEscapes.get(character);
    if (short !== undefined) return short;
    const code = character.codePointAt(0)!;
    const hex = code.toString(16);
    if (code < 0x80) return `\\x${hex.padStart(2, '0')}`;
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}
