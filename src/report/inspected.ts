/** The rule model in the fields that `tfsg inspect` prints. */

import { type Fact, known } from '../model/fact.ts';
import { parseProtocol } from '../model/protocol.ts';
import type { CidrPeer, GroupPeer, Peer, PrefixListPeer, Rule } from '../model/rule.ts';
import type { SecurityGroup, SecurityModel } from '../model/security-group.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { compareStrings, type Identity } from '../terraform/value.ts';

/** What configurations would create, without judgement. */
export interface Inspection {
  readonly models: readonly SecurityModel[];
  readonly problems: readonly Problem[];
}

/** One rule, every field as the configuration sets it; what only apply knows is named in `unknown`. */
export interface InspectedRule {
  readonly address: string;
  /** Address of the group; null if it is none of the configuration's, or unknown. */
  readonly group: string | null;
  /** The group's identifier where it is known. */
  readonly group_id: string | null;
  readonly direction: string | null;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, else the text in lower case. */
  readonly protocol: string | null;
  readonly from_port: number | null;
  readonly to_port: number | null;
  /** Lists are sorted, doubles kept. */
  readonly cidr_ipv4: readonly string[];
  readonly cidr_ipv6: readonly string[];
  readonly prefix_list_ids: readonly string[];
  /** Identifiers, or `unknown` for each that is not known. */
  readonly security_groups: readonly string[];
  readonly self: boolean | null;
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

export function inspectGroup(group: SecurityGroup): InspectedGroup {
  return {
    address: group.address,
    type: group.type,
    name: known(group.name) ?? null,
    description: known(group.description) ?? null,
    exists: group.possible === undefined ? 'yes' : 'unknown',
    span: group.span,
  };
}

/**
 * The rules of a model; one that says the same as another of its resource is that rule, since the provider keeps a set. A
 * `dynamic` block that makes an unknown number of rules is one rule, as in a plan: what its rules differ in is not known.
 */
export function inspectRules(model: SecurityModel): InspectedRule[] {
  const seen = new Set<string>();
  return inspectIndefinite(model.rules).filter(({ span, ...meaning }) => {
    if (meaning.unknown.length > 0) return true;
    const key = JSON.stringify(meaning);
    return seen.size < seen.add(key).size;
  });
}

function inspectIndefinite(rules: readonly Rule[]): InspectedRule[] {
  const inspected = new Map<string, InspectedRule>();
  for (const [index, rule] of rules.entries()) {
    const { address, indefinite } = rule;
    const key =
      indefinite?.form === 'dynamic'
        ? `${address} ${indefinite.span.file.path}:${indefinite.span.start}`
        : String(index);
    const earlier = inspected.get(key);
    inspected.set(key, earlier === undefined ? inspectRule(rule) : mergeRules(earlier, inspectRule(rule)));
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

/** What is certain of a rule that is one of two. */
function mergeRules(a: InspectedRule, b: InspectedRule): InspectedRule {
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

export function inspectRule(rule: Rule): InspectedRule {
  const unknown: string[] = [];
  const scalar = <T>(name: string, fact: Fact<T>): T | null => {
    if (fact.kind === 'known') return fact.value;
    unknown.push(name);
    return null;
  };
  const list = <P extends Peer>(name: string, peers: readonly P[], fact: (peer: P) => Fact<string>): string[] => {
    if (peers.some((peer) => fact(peer).kind === 'unknown')) unknown.push(name);
    return peers.flatMap((peer) => known(fact(peer)) ?? (name === 'security_groups' ? 'unknown' : [])).sort();
  };
  const cidrs = (family: 4 | 6): CidrPeer[] =>
    rule.peers.filter((peer) => peer.kind === 'cidr').filter((peer) => peer.family === family);
  const lists = rule.peers.filter((peer): peer is PrefixListPeer => peer.kind === 'prefix-list');
  const groups = rule.peers.filter((peer): peer is GroupPeer => peer.kind === 'group');
  const self = rule.peers.find((peer) => peer.kind === 'self');
  const protocol = scalar('protocol', rule.protocol);
  const fields = {
    protocol: protocol === null ? null : parseProtocol(protocol).canonical,
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
  if (rule.owner.kind === 'unknown') unknown.push('group');
  return {
    address: rule.address,
    group: rule.owner.kind === 'group' ? rule.owner.address : null,
    group_id: rule.owner.kind === 'id' ? rule.owner.id : null,
    direction: rule.direction === 'unknown' ? null : rule.direction,
    ...fields,
    unknown:
      rule.isOpenEnded || (rule.indefinite?.form === 'attribute' && unknown.length === 0) ? ['*'] : unknown.sort(),
    security_group_refs: references(groups),
    prefix_list_refs: references(lists),
    exists: rule.possible === undefined && !rule.isOpenEnded ? 'yes' : 'unknown',
    span: rule.span,
  };
}

function references(peers: readonly { readonly reference: Identity | undefined }[]): string[] {
  const addresses = peers.flatMap(({ reference }) => {
    if (reference?.path.length !== 1) return [];
    if (reference.path[0] === 'id') return reference.address;
    return reference.path[0] === defaultGroupAttribute ? `${reference.address}.${defaultGroupAttribute}` : [];
  });
  return [...new Set(addresses)].sort(compareStrings);
}
