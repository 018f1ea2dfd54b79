/** Questions on a terminal. */

import { readSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { SafeText } from '../report/escape.ts';
import type { Output } from './io.ts';

/**
 * Prints a question and reads a line.
 *
 * @returns undefined without a question where there is no terminal to answer at, and where the input has ended
 */
export function askOnTerminal(question: SafeText, output: Output): string | undefined {
  if (!isatty(0) || !output.isTerminal) return undefined;
  output.write(question);
  const bytes: number[] = [];
  const buffer = new Uint8Array(1);
  for (;;) {
    const isRead = readOne(buffer);
    if (!isRead && bytes.length === 0) return undefined;
    if (!isRead || buffer[0] === 0x0a) return new TextDecoder().decode(Uint8Array.from(bytes));
    bytes.push(buffer[0]!);
  }
}

/** False at the end. */
function readOne(buffer: Uint8Array): boolean {
  for (;;) {
    try {
      return readSync(0, buffer) === 1;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return false;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
