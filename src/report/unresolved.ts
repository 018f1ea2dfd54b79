/** What makes "nothing found" uncertain: modules that were not read, and undecided exposure results. */

import type { Check } from '../findings/check.ts';
import type { Severity } from '../findings/severity.ts';
import type { Problem } from '../source/problem.ts';
import { formatCount, formatList } from '../text/count.ts';
import { isAtLeast } from './exit-code.ts';
import type { FailOn } from './report.ts';

export interface Unresolved<P, U> {
  /** Warnings of modules that were not read: one for each reason. */
  readonly modules: readonly P[];
  readonly questions: readonly U[];
}

/**
 * @param checks those that the run knows
 * @param failOn the least severity that fails, which the configuration of the question's file decides: a question of less counts as little
 *   as its answer would
 */
export function unresolvedIn<
  P extends Pick<Problem, 'kind' | 'severity'>,
  U extends { readonly check: string; readonly severity: Severity },
>(
  { problems, undecided }: { readonly problems: readonly P[]; readonly undecided: readonly U[] },
  checks: readonly Pick<Check, 'id' | 'topic'>[],
  failOn: (question: U) => FailOn,
): Unresolved<P, U> {
  const exposure = new Set(checks.flatMap(({ id, topic }) => (topic === 'exposure' ? id : [])));
  return {
    modules: problems.filter(({ kind, severity }) => kind === 'module' && severity === 'warning'),
    questions: undecided.filter((each) => exposure.has(each.check) && isAtLeast(each.severity, failOn(each))),
  };
}

/** `modules were not read and 2 exposure results are undecided`; empty for nothing. */
export function describeUnresolved({ modules, questions }: Unresolved<unknown, unknown>): string {
  return formatList([
    ...(modules.length > 0 ? ['modules were not read'] : []),
    ...(questions.length > 0
      ? [`${formatCount(questions.length, 'exposure result')} ${questions.length === 1 ? 'is' : 'are'} undecided`]
      : []),
  ]);
}
