/** Yes, no or unknown, with what that is because of and the way that leads there. */

import type { Answer } from '../model/answer.ts';
import type { PathStep } from './exposure.ts';

export interface ReachVerdict {
  readonly answer: Answer;
  /** For `no` sentences; for `unknown` what it waits for; empty for `yes`. */
  readonly because: readonly string[];
  /** In the order from the internet inwards. */
  readonly steps: readonly PathStep[];
}

export const yes = (...steps: readonly PathStep[]): ReachVerdict => ({ answer: 'yes', because: [], steps });

export const no = (because: string, ...steps: readonly PathStep[]): ReachVerdict => ({
  answer: 'no',
  because: [because],
  steps,
});

export const unknown = (because: readonly string[], ...steps: readonly PathStep[]): ReachVerdict => ({
  answer: 'unknown',
  because,
  steps,
});

/** What decides whether something exists, as an answer; undefined for what does so for certain. */
export function ifExists(verdict: ReachVerdict, existsIf: readonly string[]): ReachVerdict {
  return existsIf.length === 0 || verdict.answer === 'no'
    ? verdict
    : { ...verdict, answer: 'unknown', because: eachOnce([...verdict.because, ...existsIf]) };
}

/** All of them in this order: one `no` decides, and the way ends there; others add what they are because of. */
export function allOf(verdicts: readonly ReachVerdict[]): ReachVerdict {
  const end = verdicts.findIndex(({ answer }) => answer === 'no');
  if (end !== -1) {
    const closed = verdicts.filter(({ answer }) => answer === 'no');
    const steps = verdicts.slice(0, end + 1).flatMap((each) => each.steps);
    return { answer: 'no', because: eachOnce(closed.flatMap(({ because }) => because)), steps };
  }
  const open = verdicts.filter(({ answer }) => answer === 'unknown');
  return {
    answer: open.length > 0 ? 'unknown' : 'yes',
    because: eachOnce(open.flatMap(({ because }) => because)),
    steps: verdicts.flatMap(({ steps }) => steps),
  };
}

/** Any of them: one `yes` decides. `otherwise`: where there is none at all. */
export function anyOf(verdicts: readonly ReachVerdict[], otherwise: ReachVerdict): ReachVerdict {
  const found = verdicts.find(({ answer }) => answer === 'yes');
  if (found !== undefined) return found;
  const open = verdicts.filter(({ answer }) => answer === 'unknown');
  const left = open.length > 0 ? open : verdicts;
  const [first] = left;
  if (first === undefined) return otherwise;
  return { ...first, because: eachOnce(left.flatMap(({ because }) => because)) };
}

/** Each once, in the order given. */
export const eachOnce = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
