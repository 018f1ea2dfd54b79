/** The names that a configuration and the command line can use. */

import { type Check, type Severity, severities } from '../findings/check.ts';
import type { FailOn } from '../report/report.ts';

/** What a check is set to: what it reports at, or that it does not run. */
export type Level = Severity | 'off';
export const levels: readonly Level[] = ['off', ...severities];

/** The least severity that fails a run. */
export const failOnLevels: readonly FailOn[] = ['critical', 'high', 'medium', 'low', 'never'];

/** Checks by id, and by other tools' ids, which may stand for several. */
export function checksByName(checks: readonly Check[]): ReadonlyMap<string, readonly Check[]> {
  const byName = new Map<string, readonly Check[]>();
  for (const check of checks)
    for (const name of [check.id, ...check.aliases]) byName.set(name, [...(byName.get(name) ?? []), check]);
  return byName;
}
