/** Tests that need what not every operating system has: where it is missing they are skipped, and their names say why. */

import { spawnSync } from 'node:child_process';
import { describe, test } from '@jest/globals';

interface Needing {
  readonly isThere: boolean;
  test(name: string, body: () => void | Promise<void>): void;
  describe(name: string, body: () => void): void;
}

function needing(what: string, isThere: boolean): Needing {
  const nameOf = (name: string): string => (isThere ? name : `${name} (needs ${what})`);
  return {
    isThere,
    test: (name, body) => (isThere ? test : test.skip)(nameOf(name), body),
    describe: (name, body) => (isThere ? describe : describe.skip)(nameOf(name), body),
  };
}

const isWindows = process.platform === 'win32';

export const terraform = needing('terraform', spawnSync('terraform', ['version']).status === 0);

/** On Windows they take rights that few users have. */
export const links = needing('symbolic links', !isWindows);

/** Permissions, owners and programs that are run by their name. */
export const modes = needing('the modes of POSIX files', !isWindows);

/** bash, pipes and limits. */
export const shells = needing('a POSIX shell', !isWindows);

/** That a process is told to end, or says what ended it. */
export const signals = needing('POSIX signals', !isWindows);

/** macOS and Windows take no others. */
export const anyNames = needing('file names of any bytes', process.platform === 'linux');
