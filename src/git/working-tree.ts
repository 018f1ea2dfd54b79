/** The working tree as git sees it: what differs from the index, and what git does not have yet. */

import { createHash } from 'node:crypto';
import { type BigIntStats, type Dirent, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, sep } from 'node:path';
import { MAX_FILE_BYTES } from '../files.ts';
import { folderOf } from '../source/path.ts';
import { GitError, GitObjectTooLarge } from './git-error.ts';
import { folderOfEntries, type GitFile, type GitFolder, type GitNode, nodeOf } from './git-tree.ts';
import { ignoredPaths } from './ignored.ts';
import { type GitIndex, type IndexEntry, type IndexTime, indexFolder, readIndex } from './index-file.ts';
import { openRepository, type Repository } from './repository.ts';

/**
 * Files of the working tree that git has, or does not ignore. A file whose size and times are those of the index has the index's
 * content; others are read when they are compared. What git would store with LF instead of CRLF counts as equal to it, whatever
 * `core.autocrlf` says: the user's configuration is not read. What a sparse checkout leaves out is as in the index.
 *
 * @param isInstalled whether a tool has downloaded what is in a folder, by its path: it is not entered unless git has files in it
 * @throws GitError if the index of a submodule can't be read
 */
export function workingTreeFolder(
  repository: Repository,
  index: GitIndex,
  isInstalled: (path: string) => boolean,
): GitFolder {
  const isIgnored = ignoredPaths(repository);
  const entries = new Map(index.entries.map((entry) => [entry.path, entry]));
  const folders = foldersOf(index);
  const skipped = indexFolder(repository, { ...index, entries: index.entries.filter(({ isSkipped }) => isSkipped) });

  /** @param left what the working tree leaves out of the folder */
  const walk = (folder: string, left: GitFolder | undefined): ReadonlyMap<string, GitNode> => {
    const found = new Map(left?.entries());
    for (const each of entriesOf(join(repository.worktree, folder))) {
      // Of a submodule, or of a repository that lies in this one.
      if (each.name === '.git') continue;
      const path = folder === '' ? each.name : `${folder}/${each.name}`;
      const node = each.isDirectory() ? directory(path, found.get(each.name)) : file(path, each);
      if (node !== undefined) found.set(each.name, node);
    }
    return found;
  };

  const directory = (path: string, left: GitNode | undefined): GitFolder | undefined => {
    const entry = entries.get(path);
    if (entry !== undefined && isSubmodule(entry)) return submoduleFolder(repository, entry, isInstalled);
    const isOther = () => /(?:^|\/)node_modules$/.test(path) || isInstalled(path) || isIgnored(`${path}/`);
    if (!folders.has(path) && isOther()) return undefined;
    const inside = walk(path, left?.kind === 'folder' ? left : undefined);
    // Git has no empty folders.
    return inside.size === 0 ? undefined : folderOfEntries(inside);
  };

  const file = (path: string, each: Dirent): GitFile | undefined => {
    if (!each.isFile() && !each.isSymbolicLink()) return undefined;
    const entry = entries.get(path);
    if (entry === undefined && isIgnored(path)) return undefined;
    return diskFile(repository, path, each.isSymbolicLink() ? 'link' : 'file', entry, index.written);
  };

  return folderOfEntries(walk('', skipped));
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
): GitFolder {
  const inside = openRepository(join(repository.worktree, path));
  if (inside === undefined) return nodeOf({ repository, path, above: [] }, mode, id) as GitFolder;
  return workingTreeFolder(inside, readIndex(inside), (each) => isInstalled(`${path}/${each}`));
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
  /** Undefined if it can't be read, which is equal to nothing. */
  const hash = (change: (bytes: Buffer) => Buffer | undefined): string | undefined => {
    try {
      const bytes = change(read());
      return bytes === undefined ? undefined : idOfBlob(bytes, repository.hashLength);
    } catch (error) {
      if (error instanceof GitError || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
      throw error;
    }
  };
  const id = once(() => {
    const isClean = entry !== undefined && isAsIndexed(place, kind, entry, indexWritten);
    return isClean ? entry.id : hash((bytes) => bytes);
  });
  const normalizedId = once(() => (kind === 'link' ? undefined : hash(withoutCarriageReturns)));
  return {
    kind,
    read,
    get id() {
      return id();
    },
    get normalizedId() {
      return normalizedId();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * Whether git would take a file for unchanged without reading it.
 *
 * Source: https://git-scm.com/docs/racy-git
 */
function isAsIndexed(place: string, kind: GitFile['kind'], entry: IndexEntry, indexWritten: bigint): boolean {
  const found = lstatSync(place, { bigint: true, throwIfNoEntry: false });
  if (found === undefined || entry.stage !== 0 || entry.isIntended) return false;
  if ((entry.mode >> 12 === 0o12 ? 'link' : 'file') !== kind) return false;
  const isRacy = BigInt(entry.modified.seconds) >= indexWritten / second;
  return (
    !isRacy &&
    BigInt(entry.size) === (found.size & 0xffffffffn) &&
    isTime(found.mtimeNs, entry.modified) &&
    // On Windows git keeps another time there.
    (sep === '\\' || isTime(found.ctimeNs, entry.changed))
  );
}

const second = 1_000_000_000n;

const isTime = (nanoseconds: BigIntStats['mtimeNs'], { seconds, nanoseconds: rest }: IndexTime): boolean =>
  ((nanoseconds / second) & 0xffffffffn) === BigInt(seconds) && nanoseconds % second === BigInt(rest);

function idOfBlob(bytes: Buffer, hashLength: 20 | 32): string {
  const hash = createHash(hashLength === 20 ? 'sha1' : 'sha256');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Undefined for what is no text, and where there are none. */
function withoutCarriageReturns(bytes: Buffer): Buffer | undefined {
  if (bytes.includes(0) || !bytes.includes('\r\n')) return undefined;
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // What can't be read can't be compared; a run says so.
    return [];
  }
}
