/** Mistakes in files of own rules. */

import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';

/** More mistakes of one file tell nobody anything. */
export const MOST_MISTAKES = 100;

/** A mistake at its place: nothing is checked as long as there is one. */
export function mistakeAt({ file, start, end }: Span, message: string, hint?: string): Problem {
  const problem: Problem = { kind: 'configuration', severity: 'error', message, span: { file, start, end } };
  return hint === undefined ? problem : { ...problem, hint };
}
