/** Checks whose findings cover those of other checks. */

import { groupBy } from '../../collections/group-by.ts';
import type { TextRange } from '../../source/source-file.ts';
import type { Check } from '../check.ts';
import type { Part } from '../finding.ts';

/** The places of one check in one file. */
interface Places {
  /** Ascending. */
  readonly starts: readonly number[];
  /** By index: the least end of this place and those after it. */
  readonly leastEnds: readonly number[];
}

export class Covering {
  readonly #checks: readonly Check[];
  readonly #parts: ReadonlyMap<string, readonly Part[]>;
  readonly #places = new Map<string, Places>();
  readonly #known = new WeakMap<readonly TextRange[], Map<string, string | undefined>>();

  constructor(checks: readonly Check[], parts: readonly Part[]) {
    this.#checks = checks;
    this.#parts = groupBy(parts, ({ check, span }) => keyOf(check, span.file.path));
  }

  /** A check that covers some others and found something in one of the ranges of a file; undefined if there is none. */
  checkAt(ids: ReadonlySet<string>, path: string, ranges: readonly TextRange[]): string | undefined {
    const covering = [
      ...new Set(
        this.#checks.filter(({ id }) => ids.has(id)).flatMap(({ coveredBy = [] }) => coveredBy.map(({ id }) => id)),
      ),
    ];
    const known = this.#known.get(ranges) ?? new Map<string, string | undefined>();
    this.#known.set(ranges, known);
    const key = keyOf(covering.join(' '), path);
    if (!known.has(key)) {
      known.set(
        key,
        covering.find((check) => {
          const places = this.#placesOf(keyOf(check, path));
          return ranges.some((range) => isIn(places, range));
        }),
      );
    }
    return known.get(key);
  }

  #placesOf(key: string): Places {
    let places = this.#places.get(key);
    if (places === undefined) {
      const spans = (this.#parts.get(key) ?? []).map(({ span }) => span).sort((a, b) => a.start - b.start);
      let least = Number.POSITIVE_INFINITY;
      const leastEnds = spans.map(({ end }) => end);
      for (let at = leastEnds.length - 1; at >= 0; at -= 1) {
        least = Math.min(least, leastEnds[at]!);
        leastEnds[at] = least;
      }
      places = { starts: spans.map(({ start }) => start), leastEnds };
      this.#places.set(key, places);
    }
    return places;
  }
}

/** Whether one of the places lies in a range. */
function isIn({ starts, leastEnds }: Places, { start, end }: TextRange): boolean {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < leastEnds.length && leastEnds[low]! <= end;
}

const keyOf = (check: string, path: string): string => `${check}\n${path}`;
