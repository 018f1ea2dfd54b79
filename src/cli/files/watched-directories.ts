/** Tells of changes in directories, as Node's fs.watch does for one directory each, on every system alike. */

import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { Watching } from '../io.ts';
import { reasonOf } from './tree.ts';

/** A checkout or a formatter changes many files in a row. */
const QUIET_MS = 100;

/** As Io has it. */
export function watchDirectories(isIgnored: (path: string) => boolean, complain: (reason: string) => void): Watching {
  const watchers = new Map<string, FSWatcher>();
  let isChanged = false;
  let hasComplained = false;
  let wake = (): void => {};
  const changed = (): void => {
    isChanged = true;
    wake();
  };
  const forget = (directory: string): void => {
    watchers.get(directory)?.close();
    watchers.delete(directory);
  };
  return {
    add(directory) {
      if (watchers.has(directory)) return;
      try {
        const watcher = watch(directory, (_, name) => {
          if (name === null || !isIgnored(join(directory, name))) changed();
        });
        // The directory is gone: the one above it has told so, and this one is watched again when it is listed again.
        watcher.on('error', () => {
          forget(directory);
          changed();
        });
        watchers.set(directory, watcher);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT' || code === 'ENOTDIR' || hasComplained) return;
        hasComplained = true;
        complain(code === 'ENOSPC' ? 'the system watches too many files already' : reasonOf(error));
      }
    },
    async next() {
      while (!isChanged) await new Promise<void>((resolve) => (wake = resolve));
      while (isChanged) {
        isChanged = false;
        await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      }
      return true;
    },
  };
}
