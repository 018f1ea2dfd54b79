/** How AWS counts a group's rules against the quota of rules per group. */

import type { Family } from '../../network/ip-address.ts';
import type { PrefixList } from '../aws/prefix-list.ts';
import { known, waitsFor } from '../fact.ts';
import { type Direction, ownerReasons, type Rule, trafficOf } from '../rule.ts';
import { type Allowance, allowanceKey, allowancesOf } from './allowance.ts';

/** More rules than the quota in one direction and family. */
export interface QuotaExcess {
  readonly direction: Direction;
  readonly family: Family;
  /** Of the certain rules if these are too many already, else of all that there may be. */
  readonly count: number;
  /** Whether something sensitive is in the count. */
  readonly isSensitive: boolean;
  /** One of them. */
  readonly rule: Rule;
  /** What decides whether there are so many; empty where it is certain. */
  readonly reasons: readonly string[];
}

/**
 * What a group has too much of, by direction and family, IPv4 first.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 *
 * @param rules of one group
 * @param max how many rules a group may have in one direction, for IPv4 and for IPv6 each
 * @param lists the prefix lists of the configuration
 */
export function quotaExcessesOf(
  rules: readonly Rule[],
  max: number,
  lists: readonly PrefixList[],
): readonly QuotaExcess[] {
  // Each peer counts once, but for prefix lists.
  const isFew = rules.reduce((sum, { peers }) => sum + peers.length, 0) <= max;
  if (isFew && rules.every(({ peers }) => peers.every(({ kind }) => kind !== 'prefix-list'))) return [];
  const byAddress = new Map(lists.map((list) => [list.address, list]));
  const counted = countedOf(rules);
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    ([4, 6] as const).flatMap((family) => {
      const entries = counted
        .filter(({ allowance }) => allowance.rule.direction === direction)
        .map(({ allowance, reasons }) => ({ allowance, reasons, count: countOf(allowance, family, byAddress) }))
        .filter(({ count }) => count > 0);
      const certain = entries.filter(({ reasons }) => reasons.length === 0);
      const some = total(certain) > max ? certain : entries;
      const [first] = some;
      if (first === undefined || total(some) <= max) return [];
      const reasons = [...new Set(some.flatMap((entry) => entry.reasons))].sort();
      const isSensitive = some.some(({ allowance }) => hasSensitiveSize(allowance, byAddress));
      return { direction, family, count: total(some), isSensitive, rule: first.allowance.rule, reasons };
    }),
  );
}

const total = (entries: readonly { readonly count: number }[]): number =>
  entries.reduce((sum, { count }) => sum + count, 0);

/** What counts, and what decides whether it is there. */
interface Counted {
  readonly allowance: Allowance;
  readonly reasons: readonly string[];
}

/** AWS counts each source by itself, and a rule that is there twice once. What is not known to be a rule counts nothing. */
function countedOf(rules: readonly Rule[]): readonly Counted[] {
  const seen = new Set<string>();
  return rules.flatMap((rule) => {
    if (rule.isOpenEnded) return [];
    const reasons = waitsFor(rule.existsIf, ownerReasons(rule));
    const isKnown = trafficOf(rule).kind === 'traffic';
    return allowancesOf(rule).flatMap((allowance) => {
      const key = isKnown ? allowanceKey(allowance) : undefined;
      return key !== undefined && seen.size === seen.add(key).size ? [] : { allowance, reasons };
    });
  });
}

/** Whether it counts for a number that is sensitive. */
function hasSensitiveSize({ peer }: Allowance, lists: ReadonlyMap<string, PrefixList>): boolean {
  if (peer.kind !== 'prefix-list' || peer.reference === undefined) return false;
  return lists.get(peer.reference.address)?.maxEntries.isSensitive === true;
}

/** A group counts in both families; a prefix list in its own: one of the configuration for as many entries as it may have, one of AWS by its weight. */
function countOf({ peer }: Allowance, family: Family, lists: ReadonlyMap<string, PrefixList>): number {
  switch (peer.kind) {
    case 'cidr':
      // What waits to be known may be a whole list of blocks, or none.
      return peer.family === family && (peer.text.kind === 'known' || peer.reference !== undefined) ? 1 : 0;
    case 'self':
      return peer.value.kind === 'known' ? 1 : 0;
    case 'group':
      return peer.id.kind === 'known' || peer.reference !== undefined ? 1 : 0;
    case 'prefix-list': {
      if (peer.managed !== undefined) return peer.managed.family === family ? peer.managed.weight : 0;
      const list = peer.reference === undefined ? undefined : lists.get(peer.reference.address);
      if (list === undefined) return peer.id.kind === 'known' ? 1 : 0;
      const listFamily = known(list.addressFamily) === 'IPv6' ? 6 : 4;
      return listFamily === family ? (known(list.maxEntries) ?? 1) : 0;
    }
  }
}
