/** The working tree as git sees it: what differs from the index, and what git does not have yet. */

import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type DirectoryEntry, MAX_FILE_BYTES } from '../files.ts';
import { folderOf } from '../source/path.ts';
import { GitError, GitObjectTooLarge } from './git-error.ts';
import { type GitFile, type GitFolder, type GitNode, nodeOf } from './git-tree.ts';
import { ignoredPaths } from './ignored.ts';
import { type GitIndex, type IndexEntry, type IndexTime, indexFolders, readIndex } from './index-file.ts';
import { openRepository, type Repository } from './repository.ts';

/**
 * Files of the working tree that git has, or does not ignore. A file whose size and times are those of the index has the index's
 * content; others are read when they are compared. What git would store with LF instead of CRLF counts as equal to it, whatever
 * `core.autocrlf` says: the user's configuration is not read. What a sparse checkout leaves out is as in the index. Folders may be empty.
 *
 * @param isInstalled whether a tool has downloaded what is in a folder, by its path: it is not entered unless git has files in it
 * @param list what is in a folder, by its path; of what can't be read, nothing
 * @throws GitError if the index of a submodule can't be read
 */
export function workingTreeFolder(
  repository: Repository,
  index: GitIndex,
  isInstalled: (path: string) => boolean,
  list: (path: string) => readonly DirectoryEntry[],
): GitFolder {
  const isIgnored = ignoredPaths(repository);
  const entries = new Map(index.entries.map((entry) => [entry.path, entry]));
  const folders = foldersOf(index);
  const leftOut = index.entries.filter(({ isSkipped }) => isSkipped);
  const skipped = leftOut.length === 0 ? undefined : indexFolders(repository, { entries: leftOut, trees: new Map() });

  /** @param left what the working tree leaves out of the folder */
  const folderAt = (folder: string, left: GitFolder | undefined): GitFolder => ({
    kind: 'folder',
    entries: () => {
      const found = new Map(left?.entries());
      for (const each of list(folder)) {
        const { name } = each;
        // Of a submodule, or of a repository that lies in this one.
        if (name === '.git') continue;
        const path = folder === '' ? name : `${folder}/${name}`;
        const node =
          each.kind === 'directory' && !each.isLink ? directory(path, name, found.get(name)) : file(path, each);
        if (node !== undefined) found.set(name, node);
      }
      return found;
    },
  });

  const directory = (path: string, name: string, left: GitNode | undefined): GitFolder | undefined => {
    if (!folders.has(path)) {
      const entry = entries.get(path);
      if (entry !== undefined && isSubmodule(entry)) return submoduleFolder(repository, entry, isInstalled, list);
      if (name === 'node_modules' || isInstalled(path) || isIgnored(`${path}/`)) return undefined;
    }
    return folderAt(path, left?.kind === 'folder' ? left : undefined);
  };

  const file = (path: string, { kind, isLink }: DirectoryEntry): GitFile | undefined => {
    if (kind !== 'file' && !isLink) return undefined;
    const entry = entries.get(path);
    if (entry === undefined && isIgnored(path)) return undefined;
    return diskFile(repository, path, isLink ? 'link' : 'file', entry, index.written);
  };

  return folderAt('', skipped?.root);
}

const isSubmodule = ({ mode }: IndexEntry): boolean => mode >> 12 === 0o16;

/** Folders that git has files in. */
export function foldersOf({ entries }: GitIndex): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { path } of entries) {
    for (let folder = folderOf(path); folder !== '' && !folders.has(folder); folder = folderOf(folder))
      folders.add(folder);
  }
  return folders;
}

/** The working tree of a submodule; as in the index where it is not checked out. */
function submoduleFolder(
  repository: Repository,
  { path, mode, id }: IndexEntry,
  isInstalled: (path: string) => boolean,
  list: (path: string) => readonly DirectoryEntry[],
): GitFolder {
  const inside = openRepository(join(repository.worktree, path));
  if (inside === undefined) return nodeOf({ repository, path, above: [] }, mode, id) as GitFolder;
  const below = (folder: string): string => (folder === '' ? path : `${path}/${folder}`);
  return workingTreeFolder(
    inside,
    readIndex(inside),
    (each) => isInstalled(below(each)),
    (folder) => list(below(folder)),
  );
}

function diskFile(
  repository: Repository,
  path: string,
  kind: GitFile['kind'],
  entry: IndexEntry | undefined,
  indexWritten: bigint,
): GitFile {
  const place = join(repository.worktree, path);
  const read = (): Buffer => {
    if (kind === 'link') return Buffer.from(readlinkSync(place));
    const found = lstatSync(place);
    if (found.size > MAX_FILE_BYTES) throw new GitObjectTooLarge('it is larger than 64 MiB');
    return readFileSync(place);
  };
  /** Nothing, and so equal to nothing, if it can't be read. */
  const bytesOf = (): Buffer | undefined => {
    try {
      return read();
    } catch (error) {
      if (error instanceof GitError || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
      throw error;
    }
  };
  return {
    kind,
    id: undefined,
    read,
    isStoredAs(id) {
      const state = entry === undefined ? 'other' : stateOf(place, kind, entry, indexWritten);
      if (state === 'as-indexed' && entry!.id === id) return true;
      const bytes = bytesOf();
      if (bytes === undefined) return false;
      // Node takes a while to load what hashes.
      const stored = state === 'other-size' ? storedBytes(repository, id) : undefined;
      const isStored = (each: Buffer): boolean =>
        stored === undefined ? idOfBlob(each, repository.hashLength) === id : each.equals(stored);
      if (state !== 'as-indexed' && isStored(bytes)) return true;
      const normalized = kind === 'file' ? withoutCarriageReturns(bytes) : undefined;
      return normalized !== undefined && isStored(normalized);
    },
  };
}

/** Undefined where git does not have them here. */
function storedBytes(repository: Repository, id: string): Buffer | undefined {
  try {
    return repository.objects.read(id)?.body;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

/** `as-indexed`: git would take the file for unchanged without reading it. */
type StateOfFile = 'as-indexed' | 'other-size' | 'other';

/** Source: https://git-scm.com/docs/racy-git */
function stateOf(place: string, kind: GitFile['kind'], entry: IndexEntry, indexWritten: bigint): StateOfFile {
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (found === undefined || entry.stage !== 0 || entry.isIntended) return 'other';
  if ((entry.mode >> 12 === 0o12 ? 'link' : 'file') !== kind) return 'other';
  if (entry.size !== found.size % 2 ** 32) return 'other-size';
  const isSame =
    entry.modified.seconds < indexWritten / second &&
    isTime(found.mtimeMs, entry.modified) &&
    // On Windows git keeps another time there.
    (sep === '\\' || isTime(found.ctimeMs, entry.changed));
  return isSame ? 'as-indexed' : 'other';
}

const second = 1_000_000_000n;

/** To the microsecond, in which a file is hardly written twice; those after 2106 count as others. */
const isTime = (milliseconds: number, { seconds, nanoseconds }: IndexTime): boolean =>
  Math.abs(milliseconds - (seconds * 1000 + nanoseconds / 1e6)) < 0.001;

function idOfBlob(bytes: Buffer, hashLength: 20 | 32): string {
  const hash = createHash(hashLength === 20 ? 'sha1' : 'sha256');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Undefined for what is no text, and where there are none. */
function withoutCarriageReturns(bytes: Buffer): Buffer | undefined {
  if (bytes.includes(0) || !bytes.includes('\r\n')) return undefined;
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
