/** The rule model in the fields that `tfsg inspect` prints. */

import { type Fact, type KnownFact, shown, type UnknownReason, waitsFor } from '../model/fact.ts';
import { placeInTree } from '../model/place.ts';
import {
  type CidrPeer,
  factOfPeer,
  type GroupPeer,
  type Owner,
  type Peer,
  type PrefixListPeer,
  type Rule,
} from '../model/rule.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import { parseProtocol } from '../network/protocol.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { isOfOtherRoot } from '../terraform/instances/other-root.ts';
import { compareStrings, type Identity } from '../terraform/values/value.ts';
import { SENSITIVE } from '../text/sensitive.ts';

/** What configurations would create, without judgement. */
export interface Inspection {
  readonly models: readonly SecurityGroupModel[];
  readonly problems: readonly Problem[];
}

/** How known values stand in the fields: as they are, or as texts show them, which have `S` in the place of sensitive ones. */
interface Showing<S> {
  readonly value: <T>(fact: KnownFact<T>) => T | S;
  readonly id: (owner: Extract<Rule['owner'], { readonly kind: 'id' }>) => string;
}

const asItIs: Showing<never> = { value: ({ value }) => value, id: ({ id }) => id };
const asShown: Showing<typeof SENSITIVE> = {
  value: shown,
  id: ({ id, isSensitive }) => (isSensitive ? SENSITIVE : id),
};

/** A rule as it is, to be compared with others. */
export type InspectedRule = InspectedRuleOf<never>;

/** A rule as it is printed. */
export type ShownRule = InspectedRuleOf<typeof SENSITIVE>;

/** One rule, every field as the configuration sets it; what only apply knows is named in `unknown`. */
interface InspectedRuleOf<S> {
  readonly address: string;
  /** Address of the group, in another root module too; null if it is none of the tree's, or unknown. */
  readonly group: string | null;
  /** The group's identifier where it is known. */
  readonly group_id: string | null;
  readonly direction: string | null;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, else the text in lower case. */
  readonly protocol: string | null;
  readonly from_port: number | S | null;
  readonly to_port: number | S | null;
  /** Lists are sorted, doubles kept. */
  readonly cidr_ipv4: readonly string[];
  readonly cidr_ipv6: readonly string[];
  readonly prefix_list_ids: readonly string[];
  /** Identifiers, or `unknown` for each that is not known. */
  readonly security_groups: readonly string[];
  readonly self: boolean | S | null;
  readonly description: string | null;
  /** Names of the fields above that are not known, or not wholly; `*` alone where even the number of rules is not known. */
  readonly unknown: readonly string[];
  /** Addresses of the groups and prefix lists of the configuration that the rule names. */
  readonly security_group_refs: readonly string[];
  readonly prefix_list_refs: readonly string[];
  /** Whether there is such a rule at all. */
  readonly exists: 'yes' | 'unknown';
  readonly span: Span;
}

export interface InspectedGroup {
  readonly address: string;
  readonly type: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly exists: 'yes' | 'unknown';
  readonly span: Span;
}

/** The attribute of a VPC that is the identifier of its default group, which may be declared nowhere. */
const defaultGroupAttribute = 'default_security_group_id';

/** A group as it is, to be compared with others. */
export const inspectGroup = (group: SecurityGroup): InspectedGroup => groupWith(group, asItIs);

/** A group as it is printed. */
export const shownGroup = (group: SecurityGroup): InspectedGroup => groupWith(group, asShown);

function groupWith<S extends string>(
  { address, type, span, calls, existsIf, ...facts }: SecurityGroup,
  show: Showing<S>,
): InspectedGroup {
  const text = (fact: Fact<string | null>): string | null => (fact.kind === 'known' ? show.value(fact) : null);
  const exists = existsIf === undefined ? 'yes' : 'unknown';
  return {
    address,
    type,
    name: text(facts.name),
    description: text(facts.description),
    exists,
    span: placeInTree(span, calls),
  };
}

/**
 * The rules of a model; one that says the same as another of its resource is that rule, since the provider keeps a set. A
 * `dynamic` block that makes an unknown number of rules is one rule, as in a plan: what its rules differ in is not known.
 */
export function inspectRules(model: SecurityGroupModel): InspectedRule[] {
  return distinct(model).map(({ meaning }) => meaning);
}

/** The same rules as they are printed, and the names of what is not known of each, or of whether it exists. */
export function shownRules(
  model: SecurityGroupModel,
): { readonly rule: ShownRule; readonly reasons: readonly string[] }[] {
  return distinct(model).map(({ text, reasons }) => ({ rule: text, reasons }));
}

/** One rule as it is printed, also one that is a double. */
export const shownRule = (rule: Rule): ShownRule => inspectRule(rule, asShown);

/** The names of what is not known of a group, or of whether it exists. */
export function reasonsOfGroup({ existsIf, name, description }: SecurityGroup): readonly string[] {
  return waitsFor(existsIf, ...[name, description].map(reasonsOf));
}

const reasonsOf = (fact: Fact<unknown>): readonly UnknownReason[] => (fact.kind === 'unknown' ? fact.reasons : []);

/** The names of what is not known of a rule, or of whether it exists. */
export function reasonsOfRule({
  existsIf,
  owner,
  protocol,
  fromPort,
  toPort,
  description,
  peers,
}: Rule): readonly string[] {
  const facts: readonly Fact<unknown>[] = [protocol, fromPort, toPort, description, ...peers.map(factOfPeer)];
  return waitsFor(existsIf, owner.kind === 'unknown' ? owner.reasons : [], ...facts.map(reasonsOf));
}

/** A rule as it is, and as texts show it. */
interface TwoFaced {
  readonly meaning: InspectedRule;
  readonly text: ShownRule;
  readonly reasons: readonly string[];
}

function distinct(model: SecurityGroupModel): TwoFaced[] {
  const seen = new Set<string>();
  return inspectIndefinite(model.rules).filter(({ meaning: { span, ...meaning } }) => {
    if (meaning.unknown.length > 0) return true;
    const key = JSON.stringify(meaning);
    return seen.size < seen.add(key).size;
  });
}

function inspectIndefinite(rules: readonly Rule[]): TwoFaced[] {
  const inspected = new Map<string, TwoFaced>();
  for (const [index, rule] of rules.entries()) {
    const { address, indefinite } = rule;
    const key =
      indefinite?.form === 'dynamic'
        ? `${address} ${indefinite.span.file.path}:${indefinite.span.start}`
        : String(index);
    const earlier = inspected.get(key);
    const own: TwoFaced = {
      meaning: inspectRule(rule, asItIs),
      text: inspectRule(rule, asShown),
      reasons: reasonsOfRule(rule),
    };
    inspected.set(key, earlier === undefined ? own : merged(earlier, own));
  }
  return [...inspected.values()];
}

const scalarFields = ['protocol', 'from_port', 'to_port', 'self', 'description'] as const;
const listFields = [
  'cidr_ipv4',
  'cidr_ipv6',
  'prefix_list_ids',
  'security_groups',
  'security_group_refs',
  'prefix_list_refs',
] as const;

function merged(a: TwoFaced, b: TwoFaced): TwoFaced {
  const meaning = mergeRules(a.meaning, b.meaning);
  const reasons = [...new Set([...a.reasons, ...b.reasons])].sort();
  return { meaning, text: { ...mergeRules(a.text, b.text), unknown: meaning.unknown }, reasons };
}

/** What is certain of a rule that is one of two. */
function mergeRules<S>(a: InspectedRuleOf<S>, b: InspectedRuleOf<S>): InspectedRuleOf<S> {
  const unknown = new Set([...a.unknown, ...b.unknown]);
  const isSame = (name: (typeof scalarFields | typeof listFields)[number]): boolean =>
    JSON.stringify(a[name]) === JSON.stringify(b[name]);
  for (const name of [...scalarFields, ...listFields]) {
    if (!isSame(name) && !name.endsWith('_refs')) unknown.add(name);
  }
  const scalars = scalarFields.map((name) => [name, isSame(name) ? a[name] : null]);
  const lists = listFields.map((name) => [name, [...new Set([...a[name], ...b[name]])].sort(compareStrings)]);
  const exists = a.exists === 'yes' || b.exists === 'yes' ? 'yes' : 'unknown';
  return { ...a, ...Object.fromEntries([...scalars, ...lists]), unknown: [...unknown].sort(), exists };
}

function inspectRule<S extends string>(rule: Rule, show: Showing<S>): InspectedRuleOf<S> {
  const unknown: string[] = [];
  const scalar = <T>(name: string, fact: Fact<T>): T | S | null => {
    if (fact.kind === 'known') return show.value(fact);
    unknown.push(name);
    return null;
  };
  const list = <P extends Peer>(name: string, peers: readonly P[], fact: (peer: P) => Fact<string>): string[] => {
    if (peers.some((peer) => fact(peer).kind === 'unknown')) unknown.push(name);
    const otherwise = name === 'security_groups' ? 'unknown' : [];
    const textOf = (each: Fact<string>) => (each.kind === 'known' ? show.value(each) : otherwise);
    return peers.flatMap((peer) => textOf(fact(peer))).sort();
  };
  const cidrs = (family: 4 | 6): CidrPeer[] =>
    rule.peers.filter((peer) => peer.kind === 'cidr').filter((peer) => peer.family === family);
  const lists = rule.peers.filter((peer): peer is PrefixListPeer => peer.kind === 'prefix-list');
  const groups = rule.peers.filter((peer): peer is GroupPeer => peer.kind === 'group');
  const self = rule.peers.find((peer) => peer.kind === 'self');
  const protocol = scalar('protocol', rule.protocol);
  const fields = {
    protocol: protocol === null || protocol === SENSITIVE ? protocol : parseProtocol(protocol).canonical,
    from_port: scalar('from_port', rule.fromPort),
    to_port: scalar('to_port', rule.toPort),
    cidr_ipv4: list('cidr_ipv4', cidrs(4), (peer) => peer.text),
    cidr_ipv6: list('cidr_ipv6', cidrs(6), (peer) => peer.text),
    prefix_list_ids: list('prefix_list_ids', lists, (peer) => peer.id),
    security_groups: list('security_groups', groups, (peer) => peer.id),
    self: self === undefined ? false : scalar('self', self.value),
    description: scalar('description', rule.description) || null,
  };
  if (rule.direction === 'unknown') unknown.push('direction');
  const group = groupOf(rule.owner);
  if (group === null && rule.owner.kind === 'unknown') unknown.push('group');
  return {
    address: rule.address,
    group,
    group_id: rule.owner.kind === 'id' ? show.id(rule.owner) : null,
    direction: rule.direction === 'unknown' ? null : rule.direction,
    ...fields,
    unknown:
      rule.isOpenEnded || (rule.indefinite?.form === 'attribute' && unknown.length === 0) ? ['*'] : unknown.sort(),
    security_group_refs: references(groups),
    prefix_list_refs: references(lists),
    exists: rule.existsIf === undefined && !rule.isOpenEnded ? 'yes' : 'unknown',
    span: placeInTree(rule.span, rule.calls),
  };
}

/** Address of a group of this root module, or of another one. */
function groupOf(owner: Owner): string | null {
  if (owner.kind === 'group') return owner.address;
  const { address, path } = (owner.kind === 'unknown' && owner.identity) || { address: '', path: [] };
  return path.length === 1 && path[0] === 'id' && isOfOtherRoot(address) ? address : null;
}

function references(peers: readonly { readonly reference: Identity | undefined }[]): string[] {
  const addresses = peers.flatMap(({ reference }) => {
    if (reference?.path.length !== 1) return [];
    if (reference.path[0] === 'id') return reference.address;
    return reference.path[0] === defaultGroupAttribute ? `${reference.address}.${defaultGroupAttribute}` : [];
  });
  return [...new Set(addresses)].sort(compareStrings);
}
