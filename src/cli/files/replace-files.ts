/** Replaces several files on disk together: all of them or none. */

import { readFileSync } from 'node:fs';
import { reasonOf } from './tree.ts';
import { type Prepared, prepareFile } from './whole-file.ts';

export interface FileReplacement {
  /** Absolute, with links followed. */
  readonly path: string;
  /** What the file has to hold now. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

export interface Replaced {
  /** How many files were replaced: none if there are faults, unless one was rejected its new name after others. */
  readonly count: number;
  /** What could not be written, and why. */
  readonly faults: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * Replaces files one by one, each of them at once: whoever reads one finds the old contents or the new. All new contents are on the
 * disk before the first file is replaced.
 */
export function replaceFiles(replacements: readonly FileReplacement[]): Replaced {
  const prepared: { readonly path: string; readonly file: Prepared }[] = [];
  const faults: { readonly path: string; readonly reason: string }[] = [];
  let count = 0;
  try {
    for (const { path, before, after } of replacements) {
      try {
        if (readFileSync(path).equals(before)) prepared.push({ path, file: prepareFile(path, after) });
        else faults.push({ path, reason: CHANGED });
      } catch (error) {
        faults.push({ path, reason: reasonOf(error) });
      }
    }
    while (faults.length === 0 && prepared.length > 0) {
      const { path, file } = prepared[0]!;
      try {
        file.commit();
        prepared.shift();
        count++;
      } catch (error) {
        faults.push({ path, reason: reasonOf(error) });
      }
    }
  } finally {
    for (const { file } of prepared) file.discard();
  }
  return { count, faults };
}

/** Why a file is not written that is not what was read. */
export const CHANGED = 'another program changed the file in the meantime';
