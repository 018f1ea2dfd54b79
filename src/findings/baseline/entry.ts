/** How a baseline identifies a finding. */

import { groupBy } from '../../collections/group-by.ts';
import { compareSpans, spanKey } from '../../source/span.ts';
import type { FindingIdentity, Part } from '../finding.ts';
import { identityKey } from '../identity.ts';
import { joinWhen, type When } from '../when.ts';

/** The same fault in the same resource of one file, however many lines it moves. */
export interface BaselineEntry extends FindingIdentity {
  /** The worlds where it holds; absent where it always does. */
  readonly when?: readonly When[];
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
  return [...groupBy(faults, ({ identity }) => identityKey(identity)).values()].flatMap((same) => {
    const places = placesOf(same.map(({ part }) => part)).map((parts) => ({
      parts,
      when: joinWhen(parts.map(({ when }) => when)),
    }));
    return [...groupBy(places, ({ when }) => JSON.stringify(when)).values()].map((alike) => {
      const [{ when }] = alike;
      const entry = { ...same[0].identity, ...(when.length > 0 && { when }), count: alike.length };
      return { entry, places: alike.map(({ parts }) => parts) };
    });
  });
}

/** The same text for entries that differ at most in their count. */
export const entryKey = (entry: BaselineEntry): string => `${identityKey(entry)}${JSON.stringify(entry.when ?? [])}`;

/** Parts by place, in order of place. */
export function placesOf(parts: readonly Part[]): readonly PartsAtPlace[] {
  const places = [...groupBy(parts, ({ span }) => spanKey(span)).values()];
  return places.sort(([a], [b]) => compareSpans(a.span, b.span));
}
