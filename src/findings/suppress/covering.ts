/** Checks whose findings cover those of other checks. */

import type { TextRange } from '../../source/source-file.ts';
import type { Check } from '../check.ts';
import type { Part } from '../finding.ts';
import { Places } from './places.ts';

export class Covering {
  readonly #checks: readonly Check[];
  readonly #places: Places;
  readonly #known = new WeakMap<readonly TextRange[], Map<string, string | undefined>>();

  constructor(checks: readonly Check[], parts: readonly Part[]) {
    this.#checks = checks;
    this.#places = new Places(parts);
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
    const key = `${covering.join(' ')}\n${path}`;
    if (!known.has(key)) {
      const isAt = (check: string): boolean =>
        ranges.some((range) => this.#places.firstIn(check, path, range) !== undefined);
      known.set(key, covering.find(isAt));
    }
    return known.get(key);
  }
}
