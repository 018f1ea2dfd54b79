/** Checks the frames of messages from an editor. */

import { Transform, type TransformCallback } from 'node:stream';

/** Bytes of a message, and of the header before it. Editors send documents whole. */
const maximumMessage = 256 * 1024 * 1024;
const maximumHeader = 4096;

const headerEnd = Buffer.from('\r\n\r\n');

/** Passes on what it gets, up to the first frame of which nobody can tell where it ends: there it fails, and says why. */
export class Frames extends Transform {
  /** The header so far; undefined inside of a message. */
  #header: Buffer | undefined = Buffer.alloc(0);
  /** Bytes of the message that are to come. */
  #left = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const fault = this.#take(chunk);
    if (fault === undefined) done(null, chunk);
    else done(new Error(`cannot read a message: ${fault}`));
  }

  /** What is wrong with the frames that begin in the chunk. */
  #take(chunk: Buffer): string | undefined {
    for (let at = 0; at < chunk.length; ) {
      if (this.#header === undefined) {
        const taken = Math.min(this.#left, chunk.length - at);
        this.#left -= taken;
        at += taken;
        if (this.#left === 0) this.#header = Buffer.alloc(0);
        continue;
      }
      const before = this.#header.length;
      const header = Buffer.concat([this.#header, chunk.subarray(at, at + maximumHeader)]);
      const end = header.indexOf(headerEnd);
      if (end === -1) {
        if (header.length >= maximumHeader) return `its header is longer than ${maximumHeader} bytes`;
        this.#header = header;
        return undefined;
      }
      at += end + headerEnd.length - before;
      const length = lengthIn(header.toString('latin1', 0, end));
      if (typeof length === 'string') return length;
      this.#left = length;
      this.#header = length === 0 ? Buffer.alloc(0) : undefined;
    }
    return undefined;
  }
}

/** The bytes of a message by its header, or what is wrong with that. */
function lengthIn(header: string): number | string {
  const lengths = header.split('\r\n').flatMap((line) => /^content-length:(.*)$/is.exec(line)?.[1]?.trim() ?? []);
  const [length] = lengths;
  if (length === undefined) return 'its header has no Content-Length';
  if (lengths.length > 1) return 'its header has more than one Content-Length';
  if (!/^\d{1,15}$/.test(length))
    return `its Content-Length is ${JSON.stringify(length.slice(0, 40))}, which is not a number of bytes`;
  if (Number(length) > maximumMessage)
    return `its Content-Length is ${length}, more than the limit of ${maximumMessage} bytes`;
  return Number(length);
}
