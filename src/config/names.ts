/** The levels that a config and the command line can use. */

import { type Severity, severities } from '../findings/severity.ts';
import type { FailOn } from '../report/report.ts';

export type { FailOn } from '../report/report.ts';

/** Name of the baseline that is taken up by itself, in the root of the tree. */
export const BASELINE_FILE = '.tfsg-baseline.json';

/** What a check is set to: what it reports at, or that it does not run. */
export type CheckLevel = Severity | 'off';
export const checkLevels: readonly CheckLevel[] = ['off', ...severities];

/** The higher, the more is reported, and the graver. */
export function levelRank(level: CheckLevel): number {
  return level === 'off' ? 0 : severities.length - severities.indexOf(level);
}

/** The least severity that fails a run. */
export const failOnLevels: readonly FailOn[] = ['critical', 'high', 'medium', 'low', 'never'];

/** What new access fails a run of `tfsg changes`, from the least strict on. */
export const noNewAccessLevels = ['off', 'internet', 'any'] as const;

export type NewAccessLevel = (typeof noNewAccessLevels)[number];
