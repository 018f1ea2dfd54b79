/** Sources of ingress rules with more addresses than a limit; adjacent blocks of a rule are counted together. */

import { groupBy } from '../../collections/group-by.ts';
import {
  type AddressSet,
  compareLowest,
  differenceOfAddresses,
  numberOfAddresses,
  unionOfAddresses,
} from '../../network/address-set.ts';
import { bitsOf } from '../../network/cidr.ts';
import type { IntervalSet } from '../../network/interval.ts';
import type { Address, Family } from '../../network/ip-address.ts';
import { differenceOfTraffic, isNoTraffic, type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import { type CidrPeer, hasRefusedBlock, type Rule } from '../rule.ts';
import type { RuleSet } from '../security-group.ts';
import { type BlockAllowance, blockAllowancesOf } from './exposure.ts';
import { type TrustedSources, untrustedPeers } from './trusted.ts';

export interface WidthLimit {
  readonly family: Family;
  /** The longest prefix that passes: as many addresses as one block with it has are not too many. */
  readonly maxPrefix: number;
  /** The part of a block that counts; a block without such a part is passed over. */
  readonly partOf: (block: AddressSet) => AddressSet;
  /** Traffic that any source may send. */
  readonly harmless: Traffic;
  /** Sources that don't count. */
  readonly trusted: TrustedSources;
}

/** Sources of one rule whose addresses touch or overlap, or one that is not known. */
export interface WideSource {
  readonly rule: Rule;
  /** The widest first, and the lower of two that are as wide. */
  readonly peers: readonly [CidrPeer, ...CidrPeer[]];
  /** The part that counts, more than the limit; undefined where it is not known. */
  readonly addresses: AddressSet | undefined;
  /** All that the rule opens; where something is not known, the most that it can be. */
  readonly traffic: Traffic;
  /** What it waits for; empty for one that is certain if its rule exists. */
  readonly reasons: readonly string[];
  /** What decides whether the rule exists; empty for a certain one. */
  readonly existsIf: readonly string[];
}

/**
 * Passes over rules that Terraform rejects for their sources, and those that open nothing beyond what is harmless or what the whole internet reaches anyway. So it does
 * over the ranges that a provider publishes: who names a service of its wants all of its addresses.
 */
export function* wideSourcesIn(ruleSet: RuleSet, limit: WidthLimit): Iterable<WideSource> {
  let exposures: ReadonlyMap<Rule, readonly Traffic[]> | undefined;
  for (const rule of ruleSet.rules) {
    if (rule.direction === 'egress' || isNarrow(rule, limit) || hasRefusedBlock(rule)) continue;
    const peers = untrustedPeers(rule, limit.trusted);
    const blocks = blockAllowancesOf(rule, peers).filter(({ peer }) => peer.family === limit.family);
    const [first] = blocks;
    if (first === undefined) continue;
    const { traffic } = first;
    exposures ??= exposuresByRule(ruleSet, limit.family);
    const passed = unionOfTraffic([limit.harmless, ...(exposures.get(rule) ?? [])]);
    if (isNoTraffic(differenceOfTraffic(traffic, passed))) continue;
    yield* runsOf(blocks, limit);
    for (const { peer, isNetwork, isPublished, reasons, existsIf } of blocks) {
      if (peer.text.kind === 'known' || isPublished) continue;
      if (peer.prefix === undefined ? !isNetwork : peer.prefix < limit.maxPrefix)
        yield { rule, peers: [peer], addresses: undefined, traffic, reasons, existsIf };
    }
  }
}

/** Whether a rule surely has no more addresses than the limit, even if no two of its blocks had any in common. Most rules have not. */
function isNarrow({ peers }: Rule, { family, maxPrefix }: WidthLimit): boolean {
  let shortest: number = bitsOf(family);
  let count = 0;
  for (const peer of peers) {
    if (peer.kind === 'prefix-list') return false;
    if (peer.kind !== 'cidr' || peer.family !== family) continue;
    if (peer.cidr === undefined || peer.cidr.kind === 'invalid') return false;
    shortest = Math.min(shortest, peer.cidr.cidr.prefix);
    count++;
  }
  return count <= 2 ** (shortest - maxPrefix);
}

/** What each rule's blocks of a family open to the whole internet, by themselves or with those of other rules. */
function exposuresByRule(ruleSet: RuleSet, family: Family): ReadonlyMap<Rule, readonly Traffic[]> {
  const found = new Map<Rule, Traffic[]>();
  for (const exposure of ruleSet.exposures('ingress')) {
    if (exposure.answer !== 'yes' || exposure.peer.family !== family) continue;
    for (const rule of new Set([exposure, ...exposure.partners].map((part) => part.rule))) {
      const traffic = found.get(rule);
      if (traffic === undefined) found.set(rule, [exposure.traffic]);
      else traffic.push(exposure.traffic);
    }
  }
  return found;
}

/** Index of the last interval that begins at or before an address. */
function lastUpTo(intervals: IntervalSet<Address>, address: Address): number {
  let [from, to] = [0, intervals.length];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (intervals[middle]!.first <= address) from = middle;
    else to = middle;
  }
  return from;
}

/** @param blocks of one rule */
function runsOf(
  blocks: readonly BlockAllowance[],
  { family, maxPrefix, partOf, trusted }: WidthLimit,
): readonly WideSource[] {
  const sources = blocks
    .filter(({ peer }) => peer.text.kind === 'known')
    .map((block) => ({ ...block, part: differenceOfAddresses(partOf(block.addresses), trusted.addresses[family]) }))
    .filter(({ part }) => part.intervals.length > 0)
    .sort(
      ({ addresses: a }, { addresses: b }) =>
        Number(numberOfAddresses(b) - numberOfAddresses(a)) || compareLowest(a, b),
    );
  const whole = unionOfAddresses(
    family,
    sources.map(({ addresses }) => addresses),
  );
  const limit = 1n << BigInt(bitsOf(family) - maxPrefix);
  // A block lies in one interval of the whole.
  const bySpan = groupBy(sources, ({ addresses }) => lastUpTo(whole.intervals, addresses.intervals[0]!.first));
  return whole.intervals.flatMap((_, position) => {
    const inside = bySpan.get(position);
    if (inside === undefined) return [];
    const [widest, ...others] = inside;
    const addresses = unionOfAddresses(
      family,
      inside.map(({ part }) => part),
    );
    if (numberOfAddresses(addresses) <= limit) return [];
    const { rule, traffic, existsIf, contentReasons } = widest;
    const waits = contentReasons.length === 0 ? { reasons: [] } : { reasons: widest.reasons };
    const peers = [widest.peer, ...others.map(({ peer }) => peer)] as const;
    return { rule, peers, addresses, traffic, existsIf, ...waits };
  });
}
