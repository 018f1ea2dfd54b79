/** Objects in packs, read piece by piece. */

import { inflateSync } from 'node:zlib';
import type { ByteCache } from '../collections/byte-cache.ts';
import { MAX_FILE_BYTES } from '../files.ts';
import { applyDelta } from './delta.ts';
import { GitError, GitObjectTooLarge } from './git-error.ts';
import { type OpenFile, withFile } from './reading.ts';

export type GitObjectType = 'commit' | 'tree' | 'blob' | 'tag';

export interface GitObject {
  readonly type: GitObjectType;
  readonly body: Buffer;
}

export interface Pack {
  /** Where in the pack an object starts; undefined if it is not in it. */
  find(id: Buffer): number | undefined;
  /** Ids that start with these digits, at least two. */
  startingWith(digits: string): readonly string[];
  /**
   * @param elsewhere an object of the repository that a delta is of and that is not in this pack
   * @throws GitError if it is damaged
   */
  read(offset: number, elsewhere: (id: string) => GitObject | undefined): GitObject;
}

/** What packs of a repository share. */
export interface PackCaches {
  /** Objects that deltas are of. */
  readonly objects: ByteCache<GitObject>;
  /** Ids with the same first byte. */
  readonly ids: ByteCache<Buffer>;
}

const types: Readonly<Record<number, GitObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };

/** Git itself makes chains of at most 4,095. */
const MAX_CHAIN = 4096;

/** Of all deltas of a chain together. */
const MAX_CHAIN_BYTES = 4 * MAX_FILE_BYTES;

/** Signature and fan-out table of an index. */
const HEADER = 8 + 256 * 4;

/**
 * Source: https://git-scm.com/docs/pack-format
 *
 * @param path without `.idx` and `.pack`
 * @param hashLength bytes of an id
 */
export function openPack(path: string, hashLength: number, caches: PackCaches): Pack {
  let header: Buffer | undefined;
  const inIndex = <T>(use: (file: OpenFile) => T): T | undefined => withFile(`${path}.idx`, use);
  const fanout = (file: OpenFile): Buffer => {
    header ??= file.readAt(0, HEADER);
    if (header.length < HEADER || header.readUInt32BE(0) !== 0xff744f63 || header.readUInt32BE(4) !== 2)
      throw new GitError(`the index ${path}.idx is damaged or of an old form; run "git repack -a -d"`);
    return header;
  };
  const count = (table: Buffer, byte: number): number => (byte < 0 ? 0 : table.readUInt32BE(8 + byte * 4));

  /** Ids whose first byte this is, in order. */
  const bucket = (file: OpenFile, byte: number): Buffer => {
    const table = fanout(file);
    const key = `${path} ${byte}`;
    const known = caches.ids.get(key);
    if (known !== undefined) return known;
    const [start, end] = [count(table, byte - 1), count(table, byte)];
    const at = HEADER + start * hashLength;
    // More than the file has is not asked for.
    const ids =
      end <= start
        ? Buffer.alloc(0)
        : file.readAt(at, Math.max(0, Math.min((end - start) * hashLength, file.size - at)));
    caches.ids.set(key, ids, ids.length);
    return ids;
  };

  const offsetOf = (file: OpenFile, position: number): number => {
    const total = count(fanout(file), 255);
    const offsets = HEADER + total * (hashLength + 4);
    const short = file.readAt(offsets + position * 4, 4);
    if (short.length < 4) throw new GitError(`the index ${path}.idx is damaged; run "git fsck"`);
    const value = short.readUInt32BE(0);
    if (value < 0x80000000) return value;
    const long = file.readAt(offsets + total * 4 + (value - 0x80000000) * 8, 8);
    if (long.length < 8) throw new GitError(`the index ${path}.idx is damaged; run "git fsck"`);
    return Number(long.readBigUInt64BE(0));
  };

  const find = (id: Buffer): number | undefined =>
    inIndex((file) => {
      const ids = bucket(file, id[0]!);
      const position = positionOf(ids, id, hashLength);
      return position === undefined ? undefined : offsetOf(file, count(fanout(file), id[0]! - 1) + position);
    });

  return {
    find,
    startingWith: (digits) =>
      inIndex((file) => {
        const ids = bucket(file, Number.parseInt(digits.slice(0, 2), 16));
        const found: string[] = [];
        for (let at = 0; at + hashLength <= ids.length; at += hashLength) {
          const id = ids.toString('hex', at, at + hashLength);
          if (id.startsWith(digits)) found.push(id);
        }
        return found;
      }) ?? [],
    read(offset, elsewhere) {
      const read = withFile(`${path}.pack`, (file) =>
        readChain(file, offset, { path, hashLength, find, elsewhere, objects: caches.objects }),
      );
      if (read === undefined) throw new GitError(`${path}.pack is missing; run "git fsck"`);
      return read;
    },
  };
}

function positionOf(ids: Buffer, id: Buffer, hashLength: number): number | undefined {
  let [low, high] = [0, Math.floor(ids.length / hashLength)];
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = ids.compare(id, 0, hashLength, middle * hashLength, (middle + 1) * hashLength);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

interface ChainReading {
  readonly path: string;
  readonly hashLength: number;
  readonly find: (id: Buffer) => number | undefined;
  readonly elsewhere: (id: string) => GitObject | undefined;
  readonly objects: ByteCache<GitObject>;
}

function readChain(
  file: OpenFile,
  first: number,
  { path, hashLength, find, elsewhere, objects }: ChainReading,
): GitObject {
  const deltas: { readonly delta: Buffer; readonly key: string }[] = [];
  let bytes = 0;
  let base: GitObject | undefined;
  for (let offset = first; base === undefined; ) {
    const key = `${path} ${offset}`;
    base = objects.get(key);
    if (base !== undefined) break;
    const entry = readEntry(file, offset, hashLength);
    if (entry.base === undefined) {
      base = { type: entry.type, body: entry.body };
      objects.set(key, base, base.body.length);
      break;
    }
    bytes += entry.body.length;
    deltas.push({ delta: entry.body, key });
    if (deltas.length > MAX_CHAIN || bytes > MAX_CHAIN_BYTES) throw new GitError('a chain of deltas does not end');
    const next = typeof entry.base === 'number' ? offset - entry.base : find(entry.base);
    if (next === undefined) base = elsewhere((entry.base as Buffer).toString('hex'));
    else offset = next;
    if (next === undefined && base === undefined) throw new GitError('the base of a delta is missing');
  }
  for (const { delta, key } of deltas.reverse()) {
    base = { type: base.type, body: applyDelta(base.body, delta) };
    objects.set(key, base, base.body.length);
  }
  return base;
}

type Entry =
  | { readonly type: GitObjectType; readonly base?: undefined; readonly body: Buffer }
  /** A delta, of what lies that many bytes before it or has that id. */
  | { readonly base: number | Buffer; readonly body: Buffer };

/** Enough for most objects at once. */
const FIRST_READ = 4096;

function readEntry(file: OpenFile, offset: number, hashLength: number): Entry {
  const start = offset < 12 ? Buffer.alloc(0) : file.readAt(offset, FIRST_READ);
  let at = 0;
  const byte = (): number => {
    const value = start[at++];
    if (value === undefined) throw new GitError('a pack is damaged');
    return value;
  };
  let next = byte();
  const type = (next >> 4) & 7;
  let size = next & 0x0f;
  for (let scale = 16; next >= 0x80; scale *= 128) {
    next = byte();
    size += (next & 0x7f) * scale;
    if (scale > 2 ** 48) throw new GitError('a pack is damaged');
  }
  let base: number | Buffer | undefined;
  if (type === 6) {
    next = byte();
    let distance = next & 0x7f;
    while (next >= 0x80) {
      next = byte();
      distance = (distance + 1) * 128 + (next & 0x7f);
      if (distance > Number.MAX_SAFE_INTEGER / 256) throw new GitError('a pack is damaged');
    }
    if (distance === 0 || distance > offset) throw new GitError('a pack is damaged');
    base = distance;
  } else if (type === 7) {
    base = start.subarray(at, at + hashLength);
    at += hashLength;
  } else if (types[type] === undefined) throw new GitError('a pack is damaged');
  if (size > MAX_FILE_BYTES) throw new GitObjectTooLarge('it is larger than 64 MiB');
  // What zlib makes of data that can't be compressed.
  const most = size + (size >> 3) + (size >> 6) + 64;
  const packed =
    at + most <= start.length
      ? start.subarray(at)
      : file.readAt(offset + at, Math.min(most, Math.max(0, file.size - offset - at)));
  const body = inflateSync(packed, { maxOutputLength: Math.max(1, size), chunkSize: Math.max(64, size + 1) });
  if (body.length !== size) throw new GitError('a pack is damaged');
  return base === undefined ? { type: types[type]!, body } : { base, body };
}
