/** Arguments of a rule or group as facts, whether they stand in a block or in an object of an attribute. */

import type { Problem } from '../source/problem.ts';
import { containsSpan, type Span } from '../source/span.ts';
import { convert } from '../terraform/convert.ts';
import { EvaluationError } from '../terraform/errors.ts';
import { argument, type EvaluatedBody } from '../terraform/expand.ts';
import { numberToJs } from '../terraform/number.ts';
import { boolType, listType, numberType, stringType, type Type } from '../terraform/type.ts';
import {
  type Identity,
  isSequence,
  type MappingValue,
  memberOf,
  type Origin,
  unknownValue,
  type Value,
} from '../terraform/value.ts';
import { parseCidr } from './cidr.ts';
import type { Fact } from './fact.ts';
import type { Family } from './ip-address.ts';
import type { Peer } from './rule.ts';

/** A value, and the expression in the resource that it is written as. */
export interface Argument {
  readonly name: string;
  readonly value: Value;
  readonly span: Span;
}

/** Reads the arguments of one block or object. */
export interface Arguments {
  /** Undefined for an argument that is missing or null. */
  get(name: string): Argument | undefined;
  /** Where it is said that an argument is missing. */
  readonly span: Span;
  readonly problems: Problem[];
}

export function argumentsOfBody(body: EvaluatedBody, span: Span, problems: Problem[]): Arguments {
  return {
    span,
    problems,
    get(name) {
      const found = argument(body, name);
      return found === undefined ? undefined : { name, value: found.value, span: found.attribute.value };
    },
  };
}

/** @param within the attribute's expression, inside of which the object's parts may or may not stand */
export function argumentsOfObject(object: MappingValue, within: Span, problems: Problem[]): Arguments {
  return {
    span: placeWithin(within, object.origin),
    problems,
    get(name) {
      const member = object.entries.get(name);
      if (member === undefined || member.kind === 'null') return undefined;
      const value = memberOf(member, object);
      return { name, value, span: placeWithin(within, value.origin) };
    },
  };
}

/** Everything is unknown, for what `value` waits for. */
export function argumentsOfUnknown(value: Value & { kind: 'unknown' }, within: Span, problems: Problem[]): Arguments {
  return {
    span: placeWithin(within, value.origin),
    problems,
    get: (name) => ({ name, value: unknownValue(value.because), span: within }),
  };
}

/** The latest place of a value that lies inside an expression; the expression itself where none does. */
export function placeWithin(within: Span, origin: Origin | undefined): Span {
  for (let at = origin; at !== undefined; at = at.from) if (containsSpan(within, at.span)) return at.span;
  return within;
}

export function stringFact(from: Arguments, name: string): Fact<string | null> {
  return fact(from, name, stringType, (value) => (value.kind === 'string' ? value.value : null));
}

export function numberFact(from: Arguments, name: string): Fact<number | null> {
  return fact(from, name, numberType, (value) => (value.kind === 'number' ? numberToJs(value.value) : null));
}

export function boolFact(from: Arguments, name: string): Fact<boolean | null> {
  return fact(from, name, boolType, (value) => (value.kind === 'bool' ? value.value : null));
}

function fact<T>(from: Arguments, name: string, type: Type, read: (value: Value) => T | null): Fact<T | null> {
  const found = from.get(name);
  if (found === undefined) return { kind: 'known', value: null, span: from.span };
  const value = converted(found, type, from.problems);
  const place = { span: placeWithin(found.span, value.origin), origin: value.origin };
  if (value.kind === 'unknown') return { kind: 'unknown', because: value.because, ...place };
  return { kind: 'known', value: read(value), ...place };
}

/** The value as the provider's schema wants it, or unknown and a problem. */
function converted({ name, value, span }: Argument, type: Type, problems: Problem[]): Value {
  try {
    const result = convert(value, type);
    return result.origin === undefined ? { ...result, origin: value.origin } : result;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    problems.push({
      kind: 'evaluation',
      severity: 'warning',
      message: `Inappropriate value for "${name}": ${error.message}.`,
      span,
    });
    return unknownValue({ name, span }, type, { span });
  }
}

/** The elements of a list argument, and whether there may be others. Null elements are left out. */
function elements(from: Arguments, name: string): readonly { readonly value: Value; readonly within: Span }[] {
  const found = from.get(name);
  if (found === undefined) return [];
  const list = converted(found, listType(stringType), from.problems);
  const within = found.span;
  if (list.kind === 'unknown') {
    const known = (list.known ?? []).map((value) => ({ value: memberOf(value, list), within }));
    const rest = list.item === undefined ? { ...list, identity: list.identity } : memberOf(list.item, list);
    return [
      ...known,
      { value: rest.kind === 'unknown' ? rest : unknownValue(list.because, stringType, list.origin), within },
    ];
  }
  if (!isSequence(list)) return [];
  return list.items.filter((item) => item.kind !== 'null').map((item) => ({ value: memberOf(item, list), within }));
}

function textFact(value: Value, within: Span): Fact<string> {
  const place = { span: placeWithin(within, value.origin), origin: value.origin };
  if (value.kind === 'string') return { kind: 'known', value: value.value, ...place };
  return { kind: 'unknown', because: value.kind === 'unknown' ? value.because : [], ...place };
}

const identityOf = (value: Value): Identity | undefined => (value.kind === 'unknown' ? value.identity : undefined);

/** The peers of an argument: a list of texts, or one text. */
export function peersOf(from: Arguments, name: string, kind: PeerKind): readonly Peer[] {
  const values = kind.isList ? elements(from, name) : single(from, name);
  return values.map(({ value, within }) => peerOf(name, kind, value, within));
}

function peerOf(argument: string, kind: PeerKind, value: Value, within: Span): Peer {
  const text = textFact(value, within);
  switch (kind.kind) {
    case 'cidr': {
      const cidr = text.kind === 'known' ? parseCidr(text.value) : undefined;
      return { kind: 'cidr', argument, family: kind.family, text, cidr };
    }
    case 'prefix-list':
      return { kind: 'prefix-list', argument, id: text, reference: identityOf(value) };
    case 'group':
      return { kind: 'group', argument, id: text, reference: identityOf(value) };
  }
}

export type PeerKind = { readonly isList: boolean } & (
  | { readonly kind: 'cidr'; readonly family: Family }
  | { readonly kind: 'prefix-list' }
  | { readonly kind: 'group' }
);

function single(from: Arguments, name: string): readonly { readonly value: Value; readonly within: Span }[] {
  const found = from.get(name);
  if (found === undefined) return [];
  const value = converted(found, stringType, from.problems);
  return value.kind === 'null' ? [] : [{ value, within: found.span }];
}

/** `self`, where it is true or not known. */
export function selfPeers(from: Arguments): readonly Peer[] {
  const value = boolFact(from, 'self');
  if (value.kind === 'unknown') return [{ kind: 'self', argument: 'self', value }];
  if (value.value !== true) return [];
  return [{ kind: 'self', argument: 'self', value: { ...value, value: true } }];
}
