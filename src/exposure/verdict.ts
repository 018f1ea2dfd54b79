/** Yes, no or unknown, with what that is because of and the way that leads there. */

import type { Answer } from '../model/answer.ts';
import type { PathStep } from './exposure.ts';

export interface Verdict {
  readonly answer: Answer;
  /** For `no` sentences; for `unknown` what it waits for; empty for `yes`. */
  readonly because: readonly string[];
  /** In the order from the internet inwards. */
  readonly steps: readonly PathStep[];
}

export const yes = (...steps: readonly PathStep[]): Verdict => ({ answer: 'yes', because: [], steps });

export const no = (because: string, ...steps: readonly PathStep[]): Verdict => ({
  answer: 'no',
  because: [because],
  steps,
});

export const unknown = (because: readonly string[], ...steps: readonly PathStep[]): Verdict => ({
  answer: 'unknown',
  because,
  steps,
});

/** What decides whether something exists, as an answer; undefined for what does so for certain. */
export function ifExists(verdict: Verdict, existsIf: readonly string[]): Verdict {
  return existsIf.length === 0 || verdict.answer === 'no'
    ? verdict
    : { ...verdict, answer: 'unknown', because: distinct([...verdict.because, ...existsIf]) };
}

/** All of them in this order: one `no` decides, and the way ends there; others add what they are because of. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  const end = verdicts.findIndex(({ answer }) => answer === 'no');
  if (end !== -1) {
    const closed = verdicts.filter(({ answer }) => answer === 'no');
    const steps = verdicts.slice(0, end + 1).flatMap((each) => each.steps);
    return { answer: 'no', because: distinct(closed.flatMap(({ because }) => because)), steps };
  }
  const open = verdicts.filter(({ answer }) => answer === 'unknown');
  return {
    answer: open.length > 0 ? 'unknown' : 'yes',
    because: distinct(open.flatMap(({ because }) => because)),
    steps: verdicts.flatMap(({ steps }) => steps),
  };
}

/** Any of them: one `yes` decides. `otherwise`: where there is none at all. */
export function anyOf(verdicts: readonly Verdict[], otherwise: Verdict): Verdict {
  const found = verdicts.find(({ answer }) => answer === 'yes');
  if (found !== undefined) return found;
  const open = verdicts.filter(({ answer }) => answer === 'unknown');
  const left = open.length > 0 ? open : verdicts;
  const [first] = left;
  if (first === undefined) return otherwise;
  return { ...first, because: distinct(left.flatMap(({ because }) => because)) };
}

/** Each once, in the order given. */
export const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
