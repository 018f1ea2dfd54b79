/** The union of a group's rules, by traffic and addresses at once. */

import { type AddressSet, coversAddresses, overlapsAddresses, unionOfAddresses } from './address-set.ts';
import { type Interval, segmentsOf } from './interval.ts';
import type { Family } from './ip-address.ts';
import { coversTraffic, type Traffic, unionOfTraffic } from './traffic.ts';

/** What one rule, or one peer of it, allows from (or to) addresses of one family. */
export interface Opening<T> {
  readonly traffic: Traffic;
  readonly addresses: AddressSet;
  /** Whatever the caller wants to find again. */
  readonly rule: T;
}

/** Traffic that the same openings let through, and from which addresses they do so together. */
export interface Reach<T> {
  /** One interval of points. */
  readonly traffic: Traffic;
  readonly addresses: AddressSet;
  /** In the order given; one or more. */
  readonly openings: readonly Opening<T>[];
}

/**
 * Cuts the traffic that openings of one family let through into ranges which the same openings let through, in order; what
 * none lets through is left out. One sweep: at most twice as many ranges as openings have intervals, each at the cost of the
 * openings that are in it. Openings of the other family are passed over.
 *
 * Where some rules are not known before apply, ask twice: with what the known ones surely open, for `yes`, and with all that the
 * others may open beside it, for what is not `no`.
 */
export function reachOf<T>(family: Family, openings: readonly Opening<T>[]): readonly Reach<T>[] {
  const sets = openings.map(({ traffic, addresses }) =>
    addresses.family === family && addresses.intervals.length > 0 ? traffic.points : [],
  );
  return segmentsOf(sets).map(({ first, last, indices }) =>
    reach(
      family,
      { first, last },
      indices.map((index) => openings[index]!),
    ),
  );
}

/** The traffic that is let through from addresses for which `holds` is true, such as coversInternet. */
export function trafficWhere<T>(reaches: readonly Reach<T>[], holds: (addresses: AddressSet) => boolean): Traffic {
  return unionOfTraffic(reaches.filter(({ addresses }) => holds(addresses)).map(({ traffic }) => traffic));
}

/** Whether all that an opening lets through is let through by the ranges too, from all of its addresses. */
export function coversOpening<T>(
  reaches: readonly Reach<T>[],
  opening: Pick<Opening<unknown>, 'traffic' | 'addresses'>,
): boolean {
  const covered = trafficWhere(reaches, (addresses) => coversAddresses(addresses, opening.addresses));
  return coversTraffic(covered, opening.traffic);
}

/**
 * The openings that answer for a range being open to all of `target`: those that are so alone, or, if it takes several
 * together, each that has a part in it. Empty if they do not cover `target`.
 */
export function openingsBehind<T>(reach: Reach<T>, target: AddressSet): readonly Opening<T>[] {
  if (!coversAddresses(reach.addresses, target)) return [];
  const alone = reach.openings.filter(({ addresses }) => coversAddresses(addresses, target));
  return alone.length > 0 ? alone : reach.openings.filter(({ addresses }) => overlapsAddresses(addresses, target));
}

function reach<T>(family: Family, points: Interval, openings: readonly Opening<T>[]): Reach<T> {
  const addresses = unionOfAddresses(
    family,
    openings.map((opening) => opening.addresses),
  );
  const isSensitive = openings.some(({ traffic }) => traffic.isSensitive);
  return { traffic: { points: [points], isSensitive }, addresses, openings };
}
