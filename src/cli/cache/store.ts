/** Where results of runs are kept: one file for each, in a folder of their own. */

import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { safeJson } from '../../report/escape.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { cacheFolder } from '../compiled-code.ts';
import { makeFolder, targetOf, writeTo } from '../files/destination.ts';
import { reasonOf } from '../files/tree.ts';
import { isTemporary } from '../files/whole-file.ts';
import { type Io, UsageError } from '../io.ts';
import type { Put, Surroundings } from './recorded-io.ts';

/** What a run came to, and what that hangs on beside the command line. */
export interface KeptRun {
  /** What it asked of the tree, and the digest of the answers: recorded-files.ts. */
  readonly asked: readonly string[];
  readonly digest: string;
  readonly surroundings: Surroundings;
  readonly puts: readonly Put[];
  readonly code: ExitCode;
}

export interface Store {
  /** Absolute. */
  readonly folder: string;
  /** Undefined where there is none; `damaged` where the file is not as tfsg has written it. */
  read(key: string): KeptRun | 'damaged' | undefined;
  /** @returns why it could not be written, as the end of a sentence */
  write(key: string, entry: KeptRun): string | undefined;
  /** Whether a file, by its absolute path, is one of the store's. */
  isOwn(path: string): boolean;
  /** Says that an entry was of use, so that it stays longer. */
  touch(key: string): void;
  /** The file of an entry, absolute. */
  fileOf(key: string): string;
}

/** The oldest go first. */
const MAX_ENTRIES = 32;

/** Of all entries together; a larger one is not kept. */
const MAX_BYTES = 64 * 1024 * 1024;

const entryName = /^lint-[0-9a-f]{64}\.cache$/;

/**
 * The folder for results of a tree: the named one, else one in its git directory, which nobody commits, else one in the user's cache directory.
 *
 * @param named as given on the command line
 * @param root of the tree, absolute
 * @throws UsageError if there is none
 */
export function cacheLocation(named: string | undefined, root: string, io: Io): string {
  if (named !== undefined) {
    const folder = resolve(io.cwd, named);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
      throw new UsageError(`--cache-location ${named}: it is not a directory.`);
    return folder;
  }
  const git = join(root, '.git');
  // Of a linked working tree and of a submodule it is a file, which may name any folder.
  if (lstatSync(git, { throwIfNoEntry: false })?.isDirectory() === true) return join(git, 'tfsg');
  const caches = cacheFolder(io.environment);
  if (caches === undefined)
    throw new UsageError('--cache needs a directory: there is no git directory here. Name one with --cache-location.');
  return join(caches, 'tfsg', 'lint');
}

/**
 * Opens a folder, which is made where it is missing.
 *
 * @param roots of the trees out of which no link is followed
 * @returns a text where that can't be done: why, as the end of a sentence
 */
export function openStore(path: string, roots: readonly string[]): Store | string {
  try {
    const folder = targetOf(path, roots);
    if (typeof folder !== 'string') return folder.fault;
    makeFolder(folder);
    if (!statSync(folder).isDirectory()) return `${folder} is not a directory`;
    return storeIn(folder, roots);
  } catch (error) {
    return reasonOf(error);
  }
}

function storeIn(folder: string, roots: readonly string[]): Store {
  const fileOf = (key: string): string => join(folder, `lint-${key}.cache`);
  return {
    folder,
    fileOf,
    isOwn: (path) => dirname(path) === folder && (entryName.test(basename(path)) || isTemporary(path)),
    read(key) {
      const file = fileOf(key);
      try {
        const found = lstatSync(file, { throwIfNoEntry: false });
        if (found === undefined) return undefined;
        const entry = found.isFile() && found.size <= 2 * MAX_BYTES ? entryIn(readFileSync(file, 'utf8')) : undefined;
        return entry ?? 'damaged';
      } catch {
        return 'damaged';
      }
    },
    touch(key) {
      try {
        const now = new Date();
        utimesSync(fileOf(key), now, now);
      } catch {
        // It may be someone else's.
      }
    },
    write(key, entry) {
      const text = JSON.stringify(entry);
      if (text.length > MAX_BYTES) return undefined;
      const fault = writeTo(fileOf(key), safeJson(`${sumOf(text)}\n${text}\n`), roots);
      if (fault === undefined) removeOldest(folder, fileOf(key));
      return fault;
    },
  };
}

/** Undefined where a part is missing or another. */
function entryIn(text: string): KeptRun | undefined {
  const end = text.indexOf('\n');
  const entry: unknown = JSON.parse(text.slice(end + 1));
  // The same JSON as when it was written, in which unsafe characters were not escaped yet.
  return text.slice(0, end) === sumOf(JSON.stringify(entry)) ? (entry as KeptRun) : undefined;
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Until what is left is within bounds. Where that can't be done, it stays. */
function removeOldest(folder: string, newest: string): void {
  try {
    const entries = readdirSync(folder)
      .filter((name) => entryName.test(name))
      .map((name) => ({ file: join(folder, name), ...sizeAndTime(join(folder, name)) }))
      .sort((a, b) => Number(b.file === newest) - Number(a.file === newest) || b.time - a.time);
    let bytes = 0;
    for (const [index, { file, size }] of entries.entries()) {
      bytes += size;
      if (index >= MAX_ENTRIES || (bytes > MAX_BYTES && file !== newest)) rmSync(file, { force: true });
    }
  } catch {
    // Another run may have been faster.
  }
}

function sizeAndTime(file: string): { readonly size: number; readonly time: number } {
  const { size = 0, mtimeMs = 0 } = lstatSync(file, { throwIfNoEntry: false }) ?? {};
  return { size, time: mtimeMs };
}
