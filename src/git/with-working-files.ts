/** A state of the tree with what the working tree has beside it: what git ignores, and modules that are installed. */

import type { DirectoryEntry, FileSystem, ListResult, ReadResult } from '../files.ts';

/**
 * What belongs to the working tree and to no revision is in both states that are compared: variable files that git ignores, and what
 * `terraform init` has installed. So only what git has makes a difference. A file that the state has itself hides the working tree's. An
 * installed module may be of another version than the state asks for: versions are compared where it is read.
 *
 * @param state of git
 * @param disk the working tree
 * @param isBeside whether a file or folder of the disk is one of those, by its path; a folder with a `/` at its end
 */
export function withWorkingFiles(state: FileSystem, disk: FileSystem, isBeside: (path: string) => boolean): FileSystem {
  const below = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
  const lists = new Map<string, readonly DirectoryEntry[]>();

  /** What the state does not have in a folder, and the disk has beside it. */
  const besideIn = (folder: string): readonly DirectoryEntry[] => {
    const known = lists.get(folder);
    if (known !== undefined) return known;
    const listed = disk.list(folder);
    const found = listed.kind === 'directory' ? listed.entries.filter((entry) => isAdded(folder, entry)) : [];
    lists.set(folder, found);
    return found;
  };

  const isAdded = (folder: string, { name, kind, isLink }: DirectoryEntry): boolean => {
    const path = below(folder, name);
    if (path === '.git') return true;
    if (kind !== 'directory' || isLink) return isBeside(path);
    if (isBeside(`${path}/`)) return true;
    // A folder that the state does not have, with files in it that git ignores.
    return (
      name !== '.git' && name !== 'node_modules' && state.list(path).kind === 'missing' && besideIn(path).length > 0
    );
  };

  /** Whether a path is, or lies in, what the disk has beside the state. */
  const isOnDisk = (path: string): boolean => {
    const names = path.split('/');
    return names.some((_, index) => {
      const each = names.slice(0, index + 1).join('/');
      return each === '.git' || isBeside(index === names.length - 1 ? each : `${each}/`) || isBeside(`${each}/`);
    });
  };

  return {
    read(path): ReadResult {
      const read = state.read(path);
      return read.kind === 'missing' && isOnDisk(path) ? disk.read(path) : read;
    },
    list(path): ListResult {
      const listed = state.list(path);
      if (listed.kind === 'error') return listed;
      if (listed.kind === 'missing' && isOnDisk(path)) return disk.list(path);
      const added = besideIn(path);
      if (added.length === 0) return listed;
      const own = listed.kind === 'directory' ? listed.entries : [];
      const names = new Set(own.map(({ name }) => name));
      const entries = [...own, ...added.filter(({ name }) => !names.has(name))];
      return { kind: 'directory', entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) };
    },
    real(path) {
      const isMissing = isOnDisk(path) && state.list(path).kind === 'missing' && state.read(path).kind === 'missing';
      return isMissing ? disk.real(path) : state.real(path);
    },
  };
}
