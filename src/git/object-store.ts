/** The objects of a repository: loose ones, packs, and those of the repositories that it borrows from. */

import { readdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import { byteCache } from '../collections/byte-cache.ts';
import { MAX_FILE_BYTES } from '../files.ts';
import { damagedObject, GitError, GitObjectTooLarge } from './git-error.ts';
import { type GitObject, type GitObjectType, openPack, type Pack } from './pack.ts';
import { readGitText, withFile } from './reading.ts';

export interface ObjectStore {
  /**
   * Undefined if it is not there. Hashes are not verified.
   *
   * @throws GitError if it is damaged, or larger than tfsg reads
   */
  read(id: string): GitObject | undefined;
  /** Ids that start with these digits, at least four; each once. */
  startingWith(digits: string): readonly string[];
}

/** Bytes that are kept of objects, and of ids. */
const CACHE_BYTES = 32 * 1024 * 1024;

/** As git has it. */
const MAX_ALTERNATES_DEPTH = 5;

/** Deltas of one pack with a base in another, which only damaged repositories have. */
const MAX_PACK_CHANGES = 16;

/**
 * @param folder the folder `objects`
 * @param hashLength bytes of an id
 */
export function objectStore(folder: string, hashLength: number): ObjectStore {
  const folders = withAlternates(folder);
  const caches = { objects: byteCache<GitObject>(CACHE_BYTES), ids: byteCache<Buffer>(CACHE_BYTES) };
  const packs = new Map<string, Pack>();
  let listed = false;
  /** Whether there are packs that were not there before. */
  const listPacks = (): boolean => {
    const before = packs.size;
    for (const each of folders) {
      for (const name of namesIn(join(each, 'pack'))) {
        const path = join(each, 'pack', name.slice(0, -'.idx'.length));
        if (name.endsWith('.idx') && !packs.has(path)) packs.set(path, openPack(path, hashLength, caches));
      }
    }
    listed = true;
    return packs.size > before;
  };

  const readPacked = (id: string, changes: number): GitObject | undefined => {
    if (changes > MAX_PACK_CHANGES) throw damagedObject(id);
    const bytes = Buffer.from(id, 'hex');
    for (const [path, pack] of packs) {
      const offset = pack.find(bytes);
      if (offset === undefined) continue;
      if (packs.keys().next().value !== path) moveToFront(packs, path);
      return pack.read(offset, (other) => read(other, changes + 1));
    }
    return undefined;
  };

  const read = (id: string, changes: number): GitObject | undefined => {
    if (!listed) listPacks();
    const found = readPacked(id, changes) ?? readLoose(folders, id);
    if (found !== undefined) return found;
    // Git may have packed it meanwhile.
    return listPacks() ? readPacked(id, changes) : undefined;
  };

  return {
    read(id) {
      try {
        return read(id, 0);
      } catch (error) {
        if (error instanceof GitObjectTooLarge) throw error;
        throw error instanceof GitError && error.reason.includes('run "git') ? error : damagedObject(id);
      }
    },
    startingWith(digits) {
      if (!listed) listPacks();
      const loose = folders.flatMap((each) =>
        namesIn(join(each, digits.slice(0, 2))).map((name) => digits.slice(0, 2) + name),
      );
      const isId = (id: string): boolean => id.length === hashLength * 2 && id.startsWith(digits);
      return [...new Set([...loose, ...[...packs.values()].flatMap((pack) => pack.startingWith(digits))])].filter(isId);
    },
  };
}

/** Objects that are asked for together are mostly in the same pack. */
function moveToFront(packs: Map<string, Pack>, path: string): void {
  const others = [...packs].filter(([each]) => each !== path);
  const first = packs.get(path)!;
  packs.clear();
  packs.set(path, first);
  for (const [each, pack] of others) packs.set(each, pack);
}

function readLoose(folders: readonly string[], id: string): GitObject | undefined {
  for (const folder of folders) {
    const packed = withFile(join(folder, id.slice(0, 2), id.slice(2)), (file) => {
      if (file.size > MAX_FILE_BYTES * 1.02) throw new GitObjectTooLarge('it is larger than 64 MiB');
      return file.readAt(0, file.size);
    });
    if (packed !== undefined) return parseLoose(packed, id);
  }
  return undefined;
}

function parseLoose(packed: Buffer, id: string): GitObject {
  let bytes: Buffer;
  try {
    bytes = inflateSync(packed, { maxOutputLength: MAX_FILE_BYTES + 64 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new GitObjectTooLarge('it is larger than 64 MiB');
    throw damagedObject(id);
  }
  const end = bytes.indexOf(0);
  const header = /^(?<type>commit|tree|blob|tag) (?<size>\d+)$/.exec(bytes.toString('latin1', 0, Math.max(0, end)));
  const body = bytes.subarray(end + 1);
  if (header === null || Number(header.groups!['size']) !== body.length) throw damagedObject(id);
  if (body.length > MAX_FILE_BYTES) throw new GitObjectTooLarge('it is larger than 64 MiB');
  return { type: header.groups!['type'] as GitObjectType, body };
}

/** The folder, and those that it and they borrow from. */
function withAlternates(folder: string): readonly string[] {
  const found = new Set<string>();
  const add = (each: string, depth: number): void => {
    if (found.has(each) || depth > MAX_ALTERNATES_DEPTH) return;
    found.add(each);
    for (const line of (readGitText(join(each, 'info', 'alternates')) ?? '').split('\n')) {
      const path = line.startsWith('"') ? line.slice(1, line.lastIndexOf('"')).replace(/\\(["\\])/g, '$1') : line;
      if (path !== '' && !path.startsWith('#')) add(isAbsolute(path) ? path : resolve(each, path), depth + 1);
    }
  };
  add(folder, 0);
  return [...found];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
