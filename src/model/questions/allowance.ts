/** What a rule allows, peer by peer. */

import { type AddressSet, addressSet, allAddresses, unionOfAddresses } from '../../network/address-set.ts';
import { intervalsKey } from '../../network/interval.ts';
import type { Traffic } from '../../network/traffic.ts';
import type { Identity } from '../../terraform/values/value.ts';
import { type Fact, waitsFor } from '../fact.ts';
import { mostTrafficOf, type Peer, type Rule, trafficOf } from '../rule.ts';

/** What a rule allows one peer; where something is not known, the most that it can be. */
export interface Allowance {
  readonly rule: Rule;
  readonly peer: Peer;
  readonly traffic: Traffic;
  /** Undefined for a peer that is no block of addresses. For an unknown block all addresses of its family. */
  readonly addresses: AddressSet | undefined;
  /** Two peers of the same identity are the same, whatever apply makes of them; undefined where nothing is known of it. */
  readonly identity: string | undefined;
  /** What decides whether the rule exists at all; empty for a certain one. */
  readonly existsIf: readonly string[];
  /** What the traffic waits for, and the direction; empty for known ones. */
  readonly trafficReasons: readonly string[];
  /** Both of these. */
  readonly reasons: readonly string[];
  /** What the peer waits for; empty for a known one. */
  readonly peerReasons: readonly string[];
}

/**
 * Peers that AWS rejects, and rules with traffic that it rejects, allow nothing.
 *
 * @param peers those of the rule, or what stands for them, such as the entries of its prefix lists
 */
export function allowancesOf(rule: Rule, peers: readonly Peer[] = rule.peers): readonly Allowance[] {
  const traffic = trafficOf(rule);
  if (traffic.kind === 'invalid') return [];
  const existsIf = waitsFor(rule.existsIf);
  const trafficReasons = waitsFor(
    traffic.kind === 'unknown' ? traffic.reasons : undefined,
    rule.direction === 'unknown' ? [{ name: `${rule.resourceAddress}.type` }] : undefined,
  );
  const reasons = together(existsIf, trafficReasons);
  const most = traffic.kind === 'traffic' ? traffic.traffic : mostTrafficOf(rule);
  return peers.flatMap((peer) => {
    const of = allowedPeer(rule, peer);
    return of === undefined ? [] : { rule, peer, traffic: most, existsIf, trafficReasons, reasons, ...of };
  });
}

function allowedPeer(rule: Rule, peer: Peer): Pick<Allowance, 'addresses' | 'identity' | 'peerReasons'> | undefined {
  switch (peer.kind) {
    case 'cidr': {
      const { family, text, cidr, reference } = peer;
      if (text.kind === 'unknown') {
        const identity = reference && `cidr ${nameOf(reference)}`;
        return { addresses: allAddresses(family), identity, peerReasons: waitsFor(text.reasons) };
      }
      if (cidr === undefined || cidr.kind === 'invalid' || cidr.cidr.family !== family) return undefined;
      return { addresses: addressSet(family, [cidr.cidr]), identity: undefined, peerReasons: [] };
    }
    case 'self':
      return { addresses: undefined, identity: 'self', peerReasons: waitsOf(peer.value) };
    case 'group': {
      const isItself =
        rule.owner.kind === 'group' && peer.reference !== undefined && isGroup(peer.reference, rule.owner.address);
      if (isItself) return { addresses: undefined, identity: 'self', peerReasons: [] };
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
): Pick<Allowance, 'identity' | 'peerReasons'> {
  if (reference !== undefined) return { identity: `${kind} ${nameOf(reference)}`, peerReasons: [] };
  return { identity: id.kind === 'known' ? `${kind} ${id.value}` : undefined, peerReasons: waitsOf(id) };
}

const isGroup = ({ address, path }: Identity, group: string): boolean =>
  address === group && path.length === 1 && path[0] === 'id';

const nameOf = ({ address, path }: Identity): string => [address, ...path].join('.');

const waitsOf = (fact: Fact<unknown>): readonly string[] => (fact.kind === 'unknown' ? waitsFor(fact.reasons) : []);

/** All that an allowance waits for, its peer included; empty for a certain one. */
export function allReasons({ reasons, peerReasons }: Allowance): readonly string[] {
  return together(reasons, peerReasons);
}

/** What it waits for if its rule exists: empty for one of which only that is not known. */
export function contentReasons({ trafficReasons, peerReasons }: Allowance): readonly string[] {
  return together(trafficReasons, peerReasons);
}

/** Both lists, each of which is sorted and has everything once, as one that does. */
function together(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  return [...new Set([...a, ...b])].sort();
}

/** Whether two allowances are for the same peer, other than a known block of addresses. */
export function isSamePeer(a: Allowance, b: Allowance): boolean {
  return a.identity !== undefined && a.identity === b.identity;
}

/** An allowance as a text that is the same for the same allowance of the same direction; undefined where its peer is not known. */
export function allowanceKey(allowance: Allowance): string | undefined {
  const { identity, addresses, peerReasons, rule, traffic } = allowance;
  if (identity === undefined && peerReasons.length > 0) return undefined;
  const peer = identity ?? (addresses === undefined ? '' : `${addresses.family} ${intervalsKey(addresses.intervals)}`);
  return `${rule.direction}\n${intervalsKey(traffic.points)}\n${peer}`;
}

/** The peers of a rule as a text that is the same for the same peers; undefined where they are not known. */
export function peersKey(allowances: readonly Allowance[]): string | undefined {
  if (allowances.some(({ identity, peerReasons }) => identity === undefined && peerReasons.length > 0))
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
