/** Which allowances already allow what another one does. */

import { type AddressSet, coversAddresses, overlapsAddresses } from '../../network/address-set.ts';
import { type Opening, reachOf, trafficWhere } from '../../network/reach.ts';
import { coversTraffic, overlapsTraffic, unionOfTraffic } from '../../network/traffic.ts';
import { protocolOf } from '../rule.ts';
import { type Allowance, isSamePeer } from './allowance.ts';

/** How many comparisons of rules may still be made. */
export class Comparisons {
  #left: number;

  constructor(count: number) {
    this.#left = count;
  }

  get isOver(): boolean {
    return this.#left < 0;
  }

  /** Whether so many may be made; once they may not, none may. */
  spend(count: number): boolean {
    if (this.#left >= 0) this.#left -= count;
    return this.#left >= 0;
  }
}

/**
 * The allowances of others that allow all of `wanted`, whatever apply makes of it: one that does so alone, else all that have
 * a part in it. Empty where they do not surely allow it, or not all of it, or where there are no comparisons left.
 */
export function surelyAllowedBy(
  wanted: Allowance,
  others: readonly Allowance[],
  comparisons: Comparisons,
): readonly Allowance[] {
  return allowedBy(
    wanted,
    comparisons,
    others.filter(
      (other) => other.reasons.length === 0 && (other.identity !== undefined || other.peerReasons.length === 0),
    ),
    (addresses, whole) => coversAddresses(whole, addresses),
  );
}

/**
 * The same, where apply may still make it so. Only rules whose protocol is known are asked, and only peers that are known: any
 * unknown block may turn out to be the widest, which says nothing.
 */
export function possiblyAllowedBy(
  wanted: Allowance,
  others: readonly Allowance[],
  comparisons: Comparisons,
): readonly Allowance[] {
  return allowedBy(
    wanted,
    comparisons,
    others.filter(({ rule }) => protocolOf(rule) !== undefined),
    (addresses, whole) =>
      wanted.peerReasons.length === 0 ? coversAddresses(whole, addresses) : overlapsAddresses(whole, addresses),
  );
}

function allowedBy(
  wanted: Allowance,
  comparisons: Comparisons,
  others: readonly Allowance[],
  holds: (wanted: AddressSet, whole: AddressSet) => boolean,
): readonly Allowance[] {
  if (!comparisons.spend(others.length)) return [];
  const partners = others.filter((other) => {
    if (!overlapsTraffic(other.traffic, wanted.traffic)) return false;
    const addresses = addressesOf(other);
    return isSamePeer(other, wanted) || (addresses !== undefined && overlaps(addresses, wanted.addresses));
  });
  const covers = (some: readonly Allowance[]): boolean => {
    const same = some.filter((other) => isSamePeer(other, wanted)).map(({ traffic }) => traffic);
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
  // Each range of the traffic has the addresses of all partners in it.
  return comparisons.spend(partners.length ** 2) && covers(partners) ? partners : [];
}

const addressesOf = ({ addresses, peerReasons }: Allowance): AddressSet | undefined =>
  peerReasons.length === 0 ? addresses : undefined;

const overlaps = (a: AddressSet, b: AddressSet | undefined): boolean =>
  b !== undefined && a.family === b.family && overlapsAddresses(a, b);
