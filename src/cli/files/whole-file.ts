/** Writes files atomically: readers see the old content or the new. */

import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** `.tfsg-PID-TIME.tmp`. */
const temporaryName = /^\.tfsg-(\d+)-\d+\.tmp$/;

/** Whether a path is that of a file on its way to another's place. */
export function isTemporary(path: string): boolean {
  return temporaryName.test(basename(path));
}

/** Milliseconds after which a temporary file of a process that is no more is nobody's. */
const STALE = 60_000;

/** What a file is to hold, lying beside it on the disk already. */
export interface Prepared {
  /** Puts it in the file's place. Throws what the disk throws. */
  commit(): void;
  /** Takes it away, if it is still there. */
  discard(): void;
}

/**
 * Writes new contents beside a file. Mode and owner are those of the file that is there, the owner as far as the process may.
 *
 * @param path absolute, with links followed, in a folder that exists
 */
export function prepareFile(path: string, contents: Uint8Array | string): Prepared {
  leaveAfterWriting();
  const folder = dirname(path);
  removeStale(folder);
  const before = statSync(path, { throwIfNoEntry: false });
  // A short name of its own: the file's may have the greatest length already.
  const temporary = join(folder, `.tfsg-${process.pid}-${process.hrtime.bigint()}.tmp`);
  const discard = (): void => rmSync(temporary, { force: true });
  const descriptor = openSync(temporary, 'wx', before === undefined ? 0o666 : 0o600);
  try {
    try {
      writeFileSync(descriptor, contents);
      flush(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (before !== undefined) keepStats(temporary, before);
  } catch (error) {
    discard();
    throw error;
  }
  return { commit: () => renameSync(temporary, path), discard };
}

/** The same, at once. Throws what the disk throws; then the file is as it was. */
export function writeWhole(path: string, contents: Uint8Array | string): void {
  const prepared = prepareFile(path, contents);
  try {
    prepared.commit();
  } finally {
    prepared.discard();
  }
}

function flush(descriptor: number): void {
  try {
    fsyncSync(descriptor);
  } catch (error) {
    // Under Node's permission model, only a process may that may write everywhere.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ACCESS_DENIED') throw error;
  }
}

function keepStats(path: string, { mode, uid, gid }: Stats): void {
  const own = statSync(path);
  if (own.uid !== uid || own.gid !== gid) {
    try {
      chownSync(path, uid, gid);
    } catch (error) {
      // Only a superuser may give files away.
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    }
  }
  chmodSync(path, mode & 0o7777);
}

/** What processes left behind that were killed. Where it can't be taken away, it stays. */
function removeStale(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const owner = temporaryName.exec(name)?.[1];
      if (owner === undefined || isRunning(Number(owner))) continue;
      const path = join(folder, name);
      if (Date.now() - statSync(path).mtimeMs > STALE) rmSync(path, { force: true });
    }
  } catch {
    // It is in nobody's way.
  }
}

/** Whether a process runs, be it someone else's. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** From the first write on, a signal to end is heeded between two writes, never in one. */
function leaveAfterWriting(): void {
  for (const [signal, leave] of leaving) if (!process.listeners(signal).includes(leave)) process.once(signal, leave);
}

const leaving = (
  [
    ['SIGHUP', 1],
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const
).map(([signal, number]) => [signal, () => process.exit(128 + number)] as const);
