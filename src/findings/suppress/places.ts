/** The places of findings, by check and file. */

import { groupBy } from '../../collections/group-by.ts';
import type { TextRange } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';

/** A place of a finding of a check. */
export interface CheckPlace {
  readonly check: string;
  readonly span: Span;
}

/** Those of one check in one file. */
interface Sorted {
  /** By where they start. */
  readonly spans: readonly Span[];
  /** By index: the least end of this place and those after it. */
  readonly leastEnds: readonly number[];
}

export class Places {
  readonly #places: ReadonlyMap<string, readonly CheckPlace[]>;
  readonly #sorted = new Map<string, Sorted>();

  constructor(places: readonly CheckPlace[]) {
    this.#places = groupBy(places, ({ check, span }) => keyOf(check, span.file.path));
  }

  /** The first place of a check that lies in a range of a file. */
  firstIn(check: string, path: string, { start, end }: TextRange): Span | undefined {
    const { spans, leastEnds } = this.#sortedOf(keyOf(check, path));
    let low = 0;
    let high = spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (spans[middle]!.start < start) low = middle + 1;
      else high = middle;
    }
    if (low === spans.length || leastEnds[low]! > end) return undefined;
    while (spans[low]!.end > end) low += 1;
    return spans[low];
  }

  #sortedOf(key: string): Sorted {
    let sorted = this.#sorted.get(key);
    if (sorted === undefined) {
      const spans = (this.#places.get(key) ?? []).map(({ span }) => span).sort((a, b) => a.start - b.start);
      let least = Number.POSITIVE_INFINITY;
      const leastEnds = spans.map(({ end }) => end);
      for (let at = leastEnds.length - 1; at >= 0; at -= 1) {
        least = Math.min(least, leastEnds[at]!);
        leastEnds[at] = least;
      }
      sorted = { spans, leastEnds };
      this.#sorted.set(key, sorted);
    }
    return sorted;
  }
}

const keyOf = (check: string, path: string): string => `${check}\n${path}`;
