/** Applies and updates baselines. */

import { groupBy } from '../../collections/group-by.ts';
import type { Part } from '../finding.ts';
import { identityKey } from '../identity.ts';
import { type EvaluatedRoot, GivenInputs } from '../suppress/given-inputs.ts';
import { type InputState, isWithin } from '../when.ts';
import { type BaselineEntry, type EntryGroup, entryKey, groupsOf, type PartsAtPlace } from './entry.ts';
import { hideByOld, type OldEntry } from './version-1.ts';

/** What a run found. */
export interface RunFindings {
  readonly parts: readonly Part[];
  /** Paths of all files that were read. */
  readonly files: ReadonlySet<string>;
  /** Those that the parts are of. */
  readonly roots: readonly EvaluatedRoot[];
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
export type Baseline = (found: RunFindings) => BaselineResult | Promise<BaselineResult>;

/** Of more places that are alike than an entry counts, the first ones are known and the others are new. */
export function hideKnown(before: Entries, found: RunFindings): BaselineResult {
  const { parts, known } = separateKnown(before, found);
  return { parts, known };
}

function separateKnown(
  { entries, old }: Entries,
  { parts, roots }: RunFindings,
): BaselineResult & { readonly rest: readonly OldEntry[] } {
  const inputs = new GivenInputs(roots);
  const known = new Set(knownOf(groupsOf(parts), entries, (part, name) => inputs.stateOf(part, name)));
  const { parts: hidden, rest } = hideByOld(
    old,
    parts.filter((part) => !known.has(part)),
  );
  for (const part of hidden) known.add(part);
  return { parts: parts.filter((part) => !known.has(part)), known: [...known], rest };
}

/**
 * What entries hide. Each hides as many places as it counts, and there what is found in its worlds: first what is found in exactly these,
 * then what is left of the same fault.
 */
function* knownOf(
  groups: readonly EntryGroup[],
  entries: readonly BaselineEntry[],
  stateOf: (part: Part, name: string) => InputState | undefined,
): Iterable<Part> {
  const byKey = new Map(entries.map((entry) => [entryKey(entry), entry]));
  const byIdentity = groupBy(entries, identityKey);
  const used = new Map(entries.map((entry) => [entry, new Set<PartsAtPlace>()]));
  const left: { readonly group: EntryGroup; readonly place: PartsAtPlace }[] = [];
  for (const group of groups) {
    const exact = byKey.get(entryKey(group.entry));
    for (const [index, place] of group.places.entries()) {
      if (exact === undefined || index >= exact.count) left.push({ group, place });
      else {
        used.get(exact)!.add(place);
        yield* place;
      }
    }
  }
  for (const { group, place } of left) {
    let rest: readonly Part[] = place;
    for (const entry of byIdentity.get(identityKey(group.entry)) ?? []) {
      const { when: worlds, count } = entry;
      const places = used.get(entry)!;
      if (places.size >= count) continue;
      const isKnown = (part: Part): boolean =>
        worlds === undefined || worlds.some((wide) => isWithin(part.when ?? {}, wide, (name) => stateOf(part, name)));
      const within = rest.filter(isKnown);
      if (within.length > 0) places.add(place);
      yield* within;
      rest = rest.filter((part) => !within.includes(part));
    }
  }
}

export interface Update extends Entries {
  /** How many findings came to the baseline. */
  readonly added: number;
  /** What left it, with the number of places that did. */
  readonly gone: readonly (BaselineEntry | OldEntry)[];
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
    const key = entryKey(entry);
    if ((entries.get(key)?.count ?? 0) < entry.count) entries.set(key, entry);
  }
  return {
    entries: [...entries.values()],
    old: rest.filter(stays),
    added: total(groupsOf(news).map(({ entry }) => entry)),
    gone: [...missingIn(before.entries, [...entries.values()]), ...rest.filter((entry) => !stays(entry))],
  };
}

/**
 * The same without what is new.
 *
 * @returns added: how many findings it does not have
 */
export function pruned(
  before: Entries,
  found: RunFindings,
  isThere: (path: string) => boolean,
  isWhole: boolean,
): Update {
  const { known, parts } = hideKnown(before, found);
  const added = total(groupsOf(parts).map(({ entry }) => entry));
  return { ...updated(before, { ...found, parts: known }, isThere, isWhole), added };
}

/** What some entries have more of than others, in whatever worlds. */
function missingIn(entries: readonly BaselineEntry[], others: readonly BaselineEntry[]): readonly BaselineEntry[] {
  const left = groupBy(others, identityKey);
  return [...groupBy(entries, identityKey)].flatMap(([key, same]) => {
    const count = total(same) - total(left.get(key) ?? []);
    return count > 0 ? { ...same[0], count } : [];
  });
}

export const total = (entries: readonly (BaselineEntry | OldEntry)[]): number =>
  entries.reduce((sum, { count }) => sum + count, 0);
