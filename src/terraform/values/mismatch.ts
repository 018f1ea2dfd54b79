/** Why no value of one type converts to another, in Terraform's words. */

import {
  type CollectionType,
  constraintName,
  equalTypes,
  isCollection,
  type ObjectType,
  type Type,
  tupleType,
} from './type.ts';
import { isConvertible, typesOfAttributes, unify } from './unify.ts';
import { compareStrings } from './value.ts';

/** A clause without a full stop: `attribute "port" is required`. cty: convert.MismatchMessage. */
export function mismatch(given: Type, wanted: Type): string {
  if (given.kind === 'object' && wanted.kind === 'object') return objectMismatch(given, wanted);
  if (isCollection(wanted)) {
    const structure = wanted.kind === 'map' ? 'object' : 'tuple';
    if (given.kind === structure) return memberMismatch(given, wanted);
    if (isCollection(given) && (given.kind === 'map') === (wanted.kind === 'map')) {
      return `incorrect ${wanted.kind} element type: ${mismatch(given.element, wanted.element)}`;
    }
  }
  return `${constraintName(wanted)} required`;
}

function objectMismatch(given: ObjectType, wanted: ObjectType): string {
  const names = [...wanted.attributes.keys()].sort(compareStrings);
  const missing = names.filter((name) => !given.attributes.has(name) && wanted.attributes.get(name)!.optional !== true);
  if (missing.length > 0) {
    const quoted = missing.map((name) => JSON.stringify(name));
    if (quoted.length === 1) return `attribute ${quoted[0]} is required`;
    if (quoted.length === 2) return `attributes ${quoted[0]} and ${quoted[1]} are required`;
    return `attributes ${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)} are required`;
  }
  for (const safety of ['unsafe', 'safe'] as const) {
    for (const name of names) {
      const from = given.attributes.get(name)?.type;
      const to = wanted.attributes.get(name)!.type;
      if (from === undefined || equalTypes(from, to) || isConvertible(from, to, safety)) continue;
      return `attribute ${JSON.stringify(name)}: ${mismatch(from, to)}`;
    }
  }
  return 'incorrect object attributes';
}

function memberMismatch(given: Type, wanted: CollectionType): string {
  if (wanted.element.kind === 'any') return `all ${wanted.kind} elements must have the same type`;
  const members: readonly (readonly [string, Type])[] =
    given.kind === 'tuple'
      ? given.items.map((item, i) => [String(i), item] as const)
      : given.kind === 'object'
        ? [...given.attributes].map(([name, { type }]) => [JSON.stringify(name), type] as const)
        : [];
  for (const [name, type] of members) {
    if (equalTypes(type, wanted.element) || isConvertible(type, wanted.element)) continue;
    return `element ${name}: ${mismatch(type, wanted.element)}`;
  }
  return `all elements must be ${constraintName(wanted.element)}`;
}

/**
 * The same type with every `any` replaced by what `from`, which converts to it, has in its place. cty: dynamicReplace.
 */
export function resolved(from: Type, to: Type): Type {
  if (from.kind === 'any') return to;
  switch (to.kind) {
    case 'any':
      return from;
    case 'list':
    case 'set':
    case 'map': {
      const element = isCollection(from)
        ? from.element
        : from.kind === 'tuple'
          ? unify(from.items)
          : from.kind === 'object'
            ? unify(typesOfAttributes(from))
            : undefined;
      return element === undefined ? to : { kind: to.kind, element: resolved(element, to.element) };
    }
    case 'tuple': {
      const items = from.kind === 'tuple' ? from.items : [];
      return tupleType(to.items.map((item, i) => (items[i] === undefined ? item : resolved(items[i], item))));
    }
    case 'object':
      return {
        kind: 'object',
        attributes: new Map(
          [...to.attributes].map(([name, attribute]) => {
            const given =
              from.kind === 'map' ? from.element : from.kind === 'object' ? from.attributes.get(name)?.type : undefined;
            return [name, given === undefined ? attribute : { ...attribute, type: resolved(given, attribute.type) }];
          }),
        ),
      };
    default:
      return to;
  }
}
