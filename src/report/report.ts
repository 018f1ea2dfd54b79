/** The whole result of a run, which each format prints in its own way. */

import type { Severity } from '../checks/check.ts';
import type { Finding, Part, Undecided } from '../checks/finding.ts';
import type { Problem } from '../source/problem.ts';

export interface Summary extends Readonly<Record<Severity, number>> {
  /** Files that were read, and directories that hold them. */
  readonly files: number;
  readonly directories: number;
  /** Security groups and rules of all instances. */
  readonly groups: number;
  readonly rules: number;
  readonly undecided: number;
  readonly suppressed: number;
  readonly baselined: number;
}

/** The summary of a run that read nothing. */
export const emptySummary: Summary = {
  files: 0,
  directories: 0,
  groups: 0,
  rules: 0,
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  info: 0,
  undecided: 0,
  suppressed: 0,
  baselined: 0,
};

/** Findings and undecided are sorted by file, start, check; problems by file and start, those without a place first. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly undecided: readonly Undecided[];
  readonly summary: Summary;
  /** What a run of a part of the roots found, for joining it with the others. */
  readonly shard?: { readonly index: number; readonly count: number; readonly parts: readonly Part[] };
}

/** The counts of a summary that follow from what was found. */
export function countsOf({
  findings,
  undecided,
}: {
  readonly findings: readonly { readonly severity: Severity }[];
  readonly undecided: readonly unknown[];
}): Pick<Summary, Severity | 'undecided'> {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  return {
    critical: count('critical'),
    high: count('high'),
    medium: count('medium'),
    low: count('low'),
    info: count('info'),
    undecided: undecided.length,
  };
}

/** The least severity that fails a run. */
export type FailOn = Exclude<Severity, 'info'> | 'never';

/** Kinds whose warnings say why something is not known, and nothing else. */
const reasonKinds: ReadonlySet<Problem['kind']> = new Set(['evaluation', 'module', 'limit']);

/**
 * The problems that a report for people shows. Warnings that only say why something is not known go with what can't be decided:
 * `--unknown` lists both.
 */
export function shownProblems<P extends Pick<Problem, 'kind' | 'severity'>>(
  { problems }: { readonly problems: readonly P[] },
  unknown: boolean,
): readonly P[] {
  return problems.filter(({ severity, kind }) => unknown || severity === 'error' || !reasonKinds.has(kind));
}
