/** The whole result of a run, which each format prints in its own way. */

import type { Finding, Part, Undecided } from '../findings/finding.ts';
import type { Severity } from '../findings/severity.ts';
import type { Problem } from '../source/problem.ts';
import { formatCount } from '../text/count.ts';

export interface Summary extends Readonly<Record<Severity, number>> {
  /** Files that were read, and directories that hold them. */
  readonly files: number;
  readonly directories: number;
  /** Security groups and rules of all instances. */
  readonly groups: number;
  readonly rules: number;
  readonly undecided: number;
  /** Of these, those that depend on sources that callers of a module give. */
  readonly leftToCallers: number;
  readonly suppressed: number;
  readonly baselined: number;
  /** Findings that --diff leaves out. */
  readonly outsideDiff: number;
  /** Findings that hold before the plans too, and are left out. */
  readonly unchanged: number;
  /** Groups and rules, as resources, that plans delete. */
  readonly deleted: number;
  /** Findings that --only-given leaves out. */
  readonly inOtherFiles: number;
  /** Findings of hygiene in downloaded modules, which are left out. */
  readonly inDownloadedModules: number;
  /** Configuration files that "include" and "exclude" leave out. */
  readonly excluded: number;
  /** Groups and rules, as blocks, that nothing creates in any world that was looked at. */
  readonly switchedOff: number;
  /** Of these, those that --any-input judges: they depend on variables that have values. */
  readonly switchedOffByInputs: number;
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
  leftToCallers: 0,
  suppressed: 0,
  baselined: 0,
  outsideDiff: 0,
  unchanged: 0,
  deleted: 0,
  inOtherFiles: 0,
  inDownloadedModules: 0,
  excluded: 0,
  switchedOff: 0,
  switchedOffByInputs: 0,
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
  readonly undecided: readonly Pick<Undecided, 'decidedBy'>[];
}): Pick<Summary, Severity | 'undecided' | 'leftToCallers'> {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  return {
    critical: count('critical'),
    high: count('high'),
    medium: count('medium'),
    low: count('low'),
    info: count('info'),
    undecided: undecided.length,
    leftToCallers: undecided.filter(({ decidedBy }) => decidedBy === 'caller').length,
  };
}

/** The least severity that fails a run. */
export type FailOn = Exclude<Severity, 'info'> | 'never';

/** A problem, and how many others say the same of other places. */
export interface ToldProblem<P> {
  readonly problem: P;
  readonly others: number;
}

/**
 * Problems as they are told one by one: warnings of one kind and message once, at the first place. One mistake, such as a key that
 * no map has, can make hundreds. Every error is told.
 */
export function toldProblems<P extends Pick<Problem, 'kind' | 'severity' | 'message'>>(
  problems: readonly P[],
): readonly ToldProblem<P>[] {
  const told = new Map<unknown, { readonly problem: P; others: number }>();
  for (const problem of problems) {
    const key = problem.severity === 'error' ? problem : `${problem.kind} ${problem.message}`;
    const earlier = told.get(key);
    if (earlier === undefined) told.set(key, { problem, others: 0 });
    else earlier.others++;
  }
  return [...told.values()];
}

/** `and at 3 other places`; empty for none. */
export function otherPlaces(others: number): string {
  return others === 0 ? '' : `and at ${formatCount(others, 'other place')}`;
}
