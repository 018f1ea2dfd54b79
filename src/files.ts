/** The file system that the line reads from: a disk, memory, or open documents laid over either. */

import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A name in a directory. `other`: a socket, a device, a link that leads out of the tree or nowhere. */
export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
  /**
   * Whether it is a symbolic link, with the kind of what it leads to. What it leads to has a place of its own in the
   * tree, so a walk that leaves out linked directories misses none and never goes round in circles.
   */
  readonly isLink: boolean;
}

export type ReadResult =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  /** It is there but can't be read; the message says why, without the path. */
  | { readonly kind: 'error'; readonly message: string; readonly isTooLarge?: true };

/** Bytes of a file of the tree. What is read as text has a closer bound: source/decode.ts. */
const LARGEST_FILE = 64 * 1024 * 1024;

const tooLarge: ReadResult = { kind: 'error', message: 'it is larger than 64 MiB', isTooLarge: true };

export type ListResult =
  /** Sorted by name, in code units. */
  | { readonly kind: 'directory'; readonly entries: readonly DirectoryEntry[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Reading only. Paths are relative to the tree's root, with `/`, normalized, without `.` or `..`; the root itself is
 * the empty string. Nothing outside the tree is ever read, through a link either.
 */
export interface FileSystem {
  read(path: string): ReadResult;
  list(path: string): ListResult;
}

/**
 * The tree below a directory of the disk.
 *
 * @param root absolute path of an existing directory; a link is followed
 */
export function diskFileSystem(root: string): FileSystem {
  let realRoot: string | undefined;
  const top = () => (realRoot ??= realpathSync.native(root));

  /** Where a path really is, or undefined if that is outside of the root. Throws what the disk throws. */
  const locate = (path: string): string | undefined => {
    const real = realpathSync.native(join(top(), path));
    return isInside(top(), real) ? real : undefined;
  };

  const entryOf = (directory: string, entry: Dirent): DirectoryEntry => {
    const isLink = entry.isSymbolicLink();
    try {
      const real = isLink ? realpathSync.native(join(directory, entry.name)) : undefined;
      if (real !== undefined && !isInside(top(), real)) return { name: entry.name, kind: 'other', isLink };
      return { name: entry.name, kind: kindOf(real === undefined ? entry : statSync(real)), isLink };
    } catch {
      return { name: entry.name, kind: 'other', isLink };
    }
  };

  return {
    read(path) {
      try {
        const real = locate(path);
        if (real === undefined) return { kind: 'error', message: 'the link leads out of the tree' };
        // A pipe or a device would be waited for.
        const found = statSync(real);
        const kind = kindOf(found);
        if (kind !== 'file')
          return { kind: 'error', message: kind === 'directory' ? 'it is a directory' : 'it is not a regular file' };
        return found.size > LARGEST_FILE ? tooLarge : { kind: 'file', bytes: readFileSync(real) };
      } catch (error) {
        return failure(error);
      }
    },
    list(path) {
      try {
        const real = locate(path);
        if (real === undefined) return { kind: 'error', message: 'the link leads out of the tree' };
        const entries = readdirSync(real, { withFileTypes: true }).map((entry) => entryOf(real, entry));
        return { kind: 'directory', entries: entries.sort(byName) };
      } catch (error) {
        return failure(error);
      }
    },
  };
}

/** A tree that is read again and again: what is as it was gives the same object. */
export interface RememberingFileSystem extends FileSystem {
  /** The disk may be another: it is looked at before anything is given again. */
  refresh(): void;
}

/** Milliseconds for which the disk counts as it was when it was last looked at. */
const TRUST = 2_000;

/**
 * As `diskFileSystem`, for a process that is told of most changes: what was looked at within the last two seconds is not
 * looked at again unless `refresh` is called.
 *
 * @param now milliseconds since any time
 */
export function rememberingFileSystem(root: string, now: () => number): RememberingFileSystem {
  const disk = diskFileSystem(root);
  const reads = new Map<string, { stamp: string | undefined; result: ReadResult; time: number }>();
  const lists = new Map<string, { result: ListResult; time: number }>();
  let oldest = Number.NEGATIVE_INFINITY;
  const isFresh = (known: { readonly time: number } | undefined, time: number): boolean =>
    known !== undefined && known.time > oldest && time - known.time < TRUST;
  return {
    read(path) {
      const time = now();
      const known = reads.get(path);
      if (known !== undefined && isFresh(known, time)) return known.result;
      const stamp = stampOf(join(root, path));
      const isSame = known !== undefined && stamp !== undefined && known.stamp === stamp;
      const result = isSame ? known.result : disk.read(path);
      reads.set(path, { stamp, result, time });
      return result;
    },
    list(path) {
      const time = now();
      const known = lists.get(path);
      if (known !== undefined && isFresh(known, time)) return known.result;
      const result = disk.list(path);
      lists.set(path, { result, time });
      return result;
    },
    refresh() {
      oldest = now();
    },
  };
}

/** What is another after a change; undefined where there is no such file. */
function stampOf(path: string): string | undefined {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return undefined;
  }
}

/** A tree of the given files, by path; directories are those that the paths name. */
export function memoryFileSystem(files: Readonly<Record<string, string | Uint8Array>>): FileSystem {
  return overlayFileSystem(emptyFileSystem, new Map(Object.entries(files)));
}

/**
 * Documents that hide what the base has at their paths, or add to it.
 *
 * @param documents text or bytes by path
 */
export function overlayFileSystem(base: FileSystem, documents: ReadonlyMap<string, string | Uint8Array>): FileSystem {
  return {
    read(path) {
      const document = documents.get(path);
      if (document === undefined) return base.read(path);
      const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document;
      return bytes.length > LARGEST_FILE ? tooLarge : { kind: 'file', bytes };
    },
    list(path) {
      const added = entriesBelow(path, documents.keys());
      const listed = base.list(path);
      if (added.length === 0) return listed;
      const entries = new Map(listed.kind === 'directory' ? listed.entries.map((entry) => [entry.name, entry]) : []);
      for (const entry of added) entries.set(entry.name, entry);
      return { kind: 'directory', entries: [...entries.values()].sort(byName) };
    },
  };
}

const emptyFileSystem: FileSystem = {
  read: () => ({ kind: 'missing' }),
  list: (path) => (path === '' ? { kind: 'directory', entries: [] } : { kind: 'missing' }),
};

function entriesBelow(directory: string, paths: Iterable<string>): DirectoryEntry[] {
  const prefix = directory === '' ? '' : `${directory}/`;
  const entries = new Map<string, DirectoryEntry>();
  for (const path of paths) {
    if (!path.startsWith(prefix)) continue;
    const [name, ...rest] = path.slice(prefix.length).split('/');
    entries.set(name!, { name: name!, kind: rest.length > 0 ? 'directory' : 'file', isLink: false });
  }
  return [...entries.values()];
}

function byName(a: DirectoryEntry, b: DirectoryEntry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): DirectoryEntry['kind'] {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
}

function failure(error: unknown): { readonly kind: 'missing' } | { readonly kind: 'error'; readonly message: string } {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
  return {
    kind: 'error',
    message: reasons[code ?? ''] ?? (code === undefined ? String(error) : `the system says ${code}`),
  };
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ELOOP: 'its links go round in circles',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk fails',
  ERR_INVALID_ARG_VALUE: 'the name has a character that no name can have',
};
