/** Which checks are on, and how. */

import type { Check } from './check.ts';
import type { Severity } from './severity.ts';

/** A check that is on: what it reports at, and its options as `run` wants them. */
export interface Setting {
  readonly severity: Severity;
  /** Where the internet does not get to what a finding is about; absent where that makes no difference. */
  readonly insideSeverity?: Severity;
  readonly options: Readonly<Record<string, unknown>>;
  /** The own rule that it is of: another file can have one of the same id. Absent for a check of tfsg's. */
  readonly own?: Check;
}

/** The checks that are on in a file. */
export interface FileChecks {
  /** By id, for what belongs to nothing with a name, and where names make no difference. */
  readonly checks: ReadonlyMap<string, Setting>;
  /**
   * For what belongs to a group, by the texts that name it: its name where that is known, and its address without instance keys. The
   * same object for the same settings; absent where groups make no difference.
   */
  readonly forGroup?: (names: readonly string[]) => ReadonlyMap<string, Setting>;
}

/** The checks that are on in a file, by its path; the same object for files with the same configuration. */
export type ChecksFor = (path: string) => FileChecks;
