/** How a baseline identifies a finding. */

import { groupBy } from '../../collections/group-by.ts';
import { compareSpans, spanKey } from '../../source/span.ts';
import type { FindingIdentity, Part } from '../finding.ts';
import { identityKey } from '../identity.ts';

/** The same fault in the same resource of one file, however many lines it moves. */
export interface BaselineEntry extends FindingIdentity {
  /** How many places are like this; at least 1. */
  readonly count: number;
}

/** The parts of findings that one entry stands for. */
export interface EntryGroup {
  readonly entry: BaselineEntry;
  /** By place, in order of place: one for each that `entry.count` counts. */
  readonly places: readonly PartsAtPlace[];
}

export type PartsAtPlace = readonly [Part, ...Part[]];

/** Findings by the entries that they would be, those of `answer: 'unknown'` left out. */
export function groupsOf(parts: readonly Part[]): EntryGroup[] {
  const faults = parts.flatMap((part) => (part.identity === undefined ? [] : { part, identity: part.identity }));
  return [...groupBy(faults, ({ identity }) => identityKey(identity)).values()].map((same) => {
    const places = placesOf(same.map(({ part }) => part));
    return { entry: { ...same[0].identity, count: places.length }, places };
  });
}

/** Parts by place, in order of place. */
export function placesOf(parts: readonly Part[]): readonly PartsAtPlace[] {
  const places = [...groupBy(parts, ({ span }) => spanKey(span)).values()];
  return places.sort(([a], [b]) => compareSpans(a.span, b.span));
}
