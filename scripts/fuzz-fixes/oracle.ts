/** What groups let in and out, asked point by point: slow, and without the algebra of sets that the fix engine compares by. */

import { ownerKey } from '../../src/model/owner-key.ts';
import { allowancesOf } from '../../src/model/questions/allowance.ts';
import { factOfPeer, type Peer, type Rule, trafficOf } from '../../src/model/rule.ts';
import type { SecurityGroupModel } from '../../src/model/security-group-model.ts';
import { parseCidr } from '../../src/network/cidr.ts';

/** Traffic, as a point of the axis of src/network/traffic.ts, from or to one address, or another peer. */
interface Probe {
  readonly point: number;
  readonly peer: bigint | string;
  readonly family: 4 | 6 | undefined;
}

/** The first probe that one state of a tree lets through and the other does not, in words; undefined where they are the same. */
export function differenceOf(
  before: readonly SecurityGroupModel[],
  after: readonly SecurityGroupModel[],
): string | undefined {
  for (const [index, model] of before.entries()) {
    const [was, is] = [optionGroupsOf(model), optionGroupsOf(after[index]!)];
    for (const key of new Set([...was.keys(), ...is.keys()])) {
      const [old, now] = [was.get(key) ?? [], is.get(key) ?? []];
      for (const probe of probesOf([...old, ...now])) {
        const [wasAdmitted, isAdmitted] = [old, now].map((rules) => rules.some((rule) => admits(rule, probe)));
        if (wasAdmitted !== isAdmitted) {
          return `${key}: ${probe.peer} at ${probe.point} was ${wasAdmitted ? '' : 'not '}let through`;
        }
      }
    }
  }
  return undefined;
}

function optionGroupsOf({ rules }: SecurityGroupModel): ReadonlyMap<string, readonly Rule[]> {
  const groups = new Map<string, Rule[]>();
  for (const rule of rules.filter((each) => !isRefused(each))) {
    // What does not surely exist, or is not known to be what it is, is a group by itself: it has to stay as it is.
    const reasons = [...new Set(allowancesOf(rule).flatMap((allowance) => allowance.reasons))].sort();
    const key = `${rule.direction} of ${ownerKey(rule.owner)}${reasons.length === 0 ? '' : ` if ${reasons.join()}`}`;
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return groups;
}

/** Whether the provider takes no block of a rule, because of one of them, or AWS does not take its traffic. */
function isRefused(rule: Rule): boolean {
  return (
    trafficOf(rule).kind === 'invalid' ||
    rule.peers.some((peer) => {
      if (peer.kind !== 'cidr' || peer.text.kind === 'unknown') return false;
      const read = parseCidr(peer.text.value);
      return read.kind === 'invalid' || read.kind === 'host-bits' || read.cidr.family !== peer.family;
    })
  );
}

/** Around each end of what rules have: between two of these points nothing changes. */
function* probesOf(rules: readonly Rule[]): Iterable<Probe> {
  const points = new Set(
    rules.flatMap((rule) => intervalsOf(rule).flatMap(({ first, last }) => [first - 1, first, last, last + 1])),
  );
  const peers = rules.flatMap((rule) => rule.peers);
  for (const family of [4, 6] as const) {
    const addresses = new Set(
      peers.flatMap((peer) => {
        const block = blockOf(peer);
        if (block?.family !== family) return [];
        return [block.first, block.last].flatMap((end) => [BigInt(end) - 1n, BigInt(end), BigInt(end) + 1n]);
      }),
    );
    for (const peer of addresses) for (const point of points) yield { point, peer, family };
  }
  const others = rules.flatMap((rule) =>
    rule.peers.flatMap((peer) => (blockOf(peer) === undefined ? nameOf(rule, peer) : [])),
  );
  for (const peer of new Set(others)) {
    for (const point of points) yield { point, peer, family: undefined };
  }
}

function admits(rule: Rule, { point, peer: wanted, family }: Probe): boolean {
  const hasTraffic = intervalsOf(rule).some(({ first, last }) => first <= point && point <= last);
  return (
    hasTraffic &&
    rule.peers.some((peer) => {
      const block = blockOf(peer);
      if (typeof wanted === 'string') return block === undefined && nameOf(rule, peer) === wanted;
      return block !== undefined && block.family === family && block.first <= wanted && wanted <= block.last;
    })
  );
}

const intervalsOf = (rule: Rule) => allowancesOf(rule)[0]?.traffic.points ?? [];

function blockOf(peer: Peer) {
  if (peer.kind !== 'cidr' || peer.text.kind === 'unknown') return undefined;
  const read = parseCidr(peer.text.value);
  return read.kind === 'invalid' ? undefined : read.cidr;
}

function nameOf({ owner }: Rule, peer: Peer): string {
  const fact = factOfPeer(peer);
  const reference = peer.kind === 'self' ? undefined : peer.reference;
  const value = fact.kind === 'known' ? fact.value : `unknown: ${fact.reasons.map(({ name }) => name).join()}`;
  // A group that names itself is what `self` says.
  if (owner.kind === 'group' && reference?.address === owner.address) return 'self true';
  return `${peer.kind} ${reference === undefined ? value : [reference.address, ...reference.path].join('.')}`;
}
