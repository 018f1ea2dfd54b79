/** Access to members of values: HCL's `value.name` and `value[key]`. */

import type { Numeric } from '../values/big-float.ts';
import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { isWhole, signOf, toInteger } from '../values/number.ts';
import { anyType, isCollection, isPrimitive, numberType, stringType, type Type, typeName } from '../values/type.ts';
import {
  isSensitive,
  markedBy,
  memberOf,
  outerTypeOf,
  type SequenceValue,
  typeOf,
  type UnknownValue,
  unknownFrom,
  type Value,
} from '../values/value.ts';

const noElement = 'The given key does not identify an element in this collection value';

const byName = ' An object only supports looking up attributes by name, not by numeric index.';

/**
 * The value of `value.name`. A member of something unknown is unknown and, where that has an identity, has one too.
 *
 * @throws EvaluationError with Terraform's sentence where there is no such attribute or entry
 */
export function getAttribute(value: Value, name: string): Value {
  if (value.kind === 'unknown') return unknownAttribute(value, name);
  if (value.kind === 'null') throw new EvaluationError('This value is null, so it does not have any attributes.');
  if (value.kind === 'object' || value.kind === 'map') {
    const member = value.entries.get(name);
    if (member !== undefined) return memberOf(member, value);
    throw missingAttribute(value.kind, name);
  }
  throw noAttributes(typeOf(value), name);
}

function missingAttribute(kind: 'object' | 'map', name: string): EvaluationError {
  const quoted = JSON.stringify(name);
  return new EvaluationError(
    kind === 'object'
      ? `This object does not have an attribute named ${quoted}.`
      : `This map does not have an element with the key ${quoted}.`,
  );
}

function noAttributes(type: Type, name: string): EvaluationError {
  if (isPrimitive(type)) {
    return new EvaluationError(`Can't access attributes on a primitive-typed value (${typeName(type)}).`);
  }
  if (isCollection(type) && type.element.kind === 'object') {
    const which = type.element.attributes.has(name) ? `attribute ${JSON.stringify(name)}` : 'an attribute';
    return new EvaluationError(
      type.kind === 'set'
        ? "Can't access attributes on a set of objects. Did you mean to access an attribute across all elements of the set?"
        : `Can't access attributes on a list of objects. Did you mean to access ${which} for a specific element of the list, or across all elements of the list?`,
    );
  }
  return new EvaluationError('This value does not have any attributes.');
}

function unknownAttribute(value: UnknownValue, name: string): Value {
  if (value.attribute !== undefined) return markedBy(value.attribute(name), value);
  const known = value.knownEntries?.get(name);
  if (known !== undefined) return memberOf(known, value);
  const { type } = value;
  switch (type.kind) {
    case 'any':
      return unknownMember(value, anyType, name);
    case 'map':
      return unknownMember(value, type.element, name);
    case 'object': {
      const attribute = type.attributes.get(name);
      if (attribute === undefined) throw missingAttribute('object', name);
      return unknownMember(value, attribute.type, name);
    }
    default:
      throw noAttributes(type, name);
  }
}

/** @param step absent where the key itself is not known */
function unknownMember(value: UnknownValue, type: Type, step: string | number | undefined): UnknownValue {
  const { identity } = value;
  return {
    kind: 'unknown',
    type,
    reasons: value.reasons,
    origin: value.origin,
    sensitive: value.sensitive,
    input: value.input === undefined || typeof step !== 'string' ? undefined : `${value.input}.${step}`,
    identity:
      identity === undefined || step === undefined
        ? undefined
        : { address: identity.address, path: [...identity.path, step] },
  };
}

/**
 * The value of `value[key]`: lists and tuples by number, maps and objects by name; a key of the other kind converts ("0" on a
 * list). Unknown where the key is.
 *
 * @throws EvaluationError with Terraform's sentence where the key names no member, or the value has none
 */
export function getIndex(value: Value, key: Value): Value {
  if (value.kind === 'null') throw new EvaluationError('This value is null, so it does not have any indices.');
  if (key.kind === 'null') throw new EvaluationError("Can't use a null value as an indexing key.");
  const type = outerTypeOf(value);
  const member = isSensitive(key) ? memberAtSecret(value, type, key) : memberAt(value, type, key);
  return type.kind === 'object' ? member : markedBy(member, key);
}

/** Neither a fault nor the identity of what is not known names a key that is sensitive. */
function memberAtSecret(value: Value, type: Type, key: Value): Value {
  try {
    const member = memberAt(value, type, key);
    return member.kind === 'unknown' ? { ...member, identity: undefined } : member;
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
    throw new EvaluationError(`${noElement}.`);
  }
}

function memberAt(value: Value, type: Type, key: Value): Value {
  switch (type.kind) {
    case 'list':
    case 'tuple':
      return itemAt(value, type, convertedKey(key, numberType));
    case 'map':
    case 'object':
      return entryAt(value, type, convertedKey(key, stringType), key.kind === 'number');
    case 'any':
      return memberOfAny(value, key);
    case 'set':
      throw new EvaluationError(
        "Elements of a set are identified only by their value and don't have any separate index or key to select with, so it's only possible to perform operations across all elements of the set.",
      );
    default:
      throw new EvaluationError('This value does not have any indices.');
  }
}

function convertedKey(key: Value, type: Type): Value {
  try {
    return convert(key, type);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError(`${noElement}: ${error.message}.`);
  }
}

function memberOfAny(value: Value, key: Value): Value {
  if (value.kind !== 'unknown') return unknownFrom([value, key]);
  // A resource or module, whose attributes are known by name.
  if (value.attribute !== undefined && key.kind === 'number') throw new EvaluationError(`${noElement}.${byName}`);
  if (key.kind === 'string') return unknownAttribute(value, key.value);
  const step = key.kind === 'number' && typeof key.value === 'number' ? key.value : undefined;
  return key.kind === 'unknown'
    ? withReasons(unknownMember(value, anyType, undefined), key)
    : unknownMember(value, anyType, step);
}

function itemAt(value: Value, type: Type, key: Value): Value {
  const element = type.kind === 'list' ? type.element : anyType;
  if (key.kind === 'unknown') {
    if (value.kind === 'unknown') return withReasons(unknownMember(value, element, undefined), key);
    return markedBy(unknownFrom([key], element), value);
  }
  if (key.kind !== 'number') throw new EvaluationError(`${noElement}.`);
  if (value.kind === 'unknown') return unknownItem(value, type, key.value);
  const { items } = value as SequenceValue;
  const item = typeof key.value === 'number' ? items[key.value] : undefined;
  if (item !== undefined) return memberOf(item, value);
  throw noItem(key.value, items.length);
}

function unknownItem(value: UnknownValue, type: Type, key: Numeric): Value {
  const index = toInteger(key);
  if (type.kind !== 'tuple') return unknownMember(value, type.kind === 'list' ? type.element : anyType, index);
  const item = index === undefined ? undefined : type.items[index];
  if (item === undefined) throw noItem(key, type.items.length);
  return unknownMember(value, item, index);
}

function noItem(key: Numeric, length: number): EvaluationError {
  if (!isWhole(key)) {
    return new EvaluationError(
      `${noElement}: indexing a sequence requires a whole number, but the given index has a fractional part.`,
    );
  }
  if (signOf(key) < 0) {
    return new EvaluationError(`${noElement}: a negative number is not a valid index for a sequence.`);
  }
  // Terraform gives these reasons only for the first index past the end.
  if (key !== length) return new EvaluationError(`${noElement}.`);
  return new EvaluationError(
    length === 0
      ? `${noElement}: the collection has no elements.`
      : `${noElement}: the given index is greater than or equal to the length of the collection.`,
  );
}

function entryAt(value: Value, type: Type, key: Value, wasNumber: boolean): Value {
  const element = type.kind === 'map' ? type.element : anyType;
  if (key.kind !== 'string') {
    if (value.kind === 'unknown') return withReasons(unknownMember(value, element, undefined), key);
    return markedBy(unknownFrom([key], element), value);
  }
  const missing = () => new EvaluationError(`${noElement}.${type.kind === 'object' && wasNumber ? byName : ''}`);
  if (value.kind === 'unknown') {
    if (type.kind === 'object' && value.attribute === undefined && !type.attributes.has(key.value)) throw missing();
    return unknownAttribute(value, key.value);
  }
  const entry = value.kind === 'map' || value.kind === 'object' ? value.entries.get(key.value) : undefined;
  if (entry === undefined) throw missing();
  return memberOf(entry, value);
}

function withReasons(value: UnknownValue, key: Value): UnknownValue {
  return { ...unknownFrom([value, key], value.type), origin: value.origin };
}
