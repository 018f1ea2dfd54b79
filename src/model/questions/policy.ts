/** Policies: declared ingress, predefined roles, and how far a rule exceeds them. */

import {
  type AddressSet,
  addressSet,
  allAddresses,
  coversAddresses,
  unionOfAddresses,
} from '../../network/address-set.ts';
import { parseCidr } from '../../network/cidr.ts';
import type { Family } from '../../network/ip-address.ts';
import { type PortSpec, type PortSpecs, portSpecs } from '../../network/ports.ts';
import { TRANSPORT_NUMBER } from '../../network/protocol.ts';
import { reachOf, trafficWhere } from '../../network/reach.ts';
import { readPorts } from '../../network/services.ts';
import { privateAddresses } from '../../network/special-addresses.ts';
import {
  ALL_TRAFFIC,
  differenceOfTraffic,
  isNoTraffic,
  NO_TRAFFIC,
  type Traffic,
  trafficOfValues,
  unionOfTraffic,
} from '../../network/traffic.ts';
import type { Peer, Rule } from '../rule.ts';
import { type Allowance, allowancesOf } from './allowance.ts';
import type { TrustedSources } from './trusted.ts';

/** One entry of `policy` in .tfsgrc.json. */
export interface PolicyDeclaration {
  /** Patterns of the names or addresses of groups. */
  readonly groups: readonly string[];
  /** One of the roles that there are. */
  readonly role?: string;
  readonly ingress?: readonly IngressDeclaration[];
}

export interface IngressDeclaration {
  /** As in options of checks: `80`, `"8000-8010"`, `"53/udp"`, `"ssh"`; absent for every protocol. */
  readonly ports?: readonly (number | string)[];
  /**
   * CIDR blocks, identifiers of groups and prefix lists, addresses of either in the configuration, patterns of names or addresses of groups, and
   * the words of `audiences`.
   */
  readonly from: readonly string[];
}

/** A policy ready for questions. */
export interface GroupPolicy {
  /** Whether a group of this name or address has it. */
  readonly isFor: (nameOrAddress: string) => boolean;
  readonly allowed: readonly AllowedIngress[];
}

/** Traffic that some peers may send. */
export interface AllowedIngress {
  readonly traffic: Traffic;
  readonly addresses: Readonly<Record<Family, AddressSet>>;
  /** What is allowed beside addresses: identities of allowances, and the words `groups`, `prefix-lists` and `self`. */
  readonly others: ReadonlySet<string>;
  /** Whether a group of a name or address is allowed by a pattern; undefined where there is no pattern. */
  readonly isGroup: ((nameOrAddress: string) => boolean) | undefined;
  /** `80, 443 from internet`. */
  readonly text: string;
}

/** Words that stand for many peers. */
export const audiences = ['internet', 'private', 'groups', 'prefix-lists', 'self'] as const;

const anybody = ['internet', 'groups', 'prefix-lists'];
const insiders = ['private', 'groups'];

/**
 * Ready-made policies. Ports are those of IANA's registry for the services named, and 8080 for an API behind a load balancer.
 *
 * Source: https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml
 */
export const roles = {
  web: [{ ports: ['80/tcp', '443'], from: anybody }],
  mail: [{ ports: ['25/tcp', '465/tcp', '587/tcp', '143/tcp', '993/tcp'], from: anybody }],
  api: [{ ports: ['8080/tcp'], from: anybody }],
  database: [{ ports: ['1433/tcp', '1521/tcp', '3306/tcp', '5432/tcp', '27017/tcp'], from: insiders }],
  cache: [{ ports: ['6379/tcp', '11211/tcp'], from: insiders }],
  bastion: [{ ports: ['22/tcp', '3389'], from: anybody }],
  internal: [{ from: insiders }],
} as const satisfies Readonly<Record<string, readonly IngressDeclaration[]>>;

/** Policies by name. */
export type Roles = Readonly<Record<string, readonly IngressDeclaration[]>>;

/** Whether a text in `from` is a pattern; the address of an instance has brackets too. */
export function isGroupPattern(text: string): boolean {
  return /[*?{]/.test(text);
}

/** Characters of an address with module calls around it; longer texts are checked no further. */
const MAX_SOURCE_LENGTH = 1000;

/** What is wrong with a text in `from`, as a sentence; undefined if nothing. */
export function sourceFault(text: string): string | undefined {
  if (text.length > MAX_SOURCE_LENGTH)
    return `A source can have at most ${MAX_SOURCE_LENGTH} characters; this one has ${text.length}.`;
  if (isAudience(text) || /^(?:sg|pl)-[0-9a-f]+$/.test(text) || /(?:^|\.)aws_[a-z_]+\.[\w-]+(?:\[.*\])?$/.test(text)) {
    return undefined;
  }
  const read = parseCidr(text);
  if (read.kind === 'canonical' || read.kind === 'spelling') return undefined;
  const kinds = `a CIDR block, "sg-...", "pl-...", a group's address or one of ${audiences.join(', ')}`;
  const reason = read.kind === 'invalid' && !/[/:]/.test(text) ? '' : ` ${reasonOf(read)}`;
  return `${JSON.stringify(text)} is not a source: expected ${kinds}.${reason}`;
}

function reasonOf(read: Exclude<ReturnType<typeof parseCidr>, { readonly kind: 'canonical' }>): string {
  return read.kind === 'invalid' ? `As a block: ${read.reason}.` : `Its block is ${read.canonical}.`;
}

const isAudience = (text: string): boolean => audiences.some((audience) => audience === text);

/** Whether a name or address matches some patterns. */
type MatcherOf = (patterns: readonly string[]) => (nameOrAddress: string) => boolean;

/** @param declaration without faults in its ports and sources; a role that is not known allows nothing */
export function groupPolicy(declaration: PolicyDeclaration, known: Roles, matcherOf: MatcherOf): GroupPolicy {
  const { groups, role, ingress = [] } = declaration;
  const ofRole = role !== undefined && Object.hasOwn(known, role) ? known[role]! : [];
  return { isFor: matcherOf(groups), allowed: [...ofRole, ...ingress].map((each) => allowedIngress(each, matcherOf)) };
}

function allowedIngress({ ports, from }: IngressDeclaration, matcherOf: MatcherOf): AllowedIngress {
  const patterns = from.filter(isGroupPattern);
  const cidrs = from.flatMap((text) => {
    const read = parseCidr(text);
    return read.kind === 'invalid' ? [] : [read.cidr];
  });
  const addressesOf = (family: Family): AddressSet => {
    if (from.includes('internet')) return allAddresses(family);
    const own = addressSet(
      family,
      cidrs.filter((cidr) => cidr.family === family),
    );
    if (!from.includes('private')) return own;
    return unionOfAddresses(family, [own, privateAddresses(family)]);
  };
  const others = from.flatMap((text) => {
    if (isGroupPattern(text)) return [];
    if (isAudience(text)) return text;
    const name = /^(?:sg|pl)-/.test(text) ? text : `${text}.id`;
    return [`group ${name}`, `prefix-list ${name}`];
  });
  return {
    traffic: ports === undefined ? ALL_TRAFFIC : declaredTraffic(ports),
    addresses: { 4: addressesOf(4), 6: addressesOf(6) },
    others: new Set(others),
    isGroup: patterns.length === 0 ? undefined : matcherOf(patterns),
    text: `${ports === undefined ? 'everything' : ports.join(', ')} from ${from.join(', ')}`,
  };
}

/** What blocks of trusted addresses may send; trusted groups and prefix lists are no peers of a policy. */
export function trustedIngress({ addresses }: TrustedSources): AllowedIngress {
  return { traffic: ALL_TRAFFIC, addresses, others: new Set(), isGroup: undefined, text: 'trusted sources' };
}

function specsOf(ports: readonly (number | string)[]): PortSpecs {
  return portSpecs(declaredPorts(ports));
}

/** @param ports as in options of checks, without faults */
export function declaredPorts(ports: readonly (number | string)[]): readonly PortSpec[] {
  return ports.flatMap((port) => {
    const read = readPorts(port);
    return read.kind === 'ports' ? read.specs : [];
  });
}

/** @param ports as in options of checks, without faults */
export function declaredTraffic(ports: readonly (number | string)[]): Traffic {
  const { tcp, udp } = specsOf(ports);
  return unionOfTraffic([trafficOfValues(TRANSPORT_NUMBER.tcp, tcp), trafficOfValues(TRANSPORT_NUMBER.udp, udp)]);
}

/** What a rule allows a peer beyond a policy. */
export interface UndeclaredTraffic {
  readonly allowance: Allowance;
  /** Surely more than the policy allows, if the rule exists. */
  readonly sure: Traffic;
  /** All that may be more; never empty. */
  readonly possible: Traffic;
  /** What the name of the peer's group waits for. */
  readonly nameReasons: readonly string[];
}

/** What is known of the names of the group that a peer is. */
export interface PeerNames {
  readonly names: readonly string[];
  /** What a name waits for that only apply knows; empty where all are known. */
  readonly reasons: readonly string[];
}

/** The names of a peer that is a group, the group itself included. */
export type NamesOfPeer = (peer: Peer) => PeerNames;

/**
 * Peer by peer. A prefix list of the configuration that is not allowed as such is as good as its entries.
 *
 * @param namesOf for patterns of groups
 */
export function undeclaredTrafficOf(
  rule: Rule,
  allowed: readonly AllowedIngress[],
  namesOf: NamesOfPeer,
  peers: readonly Peer[] = rule.peers,
): readonly UndeclaredTraffic[] {
  return allowancesOf(rule, peers).flatMap((allowance) => {
    const entries = allowance.peer.kind === 'prefix-list' ? allowance.peer.entries : undefined;
    const found = undeclaredBy(allowance, allowed, namesOf);
    if (found.length === 0 || entries === undefined) return found;
    return allowancesOf(rule, entries).flatMap((entry) => undeclaredBy(entry, allowed, namesOf));
  });
}

/** At most one. */
function undeclaredBy(
  allowance: Allowance,
  allowed: readonly AllowedIngress[],
  namesOf: NamesOfPeer,
): readonly UndeclaredTraffic[] {
  const { traffic, trafficReasons, peer } = allowance;
  const isOfGroup = peer.kind === 'group' || peer.kind === 'self';
  const hasPatterns = isOfGroup && allowed.some(({ isGroup }) => isGroup !== undefined);
  const { names, reasons } = hasPatterns ? namesOf(peer) : { names: [], reasons: [] };
  const byName = allowed.filter(({ isGroup }) => isGroup !== undefined && names.some(isGroup));
  const declared = unionOfTraffic([trafficFor(allowance, allowed), ...byName.map((each) => each.traffic)]);
  const possible = differenceOfTraffic(traffic, declared);
  // A name that is not known may match any pattern.
  const byAnyName = reasons.length > 0 ? allowed.filter(({ isGroup }) => isGroup !== undefined) : [];
  const some = [
    ...(isPeerKnown(allowance) ? [] : [trafficForSome(allowance, allowed)]),
    ...byAnyName.map((each) => each.traffic),
  ];
  const atMost = some.length === 0 ? possible : differenceOfTraffic(possible, unionOfTraffic(some));
  const sure = trafficReasons.length > 0 ? NO_TRAFFIC : atMost;
  return isNoTraffic(possible) ? [] : [{ allowance, sure, possible, nameReasons: reasons }];
}

const isPeerKnown = ({ identity, peerReasons }: Allowance): boolean =>
  identity !== undefined || peerReasons.length === 0;

/** What is surely allowed from the peer, whatever apply makes of it. */
function trafficFor({ addresses, identity, peer }: Allowance, allowed: readonly AllowedIngress[]): Traffic {
  const named = allowed.filter(({ others }) => isAllowedKind(others, peer.kind, identity));
  const openings = addresses === undefined ? [] : openingsOf(addresses.family, allowed);
  const open =
    addresses === undefined
      ? []
      : [trafficWhere(reachOf(addresses.family, openings), (whole) => coversAddresses(whole, addresses))];
  return unionOfTraffic([...named.map((each) => each.traffic), ...open]);
}

/** What is allowed from some peer that this one may turn out to be. */
function trafficForSome({ addresses, peer }: Allowance, allowed: readonly AllowedIngress[]): Traffic {
  const some = allowed.filter(({ addresses: each, others, isGroup }) => {
    if (addresses !== undefined) return each[addresses.family].intervals.length > 0;
    if (peer.kind === 'group' && isGroup !== undefined) return true;
    return [...others].some((other) => other.startsWith(peer.kind) || other === 'self');
  });
  return unionOfTraffic(some.map((each) => each.traffic));
}

function openingsOf(family: Family, allowed: readonly AllowedIngress[]) {
  return allowed.map((rule) => ({ traffic: rule.traffic, addresses: rule.addresses[family], rule }));
}

function isAllowedKind(
  others: ReadonlySet<string>,
  kind: Allowance['peer']['kind'],
  identity: string | undefined,
): boolean {
  if (identity !== undefined && others.has(identity)) return true;
  if (kind === 'group' || kind === 'self') return others.has('groups');
  return kind === 'prefix-list' && others.has('prefix-lists');
}
