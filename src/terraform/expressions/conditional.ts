/** HCL's `condition ? a : b`, on values. */

import type { Span } from '../../source/span.ts';
import { convert } from '../values/convert.ts';
import { isEqual } from '../values/equality.ts';
import { EvaluationError } from '../values/errors.ts';
import { anyType, boolType, equalTypes, isCollection, objectType, type Type, tupleType } from '../values/type.ts';
import { membersAsCollection, typesOfAttributes, unify } from '../values/unify.ts';
import {
  asDeferred,
  isMapping,
  isSequence,
  type MappingValue,
  markedBy,
  mergeReasons,
  nullValue,
  typeOf,
  type UnknownValue,
  unknownFrom,
  type Value,
} from '../values/value.ts';
import { describeMismatch } from './conditional-mismatch.ts';

/** Where the three parts are written, for errors: a Conditional is one. */
interface ConditionalPlaces {
  readonly condition: Span;
  readonly whenTrue: Span;
  readonly whenFalse: Span;
}

/**
 * The chosen branch in the type that both unify to. Where the condition is unknown, what both branches agree on stays known:
 * equal values, members of structures and of collections of the same length, and items that both are sure to have. It is
 * sensitive where the condition or either branch is.
 *
 * @throws EvaluationError with Terraform's sentence for a condition that is null or no bool, and for branches of types
 * that don't unify
 */
export function conditional(condition: Value, whenTrue: Value, whenFalse: Value, places?: ConditionalPlaces): Value {
  const type = branchType(whenTrue, whenFalse, places);
  const decision = decisionOf(condition, places);
  const mark = (value: Value): Value => markedBy(value, condition, whenTrue, whenFalse);
  if (decision.kind === 'bool') {
    const [branch, other, name, span] = decision.value
      ? ([whenTrue, whenFalse, 'true', places?.whenTrue] as const)
      : ([whenFalse, whenTrue, 'false', places?.whenFalse] as const);
    try {
      if (isCollection(typeOf(other))) refuseUnlikeMembers(typeOf(branch), type);
      return mark(convert(branch, type));
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      throw new EvaluationError(`The ${name} result value has the wrong type: ${error.message}.`, { span });
    }
  }
  try {
    return mark(asDeferred(either(decision, convert(whenTrue, type), convert(whenFalse, type), type)));
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return mark(unknownFrom([decision, whenTrue, whenFalse], type));
  }
}

function branchType(whenTrue: Value, whenFalse: Value, places: ConditionalPlaces | undefined): Type {
  const isBareNull = (value: Value): boolean => value.kind === 'null' && value.type.kind === 'any';
  const types = [typeOf(whenTrue), typeOf(whenFalse)] as const;
  if (isBareNull(whenTrue)) return types[1];
  if (isBareNull(whenFalse)) return types[0];
  if (types[0].kind === 'any' || types[1].kind === 'any') return anyType;
  const type = unify(types);
  if (type !== undefined) return type;
  throw new EvaluationError(
    `The true and false result expressions must have consistent types. ${describeMismatch(...types)}.`,
    { span: places?.whenTrue },
  );
}

function decisionOf(condition: Value, places: ConditionalPlaces | undefined): Value {
  const place = { span: places?.condition };
  if (condition.kind === 'null') {
    throw new EvaluationError('The condition value is null. Conditions must either be true or false.', place);
  }
  try {
    return convert(condition, boolType);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError('The condition expression must be of type bool.', place);
  }
}

/**
 * Beside a list or map, HCL converts the members of a tuple or object as if they were alike already, and then finds that they
 * are not: `[{ a = null, n = ["x"] }, { a = true, n = ["y"] }]` beside a `list(object({ a = bool, n = list(string) }))`. cty:
 * unifyTuplesAsList and unifyObjectsAsMaps in https://github.com/zclconf/go-cty/blob/main/cty/convert/unify.go.
 *
 * @throws EvaluationError with cty's sentence
 */
function refuseUnlikeMembers(branch: Type, type: Type): void {
  if (!isCollection(type) || type.kind === 'set') return;
  if (branch.kind !== (type.kind === 'list' ? 'tuple' : 'object')) return;
  const alike = membersAsCollection(type.kind, [branch], 'unsafe');
  if (alike === undefined || !isCollection(alike) || equalTypes(alike, type)) return;
  const members = branch.kind === 'tuple' ? branch.items : typesOfAttributes(branch);
  const types = members.map((member) => typeAsAlike(member, alike.element, type.element));
  const known = types.filter(({ kind }) => kind !== 'any');
  if (known.every((member) => equalTypes(member, known[0]!))) return;
  throw new EvaluationError(`element types must all match for conversion to ${type.kind}`);
}

/** What the conversion `from` -> `to` makes of the type `actual`: what needs none is left as it is. */
function typeAsAlike(actual: Type, from: Type, to: Type): Type {
  if (equalTypes(from, to) || to.kind === 'any') return actual;
  if (actual.kind === 'object' && from.kind === 'object' && to.kind === 'object') {
    return objectType(
      [...to.attributes].map(([name, { type }]) => {
        const [own, alike] = [actual.attributes.get(name), from.attributes.get(name)];
        return [name, own === undefined || alike === undefined ? type : typeAsAlike(own.type, alike.type, type)];
      }),
    );
  }
  if (actual.kind === 'tuple' && from.kind === 'tuple' && to.kind === 'tuple') {
    return tupleType(to.items.map((item, i) => typeAsAlike(actual.items[i]!, from.items[i]!, item)));
  }
  if (!isCollection(to)) return to;
  const [own, alike] = [firstMember(actual), firstMember(from)];
  return own === undefined || alike === undefined ? to : { ...to, element: typeAsAlike(own, alike, to.element) };
}

function firstMember(type: Type): Type | undefined {
  if (type.kind === 'tuple') return type.items[0];
  if (type.kind === 'object') return typesOfAttributes(type)[0];
  return isCollection(type) ? type.element : undefined;
}

/** What is certain of a value that is one of two, both of the type. */
function either(condition: Value, a: Value, b: Value, type: Type): Value {
  if (isEqual(a, b) === true) return a;
  const parts = (x: Value, y: Value): Value =>
    either(condition, x, y, equalTypes(typeOf(x), typeOf(y)) ? typeOf(x) : anyType);
  if (isSequence(a) && isSequence(b) && a.kind === b.kind && a.kind !== 'set' && a.items.length === b.items.length) {
    const others = b.items;
    return { ...a, items: a.items.map((item, i) => parts(item, others[i]!)) };
  }
  if (isMapping(a) && isMapping(b) && a.kind === b.kind && hasSameKeys(a, b)) {
    const others = b.entries;
    return { ...a, entries: new Map([...a.entries].map(([key, entry]) => [key, parts(entry, others.get(key)!)])) };
  }
  const unknown: UnknownValue = {
    ...unknownFrom([condition], type),
    reasons: mergeReasons([condition, a, b]),
    notNull: isNotNull(a) && isNotNull(b) ? true : undefined,
  };
  if (a.kind === 'null' && b.kind === 'null') return nullValue(type);
  const known = commonItems(a, b);
  return known === undefined ? unknown : { ...unknown, known };
}

const isNotNull = (value: Value): boolean =>
  value.kind === 'unknown' ? value.notNull === true : value.kind !== 'null';

function hasSameKeys(a: MappingValue, b: MappingValue): boolean {
  return a.entries.size === b.entries.size && [...a.entries.keys()].every((key) => b.entries.has(key));
}

function commonItems(a: Value, b: Value): readonly Value[] | undefined {
  const sure = (value: Value): readonly Value[] | undefined =>
    isSequence(value) ? value.items : value.kind === 'unknown' ? value.known : undefined;
  const others = sure(b);
  const common = sure(a)?.filter((item) => others?.some((other) => isEqual(item, other) === true));
  return common === undefined || common.length === 0 ? undefined : common;
}
