/** Reads parts of files, and small files, of a git directory. */

import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** Bytes of a file of references, or of a configuration. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** A file that is open. */
export interface OpenFile {
  readonly size: number;
  /** Fewer bytes at the end of the file. */
  readAt(position: number, length: number): Buffer;
}

/** Gives an open file to `use`; undefined if there is no regular file. */
export function withFile<T>(path: string, use: (file: OpenFile) => T): T | undefined {
  // A pipe would be waited for.
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return undefined;
  const descriptor = openSync(path, 'r');
  try {
    return use({ size: found.size, readAt: (position, length) => readAt(descriptor, position, length) });
  } finally {
    closeSync(descriptor);
  }
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(descriptor, bytes, filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled === length ? bytes : bytes.subarray(0, filled);
}

/** A small file as text; undefined if there is none that can be read. */
export function readGitText(path: string): string | undefined {
  try {
    return withFile(path, (file) =>
      file.size > MAX_TEXT_BYTES ? undefined : file.readAt(0, file.size).toString('utf8'),
    );
  } catch {
    return undefined;
  }
}
