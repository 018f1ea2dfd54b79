/** Functions of sets: union, intersection, difference and product. */

import { convert } from '../values/convert.ts';
import { setValue } from '../values/equality.ts';
import { EvaluationError } from '../values/errors.ts';
import { anyType, listType, setType, type Type, tupleType } from '../values/type.ts';
import { unify } from '../values/unify.ts';
import { isSequence, isWhollyKnown, listValue, tupleValue, typeOf, unknownFrom, type Value } from '../values/value.ts';
import { asItems } from './arguments.ts';
import type { FunctionDefinition, FunctionTable, Invocation, Parameter } from './definition.ts';
import { checkItemCount } from './limits.ts';
import { furtherItem, hasKnownSize, sureItems } from './partial.ts';
import { distinct } from './sequence.ts';

const anySet = (name: string, more: Partial<Parameter> = {}): Parameter => ({ name, type: setType(anyType), ...more });

/** go-cty: cty/function/stdlib/set.go. */
export const setFunctions: FunctionTable = {
  setintersection: setOperation(
    [anySet('first_set', { known: 'nothing' })],
    anySet('other_sets', { known: 'nothing' }),
    (items, other) => chosen(items, other, true),
  ),
  setproduct: {
    parameters: [],
    variadic: { name: 'sets', type: anyType, sensitivity: 'shallow', known: 'nothing' },
    returns: anyType,
    call: setproduct,
  },
  setsubtract: setOperation(
    [anySet('a', { known: 'nothing' }), anySet('b', { known: 'nothing' })],
    undefined,
    (items, other) => chosen(items, other, false),
  ),
  setunion: {
    parameters: [anySet('first_set', { known: 'nothing' })],
    variadic: anySet('other_sets', { known: 'nothing' }),
    returns: anyType,
    call: (args) => {
      const { type, sets } = ofOneType(args);
      const items = sets.flatMap(sureItems);
      if (!sets.some((set) => set.kind === 'unknown')) return setValue(sets.flatMap(asItems), elementOf(type));
      return { ...unknownFrom(sets, type), notNull: true, known: distinct(items), item: furtherItem(sets) };
    },
  },
};

function setOperation(
  parameters: readonly Parameter[],
  variadic: Parameter | undefined,
  operate: (items: readonly Value[], other: readonly Value[]) => readonly Value[],
): FunctionDefinition {
  return {
    parameters,
    ...(variadic === undefined ? {} : { variadic }),
    returns: anyType,
    call: (args): Value => {
      const { type, sets } = ofOneType(args);
      const [first, ...others] = sets;
      if (sets.every(isWhollyKnown)) {
        return setValue(
          others.reduce<readonly Value[]>((items, other) => operate(items, asItems(other)), asItems(first)),
          elementOf(type),
        );
      }
      // An intersection is sure of what is surely in all sets; a difference only once all that is taken away is known.
      const isSure = variadic !== undefined || others.every(isWhollyKnown);
      const items = sureItems(first!).filter(isWhollyKnown);
      const known = isSure
        ? others.reduce<readonly Value[]>((kept, other) => operate(kept, sureItems(other)), items)
        : [];
      return { ...unknownFrom(sets, type), notNull: true, known };
    },
  };
}

/** The sets, converted to the type that they have in common. */
function ofOneType(args: readonly Value[]): { readonly type: Type; readonly sets: readonly Value[] } {
  const elements = args
    .filter((arg) => arg.kind === 'unknown' || asItems(arg).length > 0 || elementOf(typeOf(arg)).kind !== 'any')
    .map((arg) => elementOf(typeOf(arg)));
  const element = elements.length === 0 ? anyType : unify(elements);
  if (element === undefined) throw new EvaluationError('given sets must all have compatible element types');
  const type = setType(element);
  const sets = args.map((arg, argument) => {
    try {
      return convert(arg, type);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      throw new EvaluationError(error.message, { argument });
    }
  });
  return { type, sets };
}

const elementOf = (type: Type): Type => (type.kind === 'set' || type.kind === 'list' ? type.element : anyType);

/** Those of the items that are, or are not, among the others. The items are distinct. */
function chosen(items: readonly Value[], others: readonly Value[], included: boolean): readonly Value[] {
  // Copies, as both sets may hold the same value.
  const copies = items.map((item) => ({ ...item }));
  const firsts = new Set<Value>(setValue([...others, ...copies], anyType).items);
  return copies.filter((copy) => firsts.has(copy) !== included);
}

function setproduct(args: readonly Value[], call: Invocation): Value {
  if (args.length < 2) throw new EvaluationError('at least two arguments are required');
  const elements = args.map((arg, argument) => productElement(typeOf(arg), argument));
  const element = tupleType(elements);
  const isList = args.every((arg) => typeOf(arg).kind === 'list' || typeOf(arg).kind === 'tuple');
  const columns = args.map((arg, index) => sureItems(arg).map((item) => convert(item, elements[index]!)));
  const isEmpty = args.some((arg) => isSequence(arg) && arg.items.length === 0);
  const complete = isEmpty || args.every(hasKnownSize);
  checkItemCount(
    columns.reduce((count, column) => count * column.length, args.length),
    call,
  );
  let rows: readonly (readonly Value[])[] = [[]];
  for (const column of columns) rows = rows.flatMap((row) => column.map((item) => [...row, item]));
  const items = rows.map((row) => tupleValue(row));
  if (complete) return isList ? listValue(items, element) : setValue(items, element);
  const isUntyped = args.some((arg) => typeOf(arg).kind === 'any');
  const type = isUntyped ? anyType : isList ? listType(element) : setType(element);
  return { ...unknownFrom(args, type), sensitive: undefined, notNull: true, known: items };
}

function productElement(type: Type, argument: number): Type {
  switch (type.kind) {
    case 'set':
    case 'list':
      return type.element;
    case 'tuple': {
      const element = type.items.length === 0 ? anyType : unify(type.items);
      if (element === undefined) throw new EvaluationError('all elements must be of the same type', { argument });
      return element;
    }
    case 'any':
      return anyType;
    default:
      throw new EvaluationError('a set or a list is required', { argument });
  }
}
