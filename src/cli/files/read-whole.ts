/** Reads a file or pipe completely, up to a limit. */

import { fstatSync, readSync } from 'node:fs';

/** Bytes: reports of the largest estates have a tenth of it. */
const MAX_BYTES = 64 * 1024 * 1024;

export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/**
 * @param largest bytes, whole MiB
 * @throws TooLarge if there is more, and what the system throws
 */
export function readWhole(descriptor: number, largest = MAX_BYTES): Uint8Array {
  const chunks: Uint8Array[] = [];
  // Of a file all at once: what is read in pieces is there twice when they are joined. A pipe says 0.
  const said = Math.min(fstatSync(descriptor).size, largest);
  let size = 0;
  for (;;) {
    const chunk = new Uint8Array(Math.max(said - size, size < 65_536 ? 65_536 : 1_048_576));
    const read = readSync(descriptor, chunk);
    if (read === 0) return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
    chunks.push(chunk.subarray(0, read));
    size += read;
    if (size > largest) throw new TooLarge(`it is larger than ${largest / 1024 / 1024} MiB`);
  }
}
