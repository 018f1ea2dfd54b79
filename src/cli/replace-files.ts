/** Files of the disk, replaced as a whole. */

import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { reasonOf } from './tree.ts';

export interface Replacement {
  /** Absolute, with links followed. */
  readonly path: string;
  /** What the file has to hold now. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

export interface Replaced {
  /** How many files were replaced: none if there are faults, unless one was refused its new name after others. */
  readonly count: number;
  /** What could not be written, and why. */
  readonly faults: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * Replaces files one by one, each of them at once: whoever reads one finds the old contents or the new. Mode and owner are kept, the owner as
 * far as the process may. All new contents are on the disk before the first file is replaced.
 */
export function replaceFiles(replacements: readonly Replacement[]): Replaced {
  const prepared: { readonly path: string; readonly temporary: string }[] = [];
  const faults: { readonly path: string; readonly reason: string }[] = [];
  let count = 0;
  try {
    for (const replacement of replacements) {
      const { path } = replacement;
      try {
        prepared.push({ path, temporary: prepare(replacement) });
      } catch (error) {
        faults.push({ path, reason: error instanceof Changed ? error.message : reasonOf(error) });
      }
    }
    while (faults.length === 0 && prepared.length > 0) {
      const { path, temporary } = prepared[0]!;
      try {
        renameSync(temporary, path);
        prepared.shift();
        count++;
      } catch (error) {
        faults.push({ path, reason: reasonOf(error) });
      }
    }
  } finally {
    for (const { temporary } of prepared) rmSync(temporary, { force: true });
  }
  return { count, faults };
}

class Changed extends Error {}

/** Writes the new contents beside the file; gives the path of what is to take its place. */
function prepare({ path, before, after }: Replacement): string {
  if (!readFileSync(path).equals(before)) throw new Changed('it was changed by somebody else in the meantime');
  const { mode, uid, gid } = statSync(path);
  // A short name of its own: the file's may have the greatest length already.
  const temporary = join(dirname(path), `.tfsg-${process.pid}-${process.hrtime.bigint()}.tmp`);
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    writeFileSync(descriptor, after);
    fsyncSync(descriptor);
    closeSync(descriptor);
    keepOwner(temporary, uid, gid);
    chmodSync(temporary, mode & 0o7777);
    return temporary;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Only a superuser may give files away. */
function keepOwner(path: string, uid: number, gid: number): void {
  const own = statSync(path);
  if (own.uid === uid && own.gid === gid) return;
  try {
    chownSync(path, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}
