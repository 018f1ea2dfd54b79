/** Sets of whole numbers as sorted intervals: what addresses, ports and traffic are made of. */

/** The whole numbers from `first` to `last`, both included; `first <= last`. */
export interface Interval<T extends number | bigint = number> {
  readonly first: T;
  readonly last: T;
}

/**
 * A set of numbers: its intervals in ascending order, with a gap of at least one number between neighbours. So two sets
 * are equal exactly if their intervals are. Numbers stay below 2^53.
 */
export type IntervalSet<T extends number | bigint = number> = readonly Interval<T>[];

/** The set of all numbers in some intervals, which may overlap, touch and come in any order. */
export function intervalSet<T extends number | bigint>(intervals: Iterable<Interval<T>>): IntervalSet<T> {
  const sorted = [...intervals].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const set: Interval<T>[] = [];
  let open: Interval<T> | undefined;
  for (const { first, last } of sorted) {
    if (open === undefined) open = { first, last };
    else if (first <= open.last || first === after(open.last)) {
      if (last > open.last) open = { first: open.first, last };
    } else {
      set.push(open);
      open = { first, last };
    }
  }
  if (open !== undefined) set.push(open);
  return set;
}

/** The numbers that are in at least one of the sets. */
export function union<T extends number | bigint>(sets: readonly IntervalSet<T>[]): IntervalSet<T> {
  const filled = sets.filter((set) => set.length > 0);
  return filled.length === 1 ? filled[0]! : intervalSet(filled.flat());
}

/** The numbers that are in both sets. */
export function intersection<T extends number | bigint>(a: IntervalSet<T>, b: IntervalSet<T>): IntervalSet<T> {
  const set: Interval<T>[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i]!;
    const right = b[j]!;
    if (left.first <= right.last && right.first <= left.last) {
      const { first } = left.first < right.first ? right : left;
      const { last } = left.last < right.last ? left : right;
      set.push({ first, last });
    }
    if (left.last < right.last) i++;
    else j++;
  }
  return set;
}

/** The numbers of `a` that are not in `b`. */
export function difference<T extends number | bigint>(a: IntervalSet<T>, b: IntervalSet<T>): IntervalSet<T> {
  const set: Interval<T>[] = [];
  let j = 0;
  for (const { first, last } of a) {
    let rest = first;
    while (j < b.length && b[j]!.last < rest) j++;
    let k = j;
    for (; k < b.length && b[k]!.first <= last; k++) {
      if (b[k]!.first > rest) set.push({ first: rest, last: before(b[k]!.first) });
      rest = after(b[k]!.last);
    }
    if (rest <= last) set.push({ first: rest, last });
    j = Math.max(j, k - 1);
  }
  return set;
}

/** Whether every number of `part` is in `whole`. True for an empty `part`. */
export function covers<T extends number | bigint>(whole: IntervalSet<T>, part: IntervalSet<T>): boolean {
  let i = 0;
  for (const { first, last } of part) {
    while (i < whole.length && whole[i]!.last < first) i++;
    if (i === whole.length || whole[i]!.first > first || whole[i]!.last < last) return false;
  }
  return true;
}

/** Whether some number is in both sets. */
export function overlaps<T extends number | bigint>(a: IntervalSet<T>, b: IntervalSet<T>): boolean {
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]!.last < b[j]!.first) i++;
    else if (b[j]!.last < a[i]!.first) j++;
    else return true;
  }
  return false;
}

/** Whether the two sets have the same numbers. */
export function equals<T extends number | bigint>(a: IntervalSet<T>, b: IntervalSet<T>): boolean {
  return (
    a.length === b.length && a.every(({ first, last }, index) => first === b[index]!.first && last === b[index]!.last)
  );
}

/** A text that is the same for equal sets alone. */
export function intervalsKey(set: IntervalSet<number | bigint>): string {
  return set.map(({ first, last }) => `${first}-${last}`).join();
}

/** How many numbers are in the set. */
export function size(set: IntervalSet<number | bigint>): bigint {
  return set.reduce((sum, { first, last }) => sum + BigInt(last) - BigInt(first) + 1n, 0n);
}

function after<T extends number | bigint>(value: T): T {
  return (typeof value === 'bigint' ? value + 1n : Number(value) + 1) as T;
}

function before<T extends number | bigint>(value: T): T {
  return (typeof value === 'bigint' ? value - 1n : Number(value) - 1) as T;
}

/** Numbers that are in the same ones of several sets. */
export interface Segment extends Interval {
  /** Of these sets, ascending; one or more. */
  readonly indices: readonly number[];
}

/** Cuts what is in at least one of the sets into segments, in order. One sweep: at most twice as many as the sets have intervals. */
export function segmentsOf(sets: readonly IntervalSet[]): readonly Segment[] {
  const edges = sets
    .flatMap((set, index) =>
      set.flatMap(({ first, last }) => [
        { at: first, index, opens: true },
        { at: last + 1, index, opens: false },
      ]),
    )
    .sort((a, b) => a.at - b.at);
  const segments: Segment[] = [];
  const open = new Set<number>();
  for (let i = 0; i < edges.length; ) {
    const { at } = edges[i]!;
    for (; i < edges.length && edges[i]!.at === at; i++) {
      if (edges[i]!.opens) open.add(edges[i]!.index);
      else open.delete(edges[i]!.index);
    }
    if (open.size > 0) segments.push({ first: at, last: edges[i]!.at - 1, indices: [...open].sort((a, b) => a - b) });
  }
  return segments;
}
