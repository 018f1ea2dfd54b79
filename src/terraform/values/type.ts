/** Terraform's types. */

import type { Value } from './value.ts';

export interface ObjectAttribute {
  readonly type: Type;
  /** `optional(type, default)`: may be missing. Only in a type constraint. */
  readonly optional?: boolean;
  /** The value that a missing optional attribute gets; null where none is declared. */
  readonly default?: Value;
}

/** `any` is a placeholder in a constraint and, for a value, a type that is not known. */
export type Type =
  | { readonly kind: 'any' }
  | { readonly kind: 'string' }
  | { readonly kind: 'number' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'list'; readonly element: Type }
  | { readonly kind: 'set'; readonly element: Type }
  | { readonly kind: 'map'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | ObjectType;

/** Attributes by name; their order means nothing. */
export interface ObjectType {
  readonly kind: 'object';
  readonly attributes: ReadonlyMap<string, ObjectAttribute>;
}

export type CollectionType = Extract<Type, { readonly kind: 'list' | 'set' | 'map' }>;

export const anyType: Type = { kind: 'any' };
export const stringType: Type = { kind: 'string' };
export const numberType: Type = { kind: 'number' };
export const boolType: Type = { kind: 'bool' };
export const listType = (element: Type): Type => ({ kind: 'list', element });
export const setType = (element: Type): Type => ({ kind: 'set', element });
export const mapType = (element: Type): Type => ({ kind: 'map', element });
export const tupleType = (items: readonly Type[]): Type => ({ kind: 'tuple', items });

/** All attributes are required. */
export function objectType(attributes: Iterable<readonly [string, Type]>): ObjectType {
  const all = new Map<string, ObjectAttribute>();
  for (const [name, type] of attributes) all.set(name, { type });
  return { kind: 'object', attributes: all };
}

export const isPrimitive = (type: Type): boolean =>
  type.kind === 'string' || type.kind === 'number' || type.kind === 'bool';

export const isCollection = (type: Type): type is CollectionType =>
  type.kind === 'list' || type.kind === 'set' || type.kind === 'map';

/** What Terraform calls a type in messages. */
export function typeName(type: Type): string {
  if (isCollection(type)) return `${type.kind} of ${typeName(type.element)}`;
  return type.kind === 'any' ? 'dynamic' : type.kind;
}

/** What Terraform calls a type that it wants: as `typeName`, but `any` stands for any type. */
export function constraintName(type: Type): string {
  if (isCollection(type)) {
    return `${type.kind} of ${type.element.kind === 'any' ? 'any single type' : constraintName(type.element)}`;
  }
  return type.kind === 'any' ? 'any type' : type.kind;
}

/** The same type, with the same attributes optional; defaults don't count. */
export function equalTypes(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (isCollection(a)) return isCollection(b) && equalTypes(a.element, b.element);
  if (a.kind === 'tuple') {
    return (
      b.kind === 'tuple' &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => equalTypes(item, b.items[i]!))
    );
  }
  if (a.kind !== 'object' || b.kind !== 'object') return true;
  if (a.attributes.size !== b.attributes.size) return false;
  for (const [name, attribute] of a.attributes) {
    const other = b.attributes.get(name);
    if (other === undefined || (attribute.optional ?? false) !== (other.optional ?? false)) return false;
    if (!equalTypes(attribute.type, other.type)) return false;
  }
  return true;
}

/** Whether any part of the type meets a condition, the type itself included. */
export function someType(type: Type, condition: (part: Type) => boolean): boolean {
  if (condition(type)) return true;
  if (isCollection(type)) return someType(type.element, condition);
  if (type.kind === 'tuple') return type.items.some((item) => someType(item, condition));
  if (type.kind !== 'object') return false;
  for (const attribute of type.attributes.values()) if (someType(attribute.type, condition)) return true;
  return false;
}

/** Some part of the type is not known yet. */
export const holdsAny = (type: Type): boolean => someType(type, (part) => part.kind === 'any');

/** The type of the values that a constraint gives: no attribute is optional in it, at any depth. */
export function withoutOptional(type: Type): Type {
  const isOptional = (part: Type): boolean =>
    part.kind === 'object' && [...part.attributes.values()].some((attribute) => attribute.optional === true);
  return someType(type, isOptional) ? required(type) : type;
}

function required(type: Type): Type {
  if (isCollection(type)) return { kind: type.kind, element: required(type.element) };
  if (type.kind === 'tuple') return tupleType(type.items.map(required));
  if (type.kind !== 'object') return type;
  return objectType([...type.attributes].map(([name, attribute]) => [name, required(attribute.type)] as const));
}
