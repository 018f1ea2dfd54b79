/** The exit code of a run. */

import { type Severity, severities } from '../findings/severity.ts';
import type { Problem } from '../source/problem.ts';
import { formatCount } from '../text/count.ts';
import type { FailOn } from './report.ts';

/** 0: nothing that fails; 1: findings that do; 2: an error, which takes precedence over 1. */
export type ExitCode = 0 | 1 | 2;

/** @param failOn the least severity that fails, which the configuration of the finding's file decides */
export function exitCode<F extends { readonly severity: Severity }>(
  { problems, findings }: { readonly problems: readonly Pick<Problem, 'severity'>[]; readonly findings: readonly F[] },
  failOn: (finding: F) => FailOn,
): ExitCode {
  if (problems.some(({ severity }) => severity === 'error')) return 2;
  return findings.some((finding) => isAtLeast(finding.severity, failOn(finding))) ? 1 : 0;
}

/** Whether a severity is the limit or worse; `never` is worse than any. */
export function isAtLeast(severity: Severity, limit: Severity | 'never'): boolean {
  return limit !== 'never' && severities.indexOf(severity) <= severities.indexOf(limit);
}

/** What fails a run, in words. */
export interface FailureBy {
  readonly worst: Severity;
  /** `3 findings of low and higher`. */
  readonly counted: string;
  /** `; --fail-on high would pass`; empty where nothing would. */
  readonly way: string;
}

/** @param failing findings that fail the run; undefined for none */
export function failureBy(failing: readonly { readonly severity: Severity }[]): FailureBy | undefined {
  const present = severities.filter((each) => failing.some(({ severity }) => severity === each));
  const [worst, least] = [present[0], present.at(-1)];
  if (worst === undefined || least === undefined) return undefined;
  const counted =
    worst === least
      ? formatCount(failing.length, `${worst} finding`)
      : `${formatCount(failing.length, 'finding')} of ${least} and higher`;
  const passes = severities[severities.indexOf(worst) - 1];
  return { worst, counted, way: passes === undefined ? '' : `; --fail-on ${passes} would pass` };
}
