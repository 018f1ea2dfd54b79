/** The file system that a run reads from: a disk, memory, or open documents over either. */

import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { byteCache } from './collections/byte-cache.ts';

/**
 * A name in a directory. `outside`: a link to a directory out of the tree. `other`: a socket, a device, a link to a file out of the tree
 * or to nothing.
 */
export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'outside' | 'other';
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
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

export const tooLarge: ReadResult = { kind: 'error', message: 'it is larger than 64 MiB', isTooLarge: true };

export type ListResult =
  /** Sorted by name, in code units. */
  | { readonly kind: 'directory'; readonly entries: readonly DirectoryEntry[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Reading only. Paths are relative to the tree's root, with `/`, normalized, without `.`; the root itself is the empty string. Only
 * paths below an admitted folder start with `..`. Nothing else outside the tree is ever read, through a link either.
 */
export interface FileSystem {
  read(path: string): ReadResult;
  list(path: string): ListResult;
  /** The path of a file without symbolic links, the same for all links to it; the path itself where it leads to nothing in the tree. */
  real(path: string): string;
  /** Absent where nothing outside of the root is ever in the tree. */
  readonly outside?: OutsideFolders | undefined;
}

/** Folders of local modules outside of the root. Their paths start with `..`. */
export interface OutsideFolders {
  /** Takes a folder, and what is below it, into the tree; gives whether it is in the tree now. */
  admit(folder: string): boolean;
  /** Whether a path is an admitted folder or below one. */
  has(path: string): boolean;
}

/** Whether a path of the tree lies outside of its root. */
export function isOutsideRoot(path: string): boolean {
  return path === '..' || path.startsWith('../');
}

/**
 * The tree below a directory of the disk.
 *
 * @param root absolute path of an existing directory; a link is followed
 * @param admits whether a folder outside of the root, by its absolute path, may be taken into the tree; undefined for none
 */
export function diskFileSystem(root: string, admits?: ((folder: string) => boolean) | undefined): FileSystem {
  let realRoot: string | undefined;
  const top = () => (realRoot ??= realpathSync.native(root));
  /** Absolute paths without links, by the paths of the tree that they were admitted as. */
  const admitted = new Map<string, string>();

  const isInTree = (real: string): boolean =>
    isInside(top(), real) || [...admitted.values()].some((folder) => isInside(folder, real));

  /** Where a path really is, or undefined if that is outside of the tree. Throws what the disk throws. */
  const locate = (path: string): string | undefined => {
    // Paths of the tree are normalized, and most runs look at many.
    const real = realpathSync.native(top() + sep + path);
    return isInTree(real) ? real : undefined;
  };

  const entryOf = (directory: string, entry: Dirent): DirectoryEntry => {
    const isLink = entry.isSymbolicLink();
    try {
      const real = isLink ? realpathSync.native(join(directory, entry.name)) : undefined;
      if (real !== undefined && !isInTree(real)) {
        return { name: entry.name, kind: statSync(real).isDirectory() ? 'outside' : 'other', isLink };
      }
      return { name: entry.name, kind: kindOf(real === undefined ? entry : statSync(real)), isLink };
    } catch {
      return { name: entry.name, kind: 'other', isLink };
    }
  };

  return {
    read(path) {
      try {
        const real = locate(path);
        if (real === undefined) return { kind: 'error', message: 'the symbolic link points outside the tree' };
        // A pipe or a device would be waited for.
        const found = statSync(real);
        const kind = kindOf(found);
        if (kind !== 'file')
          return { kind: 'error', message: kind === 'directory' ? 'it is a directory' : 'it is not a regular file' };
        return found.size > MAX_FILE_BYTES ? tooLarge : { kind: 'file', bytes: readFileSync(real) };
      } catch (error) {
        return failure(error);
      }
    },
    list(path) {
      try {
        const real = locate(path);
        if (real === undefined) return { kind: 'error', message: 'the symbolic link points outside the tree' };
        const entries = readdirSync(real, { withFileTypes: true }).map((entry) => entryOf(real, entry));
        return { kind: 'directory', entries: entries.sort(byName) };
      } catch (error) {
        return failure(error);
      }
    },
    real(path) {
      try {
        const real = locate(path);
        if (real === undefined) return path;
        const inTree = relative(top(), real);
        return sep === '/' ? inTree : inTree.replaceAll(sep, '/');
      } catch {
        return path;
      }
    },
    ...(admits !== undefined && {
      outside: {
        admit(folder: string) {
          try {
            const real = realpathSync.native(join(top(), folder));
            if (isInTree(real) || admits(real)) admitted.set(folder, real);
          } catch {
            // There is no such folder.
          }
          return admitted.has(folder);
        },
        has: (path: string) => [...admitted.keys()].some((folder) => path === folder || path.startsWith(`${folder}/`)),
      },
    }),
  };
}

/** The same, with each directory listed once: for one run over a disk that is taken to stay as it is. */
export function listedOnce(files: FileSystem): FileSystem {
  const lists = new Map<string, ListResult>();
  return {
    ...files,
    list(path) {
      const known = lists.get(path) ?? files.list(path);
      lists.set(path, known);
      return known;
    },
  };
}

/** Bytes of files that are kept. */
const READ_BYTES = 128 * 1024 * 1024;

/** The same, with each file read once too, as far as they are not too many: for a run that looks at files more than once. */
export function readOnce(files: FileSystem): FileSystem {
  const reads = byteCache<ReadResult>(READ_BYTES);
  return {
    ...listedOnce(files),
    read(path) {
      const known = reads.get(path);
      if (known !== undefined) return known;
      const read = files.read(path);
      reads.set(path, read, read.kind === 'file' ? read.bytes.length : 0);
      return read;
    },
  };
}

/** A tree that is read again and again: what is as it was gives the same object. */
export interface RememberingFileSystem extends FileSystem {
  /** The disk may be another: it is checked before anything is given again. */
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
export function rememberingFileSystem(
  root: string,
  now: () => number,
  admits?: ((folder: string) => boolean) | undefined,
): RememberingFileSystem {
  const disk = diskFileSystem(root, admits);
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
    real: disk.real,
    outside: disk.outside,
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
      return bytes.length > MAX_FILE_BYTES ? tooLarge : { kind: 'file', bytes };
    },
    list(path) {
      const added = entriesBelow(path, documents.keys());
      const listed = base.list(path);
      if (added.length === 0) return listed;
      const entries = new Map(listed.kind === 'directory' ? listed.entries.map((entry) => [entry.name, entry]) : []);
      for (const entry of added) if (entries.get(entry.name)?.kind !== entry.kind) entries.set(entry.name, entry);
      return { kind: 'directory', entries: [...entries.values()].sort(byName) };
    },
    real: (path) => (documents.has(path) ? path : base.real(path)),
    outside: base.outside,
  };
}

const emptyFileSystem: FileSystem = {
  read: () => ({ kind: 'missing' }),
  list: (path) => (path === '' ? { kind: 'directory', entries: [] } : { kind: 'missing' }),
  real: (path) => path,
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
    message: reasons[code ?? ''] ?? (code === undefined ? String(error) : `system error ${code}`),
  };
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  EIO: 'input/output error',
  ERR_INVALID_ARG_VALUE: 'the name has a character that file names cannot have',
};
