/** Pairs of findings that differ by the address family alone. */

import type { PartOf } from './finding.ts';

/** The parts of one check at one place. */
export interface Parts<P> {
  readonly first: PartOf<P>;
  readonly same: readonly PartOf<P>[];
}

/** Of the two parts of one key, those that are the first and those that are the second. */
interface Sides<P> {
  readonly first: Set<Parts<P>>;
  readonly second: Set<Parts<P>>;
}

/**
 * By what is about the first family, what is about the second: each part of one has its twin in the other. What has both in itself is its
 * own. A part whose twin is accepted, or holds elsewhere, has none.
 */
export function twinsAmong<P>(faults: readonly Parts<P>[]): ReadonlyMap<Parts<P>, Parts<P>> {
  const sides = new Map<string, Sides<P>>();
  for (const fault of faults) {
    for (const part of fault.same) {
      if (part.twin === undefined) continue;
      const key = keyOf(part);
      const both: Sides<P> = sides.get(key) ?? { first: new Set(), second: new Set() };
      sides.set(key, both);
      (part.twin.also === undefined ? both.first : both.second).add(fault);
    }
  }
  const twins = new Map<Parts<P>, Parts<P>>();
  for (const fault of sides.size === 0 ? [] : faults) {
    const second = twinOf(fault, sides, 'second');
    if (second !== undefined && twinOf(second, sides, 'first') === fault) twins.set(fault, second);
  }
  return twins;
}

/** What has the twins of all parts on one side; undefined where not all have one, or not there alone. */
function twinOf<P>(
  { same }: Parts<P>,
  sides: ReadonlyMap<string, Sides<P>>,
  side: keyof Sides<P>,
): Parts<P> | undefined {
  const twins = new Set<Parts<P> | undefined>();
  for (const part of same) {
    const at = part.twin && sides.get(keyOf(part))![side];
    const [twin] = at ?? [];
    twins.add(at?.size === 1 ? twin : undefined);
  }
  const [only] = twins;
  return twins.size === 1 ? only : undefined;
}

function keyOf<P>({ check, severity, root, environment, when, twin }: PartOf<P>): string {
  return JSON.stringify([check, severity, root, environment, when, twin!.key]);
}
