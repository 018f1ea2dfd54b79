/** Arguments of a rule or group as facts, from a block or from an object of an attribute. */

import { parseCidr } from '../../network/cidr.ts';
import type { Problem } from '../../source/problem.ts';
import { containsSpan, type Span, textOf } from '../../source/span.ts';
import type { EvaluationProblem } from '../../terraform/expressions/scope.ts';
import type { EvaluatedAttribute, EvaluatedBody } from '../../terraform/instances/body.ts';
import type { CallSite } from '../../terraform/instances/instance.ts';
import { convert } from '../../terraform/values/convert.ts';
import { EvaluationError } from '../../terraform/values/errors.ts';
import { isExcluded } from '../../terraform/values/inputs.ts';
import { numberToJs } from '../../terraform/values/number.ts';
import { meantAs } from '../../terraform/values/slip.ts';
import { boolType, listType, numberType, stringType, type Type } from '../../terraform/values/type.ts';
import {
  type Identity,
  isSensitive,
  isSequence,
  type MappingValue,
  memberOf,
  type Origin,
  stringValue,
  type UnknownValue,
  unknownValue,
  type Value,
} from '../../terraform/values/value.ts';
import { formatNumber } from '../../text/count.ts';
import { type Fact, shown, type UnknownFact } from '../fact.ts';
import { spansBehind } from '../place.ts';
import type { EmptyPeers, Peer, WrittenPeers } from '../rule.ts';
import type { PeerKind, RuleForm } from '../rule-form.ts';
import { canonicalIdentity } from './group-identity.ts';

/** Reads the arguments of one block or object. */
export interface ResourceArguments {
  /** Undefined for an argument that is missing; one that is null says as much, but at a place. */
  get(name: string): EvaluatedAttribute | undefined;
  /** Where it is said that an argument is missing. */
  readonly span: Span;
  readonly context: InstanceContext;
}

/** What the arguments of one resource instance have in common. */
export interface InstanceContext {
  /** The module calls on the way to the instance. */
  readonly calls: readonly CallSite[];
  /** Gets what has no meaning for such a resource. */
  readonly problems: EvaluationProblem[];
}

export function argumentsOfBody(body: EvaluatedBody, span: Span, context: InstanceContext): ResourceArguments {
  return {
    span,
    context,
    get: (name) => body.attribute(name),
  };
}

/** @param within the attribute's expression, inside of which the object's parts may or may not stand */
export function argumentsOfObject(object: MappingValue, within: Span, context: InstanceContext): ResourceArguments {
  return {
    span: outermostPlace(within, object.origin, context.calls),
    context,
    get(name) {
      const member = object.entries.get(name);
      if (member === undefined) return undefined;
      const value = memberOf(member, object);
      return { name, value, span: placeWithin(within, value.origin) ?? within };
    },
  };
}

/** Everything is unknown, for what `value` waits for. */
export function argumentsOfUnknown(value: UnknownValue, within: Span, context: InstanceContext): ResourceArguments {
  return {
    span: outermostPlace(within, value.origin, context.calls),
    context,
    get: (name) => ({ name, value: unknownValue(value.reasons), span: within }),
  };
}

/**
 * Where a finding about a value stands: at what the outermost caller hands to a module, for that is where the value can be
 * changed; else at the default of an optional attribute, which nobody who reads the call or the rule sees; else at the latest place of
 * the value inside the resource's expression; else at that expression.
 */
export function outermostPlace(within: Span, origin: Origin | undefined, calls: readonly CallSite[]): Span {
  for (const { block } of calls) {
    const given = block.file.isDownloaded ? undefined : placeWithin(block, origin);
    if (given !== undefined) return given;
  }
  return defaultPlace(origin) ?? placeWithin(within, origin) ?? within;
}

/** The default of an optional attribute that a value is, unless it is somebody else's to change. */
function defaultPlace(origin: Origin | undefined): Span | undefined {
  for (let at = origin; at !== undefined; at = at.from) {
    if (at.isDefault === true) return at.span.file.isDownloaded ? undefined : at.span;
  }
  return undefined;
}

/** The latest place of a value that lies inside a range of text. */
function placeWithin(within: Span, origin: Origin | undefined): Span | undefined {
  for (let at = origin; at !== undefined; at = at.from) if (containsSpan(within, at.span)) return at.span;
  return undefined;
}

export function stringFact(from: ResourceArguments, name: string): Fact<string | null> {
  return fact(from, name, stringType, (value) => (value.kind === 'string' ? value.value : null));
}

/** A text of a few possible ones; that a word has no quotes, Terraform rejects, and it is clear what it means. */
export function wordFact(from: ResourceArguments, name: string): Fact<string | null> {
  const text = stringFact(from, name);
  const written = from.get(name)?.span;
  if (text.kind === 'known' || written === undefined || !('kind' in written) || written.kind !== 'reference')
    return text;
  return { kind: 'known', value: textOf(written), span: text.span, origin: text.origin };
}

/** A whole number, which is what all of the provider's are; another one is a problem, and unknown. */
export function numberFact(from: ResourceArguments, name: string): Fact<number | null> {
  const number = fact(from, name, numberType, (value) => (value.kind === 'number' ? numberToJs(value.value) : null));
  if (number.kind === 'unknown' || number.value === null || Number.isSafeInteger(number.value)) return number;
  const { span, origin } = number;
  from.context.problems.push(
    inappropriate(from.get(name)!, `${shown(number)} is not a whole number`, from.context.calls),
  );
  return { kind: 'unknown', reasons: [{ name, span }], span, origin };
}

export function boolFact(from: ResourceArguments, name: string): Fact<boolean | null> {
  return fact(from, name, boolType, (value) => (value.kind === 'bool' ? value.value : null));
}

function fact<T>(from: ResourceArguments, name: string, type: Type, read: (value: Value) => T | null): Fact<T | null> {
  const found = from.get(name);
  if (found === undefined) return { kind: 'known', value: null, span: from.span };
  const value = converted(found, type, from.context);
  const place = placeOfValue(value, found.span, from.context.calls);
  if (value.kind === 'unknown') {
    const isNotNull = isSurelyNotNull(found.value);
    const pieces = value.pieces?.map((piece) => (typeof piece === 'string' ? piece : undefined));
    return {
      kind: 'unknown',
      reasons: value.reasons,
      ...(isNotNull && { isNotNull }),
      ...(pieces && { pieces }),
      ...(type.kind === 'string' && { sameAs: sameTextAs(value) }),
      ...place,
    };
  }
  return { kind: 'known', value: read(value), ...place };
}

/** Its pieces, unknown ones by the variable or attribute that they are. */
function sameTextAs({ pieces, ...value }: UnknownValue): string | undefined {
  const keys = (pieces ?? [value]).map((piece) => {
    if (typeof piece === 'string') return JSON.stringify(piece);
    const { identity, reasons, origin } = piece;
    if (identity !== undefined) return [identity.address, ...identity.path].join('.');
    return origin !== undefined && isPlain({ span: origin.span, origin, reasons }) ? reasons[0]!.name : undefined;
  });
  return keys.every((key) => key !== undefined) ? keys.join(' ') : undefined;
}

/** Whether a value is that of a variable or attribute itself, all the way to where it comes from, so that its name tells it from others. */
export function isPlain({
  span,
  origin,
  reasons,
}: Pick<UnknownFact, 'span' | 'reasons'> & { readonly origin?: Origin | undefined }): boolean {
  const spans = [span, ...spansBehind(origin)];
  return reasons.length === 1 && spans.every((each) => /^(?:[\w.-]+|variable\s+"[\w-]+")$/.test(textOf(each)));
}

/** Whether an argument has a value, be it one that only apply knows or one of another type than it should be. */
const isSurelyNotNull = (value: Value): boolean =>
  value.kind !== 'null' && (value.kind !== 'unknown' || value.notNull === true || value.pieces !== undefined);

/** What a fact says of its value's place. */
function placeOfValue(value: Value, within: Span, calls: readonly CallSite[]) {
  const { origin } = value;
  return { span: outermostPlace(within, origin, calls), origin, ...(isSensitive(value) && { isSensitive: true }) };
}

/** The value as the provider's schema wants it, or unknown and a problem. */
function converted(found: EvaluatedAttribute, type: Type, { calls, problems }: InstanceContext): Value {
  const { name, value, span } = found;
  if (value.kind === 'null') return value;
  try {
    const result = convert(value, type);
    return result.origin === undefined ? { ...result, origin: value.origin } : result;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    problems.push(inappropriate(found, error.message, calls));
    return meantAs(value, type) ?? unknownValue({ name, span }, type, { span });
  }
}

/** What Terraform says of an argument of the wrong type. */
export function inappropriate(
  { name, value, span: argument }: EvaluatedAttribute,
  reason: string,
  calls: readonly CallSite[],
): EvaluationProblem {
  const message = `Inappropriate value for "${name}": ${reason}.`;
  const rejection = { kind: 'type', within: undefined, argument, reason: name } as const;
  return {
    kind: 'evaluation',
    severity: 'warning',
    message,
    span: outermostPlace(argument, value.origin, calls),
    rejection,
  };
}

/** The elements of a list argument, and whether there may be others. Null elements are left out. */
function elements(from: ResourceArguments, name: string): readonly { readonly value: Value; readonly within: Span }[] {
  const found = from.get(name);
  if (found === undefined) return [];
  const list = converted(found, listType(stringType), from.context);
  const within = found.span;
  if (list.kind === 'unknown') {
    const known = (list.known ?? []).map((value) => ({ value: memberOf(value, list), within }));
    const rest = list.item === undefined ? { ...list, identity: list.identity } : memberOf(list.item, list);
    return [
      ...known,
      { value: rest.kind === 'unknown' ? rest : unknownValue(list.reasons, stringType, list.origin), within },
    ];
  }
  if (!isSequence(list)) return [];
  return list.items.filter((item) => item.kind !== 'null').map((item) => ({ value: memberOf(item, list), within }));
}

/** The text of an argument; unknown where it is absent. */
export function requiredStringFact(from: ResourceArguments, name: string): Fact<string> {
  const text = stringFact(from, name);
  if (text.kind === 'unknown') return text;
  if (text.value !== null) return { ...text, value: text.value };
  return { kind: 'unknown', reasons: [{ name, span: from.span }], span: text.span };
}

/** What an argument that is not known will be. */
export function referenceOf(from: ResourceArguments, name: string): Identity | undefined {
  const found = from.get(name);
  return found === undefined ? undefined : identityOf(found.value);
}

/** A resource that an argument names, by its identifier, ARN or name. */
export interface NamedResource {
  readonly id: Fact<string>;
  /** The attribute that an unknown one will be. */
  readonly reference: Identity | undefined;
}

/** The resources that an argument names; of a list of which not all are known, one stands for the others. */
export function namedResources(from: ResourceArguments, name: string, isList: boolean): readonly NamedResource[] {
  const values = isList ? elements(from, name) : single(from, name);
  return values.map(({ value, within }) => ({
    id: textFact(value, within, from.context.calls),
    reference: identityOf(value),
  }));
}

/** An empty list, null or false that stands where the argument does, and nowhere else. */
const literalOfNone = /^(?:\[\s*\]|null|false)$/;

/** Those of the arguments that are written and known to name no peer. */
export function emptyPeersOf(from: ResourceArguments, { peers }: RuleForm): readonly EmptyPeers[] {
  return Object.keys(peers).flatMap((name) => {
    const found = from.get(name);
    if (found === undefined || !isNone(found.value)) return [];
    const { span, value } = found;
    const place = placeOfValue(value, span, from.context.calls);
    return { argument: name, isWrittenOut: literalOfNone.test(textOf(span)), ...place };
  });
}

function isNone(value: Value): boolean {
  if (isSequence(value)) return value.items.every((item) => item.kind === 'null');
  return value.kind === 'null' || (value.kind === 'bool' && !value.value);
}

function textFact(value: Value, within: Span, calls: readonly CallSite[]): Fact<string> {
  const place = placeOfValue(value, within, calls);
  if (value.kind === 'string') return { kind: 'known', value: value.value, ...place };
  return { kind: 'unknown', reasons: value.kind === 'unknown' ? value.reasons : [], ...place };
}

const identityOf = (value: Value): Identity | undefined =>
  value.kind === 'unknown' && value.identity !== undefined ? canonicalIdentity(value.identity) : undefined;

/** Those of the arguments for peers that are written and not null. */
export function writtenPeersOf(from: ResourceArguments, { peers }: RuleForm): readonly WrittenPeers[] {
  return Object.keys(peers).flatMap((argument) => {
    const found = from.get(argument);
    if (found === undefined || found.value.kind === 'null') return [];
    const { value, span } = found;
    const reasons = value.kind === 'unknown' && value.identity === undefined ? value.reasons : undefined;
    return { argument, reasons, span, origin: value.origin, isSensitive: isSensitive(value) };
  });
}

/** The peers of an argument: a list of texts, one text, or whether it is the group itself. */
export function peersOf(from: ResourceArguments, name: string, kind: PeerKind): readonly Peer[] {
  if (kind.kind === 'self') return selfPeers(from, name);
  const values = kind.isList ? elements(from, name) : single(from, name);
  const peers = firstOf(values, name, from.span, from.context.problems).map(({ value, within }) =>
    peerOf(name, kind, value, textFact(value, within, from.context.calls)),
  );
  return kind.kind === 'group' ? withoutDoubles(peers) : peers;
}

/** AWS lets no group have a tenth of it. */
const maximumElements = 10_000;

/** As many elements of an argument, or blocks of a type, as are looked at; that there are more is a problem. */
export function firstOf<T>(all: readonly T[], name: string, span: Span, problems: Problem[]): readonly T[] {
  if (all.length <= maximumElements) return all;
  const most = formatNumber(maximumElements);
  const message = `${name} has ${formatNumber(all.length)} elements; only the first ${most} are checked.`;
  problems.push({ kind: 'limit', severity: 'error', message, span });
  return all.slice(0, maximumElements);
}

/** The provider keeps groups as a set. */
function withoutDoubles(peers: readonly Peer[]): readonly Peer[] {
  const seen = new Set<string>();
  return peers.filter((peer) => {
    if (peer.kind !== 'group' || peer.id.kind === 'unknown') return true;
    return seen.size < seen.add(peer.id.value).size;
  });
}

function peerOf(
  argument: string,
  kind: Exclude<PeerKind, { readonly kind: 'self' }>,
  value: Value,
  text: Fact<string>,
): Peer {
  switch (kind.kind) {
    case 'cidr': {
      const cidr = text.kind === 'known' ? parseCidr(text.value) : undefined;
      const reference = identityOf(blockAround(value));
      const isPart = isNever(value, kind.family === 4 ? '0.0.0.0/0' : '::/0');
      return {
        kind: 'cidr',
        argument,
        family: kind.family,
        text,
        cidr,
        reference,
        prefix: prefixOf(value),
        isPart,
      };
    }
    case 'prefix-list':
      return { kind: 'prefix-list', argument, id: text, reference: identityOf(value) };
    case 'group':
      return { kind: 'group', argument, id: text, reference: identityOf(value) };
  }
}

/** The outermost block of addresses that one is certain to be inside of. */
function blockAround(value: Value): Value {
  return value.kind === 'unknown' && value.within !== undefined ? blockAround(value.within) : value;
}

const isNever = (value: Value, text: string): boolean | undefined =>
  value.kind === 'unknown' && isExcluded(value, stringValue(text)) ? true : undefined;

/** The end of a text of which the start is not known. */
function prefixOf(value: Value): number | undefined {
  const last = value.kind === 'unknown' ? value.pieces?.at(-1) : undefined;
  const length = typeof last === 'string' ? /\/(\d{1,3})$/.exec(last)?.[1] : undefined;
  return length === undefined ? undefined : Number(length);
}

function single(from: ResourceArguments, name: string): readonly { readonly value: Value; readonly within: Span }[] {
  const found = from.get(name);
  if (found === undefined) return [];
  const value = converted(found, stringType, from.context);
  return value.kind === 'null' ? [] : [{ value, within: found.span }];
}

/** The group itself, where that is true or not known. */
function selfPeers(from: ResourceArguments, argument: string): readonly Peer[] {
  const value = boolFact(from, argument);
  if (value.kind === 'unknown') return [{ kind: 'self', argument, value }];
  if (value.value !== true) return [];
  return [{ kind: 'self', argument, value: { ...value, value: true } }];
}
