/** A file system that knows whether the files that were read have changed. */

import type { FileSystem, ListResult, ReadResult } from '../../files.ts';

export class WatchedFiles implements FileSystem {
  #files: FileSystem;
  readonly #onRead: (bytes: number) => void;
  readonly #read = new Map<string, ReadResult>();
  readonly #listed = new Map<string, ListResult>();

  /** @param onRead told of the size of each file that is read, once each */
  constructor(files: FileSystem, onRead: (bytes: number) => void = () => {}) {
    this.#files = files;
    this.#onRead = onRead;
  }

  read(path: string): ReadResult {
    const result = this.#files.read(path);
    if (result.kind === 'file' && !this.#read.has(path)) this.#onRead(result.bytes.length);
    this.#read.set(path, result);
    return result;
  }

  list(path: string): ListResult {
    const result = this.#files.list(path);
    this.#listed.set(path, result);
    return result;
  }

  real(path: string): string {
    return this.#files.real(path);
  }

  get outside(): FileSystem['outside'] {
    return this.#files.outside;
  }

  /** Reads from another file system from now on, unless something that was read is not the same there. */
  update(files: FileSystem): boolean {
    const isSame =
      [...this.#read].every(([path, before]) => isSameRead(before, files.read(path))) &&
      [...this.#listed].every(([path, before]) => JSON.stringify(before) === JSON.stringify(files.list(path)));
    if (isSame) this.#files = files;
    return isSame;
  }
}

function isSameRead(a: ReadResult, b: ReadResult): boolean {
  if (a.kind !== 'file' || b.kind !== 'file') return JSON.stringify(a) === JSON.stringify(b);
  return Buffer.compare(a.bytes, b.bytes) === 0;
}
