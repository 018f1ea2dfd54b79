/** Deltas of packs: an object as pieces of another. */

import { MAX_FILE_BYTES } from '../files.ts';
import { GitError, GitObjectTooLarge } from './git-error.ts';

/**
 * Source: https://git-scm.com/docs/pack-format#_deltified_representation
 *
 * @throws GitError if the delta is not of this base
 */
export function applyDelta(base: Buffer, delta: Buffer): Buffer {
  let at = 0;
  const byte = (): number => {
    const value = delta[at++];
    if (value === undefined) throw damaged();
    return value;
  };
  const size = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const next = byte();
      value += (next & 0x7f) * scale;
      if (next < 0x80) return value;
      if (scale > 2 ** 42) throw damaged();
    }
  };
  const number = (flags: number, count: number): number => {
    let value = 0;
    for (let index = 0; index < count; index++) if ((flags >> index) & 1) value += byte() * 256 ** index;
    return value;
  };
  if (size() !== base.length) throw damaged();
  const length = size();
  if (length > MAX_FILE_BYTES) throw new GitObjectTooLarge('it is larger than 64 MiB');
  const result = Buffer.allocUnsafe(length);
  let filled = 0;
  const add = (from: Buffer, start: number, count: number): void => {
    if (start + count > from.length || filled + count > length) throw damaged();
    from.copy(result, filled, start, start + count);
    filled += count;
  };
  while (at < delta.length) {
    const command = byte();
    if (command === 0) throw damaged();
    if (command < 0x80) {
      add(delta, at, command);
      at += command;
    } else {
      const start = number(command, 4);
      add(base, start, number(command >> 4, 3) || 0x10000);
    }
  }
  if (filled !== length) throw damaged();
  return result;
}

const damaged = (): GitError => new GitError('a delta is damaged');
