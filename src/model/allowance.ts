/** What a rule allows, peer by peer, and which rules allow that already. */

import type { Identity } from '../terraform/value.ts';
import {
  type AddressSet,
  addressSet,
  allAddresses,
  coversAddresses,
  overlapsAddresses,
  unionOfAddresses,
} from './address-set.ts';
import { type Fact, waitsFor } from './fact.ts';
import type { IntervalSet } from './interval.ts';
import { type Opening, reachOf, trafficWhere } from './reach.ts';
import { type Peer, protocolOf, type Rule, trafficOf } from './rule.ts';
import {
  ALL_TRAFFIC,
  coversTraffic,
  overlapsTraffic,
  type Traffic,
  trafficOfProtocol,
  unionOfTraffic,
} from './traffic.ts';

/** What a rule allows one peer; where something is not known, the most that it can be. */
export interface Allowance {
  readonly rule: Rule;
  readonly peer: Peer;
  readonly traffic: Traffic;
  /** Undefined for a peer that is no block of addresses. For an unknown block all addresses of its family. */
  readonly addresses: AddressSet | undefined;
  /** Two peers of the same identity are the same, whatever apply makes of them; undefined where nothing is known of it. */
  readonly identity: string | undefined;
  /** What the traffic and the existence of the rule wait for; empty for a certain one. */
  readonly because: readonly string[];
  /** What the peer waits for; empty for a known one. */
  readonly peerBecause: readonly string[];
}

/** Peers that AWS refuses, and rules with traffic that it refuses, allow nothing. */
export function allowancesOf(rule: Rule): readonly Allowance[] {
  const traffic = trafficOf(rule);
  if (traffic.kind === 'invalid') return [];
  const protocol = protocolOf(rule);
  const widest = protocol === undefined ? ALL_TRAFFIC : trafficOfProtocol(protocol);
  const because = waitsFor(
    rule.possible,
    traffic.kind === 'unknown' ? traffic.because : undefined,
    rule.direction === 'unknown' ? [{ name: `${rule.subject}.type` }] : undefined,
  );
  return rule.peers.flatMap((peer) => {
    const of = allowedPeer(rule, peer);
    return of === undefined
      ? []
      : { rule, peer, traffic: traffic.kind === 'traffic' ? traffic.traffic : widest, because, ...of };
  });
}

function allowedPeer(rule: Rule, peer: Peer): Pick<Allowance, 'addresses' | 'identity' | 'peerBecause'> | undefined {
  switch (peer.kind) {
    case 'cidr': {
      const { family, text, cidr, reference } = peer;
      if (text.kind === 'unknown') {
        const identity = reference && `cidr ${nameOf(reference)}`;
        return { addresses: allAddresses(family), identity, peerBecause: waitsFor(text.because) };
      }
      if (cidr === undefined || cidr.kind === 'invalid' || cidr.cidr.family !== family) return undefined;
      return { addresses: addressSet(family, [cidr.cidr]), identity: undefined, peerBecause: [] };
    }
    case 'self':
      return { addresses: undefined, identity: 'self', peerBecause: waitsOf(peer.value) };
    case 'group': {
      const isItself =
        rule.owner.kind === 'group' && peer.reference !== undefined && isGroup(peer.reference, rule.owner.address);
      if (isItself) return { addresses: undefined, identity: 'self', peerBecause: [] };
      return { addresses: undefined, ...identified('group', peer.id, peer.reference) };
    }
    case 'prefix-list':
      return { addresses: undefined, ...identified('prefix-list', peer.id, peer.reference) };
  }
}

function identified(
  kind: string,
  id: Fact<string>,
  reference: Identity | undefined,
): Pick<Allowance, 'identity' | 'peerBecause'> {
  if (reference !== undefined) return { identity: `${kind} ${nameOf(reference)}`, peerBecause: [] };
  return { identity: id.kind === 'known' ? `${kind} ${id.value}` : undefined, peerBecause: waitsOf(id) };
}

const isGroup = ({ address, path }: Identity, group: string): boolean =>
  address === group && path.length === 1 && path[0] === 'id';

const nameOf = ({ address, path }: Identity): string => [address, ...path].join('.');

const waitsOf = (fact: Fact<unknown>): readonly string[] => (fact.kind === 'unknown' ? waitsFor(fact.because) : []);

/** Whether two allowances can have something in common: false for most, at the cost of a few comparisons. */
export function mayOverlap(a: Allowance, b: Allowance): boolean {
  if (isSame(a, b)) return true;
  const [left, right] = [a.addresses?.intervals, b.addresses?.intervals];
  if (left === undefined || right === undefined || a.addresses?.family !== b.addresses?.family) return false;
  return isNear(left, right) && isNear(a.traffic.points, b.traffic.points);
}

function isNear(a: IntervalSet<number | bigint>, b: IntervalSet<number | bigint>): boolean {
  const [firstOfA, firstOfB] = [a[0], b[0]];
  if (firstOfA === undefined || firstOfB === undefined) return false;
  return firstOfA.first <= b[b.length - 1]!.last && firstOfB.first <= a[a.length - 1]!.last;
}

/**
 * The allowances of others that allow all of `wanted`, whatever apply makes of it: one that does so alone, else all that have
 * a part in it. Empty where they do not surely allow it, or not all of it.
 */
export function surelyAllowedBy(wanted: Allowance, others: readonly Allowance[]): readonly Allowance[] {
  return allowedBy(
    wanted,
    others.filter(
      (other) => other.because.length === 0 && (other.identity !== undefined || other.peerBecause.length === 0),
    ),
    (addresses, whole) => coversAddresses(whole, addresses),
  );
}

/**
 * The same, where apply may still make it so. Only rules whose protocol is known are asked, and only peers that are known: any
 * unknown block may turn out to be the widest, which says nothing.
 */
export function possiblyAllowedBy(wanted: Allowance, others: readonly Allowance[]): readonly Allowance[] {
  return allowedBy(
    wanted,
    others.filter(({ rule }) => protocolOf(rule) !== undefined),
    (addresses, whole) =>
      wanted.peerBecause.length === 0 ? coversAddresses(whole, addresses) : overlapsAddresses(whole, addresses),
  );
}

function allowedBy(
  wanted: Allowance,
  others: readonly Allowance[],
  holds: (wanted: AddressSet, whole: AddressSet) => boolean,
): readonly Allowance[] {
  const partners = others.filter((other) => {
    if (!overlapsTraffic(other.traffic, wanted.traffic)) return false;
    const addresses = addressesOf(other);
    return isSame(other, wanted) || (addresses !== undefined && overlaps(addresses, wanted.addresses));
  });
  const covers = (some: readonly Allowance[]): boolean => {
    const same = some.filter((other) => isSame(other, wanted)).map(({ traffic }) => traffic);
    const target = wanted.addresses;
    if (target === undefined) return coversTraffic(unionOfTraffic(same), wanted.traffic);
    const openings = some.flatMap((rule): Opening<Allowance>[] => {
      const addresses = addressesOf(rule);
      return addresses === undefined ? [] : [{ traffic: rule.traffic, addresses, rule }];
    });
    const open = trafficWhere(reachOf(target.family, openings), (whole) => holds(target, whole));
    return coversTraffic(unionOfTraffic([...same, open]), wanted.traffic);
  };
  const alone = partners.find((partner) => covers([partner]));
  if (alone !== undefined) return [alone];
  return covers(partners) ? partners : [];
}

const addressesOf = ({ addresses, peerBecause }: Allowance): AddressSet | undefined =>
  peerBecause.length === 0 ? addresses : undefined;

const isSame = (a: Allowance, b: Allowance): boolean => a.identity !== undefined && a.identity === b.identity;

const overlaps = (a: AddressSet, b: AddressSet | undefined): boolean =>
  b !== undefined && a.family === b.family && overlapsAddresses(a, b);

/** What the rule allows, as a text that is the same for rules which surely allow the same; undefined where nothing is sure. */
export function allowanceKey(allowances: readonly Allowance[]): string | undefined {
  const [first] = allowances;
  const peers = peersKey(allowances);
  if (first === undefined || peers === undefined || first.because.length > 0) return undefined;
  const traffic = first.traffic.points.map((interval) => `${interval.first}-${interval.last}`);
  return [first.rule.direction, ...traffic, peers].join('\n');
}

/** The peers of a rule as a text that is the same for the same peers; undefined where they are not known. */
export function peersKey(allowances: readonly Allowance[]): string | undefined {
  if (allowances.some(({ identity, peerBecause }) => identity === undefined && peerBecause.length > 0))
    return undefined;
  const blocks = ([4, 6] as const).flatMap((family) => {
    const sets = allowances.flatMap(({ addresses, identity }) =>
      identity === undefined && addresses?.family === family ? [addresses] : [],
    );
    return unionOfAddresses(family, sets).intervals.map((interval) => `${family} ${interval.first}-${interval.last}`);
  });
  const identities = [...new Set(allowances.flatMap(({ identity }) => identity ?? []))].sort();
  return [...blocks, ...identities].join('\n');
}
