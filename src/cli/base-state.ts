/** `--base`: the older state that a change is compared with. */

import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Access } from '../changes/access.ts';
import { readInspection } from '../changes/read-inspection.ts';
import { diskFileSystem, listedOnce } from '../files.ts';
import type { ComparedState } from '../lint-changes.ts';
import type { Problem } from '../source/problem.ts';
import { locateTree, readGiven } from './files/tree.ts';
import { type Io, UsageError } from './io.ts';
import type { ChangesArguments } from './options/arguments.ts';
import type { Session } from './session.ts';

export interface BaseState {
  /** Undefined for what plans say of it. */
  readonly before: ComparedState | Access | undefined;
  readonly after: ComparedState;
  /** What the older state is called. */
  readonly name: string;
  /** Root modules of which nothing changed, and which are in neither state. */
  readonly unchangedRoots: number;
  readonly problems: readonly Problem[];
}

/** Bytes of a report, which is read at once. */
const MAX_REPORT_MIB = 256;

/** @throws UsageError for what is neither a revision, a directory nor a report */
export async function baseOf(given: ChangesArguments, { fileSystem, paths, tree }: Session, io: Io): Promise<BaseState> {
  const { base } = given;
  const plain = { unchangedRoots: 0, problems: [] };
  const whole: ComparedState = { fileSystem, paths, below: '' };
  if (base === undefined) return { ...plain, before: undefined, after: whole, name: 'the state of the plan' };
  const found = statSync(resolve(io.cwd, base), { throwIfNoEntry: false });
  if (found?.isFile() === true) {
    const read = readInspection(new TextDecoder().decode(readGiven(io.cwd, base, '--base', MAX_REPORT_MIB)));
    if (typeof read === 'string') throw new UsageError(`--base ${base} ${read}.`);
    return { ...plain, before: read, after: whole, name: base };
  }
  if (found?.isDirectory() !== true) throw new UsageError(`--base ${base}: no such file or directory.`);
  const folder = resolve(io.cwd, base);
  const older = locateTree(io.cwd, [base]);
  const before = listedOnce(diskFileSystem(older.root, older.admits));
  const [only, ...others] = paths;
  // Another checkout has everything at the same paths; another folder is what the one that is given was.
  if (existsSync(join(folder, '.git')) || only === undefined || others.length > 0 || fileSystem.list(only).kind !== 'directory') {
    const root = listedOnce(diskFileSystem(folder));
    const there = paths.filter((path) => root.list(path).kind === 'directory' || root.read(path).kind === 'file');
    return { ...plain, before: { fileSystem: root, paths: there, below: '' }, after: whole, name: base };
  }
  const path = older.pathOf(base);
  return {
    ...plain,
    before: { fileSystem: before, paths: [path], below: path },
    after: { fileSystem, paths, below: only },
    name: base,
  };
}
