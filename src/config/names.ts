/** The levels that a config and the command line can use. */

import { type Severity, severities } from '../findings/severity.ts';
import type { FailOn } from '../report/report.ts';

export type { FailOn } from '../report/report.ts';

/** What a check is set to: what it reports at, or that it does not run. */
export type CheckLevel = Severity | 'off';
export const checkLevels: readonly CheckLevel[] = ['off', ...severities];

/** The least severity that fails a run. */
export const failOnLevels: readonly FailOn[] = ['critical', 'high', 'medium', 'low', 'never'];
