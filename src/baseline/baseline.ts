/** Findings that were there before, and what becomes of a baseline when it is brought up to date. */

import type { Part } from '../checks/finding.ts';
import type { Declarations } from '../suppress/declared-at.ts';
import { type Entry, groupsOf, keyOf } from './entry.ts';

/** What a run found. */
export interface Found {
  readonly parts: readonly Part[];
  readonly declarations: Declarations;
  /** Paths of all files that were read. */
  readonly files: ReadonlySet<string>;
}

export interface Sifted {
  /** What is new, and what can't be decided, in the order found. */
  readonly parts: readonly Part[];
  readonly known: readonly Part[];
}

/** Tells what was there before from what is new. */
export type Baseline = (found: Found) => Sifted;

/** Of more places that are alike than an entry counts, the first ones are known and the others are new. */
export function hideKnown(entries: readonly Entry[], { parts, declarations }: Found): Sifted {
  const counts = new Map(entries.map((entry) => [keyOf(entry), entry.count]));
  const known = new Set(
    groupsOf(parts, declarations).flatMap(({ entry, places }) => places.slice(0, counts.get(keyOf(entry)) ?? 0).flat()),
  );
  return { parts: parts.filter((part) => !known.has(part)), known: [...known] };
}

export interface Update {
  readonly entries: readonly Entry[];
  /** How many findings came to the baseline, and how many left it. */
  readonly added: number;
  readonly removed: number;
}

/**
 * The baseline of what is there now. Entries of files that the run did not read stay, unless the file is gone.
 *
 * @param isThere whether a path of the tree is a file
 * @param isWhole whether everything could be read; otherwise what is not found may be there all the same, and stays
 */
export function updated(
  before: readonly Entry[],
  found: Found,
  isThere: (path: string) => boolean,
  isWhole: boolean,
): Update {
  const entries = new Map<string, Entry>();
  const kept = isWhole ? before.filter(({ file }) => !found.files.has(file) && isThere(file)) : before;
  const now = groupsOf(found.parts, found.declarations).map(({ entry }) => entry);
  for (const entry of [...kept, ...now]) {
    const key = keyOf(entry);
    if ((entries.get(key)?.count ?? 0) < entry.count) entries.set(key, entry);
  }
  const after = [...entries.values()];
  return { entries: after, added: excess(after, before), removed: excess(before, after) };
}

/** How many findings of some entries others do not have. */
function excess(entries: readonly Entry[], others: readonly Entry[]): number {
  const counts = new Map(others.map((entry) => [keyOf(entry), entry.count]));
  return entries.reduce((sum, entry) => sum + Math.max(0, entry.count - (counts.get(keyOf(entry)) ?? 0)), 0);
}
