/** Converts values to other types, like Terraform does for variables, arguments and operands. */

import { setValue } from './equality.ts';
import { EvaluationError } from './errors.ts';
import { mismatch, resolved } from './mismatch.ts';
import { numberText, parseNumber } from './number-text.ts';
import {
  type CollectionType,
  constraintName,
  equalTypes,
  holdsAny,
  isCollection,
  type ObjectType,
  someType,
  type Type,
  withoutOptional,
} from './type.ts';
import { isConvertible, type Safety, sharedElement, unify } from './unify.ts';
import {
  boolValue,
  isMapping,
  isSequence,
  isWhollyKnown,
  type MappingValue,
  markedBy,
  nullValue,
  type SequenceValue,
  sortedEntries,
  stringValue,
  typeOf,
  type UnknownValue,
  unknownFrom,
  type Value,
} from './value.ts';

type Path = readonly (string | number)[];

/**
 * The value as `type` wants it, with the defaults of missing optional attributes; the value itself where it fits already.
 * The result and each of its members keep their places, and what they wait for; sensitive stays sensitive. Attributes that
 * the type does not have are dropped. A null stays null, an unknown value unknown, of the new type.
 *
 * @throws EvaluationError in Terraform's words without a full stop (`a bool is required`, `element 0: string required`,
 * `attribute "x" is required`); where a member was at fault, its path and, if it is known, its place
 */
export function convert(value: Value, type: Type): Value {
  if (type.kind === 'any' || value.kind === type.kind) {
    if (type.kind === 'any' || type.kind === 'string' || type.kind === 'number' || type.kind === 'bool') return value;
  }
  const from = typeOf(value);
  if (!someType(type, hasDefault) && equalTypes(from, withoutOptional(type))) return value;
  if (!isConvertible(from, type)) {
    throw new EvaluationError(value.sensitive === undefined ? mismatch(from, type) : plainMismatch(type));
  }
  return converted(value, from, type, []);
}

const hasDefault = (type: Type): boolean =>
  type.kind === 'object' && [...type.attributes.values()].some((attribute) => attribute.default !== undefined);

/** A value of the type `from`, which converts to `to`. */
function converted(value: Value, from: Type, to: Type, path: Path): Value {
  if (to.kind === 'any') return value;
  const result =
    value.sensitive === undefined ? convertedBare(value, from, to, path) : convertedSecret(value, from, to, path);
  if (result === value) return value;
  return markedBy({ ...result, origin: value.origin, deferred: value.deferred }, value);
}

/** No fault of a sensitive value shows anything of it: neither the value, nor its keys, nor where it was given. */
function convertedSecret(value: Value, from: Type, to: Type, path: Path): Value {
  try {
    return convertedBare(value, from, to, path);
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
    throw new EvaluationError(error.hidesValues ? error.message : plainMismatch(to), { hidesValues: true });
  }
}

const plainMismatch = (wanted: Type): string => `${constraintName(wanted)} required`;

function convertedBare(value: Value, from: Type, to: Type, path: Path): Value {
  if (value.kind === 'unknown') return convertedUnknown(value, from, withoutOptional(to));
  if (value.kind === 'null') return nullValue(resolved(from, withoutOptional(to)));
  switch (to.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return convertedPrimitive(value, to, path);
    case 'list':
    case 'set':
      if (isSequence(value)) return convertedSequence(value, from, to, path);
      break;
    case 'map':
      if (isMapping(value)) return convertedMap(value, from, to, path);
      break;
    case 'tuple':
      if (value.kind === 'tuple') {
        const items = value.items.map((item, i) => convertedMember(item, typeOf(item), to.items[i]!, [...path, i]));
        return { kind: 'tuple', items };
      }
      break;
    case 'object':
      if (isMapping(value)) return convertedObject(value, to, path);
      break;
  }
  throw new EvaluationError(mismatch(typeOf(value), to), { path, span: value.origin?.span });
}

function convertedPrimitive(value: Value, to: Type, path: Path): Value {
  if (value.kind === to.kind) return value;
  if (to.kind === 'string') {
    if (value.kind === 'number') return { kind: 'string', value: numberText(value.value) };
    if (value.kind === 'bool') return stringValue(String(value.value));
  }
  if (value.kind === 'string' && to.kind === 'number') {
    const number = parseNumber(value.value);
    if (number !== undefined) return { kind: 'number', value: number };
    throw memberError('a number is required', value, path, true);
  }
  if (value.kind === 'string' && to.kind === 'bool') {
    if (value.value === 'true' || value.value === '1') return boolValue(true);
    if (value.value === 'false' || value.value === '0') return boolValue(false);
    const lower = value.value.toLowerCase();
    const hint =
      lower === 'true' || lower === 'false' ? `; to convert from string, use lowercase ${JSON.stringify(lower)}` : '';
    throw value.sensitive === undefined
      ? memberError(`a bool is required${hint}`, value, path)
      : memberError('a bool is required', value, path, true);
  }
  throw memberError(mismatch(typeOf(value), to), value, path);
}

function memberError(message: string, value: Value, path: Path, hidesValues = false): EvaluationError {
  return new EvaluationError(message, { path, span: path.length === 0 ? undefined : value.origin?.span, hidesValues });
}

/** The member itself where its type already is the wanted one. */
function convertedMember(member: Value, from: Type, to: Type, path: Path): Value {
  const result = equalTypes(from, to) ? member : converted(member, from, to, path);
  return result.kind === 'null' ? { ...result, type: withoutOptional(result.type) } : result;
}

function convertedSequence(value: SequenceValue, from: Type, to: CollectionType, path: Path): Value {
  const wanted = from.kind === 'tuple' ? (sharedElement(from.items, to.element, 'unsafe') ?? to.element) : to.element;
  // A list of `any` may hold items of several types.
  const itemType = (item: Value): Type =>
    value.kind === 'tuple' || value.element.kind === 'any' ? typeOf(item) : value.element;
  const items = value.items.map((item, i) => convertedMember(item, itemType(item), wanted, [...path, i]));
  if (items.length === 0) {
    const element = to.element.kind === 'any' && isCollection(from) ? from.element : withoutOptional(to.element);
    return { kind: to.kind as 'list' | 'set', element, items };
  }
  const safety = from.kind === 'tuple' && to.kind === 'list' ? 'unsafe' : undefined;
  const { members, element } = ofOneType(items, wanted, to.kind, { noun: 'element', safety, path });
  if (to.kind === 'set') return setValue(members, element);
  if (value.kind === 'set' && value.items.length > 1 && !isWhollyKnown(value)) {
    return { ...unknownFrom([value], { kind: 'list', element }), notNull: true, known: members };
  }
  return { kind: 'list', element, items: members };
}

function convertedMap(value: MappingValue, from: Type, to: CollectionType, path: Path): Value {
  const types = from.kind === 'object' ? [...from.attributes.values()].map(({ type }) => type) : [];
  const wanted = from.kind === 'object' ? (sharedElement(types, to.element, 'unsafe') ?? to.element) : to.element;
  const keys = [...value.entries.keys()];
  const items = keys.map((key) => {
    const item = value.entries.get(key)!;
    const type = value.kind === 'object' || value.element.kind === 'any' ? typeOf(item) : value.element;
    return convertedMember(item, type, wanted, [...path, key]);
  });
  if (items.length === 0) {
    const element = to.element.kind === 'any' && isCollection(from) ? from.element : withoutOptional(to.element);
    return { kind: 'map', element, entries: new Map() };
  }
  const noun = from.kind === 'object' ? 'attribute' : 'element';
  const unified = isCollection(wanted) || wanted.kind === 'object';
  const safety = unified ? (from.kind === 'object' ? 'unsafe' : 'safe') : undefined;
  const { members, element } = ofOneType(items, wanted, 'map', { noun, safety, path });
  return { kind: 'map', element, entries: new Map(keys.map((key, i) => [key, members[i]!])) };
}

/**
 * Members that were converted each on its own, brought to one type where the wanted one leaves that open.
 *
 * @param safety absent where cty only looks whether the types match
 */
function ofOneType(
  items: readonly Value[],
  wanted: Type,
  kind: CollectionType['kind'],
  { noun, safety, path }: { noun: 'element' | 'attribute'; safety: Safety | undefined; path: Path },
): { members: readonly Value[]; element: Type } {
  if (!holdsAny(wanted)) return { members: items, element: withoutOptional(wanted) };
  const types = items.map(typeOf);
  if (safety === undefined) {
    const known = types.filter((type) => type.kind !== 'any');
    const element = known[0] ?? wanted;
    if (known.every((type) => equalTypes(type, element))) return { members: items, element };
    throw new EvaluationError(`${noun} types must all match for conversion to ${kind}`, { path });
  }
  const element = unify(types, safety);
  if (element === undefined) throw new EvaluationError('cannot find a common base type for all elements', { path });
  return { members: items.map((item, i) => convertedMember(item, types[i]!, element, [...path, i])), element };
}

function convertedObject(value: MappingValue, to: ObjectType, path: Path): Value {
  const entries: [string, Value][] = [];
  for (const [name, attribute] of to.attributes) {
    const given = value.entries.get(name);
    const fallback = attribute.default?.kind === 'null' ? undefined : attribute.default;
    if (fallback !== undefined && (given === undefined || given.kind === 'null')) {
      entries.push([name, fallback]);
      continue;
    }
    if (given === undefined) {
      if (attribute.optional === true) entries.push([name, nullValue(withoutOptional(attribute.type))]);
      else throw new EvaluationError(`map has no element for required attribute ${JSON.stringify(name)}`, { path });
      continue;
    }
    const from = value.kind === 'object' || value.element.kind === 'any' ? typeOf(given) : value.element;
    if (!equalTypes(from, attribute.type) && !isConvertible(from, attribute.type)) {
      const reason = mismatch(from, attribute.type);
      throw new EvaluationError(`map element type is incompatible with attribute ${JSON.stringify(name)}: ${reason}`, {
        path,
      });
    }
    const member = convertedMember(given, from, attribute.type, [...path, name]);
    // Should it turn out to be null, it gets the default.
    entries.push([name, member.kind === 'unknown' && fallback !== undefined ? { ...member, notNull: true } : member]);
  }
  return { kind: 'object', entries: sortedEntries(entries) };
}

/** What is known of a collection, and what it will be, holds for the converted one too. */
function convertedUnknown(value: UnknownValue, from: Type, to: Type): UnknownValue {
  const type = resolved(from, to);
  if (!isCollection(to)) return { ...value, type };
  const member = (item: Value): Value => convert(item, to.element);
  try {
    return {
      ...value,
      type,
      known: value.known?.map(member),
      item: value.item === undefined ? undefined : member(value.item),
      knownEntries:
        value.knownEntries === undefined
          ? undefined
          : new Map([...value.knownEntries].map(([key, entry]) => [key, member(entry)])),
    };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    // Whether the conversion fails shows only when the whole is known.
    return { ...value, type, known: undefined, item: undefined, knownEntries: undefined };
  }
}
