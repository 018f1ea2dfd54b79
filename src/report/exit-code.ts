/** The exit code of a run. */

import { type Severity, severities } from '../findings/severity.ts';
import type { Problem } from '../source/problem.ts';
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
