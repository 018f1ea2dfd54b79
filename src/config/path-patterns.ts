/** The patterns of `include` and `exclude`. */

import type { PrintedEntry } from './commented-json.ts';
import { sourcedEntry } from './key.ts';
import { byDefault, type Sourced } from './layer.ts';
import { folderGlob, matcherOf } from './patterns/globs.ts';

/** Patterns that start at a folder; undefined for what holds where there are none. */
export type PathPatterns = Sourced<{ readonly globs: readonly string[]; readonly folder: string } | undefined>;

/** @param given by the files, in their order */
export function lastPatterns(
  given: readonly (Sourced<readonly string[]> & { readonly folder: string })[],
): PathPatterns {
  const last = given.at(-1);
  return last === undefined
    ? byDefault(undefined)
    : { value: { globs: last.value, folder: last.folder }, origin: last.origin };
}

/** Whether a path of the tree matches. */
export function matcherOfPatterns({ value }: PathPatterns, otherwise: boolean): (path: string) => boolean {
  return value === undefined ? () => otherwise : inFolder(matcherOf(value.globs), value.folder);
}

/** As patterns of the tree's root. */
export function patternsEntry(
  name: string,
  { value, origin }: PathPatterns,
  otherwise: readonly string[],
  path: string,
): PrintedEntry {
  if (value === undefined) return sourcedEntry(name, { value: otherwise, origin });
  const isBelow = withinFolder(path, value.folder) !== undefined;
  const globs = value.globs.map((glob) => (isBelow ? folderGlob(glob, value.folder) : glob));
  return sourcedEntry(name, { value: globs, origin });
}

/** Patterns of a folder for paths of the tree. */
export function inFolder(isMatch: (path: string) => boolean, folder: string): (path: string) => boolean {
  return (path) => isMatch(withinFolder(path, folder) ?? path);
}

/** The path from a folder on; undefined for one outside of it. */
function withinFolder(path: string, folder: string): string | undefined {
  const prefix = folder === '' ? '' : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
