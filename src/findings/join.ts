/** What several hits have for fixes and related places, as one finding has it. */

import type { EditOf, FixOf, RelatedOf } from './finding.ts';
import type { PlaceKind } from './places.ts';

export function joinFixes<P>(fixes: readonly FixOf<P>[], places: PlaceKind<P>): FixOf<P> {
  const edits = new Map<string, EditOf<P>>(
    fixes.flatMap((fix) => fix.edits.map((edit) => [places.key(edit), edit] as const)),
  );
  return { message: [...new Set(fixes.map((fix) => fix.message))].join(' '), edits: [...edits.values()] };
}

/** Each place once: the values of several instances may have come from different literals. */
export function joinRelated<P>(all: readonly RelatedOf<P>[], places: PlaceKind<P>): RelatedOf<P>[] {
  const related = new Map<string, RelatedOf<P>>();
  for (const one of all) {
    const key = places.key(one);
    if (!related.has(key)) related.set(key, one);
  }
  return [...related.values()];
}
