/** What a run tells the shell. */

import { severities } from '../checks/check.ts';
import type { FailOn, Report } from './report.ts';

/** 0: nothing that fails; 1: findings that do; 2: tfsg could not do its work, which goes before 1. */
export type ExitCode = 0 | 1 | 2;

/** @param failOn the least severity that fails, for a file */
export function exitCode(report: Report, failOn: (path: string) => FailOn): ExitCode {
  if (report.problems.some(({ severity }) => severity === 'error')) return 2;
  return report.findings.some(({ severity, span }) => isAtLeast(severity, failOn(span.file.path))) ? 1 : 0;
}

/** Whether a severity is the limit or worse; `never` is worse than any. */
export function isAtLeast(
  severity: (typeof severities)[number],
  limit: (typeof severities)[number] | 'never',
): boolean {
  return limit !== 'never' && severities.indexOf(severity) <= severities.indexOf(limit);
}
