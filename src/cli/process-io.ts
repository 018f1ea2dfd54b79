/** The process's streams and environment. */

import { existsSync, fstatSync, statSync, writeSync } from 'node:fs';
import { safe } from '../report/escape.ts';
import type { ExitCode } from '../report/exit-code.ts';
import { readWhole } from './files/read-whole.ts';
import type { Output } from './io.ts';
import { run } from './run.ts';

/**
 * Carries out the process's own command line. Never rejects.
 *
 * @param onJudged as in Io
 */
export async function runProcess(onJudged: () => void): Promise<ExitCode> {
  const stdout = outputOf(1, () => process.stdout);
  const stderr = outputOf(2, () => process.stderr);
  let cwd: string;
  try {
    cwd = process.cwd();
  } catch {
    stderr.write(safe`tfsg: The working directory no longer exists.\n`);
    return 2;
  }
  // Node puts U+FFFD in the place of bytes that are no UTF-8.
  if (cwd.includes('\ufffd') && !existsSync(cwd)) {
    stderr.write(safe`tfsg: Cannot read the working directory: its path is not UTF-8.\n`);
    return 2;
  }
  return run(process.argv.slice(2), {
    cwd,
    environment: process.env,
    stdout,
    stderr,
    now: () => Date.now(),
    onJudged,
    ask: async (question) => (await import('./terminal.ts')).askOnTerminal(question, stderr),
    readStdin: () => readWhole(0),
    watch: async (...given) => (await import('./files/watched-directories.ts')).watchDirectories(...given),
  });
}

/**
 * Written to directly: Node's stream objects take a tenth of the time of a short run to set up, and lose what a pipe has not
 * taken yet where the process ends.
 */
function outputOf(descriptor: 1 | 2, stream: () => NodeJS.WriteStream): Output {
  let isClosed = false;
  return {
    write(text) {
      if (!isClosed) isClosed = !writeAll(descriptor, new TextEncoder().encode(text));
    },
    get isTerminal() {
      return isCharacterDevice(descriptor) && stream().isTTY;
    },
    async hasLinks() {
      return this.isTerminal && (await import('./hyperlinks.ts')).hasHyperlinks(stream());
    },
    get columns() {
      return isCharacterDevice(descriptor) && stream().isTTY ? stream().columns : undefined;
    },
  };
}

/** False if nobody reads any more, as in `tfsg | head`. */
function writeAll(descriptor: number, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE' || code === 'EBADF') return false;
      if (code !== 'EAGAIN') throw error;
      // The pipe is full and its other side doesn't block: wait for its reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
  return true;
}

/** False for the device that takes everything, which many a script has in the place of a terminal. */
function isCharacterDevice(descriptor: number): boolean {
  try {
    const device = fstatSync(descriptor);
    return device.isCharacterDevice() && device.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
  } catch {
    return false;
  }
}
