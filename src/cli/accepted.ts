/** Options for accepted findings: suppression comments and baselines. */

import type { SuppressionOptions } from '../findings/baseline/filter.ts';
import { type Io, UsageError } from './io.ts';

export interface AcceptedArguments {
  /** As given; undefined for that of the configuration, false for none. */
  readonly baseline: string | false | undefined;
  readonly updatesBaseline: boolean;
  readonly reportUnusedSuppressions: boolean;
  /** Whether no option leaves findings out that are there. */
  readonly seesAll: boolean;
}

/** Options without which a baseline can't be brought up to date: they leave out findings that are there. */
const partial = [
  'check',
  'disable',
  'env',
  'shard',
  'fix',
  'fix-dry-run',
  'diff',
  'only-given',
  'plan',
  'stdin-filename',
] as const;

/**
 * @param lastOf what stands for an option, the last where there are several
 * @throws UsageError for options that exclude or need each other
 */
export function acceptedArguments(lastOf: (option: string) => unknown): AcceptedArguments {
  const isGiven = (option: string): boolean => (lastOf(option) ?? false) !== false;
  const updatesBaseline = isGiven('update-baseline');
  if (updatesBaseline && !isGiven('baseline')) {
    throw new UsageError('--update-baseline needs --baseline FILE; "tfsg baseline" updates that of the configuration.');
  }
  const other = updatesBaseline ? partial.find(isGiven) : isGiven('baseline') && isGiven('shard') ? 'shard' : undefined;
  if (other !== undefined) {
    const option = updatesBaseline ? '--update-baseline' : '--baseline';
    const why = updatesBaseline
      ? 'a baseline must record all findings'
      : 'a shard does not see every occurrence of a finding';
    throw new UsageError(`${option} cannot be used with --${other}: ${why}.`);
  }
  const reportUnusedSuppressions = isGiven('report-unused-suppressions');
  if (reportUnusedSuppressions && isGiven('shard')) {
    throw new UsageError(
      '--report-unused-suppressions cannot be used with --shard: another shard may use the comment.',
    );
  }
  if (isGiven('baseline') && isGiven('no-baseline')) {
    throw new UsageError('--baseline cannot be used with --no-baseline.');
  }
  return {
    baseline: isGiven('no-baseline') ? false : (lastOf('baseline') as string | undefined),
    updatesBaseline,
    reportUnusedSuppressions,
    seesAll: ![...partial, 'preset'].some(isGiven),
  };
}

/** How comments are taken today. */
export function suppressionsOf(
  { reportUnusedSuppressions }: Pick<AcceptedArguments, 'reportUnusedSuppressions'>,
  io: Io,
): SuppressionOptions {
  return { today: new Date(io.now()).toISOString().slice(0, 10), reportUnused: reportUnusedSuppressions };
}
