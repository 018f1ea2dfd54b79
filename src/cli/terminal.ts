/** Questions on a terminal. */

import { createInterface } from 'node:readline';
import { isatty } from 'node:tty';
import type { SafeText } from '../report/escape.ts';
import type { Output } from './io.ts';

/**
 * Prints a question and reads a line.
 *
 * @returns undefined without a question where there is no terminal to answer at, and where the input has ended
 */
export async function askOnTerminal(question: SafeText, output: Output): Promise<string | undefined> {
  if (!isatty(0) || !output.isTerminal) return undefined;
  output.write(question);
  const lines = createInterface({ input: process.stdin });
  const answer = await lines[Symbol.asyncIterator]().next();
  lines.close();
  return answer.done === true ? undefined : answer.value;
}
