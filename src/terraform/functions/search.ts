/** Functions that search or aggregate a list, set or tuple. */

import { convert } from '../values/convert.ts';
import { equalValues } from '../values/equality.ts';
import { EvaluationError } from '../values/errors.ts';
import { addValues } from '../values/number.ts';
import { anyType, boolType, listType, numberType, type Type, typeName } from '../values/type.ts';
import {
  boolValue,
  integerValue,
  isSequence,
  isWhollyKnown,
  memberOf,
  nullValue,
  typeOf,
  unknownFrom,
  type Value,
} from '../values/value.ts';
import { asItems, asNumberValue, int64Of } from './arguments.ts';
import type { FunctionTable, Parameter } from './definition.ts';
import { hasKnownSize, sureItems } from './partial.ts';
import { elementOf, isListKind, isListOrTuple } from './sequence.ts';

const any = (name: string, more: Partial<Parameter> = {}): Parameter => ({ name, type: anyType, ...more });

/** go-cty: cty/function/stdlib/collection.go; Terraform: internal/lang/funcs/collection.go. */
export const searchFunctions: FunctionTable = {
  alltrue: {
    parameters: [{ name: 'list', type: listType(boolType) }],
    returns: boolType,
    call: ([list]) => {
      const items = asItems(list);
      if (items.some((item) => item.kind === 'null' || (item.kind === 'bool' && !item.value))) return boolValue(false);
      return items.every(isWhollyKnown) ? boolValue(true) : { ...unknownFrom([list!], boolType), notNull: true };
    },
  },
  anytrue: {
    parameters: [{ name: 'list', type: listType(boolType) }],
    returns: boolType,
    call: ([list]) => {
      const items = asItems(list);
      if (items.some((item) => item.kind === 'bool' && item.value)) return boolValue(true);
      return items.every(isWhollyKnown) ? boolValue(false) : { ...unknownFrom([list!], boolType), notNull: true };
    },
  },
  contains: {
    parameters: [any('list', { known: 'nothing' }), any('value')],
    returns: boolType,
    call: ([list, value]) => {
      const type = typeOf(list!);
      if (!isListKind(type) && !(type.kind === 'any' && list!.kind === 'unknown')) {
        throw new EvaluationError('argument must be list, tuple, or set');
      }
      const items = list!.kind === 'unknown' ? sureItems(list!) : asItems(list);
      const answers = items.map((item) => equalValues(value!, item));
      if (answers.some((answer) => answer.kind === 'bool' && answer.value)) return boolValue(true);
      const decided = list!.kind !== 'unknown' && answers.every((answer) => answer.kind === 'bool');
      return decided ? boolValue(false) : { ...unknownFrom([list!, value!], boolType), notNull: true };
    },
  },
  element: {
    parameters: [any('list', { sensitivity: 'shallow', known: 'nothing' }), { name: 'index', type: numberType }],
    returns: ([list, index]) => elementType(list!, index!),
    nullable: true,
    call: ([list, index]) => {
      const type = typeOf(list!);
      if (list!.kind === 'unknown') {
        const { item } = list!;
        if (item !== undefined && sureItems(list!).length === 0) return memberOf(item, list!);
        return unknownFrom([list!], elementType(list!, index!));
      }
      if (!isListOrTuple(list!)) throw new EvaluationError(`cannot read elements from ${typeName(type)}`);
      const position = wrappedIndex(index!, list.items.length);
      const { length } = list.items;
      if (length === 0) throw new EvaluationError('cannot use element function with an empty list');
      return memberOf(list.items[position]!, list);
    },
  },
  index: {
    parameters: [any('list'), any('value')],
    returns: numberType,
    call: ([list, value]) => {
      if (!isListOrTuple(list!)) throw new EvaluationError('argument must be a list or tuple');
      if (list.items.length === 0) throw new EvaluationError('cannot search an empty list');
      for (const [position, item] of list.items.entries()) {
        const answer = equalValues(item, value!);
        if (answer.kind !== 'bool') return { ...unknownFrom([list, value!], numberType), notNull: true };
        if (answer.value) return integerValue(position);
      }
      throw new EvaluationError('item not found');
    },
  },
  one: {
    parameters: [any('list', { known: 'nothing' })],
    returns: anyType,
    nullable: true,
    call: ([list]) => one(list!),
  },
  sum: {
    parameters: [any('list')],
    returns: numberType,
    call: ([list]) => sum(list!),
  },
};

/** The position that an index means, which may lie before the first item or past the last; 0 where there is none. */
function wrappedIndex(index: Value, length: number): number {
  try {
    const wanted = int64Of(index);
    const size = BigInt(Math.max(length, 1));
    return Number(((wanted % size) + size) % size);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError(`invalid index: ${error.message}`);
  }
}

function elementType(list: Value, index: Value): Type {
  const type = typeOf(list);
  if (type.kind === 'list') return type.element;
  if (type.kind !== 'tuple') {
    if (type.kind === 'any') return anyType;
    throw new EvaluationError(`cannot read elements from ${typeName(type)}`);
  }
  if (index.kind !== 'number') return anyType;
  const { length } = type.items;
  if (length === 0) throw new EvaluationError('cannot use element function with an empty list');
  return type.items[wrappedIndex(index, length)] ?? anyType;
}

/** Of a set's items, those that can't turn out to be one. */
const mustDiffer = (items: readonly Value[], type: Type): readonly Value[] =>
  type.kind === 'list' || type.kind === 'tuple' ? items : items.filter(isWhollyKnown);

function one(list: Value): Value {
  const refused = (): never => {
    throw new EvaluationError('must be a list, set, or tuple value with either zero or one elements', { argument: 0 });
  };
  const type = typeOf(list);
  if (list.kind === 'unknown') {
    if (!isListKind(type) && type.kind !== 'any') return refused();
    const known = sureItems(list);
    if (mustDiffer(known, type).length > 1) return refused();
    // A collection of more than one item would be rejected, so what is sure to be there is all there is.
    if (known.length > 0) return known[0]!;
    const element = type.kind === 'tuple' ? (type.items[0] ?? anyType) : elementOf(type);
    return list.item?.kind === 'unknown'
      ? { ...memberOf(list.item, list), notNull: undefined }
      : unknownFrom([list], element);
  }
  if (!isSequence(list)) return refused();
  if (!hasKnownSize(list)) {
    if (mustDiffer(list.items, type).length > 1) return refused();
    return unknownFrom([list], elementOf(type));
  }
  const [only] = list.items;
  if (list.items.length > 1) return refused();
  return only === undefined ? nullValue(elementOf(type)) : memberOf(only, list);
}

function sum(list: Value): Value {
  const noNumbers = 'argument must be list, set, or tuple of number values';
  if (!isSequence(list) && list.kind !== 'map' && list.kind !== 'object') {
    throw new EvaluationError('cannot sum noniterable', { argument: 0 });
  }
  const size = isSequence(list) ? list.items.length : list.entries.size;
  if (size === 0) throw new EvaluationError('cannot sum an empty list', { argument: 0 });
  if (!isSequence(list)) {
    throw new EvaluationError(`argument must be list, set, or tuple. Received ${typeName(typeOf(list))}`, {
      argument: 0,
    });
  }
  if (!isWhollyKnown(list)) return { ...unknownFrom([list], numberType), notNull: true };
  const numbers = list.items.map((item) => {
    if (item.kind === 'null') throw new EvaluationError(noNumbers, { argument: 0 });
    try {
      return asNumberValue(convert(item, numberType));
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      throw new EvaluationError(noNumbers, { argument: 0 });
    }
  });
  return numbers.slice(1).reduce(addValues, numbers[0]!);
}
