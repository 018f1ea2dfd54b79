/** Which allowances overlap another one, without comparing all of them. */

import type { Interval, IntervalSet } from '../../network/interval.ts';
import type { Allowance } from './allowance.ts';

/** What has a first and a last number, to be asked for by an interval that it touches. */
interface Placed<T> extends Interval<number | bigint> {
  readonly item: T;
}

/** Intervals in order of their first number, each with the largest last number of the part of the order that it is the middle of. */
class IntervalIndex<T> {
  readonly #placed: readonly Placed<T>[];
  readonly #latest: (number | bigint)[] = [];

  constructor(placed: readonly Placed<T>[]) {
    this.#placed = [...placed].sort((a, b) => Number(a.first > b.first) - Number(a.first < b.first));
    this.#fill(0, placed.length);
  }

  /** Those that have a number in common with the interval. */
  *touching({ first, last }: Interval<number | bigint>): Iterable<T> {
    yield* this.#find(first, last, 0, this.#placed.length);
  }

  #fill(start: number, end: number): number | bigint | undefined {
    if (start >= end) return undefined;
    const middle = (start + end) >> 1;
    let latest: number | bigint = this.#placed[middle]!.last;
    for (const other of [this.#fill(start, middle), this.#fill(middle + 1, end)]) {
      if (other !== undefined && other > latest) latest = other;
    }
    this.#latest[middle] = latest;
    return latest;
  }

  *#find(first: number | bigint, last: number | bigint, start: number, end: number): Iterable<T> {
    if (start >= end) return;
    const middle = (start + end) >> 1;
    if (this.#latest[middle]! < first) return;
    yield* this.#find(first, last, start, middle);
    const at = this.#placed[middle]!;
    if (at.first > last) return;
    if (at.last >= first) yield at.item;
    yield* this.#find(first, last, middle + 1, end);
  }
}

/** Allowances by what they are for: a peer with an identity, or the blocks of a family from a first to a last address. */
export class OverlapIndex {
  /** By identity. */
  readonly #same = new Map<string, Allowance[]>();
  /** By family: for each range of addresses the allowances by their traffic. */
  readonly #blocks = new Map<number, IntervalIndex<IntervalIndex<Allowance>>>();

  constructor(allowances: readonly Allowance[]) {
    const ranges = new Map<number, Map<string, { readonly hull: Hull; readonly members: Placed<Allowance>[] }>>();
    for (const item of allowances) {
      if (item.identity !== undefined) {
        const same = this.#same.get(item.identity);
        if (same === undefined) this.#same.set(item.identity, [item]);
        else same.push(item);
      }
      const [hull, traffic] = [hullOf(item.addresses?.intervals), hullOf(item.traffic.points)];
      if (hull === undefined || traffic === undefined) continue;
      const { family } = item.addresses!;
      const ofFamily = ranges.get(family) ?? new Map();
      ranges.set(family, ofFamily);
      const key = `${hull.first}-${hull.last}`;
      const range = ofFamily.get(key) ?? { hull, members: [] };
      ofFamily.set(key, range);
      range.members.push({ first: traffic.first, last: traffic.last, item });
    }
    for (const [family, ofFamily] of ranges) {
      const placed = [...ofFamily.values()].map(({ hull: { first, last }, members }) => ({
        first,
        last,
        item: new IntervalIndex(members),
      }));
      this.#blocks.set(family, new IntervalIndex(placed));
    }
  }

  /** Those that may have something in common with one, each once or more, in no order. */
  *near({ identity, addresses, traffic }: Allowance): Iterable<Allowance> {
    if (identity !== undefined) yield* this.#same.get(identity) ?? [];
    const [hull, points] = [hullOf(addresses?.intervals), hullOf(traffic.points)];
    if (hull === undefined || points === undefined) return;
    for (const range of this.#blocks.get(addresses!.family)?.touching(hull) ?? []) yield* range.touching(points);
  }
}

type Hull = Interval<number | bigint>;

function hullOf(intervals: IntervalSet<number | bigint> | undefined): Hull | undefined {
  const [first] = intervals ?? [];
  return first === undefined ? undefined : { first: first.first, last: intervals!.at(-1)!.last };
}
