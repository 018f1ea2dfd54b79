/** The index of a repository: what the next commit will hold. */

import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GitError } from './git-error.ts';
import { type GitFile, type GitFolder, type GitNode, nodeOf } from './git-tree.ts';
import { withFile } from './reading.ts';
import type { Repository } from './repository.ts';

export interface IndexEntry {
  /** With `/` at its end: a whole folder that a sparse index does not list. */
  readonly path: string;
  readonly mode: number;
  readonly id: string;
  /** 0, or 1 to 3 for the sides of a conflict. */
  readonly stage: number;
  /** Of the file when git read it last, modulo 2^32. */
  readonly size: number;
  readonly modified: IndexTime;
  readonly changed: IndexTime;
  /** Not in the working tree, as only a part is checked out. */
  readonly isSkipped: boolean;
  /** Of `git add --intent-to-add`: not in the next commit. */
  readonly isIntended: boolean;
}

/** Since 1970-01-01, UTC, modulo 2^32 seconds. */
export interface IndexTime {
  readonly seconds: number;
  /** 0 if git was not built to keep them. */
  readonly nanoseconds: number;
}

export interface GitIndex {
  /** In the order of their paths. */
  readonly entries: readonly IndexEntry[];
  /** When it was written, in nanoseconds since 1970-01-01, UTC: later changes of a file within the same tick can't be told from its times. */
  readonly written: bigint;
  /** Paths of files with conflicts. */
  readonly conflicts: readonly string[];
  /** Ids of the trees that folders would be committed as, by path, where git has worked them out; empty for the root. */
  readonly trees: ReadonlyMap<string, string>;
}

/** Of folders in folders: more than any system has in a path. */
const MAX_DEPTH = 2048;

const MAX_INDEX_BYTES = 512 * 1024 * 1024;

/**
 * Source: https://git-scm.com/docs/index-format
 *
 * @param path of another index, as GIT_INDEX_FILE names it for hooks; relative to the working tree
 * @throws GitError if it can't be read
 */
export function readIndex(repository: Repository, path?: string): GitIndex {
  const place = path === undefined ? join(repository.directory, 'index') : resolve(repository.worktree, path);
  const written = statSync(place, { bigint: true, throwIfNoEntry: false })?.mtimeNs ?? 0n;
  const bytes = withFile(place, (file) => {
    if (file.size > MAX_INDEX_BYTES) throw new GitError("git's index is larger than 512 MiB");
    return file.readAt(0, file.size);
  });
  if (bytes === undefined) return { entries: [], written, conflicts: [], trees: new Map() };
  const { entries, trees } = parseIndex(bytes, repository.hashLength);
  const conflicts = new Set(entries.filter(({ stage }) => stage !== 0).map((entry) => entry.path));
  return { entries, written, conflicts: [...conflicts], trees };
}

const damaged = (): GitError => new GitError('git\'s index is damaged; "git read-tree HEAD" makes a new one');

function parseIndex(bytes: Buffer, hashLength: number): Pick<GitIndex, 'entries' | 'trees'> {
  if (bytes.length < 12 + hashLength || bytes.toString('latin1', 0, 4) !== 'DIRC') throw damaged();
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4)
    throw new GitError(
      `git's index has version ${version}; tfsg reads 2 to 4: run "git update-index --index-version 2"`,
    );
  const count = bytes.readUInt32BE(8);
  const end = bytes.length - hashLength;
  const entries: IndexEntry[] = [];
  let at = 12;
  let before: Buffer = Buffer.alloc(0);
  for (let index = 0; index < count; index++) {
    const start = at;
    if (at + 42 + hashLength > end) throw damaged();
    const flagsAt = at + 40 + hashLength;
    const flags = bytes.readUInt16BE(flagsAt);
    const isExtended = version > 2 && (flags & 0x4000) !== 0;
    const more = isExtended ? bytes.readUInt16BE(flagsAt + 2) : 0;
    at = flagsAt + (isExtended ? 4 : 2);
    let kept = 0;
    if (version === 4) {
      const [cut, next] = readOffset(bytes, at);
      kept = before.length - cut;
      at = next;
      if (kept < 0) throw damaged();
    }
    const stop = bytes.indexOf(0, at);
    if (stop === -1 || stop >= end) throw damaged();
    const name =
      kept === 0 ? bytes.subarray(at, stop) : Buffer.concat([before.subarray(0, kept), bytes.subarray(at, stop)]);
    // Entries of earlier versions are as long as a multiple of 8.
    at = version === 4 ? stop + 1 : start + ((stop - start + 8) & ~7);
    before = name;
    const time = (place: number): IndexTime => ({
      seconds: bytes.readUInt32BE(start + place),
      nanoseconds: bytes.readUInt32BE(start + place + 4),
    });
    entries.push({
      path: name.toString('utf8'),
      mode: bytes.readUInt32BE(start + 24),
      id: bytes.toString('hex', start + 40, flagsAt),
      stage: (flags >> 12) & 3,
      size: bytes.readUInt32BE(start + 36),
      changed: time(0),
      modified: time(8),
      isSkipped: (more & 0x4000) !== 0,
      isIntended: (more & 0x2000) !== 0,
    });
  }
  return { entries, trees: readExtensions(bytes, at, end, hashLength) };
}

/** As the offsets of deltas in packs. */
function readOffset(bytes: Buffer, start: number): readonly [number, number] {
  let at = start;
  let next = bytes[at++]!;
  let value = next & 0x7f;
  while (next >= 0x80 && at < bytes.length && value < 2 ** 32) {
    next = bytes[at++]!;
    value = (value + 1) * 128 + (next & 0x7f);
  }
  return [value, at];
}

/** @throws GitError for one that changes what the entries mean: those with a name in small letters */
function readExtensions(bytes: Buffer, start: number, end: number, hashLength: number): GitIndex['trees'] {
  let trees: GitIndex['trees'] = new Map();
  for (let at = start; at + 8 <= end; at += 8 + bytes.readUInt32BE(at + 4)) {
    const name = bytes.toString('latin1', at, at + 4);
    if (name === 'link')
      throw new GitError('git\'s index is split, which tfsg does not read; run "git update-index --no-split-index"');
    if (/^[a-z]/.test(name) && name !== 'sdir') throw new GitError(`git's index has the unknown extension "${name}"`);
    if (name === 'TREE') trees = parseTrees(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at + 4)), hashLength);
  }
  return trees;
}

/**
 * Each folder before those in it; those that have changed since have no id.
 *
 * Source: https://git-scm.com/docs/index-format#_cache_tree
 */
function parseTrees(bytes: Buffer, hashLength: number): GitIndex['trees'] {
  const trees = new Map<string, string>();
  let at = 0;
  const textUntil = (end: number): string => {
    const stop = bytes.indexOf(end, at);
    if (stop === -1) throw damaged();
    const text = bytes.toString('utf8', at, stop);
    at = stop + 1;
    return text;
  };
  const readFolder = (above: string, depth: number): void => {
    if (depth > MAX_DEPTH) throw damaged();
    const name = textUntil(0);
    const path = above === '' ? name : `${above}/${name}`;
    const entryCount = Number(textUntil(0x20));
    const folderCount = Number(textUntil(0x0a));
    if (entryCount >= 0) {
      trees.set(path, bytes.toString('hex', at, at + hashLength));
      at += hashLength;
    }
    for (let index = 0; index < folderCount; index++) readFolder(path, depth + 1);
  };
  readFolder('', 0);
  return trees;
}

/** What a commit of the index would hold. */
export interface IndexFolders {
  /** A file with conflicts is there and can't be read. */
  readonly root: GitFolder;
  /** Those that are a tree, by its id. */
  readonly byId: ReadonlyMap<string, GitFolder>;
}

export function indexFolders(
  repository: Repository,
  { entries: indexed, trees }: Pick<GitIndex, 'entries' | 'trees'>,
): IndexFolders {
  const byId = new Map<string, GitFolder>();
  const folders = new Map<string, Map<string, GitNode>>();
  const newFolder = (path: string): GitFolder => {
    const entries = new Map<string, GitNode>();
    folders.set(path, entries);
    const id = trees.get(path);
    const folder: GitFolder = { kind: 'folder', id, entries: () => entries };
    if (id !== undefined) byId.set(id, folder);
    return folder;
  };
  const entriesAt = (path: string): Map<string, GitNode> => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    add(path, newFolder(path));
    return folders.get(path)!;
  };
  const add = (path: string, node: GitNode): void => {
    const slash = path.lastIndexOf('/');
    entriesAt(path.slice(0, Math.max(0, slash))).set(path.slice(slash + 1), node);
  };
  const root = newFolder('');
  for (const { path, mode, id, stage, isIntended } of indexed) {
    const place = path.endsWith('/') ? path.slice(0, -1) : path;
    if (isIntended || !isPath(place)) continue;
    add(place, stage === 0 ? nodeOf({ repository, path: place, above: [] }, mode, id) : conflicted);
  }
  return { root, byId };
}

const isPath = (path: string): boolean => path !== '' && !/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(path);

const conflicted: GitFile = {
  kind: 'file',
  id: undefined,
  read: () => {
    throw new GitError('it has merge conflicts; resolve them and stage it');
  },
};
