/** Terraform's values: known or unknown, each with the place that it came from. */

import { directoryOf } from '../../source/path.ts';
import type { Span } from '../../source/span.ts';
import { toNormalForm } from '../../text/normal-form.ts';
import type { BigFloat } from './big-float.ts';
import {
  anyType,
  boolType,
  numberType,
  type ObjectAttribute,
  objectType,
  stringType,
  type Type,
  tupleType,
} from './type.ts';

/**
 * The places that a value came through, latest first: where it was last named (`var.office` in a rule), then where that
 * got it (the module argument), and last the literal or call that made it.
 */
export interface Origin {
  readonly span: Span;
  readonly from?: Origin;
  /** It is the default of an optional attribute: the variable's type adds it to what a caller gives. */
  readonly isDefault?: true;
}

/** Something that only apply, or someone else, knows. */
export interface UnknownReason {
  /** As the user would name it: `var.office_cidr`, `data.aws_vpc.main`, `timestamp()`. */
  readonly name: string;
  /** Where it is written or declared. */
  readonly span?: Span;
  /** Whether an input that nobody gives decides it. */
  readonly isInput?: true;
}

/** What an unknown value will be: an attribute of a resource instance. `path` is empty for the instance itself. */
export interface Identity {
  /** Address of the instance, with module path and keys: `module.net.aws_vpc.main["a"]`, `data.aws_vpc.main`. */
  readonly address: string;
  /** Attribute names and indexes, as written behind the address. */
  readonly path: readonly (string | number)[];
}

/**
 * `true`: Terraform marks the value as sensitive. `quiet`: it came of such a value, but Terraform has taken the mark off, as it does
 * for the items that `for` and `dynamic` go through: `issensitive` says no, and nothing shows it all the same.
 */
export type Sensitivity = true | 'quiet';

interface ValueBase {
  readonly origin?: Origin | undefined;
  /** Of the value itself; its members have their own. */
  readonly sensitive?: Sensitivity | undefined;
  /** Of a collection or structure: Terraform takes the whole for unknown until apply, though here its members are told apart. */
  readonly deferred?: boolean | undefined;
}

export interface NullValue extends ValueBase {
  readonly kind: 'null';
  readonly type: Type;
}

export interface StringValue extends ValueBase {
  readonly kind: 'string';
  /** In NFC, as Terraform holds it. */
  readonly value: string;
}

export interface NumberValue extends ValueBase {
  readonly kind: 'number';
  /** A JavaScript number exactly when it is a safe integer; anything else is a BigFloat. */
  readonly value: number | BigFloat;
  /** Bits that a safe integer was computed with, where they are fewer than a literal's: they decide how many digits a quotient shows. */
  readonly precision?: number | undefined;
}

export interface BoolValue extends ValueBase {
  readonly kind: 'bool';
  readonly value: boolean;
}

/** `element` is the type of each item; items may be unknown. */
export interface ListValue extends ValueBase {
  readonly kind: 'list';
  readonly element: Type;
  readonly items: readonly Value[];
}

/**
 * Items are distinct and in Terraform's order. Where one of them is unknown, the number of items is unknown too (it may
 * turn out equal to another): the known ones are kept all the same.
 */
export interface SetValue extends ValueBase {
  readonly kind: 'set';
  readonly element: Type;
  readonly items: readonly Value[];
}

export interface TupleValue extends ValueBase {
  readonly kind: 'tuple';
  readonly items: readonly Value[];
}

/** Entries in Terraform's order: by key, in code points. */
export interface MapValue extends ValueBase {
  readonly kind: 'map';
  readonly element: Type;
  readonly entries: ReadonlyMap<string, Value>;
}

/** Entries in Terraform's order: by name, in code points. */
export interface ObjectValue extends ValueBase {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, Value>;
}

export interface UnknownValue extends ValueBase {
  readonly kind: 'unknown';
  /** `any` where even the type is unknown. */
  readonly type: Type;
  /** What it waits for, without doubles; never empty. */
  readonly reasons: readonly UnknownReason[];
  readonly identity?: Identity | undefined;
  /** Of an ephemeral variable: `ephemeralasnull` makes it null. */
  readonly ephemeral?: boolean | undefined;
  /** Certain not to be null. */
  readonly notNull?: boolean | undefined;
  /** Items that a collection of unknown size is sure to have: what `concat` of a known and an unknown list still knows. */
  readonly known?: readonly Value[] | undefined;
  /** The same for a map or object: entries that it is sure to have. */
  readonly knownEntries?: ReadonlyMap<string, Value> | undefined;
  /** For a string: the known texts and unknown strings that it is put together of, in order. */
  readonly pieces?: readonly (string | UnknownValue)[] | undefined;
  /**
   * For a string of a known form: two texts of that form, unlike any that somebody writes. What a function makes of both in the same
   * way, it makes of every text of the form.
   */
  readonly samples?: readonly [string, string] | undefined;
  /** For a string that a function made of others with samples: those that it was made of. */
  readonly madeOf?: readonly UnknownValue[] | undefined;
  /** The name of the input that it is, which nobody has given: `var.environment`. */
  readonly input?: string | undefined;
  /** Values that its input is certain not to be. */
  readonly not?: readonly Value[] | undefined;
  /** For a string: another unknown string, and the function of plain text that made this of it. */
  readonly madeBy?: MadeBy | undefined;
  /** For a block of addresses: another that it is inside of. */
  readonly within?: UnknownValue | undefined;
  /** For a collection of unknown size: what each of its other items is, should there be any. */
  readonly item?: Value | undefined;
  /** For a resource or module instance: its attributes, known where the configuration writes them. */
  readonly attribute?: ((name: string) => Value) | undefined;
  /** The attributes that it is sure to have; what it has beside them only the provider's schema knows. */
  readonly members?: (() => ReadonlyMap<string, Value>) | undefined;
  /** For a module instance, whose outputs are evaluated one by one: the object of all of them. */
  readonly whole?: (() => Value) | undefined;
}

/** How one string comes of another. */
export interface MadeBy {
  readonly of: UnknownValue;
  /** Texts that may give a text. */
  readonly guess: (text: string) => readonly string[];
  readonly apply: (text: string) => string;
}

export type Value =
  | NullValue
  | StringValue
  | NumberValue
  | BoolValue
  | ListValue
  | SetValue
  | TupleValue
  | MapValue
  | ObjectValue
  | UnknownValue;

export type SequenceValue = ListValue | SetValue | TupleValue;
export type MappingValue = MapValue | ObjectValue;

/** The type of a value, `any` in the places where it is not known. */
export function typeOf(value: Value): Type {
  switch (value.kind) {
    case 'string':
      return stringType;
    case 'number':
      return numberType;
    case 'bool':
      return boolType;
    case 'null':
    case 'unknown':
      return value.type;
    case 'list':
    case 'set':
    case 'map':
      return { kind: value.kind, element: value.element };
    case 'tuple':
      return tupleType(value.items.map(typeOf));
    case 'object': {
      const attributes = new Map<string, ObjectAttribute>();
      value.entries.forEach((entry, name) => {
        attributes.set(name, { type: typeOf(entry) });
      });
      return { kind: 'object', attributes };
    }
  }
}

/** The same without the types of a known structure's members: those of a large one take long to find. */
export function outerTypeOf(value: Value): Type {
  if (value.kind === 'tuple') return anyTuple;
  return value.kind === 'object' ? anyObject : typeOf(value);
}

const anyTuple = tupleType([]);
const anyObject = objectType([]);

export const isSequence = (value: Value): value is SequenceValue =>
  value.kind === 'list' || value.kind === 'set' || value.kind === 'tuple';

export const isMapping = (value: Value): value is MappingValue => value.kind === 'map' || value.kind === 'object';

/** A known list, set, tuple, map or object without members. */
export const isEmptyCollection = (value: Value): boolean =>
  isSequence(value) ? value.items.length === 0 : isMapping(value) && value.entries.size === 0;

/** Text is brought to NFC, as Terraform does with every string. */
export function stringValue(value: string, origin?: Origin): StringValue {
  return { kind: 'string', value: toNormalForm(value), origin, sensitive: undefined };
}

export const boolValue = (value: boolean, origin?: Origin): BoolValue => ({
  kind: 'bool',
  value,
  origin,
  sensitive: undefined,
});

export const nullValue = (type: Type = anyType, origin?: Origin): NullValue => ({ kind: 'null', type, origin });

/**
 * A count or an index, of 64 bits. cty: NumberIntVal.
 *
 * @param value a safe integer; for other numbers see `numberValue` in number.ts
 */
export const integerValue = (value: number, origin?: Origin): NumberValue => ({
  kind: 'number',
  value,
  origin,
  precision: 64,
});

export const tupleValue = (items: readonly Value[], origin?: Origin): TupleValue => ({ kind: 'tuple', items, origin });

/** Entries are put in Terraform's order. */
export function objectValue(entries: Iterable<readonly [string, Value]>, origin?: Origin): ObjectValue {
  return { kind: 'object', entries: sortedEntries(entries), origin };
}

/** Entries are put in Terraform's order. */
export function mapValue(entries: Iterable<readonly [string, Value]>, element: Type, origin?: Origin): MapValue {
  return { kind: 'map', element, entries: sortedEntries(entries), origin };
}

export const listValue = (items: readonly Value[], element: Type, origin?: Origin): ListValue => ({
  kind: 'list',
  element,
  items,
  origin,
});

/** An unknown value that waits for one thing. */
export function unknownValue(
  reasons: UnknownReason | readonly UnknownReason[],
  type: Type = anyType,
  origin?: Origin,
): UnknownValue {
  return { kind: 'unknown', type, reasons: 'name' in reasons ? [reasons] : reasons, origin };
}

/** What an operation on `inputs` waits for, of which at least one is, or holds, an unknown value. */
export function unknownFrom(inputs: readonly Value[], type: Type = anyType, origin?: Origin): UnknownValue {
  return {
    kind: 'unknown',
    type,
    reasons: mergeReasons(inputs),
    origin,
    sensitive: sensitivityOf(inputs),
  };
}

/** The reasons of all unknown values in `values`, at any depth, without doubles. */
export function mergeReasons(values: readonly Value[]): readonly UnknownReason[] {
  const found = new Map<string, UnknownReason>();
  const visit = (value: Value): void => {
    if (value.kind === 'unknown') for (const reason of value.reasons) found.set(reason.name, reason);
    else if (isSequence(value)) value.items.forEach(visit);
    else if (isMapping(value)) value.entries.forEach(visit);
  };
  values.forEach(visit);
  return [...found.values()];
}

/** Known at every depth. */
export function isWhollyKnown(value: Value): boolean {
  if (value.kind === 'unknown') return false;
  if (isSequence(value)) return value.items.every(isWhollyKnown);
  if (isMapping(value)) {
    for (const entry of value.entries.values()) if (!isWhollyKnown(entry)) return false;
  }
  return true;
}

/** Whether a value is sensitive itself or, at any depth, in part: then no text shows it. */
export const isSensitive = (value: Value): boolean => sensitivityIn(value) !== undefined;

/** The strongest mark that some values have, themselves or at any depth in part. */
export function sensitivityOf(values: readonly Value[]): Sensitivity | undefined {
  let found: Sensitivity | undefined;
  for (let i = 0; i < values.length && found !== true; i++) found = strongest(found, sensitivityIn(values[i]!));
  return found;
}

/** The same of one value. */
export function sensitivityIn(value: Value): Sensitivity | undefined {
  if (value.sensitive === true) return true;
  if (isSequence(value)) return strongest(value.sensitive, sensitivityOf(value.items));
  let found: Sensitivity | undefined = value.sensitive;
  if (isMapping(value))
    value.entries.forEach((entry) => {
      if (found !== true) found = strongest(found, sensitivityIn(entry));
    });
  return found;
}

/** The mark of what comes of two things. */
export function strongest(a: Sensitivity | undefined, b: Sensitivity | undefined): Sensitivity | undefined {
  return a === true || b === true ? true : (a ?? b);
}

/** The entries that a map or object which is not known as a whole is sure to have: of a resource, its attributes. */
export function knownEntriesOf(value: UnknownValue): ReadonlyMap<string, Value> {
  return value.knownEntries ?? value.members?.() ?? noEntries;
}

const noEntries: ReadonlyMap<string, Value> = new Map();

/** The same value, seen at one more place. */
export function seenAt<V extends Value>(value: V, span: Span): V {
  return seenFrom(value, value.origin === undefined ? { span } : { span, from: value.origin });
}

/** The same value, which came from somewhere else. */
export function seenFrom<V extends Value>(
  value: V,
  origin: Origin | undefined,
  sensitive: Sensitivity | undefined = value.sensitive,
): V {
  return copied(value, origin, sensitive) as V;
}

/** Field by field where there are few: V8 is slow to copy what has many forms. */
function copied(value: Value, origin: Origin | undefined, sensitive: Sensitivity | undefined): Value {
  switch (value.kind) {
    case 'string':
    case 'bool':
      return { kind: value.kind, value: value.value, origin, sensitive } as StringValue | BoolValue;
    case 'number':
      return { kind: 'number', value: value.value, origin, precision: value.precision, sensitive };
    case 'tuple':
      return { kind: 'tuple', items: value.items, origin, sensitive, deferred: value.deferred };
    case 'object':
      return { kind: 'object', entries: value.entries, origin, sensitive, deferred: value.deferred };
    default:
      return { ...value, origin, sensitive };
  }
}

/**
 * A member taken out of a collection came through the same places as the collection did: those are put in front of its
 * own, without the literal that made the collection. The default of an optional attribute came only through those in its own module, and later ones.
 */
export function memberOf<V extends Value>(member: V, collection: Value): V {
  const sensitive = strongest(member.sensitive, collection.sensitive);
  const { origin: at } = collection;
  if (at === undefined || (at.from === undefined && at.isDefault === undefined))
    return sensitive === member.sensitive ? member : seenFrom(member, member.origin, sensitive);
  const own = ownOrigin(member.origin, collection.origin);
  const through = throughOf(collection.origin, own);
  if (sensitive === member.sensitive && through.length === 0 && own === member.origin) return member;
  const origin = through.length === 0 ? own : own === undefined ? collection.origin : joinOrigins(through, own);
  return seenFrom(member, origin, sensitive);
}

/** What is in the default of an optional attribute is one too. */
function ownOrigin(member: Origin | undefined, collection: Origin | undefined): Origin | undefined {
  if (member === undefined || member.from !== undefined || member.isDefault === true) return member;
  let literal = collection;
  while (literal?.from !== undefined) literal = literal.from;
  return literal?.isDefault === true ? { ...member, isDefault: true } : member;
}

/** The places of a collection that a member came through, too, latest first. */
function throughOf(collection: Origin | undefined, own: Origin | undefined): readonly Span[] {
  const through: Span[] = [];
  for (let at = collection; at?.from !== undefined; at = at.from) through.push(at.span);
  if (own?.isDefault !== true) return through;
  return through.slice(0, through.findLastIndex((span) => isOfModule(span, own.span)) + 1);
}

/** Whether a place is in the configuration files of the same module as another. */
function isOfModule({ file }: Span, other: Span): boolean {
  if (file.isVirtual || /\.tfvars(?:\.json)?$/.test(file.path)) return false;
  return directoryOf(file.path) === directoryOf(other.file.path);
}

const joinOrigins = (through: readonly Span[], own: Origin): Origin =>
  through.reduceRight<Origin>((from, span) => ({ span, from }), own);

/** The same value, marked sensitive. */
export const asSensitive = <V extends Value>(value: V): V => marked(value, true);

/** The same value with a mark, unless its own is as strong. */
export function marked<V extends Value>(value: V, mark: Sensitivity | undefined): V {
  const sensitive = strongest(value.sensitive, mark);
  return sensitive === value.sensitive ? value : seenFrom(value, value.origin, sensitive);
}

/** The same value with the marks that others have themselves. */
export function markedBy<V extends Value>(value: V, ...others: readonly Value[]): V {
  return marked(value, markOf(others));
}

/** The strongest mark that some values have themselves. */
export function markOf(values: readonly Value[]): Sensitivity | undefined {
  return values.reduce<Sensitivity | undefined>((mark, value) => strongest(mark, value.sensitive), undefined);
}

/** The same value without Terraform's mark, where it had one. */
export function asQuiet<V extends Value>(value: V): V {
  return value.sensitive === true ? { ...value, sensitive: 'quiet' } : value;
}

/** The same value, which Terraform takes for unknown as a whole. */
export function asDeferred<V extends Value>(value: V): V {
  return isSequence(value) || isMapping(value) ? { ...value, deferred: true } : value;
}

/** Order of strings in Terraform: by code points, which differs from JavaScript's order beyond the basic plane. */
export function compareStrings(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xIsSurrogate = x >= 0xd800 && x <= 0xdfff;
    const yIsSurrogate = y >= 0xd800 && y <= 0xdfff;
    return xIsSurrogate === yIsSurrogate ? x - y : xIsSurrogate ? 1 : -1;
  }
  return a.length - b.length;
}

/** So many are sorted without a list beside theirs, which is what most objects are. */
const FEW = 32;

function sortFew(entries: (readonly [string, Value])[]): void {
  for (let i = 1; i < entries.length; i++) {
    const entry = entries[i]!;
    let at = i;
    for (; at > 0 && compareStrings(entries[at - 1]![0], entry[0]) > 0; at--) entries[at] = entries[at - 1]!;
    entries[at] = entry;
  }
}

const byKey = ([a]: readonly [string, Value], [b]: readonly [string, Value]): number => compareStrings(a, b);

/** Entries by key in Terraform's order; of doubles the last stays. */
export function sortedEntries(entries: Iterable<readonly [string, Value]>): ReadonlyMap<string, Value> {
  const list = Array.isArray(entries) ? (entries as (readonly [string, Value])[]).slice() : [...entries];
  if (list.length > FEW) list.sort(byKey);
  else sortFew(list);
  const ordered = new Map<string, Value>();
  for (let i = 0; i < list.length; i++) ordered.set(list[i]![0], list[i]![1]);
  return ordered;
}
