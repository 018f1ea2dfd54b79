/** What an ordered list of entries allows: the first that matches decides, and what none matches is denied. */

import {
  type AddressSet,
  coversAddresses,
  differenceOfAddresses,
  isEmptyAddresses,
  noAddresses,
  overlapsAddresses,
  unionOfAddresses,
} from './address-set.ts';
import type { Family } from './ip-address.ts';
import { type Opening, reachOf } from './reach.ts';
import { coversTraffic, overlapsTraffic, type Traffic, unionOfTraffic } from './traffic.ts';

/** An entry of one direction and family. */
export interface OrderedEntry<T> {
  /** Where it stands: the lowest comes first; undefined where that is unknown. Of entries with one number any can come first. */
  readonly number: number | undefined;
  /** Undefined where it is unknown. */
  readonly action: 'allow' | 'deny' | undefined;
  /** All that it can match. */
  readonly traffic: Traffic;
  readonly addresses: AddressSet;
  /** Whether it exists and matches all of that, whatever is still unknown. */
  readonly isCertain: boolean;
  /** Whatever the caller wants to find again. */
  readonly entry: T;
}

/** What comes of one entry in a range of traffic. */
export interface Share<T> {
  /** One interval of points. */
  readonly traffic: Traffic;
  readonly entry: T;
  /** Addresses for which the entry can be the one that decides: empty where earlier ones are certain to. */
  readonly reached: AddressSet;
  /** Addresses that are certain to be allowed because the entry allows them, whatever is unknown of the others. */
  readonly certain: AddressSet;
  /** Whether the entry allows, or may. */
  readonly mayAllow: boolean;
}

/** Traffic from, or to, addresses. */
export interface Region {
  readonly traffic: Traffic;
  readonly addresses: AddressSet;
}

/** What a list of entries lets through in one direction and family. */
export interface Allowed<T> {
  /** In order of traffic and then of the entries. */
  readonly shares: readonly Share<T>[];
  /** What is allowed, whatever is unknown. */
  readonly certain: readonly Region[];
  /** What is allowed in one case at least. */
  readonly possible: readonly Region[];
}

/** One sweep over the traffic, and in each range of it a walk through the entries, lowest number first. */
export function allowedBy<T>(family: Family, entries: readonly OrderedEntry<T>[]): Allowed<T> {
  const last = Number.POSITIVE_INFINITY;
  const sorted = [...entries].sort((a, b) => (a.number ?? last) - (b.number ?? last) || 0);
  const openings = sorted.map((rule): Opening<OrderedEntry<T>> => ({ ...rule, rule }));
  const ranges = reachOf(family, openings).map(({ traffic, openings: those }) =>
    sharesIn(
      family,
      traffic,
      those.map(({ rule }) => rule),
    ),
  );
  const regionsOf = (addressesOf: (share: Share<T>) => AddressSet): readonly Region[] =>
    ranges.flatMap((shares) => {
      const addresses = unionOfAddresses(family, shares.map(addressesOf));
      return isEmptyAddresses(addresses) ? [] : [{ traffic: shares[0]!.traffic, addresses }];
    });
  const none = noAddresses(family);
  return {
    shares: ranges.flat(),
    certain: regionsOf(({ certain }) => certain),
    possible: regionsOf(({ mayAllow, reached }) => (mayAllow ? reached : none)),
  };
}

/** @param entries that match the traffic, lowest number first, those without one last */
function sharesIn<T>(family: Family, traffic: Traffic, entries: readonly OrderedEntry<T>[]): readonly Share<T>[] {
  const shares: Share<T>[] = [];
  const add = (set: AddressSet, more: AddressSet): AddressSet => unionOfAddresses(family, [set, more]);
  // What earlier entries are certain to match, and what an entry may deny before the one that is looked at.
  let matched = noAddresses(family);
  let denied = noAddresses(family);
  for (const { number, action, addresses } of entries)
    if (number === undefined && action !== 'allow') denied = add(denied, addresses);
  for (let i = 0; i < entries.length; ) {
    const { number } = entries[i]!;
    const same = entries.slice(i).filter((each) => each.number === number);
    i += same.length;
    for (const { action, addresses } of same) if (action !== 'allow') denied = add(denied, addresses);
    for (const { action, addresses, isCertain, entry } of same) {
      const isSure = isCertain && action === 'allow';
      shares.push({
        traffic,
        entry,
        reached: number === undefined ? addresses : differenceOfAddresses(addresses, matched),
        certain: isSure ? differenceOfAddresses(addresses, denied) : noAddresses(family),
        mayAllow: action !== 'deny',
      });
    }
    for (const { addresses, isCertain } of same)
      if (isCertain && number !== undefined) matched = add(matched, addresses);
  }
  return shares;
}

/** Whether all of a region is in some regions of its family. */
export function coversRegion(regions: readonly Region[], { traffic, addresses }: Region): boolean {
  const covering = regions.filter((each) => coversAddresses(each.addresses, addresses));
  return coversTraffic(unionOfTraffic(covering.map((each) => each.traffic)), traffic);
}

/** Whether something of a region is in some regions of its family. */
export function overlapsRegion(regions: readonly Region[], { traffic, addresses }: Region): boolean {
  return regions.some((each) => overlapsTraffic(each.traffic, traffic) && overlapsAddresses(each.addresses, addresses));
}
