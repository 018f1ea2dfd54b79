/** Applies and updates baselines. */

import type { Part } from '../finding.ts';
import { identityKey } from '../identity.ts';
import { type BaselineEntry, groupsOf } from './entry.ts';
import { hideByOld, type OldEntry } from './version-1.ts';

/** What a run found. */
export interface RunFindings {
  readonly parts: readonly Part[];
  /** Paths of all files that were read. */
  readonly files: ReadonlySet<string>;
}

/** What a baseline file holds. */
export interface Entries {
  readonly entries: readonly BaselineEntry[];
  /** Those that were written by a tfsg with version 1 of the format, and were not brought up to date since. */
  readonly old: readonly OldEntry[];
}

export interface BaselineResult {
  /** What is new, and what can't be decided, in the order found. */
  readonly parts: readonly Part[];
  readonly known: readonly Part[];
}

/** Tells what was there before from what is new. */
export type Baseline = (found: RunFindings) => BaselineResult;

/** Of more places that are alike than an entry counts, the first ones are known and the others are new. */
export function hideKnown(before: Entries, found: RunFindings): BaselineResult {
  const { parts, known } = separateKnown(before, found);
  return { parts, known };
}

function separateKnown(
  { entries, old }: Entries,
  { parts }: RunFindings,
): BaselineResult & { readonly rest: readonly OldEntry[] } {
  const counts = new Map(entries.map((entry) => [identityKey(entry), entry.count]));
  const known = new Set(
    groupsOf(parts).flatMap(({ entry, places }) => places.slice(0, counts.get(identityKey(entry)) ?? 0).flat()),
  );
  const { parts: hidden, rest } = hideByOld(
    old,
    parts.filter((part) => !known.has(part)),
  );
  for (const part of hidden) known.add(part);
  return { parts: parts.filter((part) => !known.has(part)), known: [...known], rest };
}

export interface Update extends Entries {
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
  before: Entries,
  found: RunFindings,
  isThere: (path: string) => boolean,
  isWhole: boolean,
): Update {
  const stays = ({ file }: BaselineEntry | OldEntry): boolean => !isWhole || (!found.files.has(file) && isThere(file));
  const { parts: news, rest } = separateKnown(before, found);
  const entries = new Map<string, BaselineEntry>();
  for (const entry of [...before.entries.filter(stays), ...groupsOf(found.parts).map((group) => group.entry)]) {
    const key = identityKey(entry);
    if ((entries.get(key)?.count ?? 0) < entry.count) entries.set(key, entry);
  }
  return {
    entries: [...entries.values()],
    old: rest.filter(stays),
    added: total(groupsOf(news).map(({ entry }) => entry)),
    removed: missingIn(before.entries, entries) + total(rest.filter((entry) => !stays(entry))),
  };
}

/** How many findings of some entries others do not have. */
function missingIn(entries: readonly BaselineEntry[], others: ReadonlyMap<string, BaselineEntry>): number {
  return entries.reduce(
    (sum, entry) => sum + Math.max(0, entry.count - (others.get(identityKey(entry))?.count ?? 0)),
    0,
  );
}

export const total = (entries: readonly (BaselineEntry | OldEntry)[]): number =>
  entries.reduce((sum, { count }) => sum + count, 0);
