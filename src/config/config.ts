/** What holds for a linted file, decided: defaults, presets and .tfsgrc.json put together. */

import type { Severity } from '../checks/check.ts';
import type { FailOn } from '../report/report.ts';
import type { Options } from './options.ts';

/** A check that is on, with what it reports at and the values of all of its options (decoded for `run`). */
export interface CheckSetting {
  readonly severity: Severity;
  readonly options: Options;
}

export interface Config {
  /** Whether a file is linted: it matches `include` and not `exclude`. The path is relative to the tree's root. */
  readonly isIncluded: (path: string) => boolean;
  readonly failOn: FailOn;
  /** The checks that are on, by id. */
  readonly checks: ReadonlyMap<string, CheckSetting>;
}
