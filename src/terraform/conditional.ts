/** HCL's `condition ? a : b`, on values. */

import type { Span } from '../source/span.ts';
import { convert } from './convert.ts';
import { isEqual } from './equality.ts';
import { EvaluationError } from './errors.ts';
import { anyType, boolType, equalTypes, isCollection, type ObjectType, type Type, typeName, typeOf } from './type.ts';
import { unify } from './unify.ts';
import {
  asDeferred,
  asSensitive,
  compareStrings,
  isMapping,
  isSequence,
  type MappingValue,
  mergeBecause,
  nullValue,
  type UnknownValue,
  unknownFrom,
  type Value,
} from './value.ts';

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
  const sensitive = [condition, whenTrue, whenFalse].some((value) => value.sensitive === true);
  const mark = (value: Value): Value => (sensitive ? asSensitive(value) : value);
  if (decision.kind === 'bool') {
    const [branch, name, span] = decision.value
      ? [whenTrue, 'true', places?.whenTrue]
      : [whenFalse, 'false', places?.whenFalse];
    return mark(branchAs(branch, type, name, span));
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

function branchAs(branch: Value, type: Type, name: string, span: Span | undefined): Value {
  try {
    return convert(branch, type);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError(`The ${name} result value has the wrong type: ${error.message}.`, { span });
  }
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
    because: mergeBecause([condition, a, b]),
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

/** HCL: describeConditionalTypeMismatch. */
function describeMismatch(whenTrue: Type, whenFalse: Type): string {
  const detail =
    whenTrue.kind === 'object' && whenFalse.kind === 'object'
      ? describeObjects(whenTrue, whenFalse)
      : whenTrue.kind === 'tuple' && whenFalse.kind === 'tuple'
        ? describeTuples(whenTrue.items, whenFalse.items)
        : describeCollections(whenTrue, whenFalse);
  if (detail !== undefined) return detail;
  const names = [typeName(whenTrue), typeName(whenFalse)] as const;
  if (names[0] === names[1]) {
    return "At least one deeply-nested attribute or element is not compatible across both the 'true' and the 'false' value";
  }
  return `The 'true' value is ${names[0]}, but the 'false' value is ${names[1]}`;
}

function describeObjects(whenTrue: ObjectType, whenFalse: ObjectType): string | undefined {
  const sorted = (type: ObjectType): string[] => [...type.attributes.keys()].sort(compareStrings);
  for (const name of sorted(whenTrue)) {
    const a = whenTrue.attributes.get(name)!.type;
    const b = whenFalse.attributes.get(name)?.type;
    const quoted = JSON.stringify(name);
    if (b === undefined) {
      return `The 'true' value includes object attribute ${quoted}, which is absent in the 'false' value`;
    }
    if (!equalTypes(a, b)) return `Type mismatch for object attribute ${quoted}: ${describeMismatch(a, b)}`;
  }
  const further = sorted(whenFalse).find((name) => !whenTrue.attributes.has(name));
  if (further === undefined) return undefined;
  return `The 'false' value includes object attribute ${JSON.stringify(further)}, which is absent in the 'true' value`;
}

function describeTuples(whenTrue: readonly Type[], whenFalse: readonly Type[]): string | undefined {
  if (whenTrue.length !== whenFalse.length) {
    return `The 'true' tuple has length ${whenTrue.length}, but the 'false' tuple has length ${whenFalse.length}`;
  }
  for (const [i, a] of whenTrue.entries()) {
    const b = whenFalse[i]!;
    if (!equalTypes(a, b)) return `Type mismatch for tuple element ${i}: ${describeMismatch(a, b)}`;
  }
  return undefined;
}

function describeCollections(whenTrue: Type, whenFalse: Type): string | undefined {
  if (!isCollection(whenTrue) || !isCollection(whenFalse) || whenTrue.kind !== whenFalse.kind) return undefined;
  const { element } = whenTrue;
  if ((element.kind !== 'object' && element.kind !== 'tuple') || element.kind !== whenFalse.element.kind)
    return undefined;
  return `Mismatched ${whenTrue.kind} element types: ${describeMismatch(element, whenFalse.element)}`;
}
