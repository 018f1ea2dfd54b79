/** An older state of the tree, with what is the same in the newer one read from there. */

import { type FileSystem, isOutsideRoot } from '../files.ts';
import { folderOf } from '../source/path.ts';

/**
 * So that it is read once: out of git, an object takes longer than a file.
 *
 * @param apart paths that are read from each state by itself: of files that differ, of links and of submodules
 */
export function withSharedFiles(older: FileSystem, newer: FileSystem, apart: readonly string[]): FileSystem {
  const own = new Set(apart);
  /** Those that may list something else. */
  const above = new Set<string>();
  for (const path of apart) {
    for (let folder = folderOf(path); !above.has(folder); folder = folderOf(folder)) above.add(folder);
  }
  const known = new Map<string, boolean>([['', false]]);
  const isBelowOwn = (folder: string): boolean => {
    const found = known.get(folder) ?? (own.has(folder) || isBelowOwn(folderOf(folder)));
    known.set(folder, found);
    return found;
  };
  const isOwn = (path: string): boolean => own.has(path) || isBelowOwn(folderOf(path)) || isOutsideRoot(path);
  return {
    ...older,
    read: (path) => (isOwn(path) ? older : newer).read(path),
    list: (path) => (above.has(path) || isOwn(path) ? older : newer).list(path),
    real: (path) => (isOwn(path) ? older : newer).real(path),
  };
}
