/** References and what is asked of them: names, attributes, indexes and splats. */

import type { Expression, GetAttribute, Index, Splat } from '../../hcl/syntax.ts';
import type { Span } from '../../source/span.ts';
import { madeAt } from '../functions/origin.ts';
import { EvaluationError } from '../values/errors.ts';
import { anyType, equalTypes, isCollection, listType, type Type } from '../values/type.ts';
import {
  isEmptyCollection,
  isSensitive,
  isSequence,
  listValue,
  markedBy,
  memberOf,
  type Origin,
  objectValue,
  seenAt,
  tupleValue,
  typeOf,
  unknownFrom,
  unknownValue,
  type Value,
} from '../values/value.ts';
import { evaluate } from './evaluate.ts';
import { foreseeIndex } from './foresee.ts';
import { nameOf } from './input-name.ts';
import { getAttribute, getIndex } from './members.ts';
import { boundValue, type Scope, type WrittenObject } from './scope.ts';

/** A traversal's value without the hop that its own text is. */
export function evaluateTraversal(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'reference': {
      const bound = boundValue(scope, expression.name);
      if (bound !== undefined) return bound;
      throw new EvaluationError(
        `"${expression.name}" alone has no value: a resource reference needs a type and a name.`,
        { span: expression, rejection: 'name' },
      );
    }
    case 'get':
      return evaluateGet(expression, scope);
    case 'index':
      return evaluateIndex(expression, scope);
    default:
      return evaluate(expression, scope);
  }
}

function evaluateGet(expression: GetAttribute, scope: Scope): Value {
  const { object, name } = expression;
  const named = namedValue(object, name.name, expression, scope);
  if (named !== undefined) return named;
  const written = writtenObject(object, scope);
  if (written?.names.includes(name.name) === true) return written.entry(name.name, expression);
  const value = evaluateTraversal(object, scope);
  return at(expression, object, value, () => getAttribute(value, name.name));
}

/** The value of `var.x`, `data.type.name` and their like: where a name alone is no value yet. */
function namedValue(object: Expression, name: string, span: Span, scope: Scope): Value | undefined {
  if (object.kind === 'reference' && boundValue(scope, object.name) === undefined) {
    const repeated = scope.repetition?.get(`${object.name}.${name}`);
    if (repeated !== undefined) return repeated;
    if (object.name === 'data') {
      throw new EvaluationError('A data source reference needs a type and a name.', {
        span,
        rejection: 'name',
      });
    }
    return scope.names.member(object.name, name, span);
  }
  if (
    object.kind === 'get' &&
    object.object.kind === 'reference' &&
    boundValue(scope, object.object.name) === undefined
  ) {
    const root = object.object.name;
    if (root === 'data' || root === 'ephemeral') return scope.names.member(`${root}.${object.name.name}`, name, span);
    if (root === 'resource') return scope.names.member(object.name.name, name, span);
  }
  return undefined;
}

function evaluateIndex(expression: Index, scope: Scope): Value {
  const written = writtenObject(expression.object, scope);
  const alone = written && entryAt(expression, written, scope);
  if (alone !== undefined) return alone;
  const object = evaluateTraversal(expression.object, scope);
  const key = evaluate(expression.index, scope);
  return at(expression, expression.object, object, () => getIndex(object, indexOf(expression, object, key, scope)));
}

const indexOf = ({ index }: Index, object: Value, key: Value, scope: Scope): Value =>
  foreseeIndex(object, key, nameOf(index, scope), scope.worlds);

/** The object that a local value is written as, where the scope evaluates its entries one by one. */
function writtenObject(object: Expression, scope: Scope): WrittenObject | undefined {
  if (scope.names.written === undefined || object.kind !== 'get' || object.object.kind !== 'reference')
    return undefined;
  const isLocal = object.object.name === 'local' && boundValue(scope, 'local') === undefined;
  return isLocal ? scope.names.written(object.name.name) : undefined;
}

/** Undefined where that takes the whole object. */
function entryAt(expression: Index, { names, entry }: WrittenObject, scope: Scope): Value | undefined {
  const key = evaluate(expression.index, scope);
  const object = objectValue(names.map((name) => [name, unknownValue({ name })]));
  const index = at(expression, expression.object, object, () => indexOf(expression, object, key, scope));
  if (index.kind !== 'string' || isSensitive(index) || !names.includes(index.value)) return undefined;
  return entry(index.value, expression);
}

/**
 * @param object what has the member
 * @param value of that
 */
function at(span: Span, object: Expression, value: Value, get: () => Value): Value {
  try {
    return get();
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.span !== undefined) throw error;
    const isOpen = isInsideResource(object) || isEmptyInput(object, value);
    const rejection = isOpen ? 'none' : (error.rejection ?? 'none');
    throw new EvaluationError(error.message, { span, kind: error.kind, rejection });
  }
}

/** Names that begin what no resource is. */
const otherRoots: ReadonlySet<string> = new Set([
  'count',
  'each',
  'local',
  'module',
  'path',
  'self',
  'terraform',
  'tofu',
  'var',
]);

/** Whether it is an attribute or block of a resource: a provider can add blocks to those that are written. */
function isInsideResource(object: Expression): boolean {
  let depth = 0;
  let root = object;
  for (; root.kind === 'get' || root.kind === 'index' || root.kind === 'splat'; depth++) {
    root = root.kind === 'splat' ? root.source : root.object;
  }
  if (root.kind !== 'reference' || otherRoots.has(root.name)) return false;
  return depth > (root.name === 'data' || root.name === 'ephemeral' || root.name === 'resource' ? 2 : 1);
}

/** Whether it is a variable without members: `terraform validate` takes that from a caller which tries a module. */
function isEmptyInput(object: Expression, value: Value): boolean {
  const isVariable = object.kind === 'get' && object.object.kind === 'reference' && object.object.name === 'var';
  return isVariable && isEmptyCollection(value);
}

/** A module or resource handed on as a whole. */
export function whole(value: Value): Value {
  return value.kind === 'unknown' && value.whole !== undefined ? { ...value.whole(), origin: value.origin } : value;
}

export function evaluateSplat(expression: Splat, scope: Scope): Value {
  const source = evaluateTraversal(expression.source, scope);
  return markedBy(splat(expression, source, scope), source);
}

function splat(expression: Splat, source: Value, scope: Scope): Value {
  const origin: Origin = { span: expression };
  const each = (item: Value): Value => {
    scope.budget.spend(3, expression);
    return evaluateTraversal(expression.each, { ...scope, splatItem: memberOf(item, source) });
  };
  const eachOf = (items: readonly Value[]): Value[] => items.map((item) => seenAt(each(item), expression));
  // What no item of the type can have is a fault even where there are none.
  const typeOfEach = (element: Type): Type => typeOf(each(unknownValue({ name: 'an item' }, element)));
  const type = typeOf(source);
  const isWhole = type.kind !== 'list' && type.kind !== 'set' && type.kind !== 'tuple';
  if (source.kind === 'null') {
    if (isWhole) return tupleValue([], origin);
    throw new EvaluationError('Splat expressions (with the * symbol) cannot be applied to null sequences.');
  }
  if (isSequence(source)) {
    const items = eachOf(source.items);
    if (items.length === 0 && source.kind === 'tuple') return tupleValue([], madeAt(expression, [source]));
    if (source.kind === 'tuple') return tupleValue(items, origin);
    const types = items.map(typeOf).filter(({ kind }) => kind !== 'any');
    const element = types[0] ?? typeOfEach(source.element);
    if (types.every((other) => equalTypes(other, element))) return listValue(items, element, origin);
    throw new EvaluationError(
      'The second level of splat expression produced elements of different types, so the result is not a list. Use a "for" expression, which produces a tuple.',
    );
  }
  const isSingle = source.kind !== 'unknown' || source.attribute !== undefined;
  if (isSingle || (isWhole && type.kind !== 'any' && source.notNull === true)) {
    return tupleValue(eachOf([source]), origin);
  }
  return {
    ...unknownFrom([source], isCollection(type) ? listType(typeOfEach(type.element)) : anyType, origin),
    known: source.known === undefined ? undefined : eachOf(source.known),
    item: source.item === undefined ? undefined : seenAt(each(source.item), expression),
  };
}
