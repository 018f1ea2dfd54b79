/** Functions that build lists and tuples. */

import { convert } from '../values/convert.ts';
import { equalValues, setValue } from '../values/equality.ts';
import { EvaluationError } from '../values/errors.ts';
import { addValues, compareNumbers } from '../values/number.ts';
import { isIdentifier } from '../values/pieces.ts';
import { anyType, listType, numberType, stringType, type Type, tupleType, typeName } from '../values/type.ts';
import { unify } from '../values/unify.ts';
import {
  asDeferred,
  integerValue,
  isSequence,
  isWhollyKnown,
  listValue,
  marked,
  memberOf,
  type NumberValue,
  outerTypeOf,
  type Sensitivity,
  type SequenceValue,
  strongest,
  tupleValue,
  typeOf,
  unknownFrom,
  type Value,
} from '../values/value.ts';
import { asItems, asNumberValue, int64Of } from './arguments.ts';
import type { FunctionTable, Invocation, Parameter } from './definition.ts';
import { checkItemCount } from './limits.ts';
import { furtherItem, hasKnownSize, sureItems } from './partial.ts';

const anyList = (name: string, more: Partial<Parameter> = {}): Parameter => ({
  name,
  type: listType(anyType),
  ...more,
});
const any = (name: string, more: Partial<Parameter> = {}): Parameter => ({ name, type: anyType, ...more });
const number = (name: string): Parameter => ({ name, type: numberType });

export const isListOrTuple = (value: Value): value is SequenceValue => value.kind === 'list' || value.kind === 'tuple';

/** The type of a collection's members; `any` for everything else. */
export const elementOf = (type: Type): Type =>
  type.kind === 'list' || type.kind === 'set' || type.kind === 'map' ? type.element : anyType;

/** go-cty: cty/function/stdlib/collection.go and sequence.go; Terraform: internal/lang/funcs/collection.go. */
export const sequenceFunctions: FunctionTable = {
  chunklist: {
    parameters: [anyList('list', { sensitivity: 'shallow' }), { ...number('size'), sensitivity: 'shallow' }],
    returns: ([list]) => listType(typeOf(list!)),
    call: (args) => {
      const list = args[0]!;
      const items = asItems(list).map((item) => memberOf(item, list));
      const size = wholeArgument(args[1]!, 'invalid size');
      if (size < 0) throw new EvaluationError('the size argument must be positive');
      const element = elementOf(typeOf(list));
      const chunks: Value[] = [];
      for (let start = 0; start < items.length; start += size || items.length) {
        chunks.push(listValue(items.slice(start, start + (size || items.length)), element));
      }
      return listValue(chunks, listType(element));
    },
  },
  coalescelist: {
    parameters: [],
    variadic: any('vals', { allowNull: true, known: 'nothing' }),
    returns: anyType,
    call: (args) => {
      if (args.length === 0) throw new EvaluationError('at least one argument is required');
      for (const arg of args) {
        const type = typeOf(arg);
        if (type.kind !== 'list' && type.kind !== 'tuple' && !(type.kind === 'any' && arg.kind === 'unknown')) {
          throw new EvaluationError('coalescelist arguments must be lists or tuples');
        }
      }
      for (const arg of args) {
        if (arg.kind === 'unknown') {
          return sureItems(arg).length > 0 ? arg : { ...unknownFrom(args), notNull: true };
        }
        if (arg.kind !== 'null' && asItems(arg).length > 0) return arg;
      }
      throw new EvaluationError('no non-null arguments');
    },
  },
  compact: {
    parameters: [{ name: 'list', type: listType(stringType), known: 'wholly' }],
    returns: listType(stringType),
    sure: ([list]) => ({ known: sureItems(list!).filter((item) => isKept(item) || isIdentifier(item)) }),
    call: ([list]) => listValue(sureItems(list!).filter(isKept), stringType),
  },
  concat: {
    parameters: [],
    variadic: any('seqs', { sensitivity: 'shallow', known: 'nothing' }),
    returns: anyType,
    call: concat,
  },
  distinct: {
    parameters: [anyList('list', { known: 'wholly' })],
    returns: ([list]) => typeOf(list!),
    sure: ([list]) => ({ known: distinct(sureItems(list!)), item: furtherItem([list!]) }),
    call: ([list]) => listValue(distinct(sureItems(list!)), elementOf(typeOf(list!))),
  },
  flatten: {
    parameters: [any('list', { sensitivity: 'own', known: 'nothing' })],
    returns: anyType,
    call: ([list], invocation) => {
      const type = outerTypeOf(list!);
      if (!isListKind(type) && type.kind !== 'any')
        throw new EvaluationError('can only flatten lists, sets and tuples');
      const flat = flatten(list!, invocation);
      const result = flat.complete
        ? tupleValue(flat.items)
        : { ...unknownFrom([list!]), sensitive: undefined, notNull: true, known: flat.items, item: flat.item };
      return marked(result, flat.mark);
    },
  },
  matchkeys: {
    parameters: [anyList('values'), anyList('keys'), anyList('searchset')],
    returns: ([values]) => typeOf(values!),
    call: ([values, keys, searchset]) => {
      const type = unify([typeOf(keys!), typeOf(searchset!)]);
      if (type === undefined) throw new EvaluationError('keys and searchset must be of the same type');
      if (asItems(values).length !== asItems(keys).length) {
        throw new EvaluationError('length of keys and values should be equal');
      }
      const element = elementOf(typeOf(values!));
      const wanted = asItems(convert(searchset!, type));
      if (wanted.length === 0) return listValue([], element);
      if (!isWhollyKnown(keys!)) return { ...unknownFrom([values!, keys!], listType(element)), notNull: true };
      const output: Value[] = [];
      for (const [position, key] of asItems(convert(keys!, type)).entries()) {
        for (const each of wanted) {
          const answer = equalValues(key, each);
          if (answer.kind !== 'bool') return { ...unknownFrom([searchset!], listType(element)), notNull: true };
          if (answer.value) {
            output.push(memberOf(asItems(values)[position]!, values!));
            break;
          }
        }
      }
      const result = listValue(output, element);
      return isWhollyKnown(values!) ? result : asDeferred(result);
    },
  },
  range: {
    parameters: [],
    variadic: number('params'),
    returns: listType(numberType),
    call: range,
  },
  reverse: {
    parameters: [any('list', { sensitivity: 'shallow', known: 'nothing' })],
    returns: anyType,
    call: ([list]) => {
      const type = typeOf(list!);
      if (list!.kind === 'unknown') {
        const result: Type = type.kind === 'set' || type.kind === 'list' ? listType(type.element) : reversedType(type);
        return { ...unknownFrom([list!], result), notNull: true, known: list!.known, item: list!.item };
      }
      if (!isSequence(list!)) throw cannotReverse(type);
      if (!hasKnownSize(list)) {
        return { ...unknownFrom([list], listType(elementOf(type))), notNull: true, known: sureItems(list) };
      }
      const items = list.items.map((item) => memberOf(item, list)).reverse();
      return list.kind === 'tuple' ? tupleValue(items) : listValue(items, list.element);
    },
  },
  slice: {
    parameters: [any('list', { sensitivity: 'shallow' }), number('start_index'), number('end_index')],
    returns: ([list]) => {
      const type = typeOf(list!);
      checkSliceable(type);
      return type.kind === 'list' ? type : anyType;
    },
    call: ([list, startValue, endValue]) => {
      checkSliceable(typeOf(list!));
      const items = asItems(list);
      const start = sliceIndex(startValue!, 1, 'start', items.length);
      const end = sliceIndex(endValue!, 2, 'end', items.length);
      if (start > end) throw new EvaluationError('start index must not be greater than end index', { argument: 1 });
      const kept = items.slice(start, end).map((item) => memberOf(item, list!));
      return list!.kind === 'list' ? listValue(kept, list!.element) : tupleValue(kept);
    },
  },
};

export const isListKind = (type: Type): boolean => type.kind === 'list' || type.kind === 'set' || type.kind === 'tuple';

const isKept = (item: Value): boolean => item.kind === 'string' && item.value !== '';

function concat(args: readonly Value[], call: Invocation): Value {
  if (args.length === 0) throw new EvaluationError('at least one argument is required');
  const types = args.map(typeOf);
  const common = types.every((type) => type.kind === 'list') ? unify(types) : undefined;
  if (common === undefined) {
    for (const [argument, type] of types.entries()) {
      if (type.kind === 'list' || type.kind === 'tuple' || type.kind === 'any') continue;
      throw new EvaluationError(`all arguments must be lists or tuples; got ${typeName(type)}`, { argument });
    }
  }
  const lists = common === undefined ? args : args.map((arg, argument) => convertAt(arg, common, argument));
  const items = lists.flatMap((list) => {
    checkItemCount(sureItems(list).length, call);
    return sureItems(list);
  });
  checkItemCount(items.length, call);
  if (lists.some((list) => list.kind === 'unknown')) {
    const unknown = unknownFrom(lists, common ?? anyType);
    return { ...unknown, sensitive: undefined, notNull: true, known: items, item: furtherItem(lists) };
  }
  return common === undefined ? tupleValue(items) : listValue(items, elementOf(common));
}

function convertAt(value: Value, type: Type, argument: number): Value {
  try {
    return convert(value, type);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError(error.message, { argument });
  }
}

/** The first of each group of items that are sure to be equal. */
export function distinct(items: readonly Value[]): readonly Value[] {
  const firsts = new Set<Value>(setValue(items, anyType).items);
  return items.filter((item) => firsts.delete(item));
}

/**
 * @param what begins the message of the fault
 * @throws EvaluationError for anything but a whole number
 */
export function wholeArgument(value: Value, what: string): number {
  try {
    return Number(int64Of(value));
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError(`${what}: ${error.message}`);
  }
}

interface Flat {
  readonly items: readonly Value[];
  readonly complete: boolean;
  readonly item: Value | undefined;
  readonly mark: Sensitivity | undefined;
}

function flatten(list: Value, call: Invocation): Flat {
  const items: Value[] = [];
  const further: Value[] = [];
  let complete = hasKnownSize(list);
  let mark = list.sensitive;
  const open = mark === undefined ? list : { ...list, sensitive: undefined };
  if (list.kind === 'unknown' && list.item !== undefined) further.push(memberOf(list.item, open));
  for (const item of sureItems(open)) {
    const type = outerTypeOf(item);
    if (item.kind === 'null' || isSingle(item) || (!isListKind(type) && type.kind !== 'any')) {
      items.push(item);
    } else {
      const inner = flatten(item, call);
      if (!inner.complete) complete = false;
      mark = strongest(mark, inner.mark);
      if (inner.item !== undefined) further.push(inner.item);
      for (const each of inner.items) items.push(each);
    }
    checkItemCount(items.length, call);
  }
  return { items, complete, item: further.length === 1 ? flatItem(further[0]!, call) : undefined, mark };
}

/** An identifier or a resource is no list, though its type is not known. */
const isSingle = (item: Value): boolean =>
  isIdentifier(item) || (item.kind === 'unknown' && item.attribute !== undefined);

/** What stands for the further items, where that is no collection itself. */
function flatItem(item: Value, call: Invocation): Value | undefined {
  const type = outerTypeOf(item);
  if (isSingle(item) || (!isListKind(type) && type.kind !== 'any')) return item;
  const { items, complete } = flatten(item, call);
  return complete && items.length === 1 ? items[0] : item.kind === 'unknown' ? item.item : undefined;
}

const maximumRange = 1024;

function range(args: readonly Value[]): Value {
  if (args.length < 1 || args.length > 3) throw new EvaluationError('must have one, two, or three arguments');
  const numbers = args.map(asNumberValue);
  const [start, end] = args.length === 1 ? [integerValue(0), numbers[0]!] : numbers;
  if (start === undefined || end === undefined) throw new EvaluationError('must have one, two, or three arguments');
  const order = compareNumbers(end.value, start.value);
  const step = numbers[2] ?? integerValue(order < 0 ? -1 : 1);
  const direction = compareNumbers(step.value, 0);
  if (direction < 0 && order > 0) {
    throw new EvaluationError('end must be less than start when step is negative', { argument: 1 });
  }
  if (direction >= 0 && order < 0) {
    throw new EvaluationError('end must be greater than start when step is positive', { argument: 1 });
  }
  const items: NumberValue[] = [];
  let next = start;
  while (direction < 0 ? compareNumbers(next.value, end.value) > 0 : compareNumbers(next.value, end.value) < 0) {
    if (items.length >= maximumRange) {
      throw new EvaluationError(
        'more than 1024 values were generated; either decrease the difference between start and end or use a smaller step',
      );
    }
    items.push({ ...next, origin: undefined });
    next = addValues(next, step);
  }
  return listValue(items, numberType);
}

function reversedType(type: Type): Type {
  if (type.kind === 'tuple') return tupleType([...type.items].reverse());
  if (type.kind === 'any') return anyType;
  throw cannotReverse(type);
}

function cannotReverse(type: Type): EvaluationError {
  return new EvaluationError(`can only reverse list or tuple values, not ${typeName(type)}`, { argument: 0 });
}

function checkSliceable(type: Type): void {
  if (type.kind === 'list' || type.kind === 'tuple' || type.kind === 'any') return;
  throw new EvaluationError(
    type.kind === 'set'
      ? 'cannot slice a set, because its elements do not have indices; explicitly convert to a list if the ordering of the result is not important'
      : 'must be a list or tuple value',
    { argument: 0 },
  );
}

function sliceIndex(value: Value, argument: number, which: 'start' | 'end', length: number): number {
  let index: number;
  try {
    index = Number(int64Of(value));
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError(`invalid ${which} index: ${error.message}`, { argument });
  }
  if (index < 0) throw new EvaluationError(`${which} index must not be less than zero`, { argument });
  if (index > length) {
    throw new EvaluationError(`${which} index must not be greater than the length of the list`, { argument });
  }
  return index;
}
