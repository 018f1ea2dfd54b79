/** Which types convert to which, and what type several can all convert to: cty's convert package on types alone. */

import { equalTypes, isCollection, isPrimitive, type ObjectType, objectType, type Type, tupleType } from './type.ts';

/**
 * `safe` conversions keep all information whatever the value; `unsafe` ones may fail for some values ("a" as number)
 * or lose something (a list as set).
 */
export type Safety = 'safe' | 'unsafe';

/** Whether some value of one type converts to another. cty: getConversion. */
export function isConvertible(from: Type, to: Type, safety: Safety = 'unsafe'): boolean {
  if (to.kind === 'any') return true;
  if (from.kind === 'any') return safety === 'unsafe';
  if (isPrimitive(from) && isPrimitive(to)) {
    return from.kind === to.kind || to.kind === 'string' || (safety === 'unsafe' && from.kind === 'string');
  }
  const elementConverts = (a: Type, b: Type): boolean => equalTypes(a, b) || isConvertible(a, b, safety);
  switch (to.kind) {
    case 'object':
      if (from.kind === 'object') return objectConverts(from, to, safety);
      return from.kind === 'map' && safety === 'unsafe' && mapConverts(from.element, to);
    case 'tuple':
      return (
        from.kind === 'tuple' &&
        from.items.length === to.items.length &&
        from.items.every((item, i) => elementConverts(item, to.items[i]!))
      );
    case 'list':
    case 'set':
      if (from.kind === 'tuple') return sharedElement(from.items, to.element, safety) !== undefined;
      if (from.kind === 'list') {
        return (to.kind === 'list' || safety === 'unsafe') && elementConverts(from.element, to.element);
      }
      return from.kind === 'set' && elementConverts(from.element, to.element);
    case 'map':
      if (from.kind === 'object') return sharedElement(typesOfAttributes(from), to.element, safety) !== undefined;
      return from.kind === 'map' && elementConverts(from.element, to.element);
    default:
      return false;
  }
}

/**
 * The type that members of a tuple or object take in a collection: `element` itself or, where that is `any`, the one that they
 * unify to. Undefined where they can't.
 */
export function sharedElement(members: readonly Type[], element: Type, safety: Safety): Type | undefined {
  if (members.length === 0) return element;
  const shared = element.kind === 'any' ? unify(members, safety) : element;
  return shared === undefined ? undefined : whereAllConvert(shared, members, safety);
}

function objectConverts(from: ObjectType, to: ObjectType, safety: Safety): boolean {
  for (const [name, attribute] of to.attributes) {
    const given = from.attributes.get(name);
    if (given === undefined) {
      if (attribute.optional !== true) return false;
    } else if (!equalTypes(given.type, attribute.type) && !isConvertible(given.type, attribute.type, safety))
      return false;
  }
  return true;
}

/** An optional attribute whose type does not fit may be missing from the map: that shows with the value. */
function mapConverts(element: Type, to: ObjectType): boolean {
  for (const attribute of to.attributes.values()) {
    if (
      attribute.optional !== true &&
      !equalTypes(element, attribute.type) &&
      !isConvertible(element, attribute.type)
    ) {
      return false;
    }
  }
  return true;
}

export const typesOfAttributes = (type: ObjectType): readonly Type[] =>
  [...type.attributes.values()].map((attribute) => attribute.type);

/**
 * The type that all of these convert to; undefined where there is none, and for no types at all. `any` among collections
 * or structures makes the whole `any`. cty: convert.Unify and, unsafe, convert.UnifyUnsafe, which HCL uses for conditionals.
 */
export function unify(all: readonly Type[], safety: Safety = 'unsafe'): Type | undefined {
  const types: Type[] = [];
  for (const type of all) if (!types.some((other) => equalTypes(type, other))) types.push(type);
  if (types.length < 2) return types[0];
  if (types.every(isPrimitive)) return types.find(({ kind }) => kind === 'string');
  const kinds = new Set(types.map((type) => type.kind));
  const only = (...allowed: readonly Type['kind'][]): boolean =>
    kinds.has(allowed[0]!) && [...kinds].every((kind) => allowed.includes(kind));
  for (const kind of ['map', 'list', 'set'] as const) {
    if (only(kind, 'any')) return unifyCollections(kind, types, safety);
    const structure = kind === 'map' ? 'object' : 'tuple';
    if (kind !== 'set' && only(kind, structure, 'any')) {
      const unified = unifyMixed(kind, types, safety);
      if (unified !== undefined) return unified;
    }
  }
  if (only('object', 'any')) return unifyObjects(types, safety);
  if (only('tuple', 'any')) return unifyTuples(types, safety);
  if (kinds.has('object') && kinds.has('tuple')) return undefined;
  return preferred(types).find((wanted) =>
    types.every((type) => equalTypes(type, wanted) || isConvertible(type, wanted, safety)),
  );
}

function unifyCollections(kind: 'list' | 'set' | 'map', types: readonly Type[], safety: Safety): Type | undefined {
  const elements: Type[] = [];
  for (const type of types) {
    if (!isCollection(type)) return { kind: 'any' };
    elements.push(type.element);
  }
  const element = unify(elements, safety);
  return element === undefined ? undefined : whereAllConvert({ kind, element }, types, safety);
}

/** Structures among collections are often collections that were written out: they are tried as such. */
function unifyMixed(kind: 'list' | 'map', types: readonly Type[], safety: Safety): Type | undefined {
  const isStructure = (type: Type): boolean => type.kind === 'tuple' || type.kind === 'object';
  const collection = membersAsCollection(kind, types.filter(isStructure), safety);
  if (collection === undefined) return undefined;
  const unified = unify(
    types.map((type) => (isStructure(type) ? collection : type)),
    safety,
  );
  return unified?.kind === kind ? unified : undefined;
}

function unifyObjects(types: readonly Type[], safety: Safety): Type | undefined {
  const objects = types.filter((type) => type.kind === 'object');
  if (objects.length < types.length) return { kind: 'any' };
  const names = [...objects[0]!.attributes.keys()];
  const sameNames = objects.every(
    ({ attributes }) => attributes.size === names.length && names.every((name) => attributes.has(name)),
  );
  if (!sameNames) return membersAsCollection('map', types, safety);
  const unified: [string, Type][] = [];
  for (const name of names) {
    const type = unify(
      objects.map((object) => object.attributes.get(name)!.type),
      safety,
    );
    if (type === undefined) return undefined;
    unified.push([name, type]);
  }
  return whereAllConvert(objectType(unified), types, safety) ?? membersAsCollection('map', types, safety);
}

function unifyTuples(types: readonly Type[], safety: Safety): Type | undefined {
  const tuples = types.filter((type) => type.kind === 'tuple');
  if (tuples.length < types.length) return { kind: 'any' };
  const { length } = tuples[0]!.items;
  if (tuples.some((tuple) => tuple.items.length !== length)) return membersAsCollection('list', types, safety);
  const unified: Type[] = [];
  for (let i = 0; i < length; i++) {
    const type = unify(
      tuples.map((tuple) => tuple.items[i]!),
      safety,
    );
    if (type === undefined) return undefined;
    unified.push(type);
  }
  return whereAllConvert(tupleType(unified), types, safety) ?? membersAsCollection('list', types, safety);
}

/** The list or map that can take the members of all the tuples or objects. cty: unifyTupleTypesToList, unifyObjectTypesToMap. */
export function membersAsCollection(kind: 'list' | 'map', types: readonly Type[], safety: Safety): Type | undefined {
  const members = types.flatMap((type) =>
    type.kind === 'tuple' ? type.items : type.kind === 'object' ? typesOfAttributes(type) : [],
  );
  const element = unify(members, safety);
  return element === undefined ? undefined : whereAllConvert({ kind, element }, types, safety);
}

function whereAllConvert(type: Type, types: readonly Type[], safety: Safety): Type | undefined {
  return types.every((from) => equalTypes(from, type) || isConvertible(from, type, safety)) ? type : undefined;
}

/** The types, those first that more of the others convert to. cty: sortTypes. */
function preferred(types: readonly Type[]): readonly Type[] {
  const over: number[][] = types.map(() => []);
  const above = types.map(() => 0);
  for (let i = 0; i < types.length; i++) {
    for (let j = i + 1; j < types.length; j++) {
      const order = compareTypes(types[i]!, types[j]!);
      if (order === 0) continue;
      const [general, special] = order < 0 ? [i, j] : [j, i];
      over[general]!.push(special);
      above[special]!++;
    }
  }
  const queue = [...types.keys()].filter((i) => above[i] === 0);
  for (const i of queue) {
    for (const j of over[i]!) if (--above[j]! === 0) queue.push(j);
  }
  return queue.map((i) => types[i]!);
}

const generality: Readonly<Record<Type['kind'], number>> = {
  list: 2,
  tuple: 1,
  set: 0,
  map: 1,
  object: 0,
  string: 0,
  number: 0,
  bool: 0,
  any: 0,
};

/** Negative where `a` is the more general of two types. cty: compareTypes. */
function compareTypes(a: Type, b: Type): number {
  if (a.kind === 'any' || b.kind === 'any') return a.kind !== 'any' ? -1 : b.kind !== 'any' ? 1 : 0;
  if (isPrimitive(a) && isPrimitive(b)) return Number(b.kind === 'string') - Number(a.kind === 'string');
  if (isCollection(a) && isCollection(b) && a.kind === b.kind) return compareTypes(a.element, b.element);
  const mapping = (type: Type): boolean => type.kind === 'map' || type.kind === 'object';
  if (isPrimitive(a) || isPrimitive(b) || mapping(a) !== mapping(b)) return 0;
  if (a.kind !== b.kind) return generality[b.kind] - generality[a.kind];
  return compareMembers(a, b);
}

/** One structure is more general than another of the same shape where some members are, and no members of the other. */
function compareMembers(a: Type, b: Type): number {
  let orders: number[];
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    if (a.items.length !== b.items.length) return 0;
    orders = a.items.map((item, i) => compareTypes(item, b.items[i]!));
  } else if (a.kind === 'object' && b.kind === 'object') {
    if (a.attributes.size !== b.attributes.size) return 0;
    if ([...a.attributes.keys()].some((name) => !b.attributes.has(name))) return 0;
    orders = [...a.attributes].map(([name, { type }]) => compareTypes(type, b.attributes.get(name)!.type));
  } else return 0;
  const generalA = orders.some((order) => order < 0);
  const generalB = orders.some((order) => order > 0);
  return generalA === generalB ? 0 : generalA ? -1 : 1;
}
