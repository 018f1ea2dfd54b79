/** A file system that knows whether the files that were read have changed. */

import type { FileSystem, ListResult, ReadResult } from '../../files.ts';

export class WatchedFiles implements FileSystem {
  #files: FileSystem;
  readonly #onRead: (bytes: number) => void;
  readonly #read = new Map<string, ReadResult>();
  readonly #listed = new Map<string, ListResult>();

  /**
   * @param onRead told of the size of each file that is read, once each
   * @param before what was read from it counts as read from these files, where it is the same
   */
  constructor(files: FileSystem, onRead: (bytes: number) => void = () => {}, before?: WatchedFiles) {
    this.#files = files;
    this.#onRead = onRead;
    if (before === undefined) return;
    for (const [path, result] of before.#read) {
      this.#read.set(path, result);
      if (result.kind === 'file') onRead(result.bytes.length);
    }
    for (const [path, result] of before.#listed) this.#listed.set(path, result);
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

  /** Whether everything that was read is the same in another file system. */
  isSameIn(files: FileSystem): boolean {
    return (
      [...this.#read].every(([path, before]) => isSameRead(before, files.read(path))) &&
      [...this.#listed].every(([path, before]) => JSON.stringify(before) === JSON.stringify(files.list(path)))
    );
  }

  /** Reads from other files from now on. */
  readFrom(files: FileSystem): void {
    this.#files = files;
  }
}

function isSameRead(a: ReadResult, b: ReadResult): boolean {
  if (a.kind !== 'file' || b.kind !== 'file') return JSON.stringify(a) === JSON.stringify(b);
  return Buffer.compare(a.bytes, b.bytes) === 0;
}
