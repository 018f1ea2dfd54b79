/** Progress of a long run, on one terminal line that is erased at the end. */

import type { Progress } from '../lint.ts';
import { type SafeText, safe } from '../report/escape.ts';
import type { Io } from './io.ts';

/** Shorter runs show nothing. */
const DELAY_MS = 1000;

/** Least time between two changes of the line. */
const STEP_MS = 100;

export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  /** Takes the line away, if it was ever there. */
  clear(): void;
}

const ERASE = safe`\r\u001b[K`;

/** Whether a text is a state of the line, which nothing is left of. */
export function isProgress(text: SafeText): boolean {
  return text.startsWith(ERASE);
}

/** Shows nothing with `quiet`, under CI, and where stderr is no terminal that can write over its line. */
export function progressLine(io: Io, quiet: boolean): ProgressLine {
  const { CI, TERM } = io.environment;
  const isWanted =
    !quiet && (CI === undefined || CI === '' || CI === 'false') && TERM !== 'dumb' && io.stderr.isTerminal;
  if (!isWanted) return { show: () => {}, clear: () => {} };
  const start = io.now();
  let shown: number | undefined;
  return {
    show({ stage, done, total }) {
      const now = io.now();
      if (now - start < DELAY_MS || (shown !== undefined && now - shown < STEP_MS)) return;
      shown = now;
      const what = stage === 'read' ? 'reading directories' : 'evaluating root modules';
      io.stderr.write(safe`\r\u001b[Ktfsg: ${what}, ${done} of ${total}`);
    },
    clear() {
      if (shown !== undefined) io.stderr.write(ERASE);
      shown = undefined;
    },
  };
}
