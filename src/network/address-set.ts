/** Sets of addresses of one family, as intervals: the blocks of one rule or of many. */

import { formatCount } from '../text/count.ts';
import { bitsOf, type Cidr, cidrOf, formatCidr } from './cidr.ts';
import {
  covers,
  difference,
  equals,
  type Interval,
  type IntervalSet,
  intersection,
  intervalSet,
  overlaps,
  size,
  union,
} from './interval.ts';
import type { Address, Family } from './ip-address.ts';

/** Addresses of one family. Operations on two sets need the same family and throw a TypeError otherwise. */
export interface AddressSet {
  readonly family: Family;
  /** Of numbers for IPv4, of bigints for IPv6. */
  readonly intervals: IntervalSet<Address>;
}

/** The addresses of all blocks, which may overlap. Blocks of the other family throw a TypeError. */
export function addressSet(family: Family, cidrs: Iterable<Cidr>): AddressSet {
  const intervals: Interval<Address>[] = [];
  for (const cidr of cidrs) {
    if (cidr.family !== family) throw new TypeError(`${formatCidr(cidr)} is not of IPv${family}`);
    intervals.push(cidr);
  }
  return { family, intervals: intervalSet(intervals) };
}

/** No address. */
export function noAddresses(family: Family): AddressSet {
  return { family, intervals: [] };
}

/** 0.0.0.0/0 or ::/0. */
export function allAddresses(family: Family): AddressSet {
  return addressSet(family, [cidrOf(family, 0, 0)]);
}

/** The addresses in at least one of the sets. */
export function unionOfAddresses(family: Family, sets: readonly AddressSet[]): AddressSet {
  for (const set of sets) sameFamily({ family }, set);
  return { family, intervals: union(sets.map((set) => set.intervals)) };
}

/** The addresses in both sets. */
export function intersectionOfAddresses(a: AddressSet, b: AddressSet): AddressSet {
  return { family: sameFamily(a, b), intervals: intersection(a.intervals, b.intervals) };
}

/** The addresses of `a` that are not in `b`. */
export function differenceOfAddresses(a: AddressSet, b: AddressSet): AddressSet {
  return { family: sameFamily(a, b), intervals: difference(a.intervals, b.intervals) };
}

/** The order of two sets of one family by their lowest addresses; neither is empty. */
export function compareLowest(a: AddressSet, b: AddressSet): number {
  const [first, second] = [a.intervals[0]!.first, b.intervals[0]!.first];
  return first < second ? -1 : Number(first > second);
}

/** The order of two sets by how many addresses they have. */
export function compareWidth(a: AddressSet, b: AddressSet): number {
  const [first, second] = [numberOfAddresses(a), numberOfAddresses(b)];
  return first < second ? -1 : Number(first > second);
}

/** Whether every address of `part` is in `whole`; true for an empty `part`. */
export function coversAddresses(whole: AddressSet, part: AddressSet): boolean {
  sameFamily(whole, part);
  return covers(whole.intervals, part.intervals);
}

/** Whether some address is in both sets. */
export function overlapsAddresses(a: AddressSet, b: AddressSet): boolean {
  sameFamily(a, b);
  return overlaps(a.intervals, b.intervals);
}

/** Whether the sets are of one family and have the same addresses. */
export function equalAddresses(a: AddressSet, b: AddressSet): boolean {
  return a.family === b.family && equals(a.intervals, b.intervals);
}

/** Whether there is no address in the set. */
export function isEmptyAddresses(set: AddressSet): boolean {
  return set.intervals.length === 0;
}

/** How many addresses: 2^32 for 0.0.0.0/0, 2^128 for ::/0. */
export function numberOfAddresses(set: AddressSet): bigint {
  return size(set.intervals);
}

/** The fewest blocks that make up the set, ascending. */
export function cidrsOf(set: AddressSet): readonly Cidr[] {
  return set.intervals.flatMap(({ first, last }) => blocksOf(set.family, BigInt(first), BigInt(last)));
}

/** `16,777,216 addresses`; from 2^64 up as a power of two, `2^80 addresses`, or `more than 2^80 addresses` where that is rounded down. */
export function describeAddresses(set: AddressSet): string {
  const number = numberOfAddresses(set);
  if (number < 1n << 64n) return formatCount(number, 'address', 'addresses');
  const exponent = number.toString(2).length - 1;
  return `${number === 1n << BigInt(exponent) ? '' : 'more than '}2^${exponent} addresses`;
}

/** The largest aligned block at the start of an interval, then the same for the rest. */
function blocksOf(family: Family, first: bigint, last: bigint): Cidr[] {
  const bits = bitsOf(family);
  const blocks: Cidr[] = [];
  for (let start = first; start <= last; ) {
    let host = 0;
    while (
      host < bits &&
      (start & ((1n << BigInt(host + 1)) - 1n)) === 0n &&
      start + (1n << BigInt(host + 1)) - 1n <= last
    )
      host++;
    blocks.push(cidrOf(family, start, bits - host));
    start += 1n << BigInt(host);
  }
  return blocks;
}

function sameFamily(a: Pick<AddressSet, 'family'>, b: AddressSet): Family {
  if (a.family !== b.family) throw new TypeError(`IPv${a.family} and IPv${b.family} addresses have no common set`);
  return a.family;
}
