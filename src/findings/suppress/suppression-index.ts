/** Which suppressions of a file apply to a place. */

import type { TextRange } from '../../source/source-file.ts';
import type { StateOf, When } from '../when.ts';
import { without } from './condition.ts';
import type { Request, RequestedName } from './request.ts';

/** What is known of inputs where a part was found. */
export interface PartWorld {
  /** The same for parts that know the same. */
  readonly key: string;
  readonly stateOf: StateOf;
}

/** A request that holds, and what it covers. */
export interface Suppression {
  readonly request: Request;
  /** The text that it covers; the same list for all requests that cover the same. */
  readonly targets: readonly TextRange[];
  /** The block that it stands in, where it covers less than a block. */
  readonly around: TextRange | undefined;
  readonly locked: ReadonlySet<string>;
  /** The names that a part was found for. */
  readonly used: Set<RequestedName>;
}

/** The suppressions that have the same targets, those of scope `line` apart. */
export class SuppressionGroup {
  readonly #suppressions: Suppression[] = [];
  #hasConditions = false;
  readonly #known = new Map<string, readonly When[] | undefined>();

  constructor(readonly isOfLine: boolean) {}

  add(suppression: Suppression): void {
    this.#suppressions.push(suppression);
    this.#hasConditions ||= suppression.request.conditions.length > 0;
  }

  /**
   * Marks what suppresses a check in some of the worlds of a part, once for all parts that are alike.
   *
   * @param isLocked whether the configuration of the part's file locks the check
   * @param onLocked is told each suppression that a lock keeps from it
   * @returns the worlds that are left; undefined where it is suppressed in none
   */
  suppress(
    check: string,
    when: When,
    world: PartWorld,
    isLocked: boolean,
    onLocked: (suppression: Suppression) => void,
  ): readonly When[] | undefined {
    const key = JSON.stringify([check, isLocked, ...(this.#hasConditions ? [when, world.key] : [])]);
    if (this.#known.has(key)) return this.#known.get(key);
    let left: readonly When[] | undefined;
    for (const suppression of this.#suppressions) {
      const { request, used, locked } = suppression;
      const name = request.names.find(({ checks }) => checks.has(check));
      if (name === undefined) continue;
      const rest = without(when, request.conditions, world.stateOf);
      if (rest === undefined) continue;
      used.add(name);
      if (isLocked || locked.has(check)) onLocked(suppression);
      else left = left?.flatMap((each) => without(each, request.conditions, world.stateOf) ?? [each]) ?? rest;
    }
    this.#known.set(key, left);
    return left;
  }
}

interface Interval extends TextRange {
  readonly group: SuppressionGroup;
  /** The last interval before this one that is not over where this one starts. */
  readonly around: Interval | undefined;
}

export class SuppressionIndex {
  /** In order of their starts; of those that start together the longest comes first. */
  readonly #intervals: Interval[] = [];

  constructor(suppressions: readonly Suppression[]) {
    const groups = new Map<string, Map<readonly TextRange[], SuppressionGroup>>();
    for (const suppression of suppressions) {
      const { scope } = suppression.request;
      const byTargets = groups.get(scope) ?? new Map<readonly TextRange[], SuppressionGroup>();
      groups.set(scope, byTargets);
      const group = byTargets.get(suppression.targets) ?? new SuppressionGroup(scope === 'line');
      byTargets.set(suppression.targets, group);
      group.add(suppression);
    }
    const all = [...groups.values()].flatMap((byTargets) =>
      [...byTargets].flatMap(([targets, group]) => targets.map(({ start, end }) => ({ start, end, group }))),
    );
    let around: Interval | undefined;
    for (const each of all.sort((a, b) => a.start - b.start || b.end - a.end)) {
      while (around !== undefined && around.end <= each.start) around = around.around;
      around = { ...each, around };
      this.#intervals.push(around);
    }
  }

  /** What reaches a place as a whole. */
  *at(place: TextRange): Iterable<SuppressionGroup> {
    let low = 0;
    let high = this.#intervals.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#intervals[middle]!.start <= place.start) low = middle + 1;
      else high = middle;
    }
    for (let interval = this.#intervals[low - 1]; interval !== undefined; interval = interval.around) {
      if (place.end <= interval.end) yield interval.group;
    }
  }
}
