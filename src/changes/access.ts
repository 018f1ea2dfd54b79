/** What the groups of a state let through, root module by root module. */

import type { ExposedService } from '../exposure/exposure.ts';
import type { Problem } from '../source/problem.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { ComparedGroup, Passage } from './passage.ts';

/** One root module in one environment. */
export interface RootAccess {
  /** Its directory, relative to what is compared; empty for that itself. */
  readonly root: string;
  readonly environment: string | undefined;
  /** Those of the configuration, and by what `ownerKey` has for them those from elsewhere that have rules. */
  readonly groups: ReadonlyMap<string, ComparedGroup>;
  readonly passages: readonly Passage[];
  /** Names of variables with a default that nobody gives, which switch something on. */
  readonly switches: ReadonlySet<string>;
  /** Where an older address is now. */
  readonly moved: (address: string) => string;
  /** Undefined where that is not known. */
  readonly services: readonly ExposedService[] | undefined;
}

/** A state of what is compared. */
export interface Access {
  readonly roots: readonly RootAccess[];
  readonly problems: readonly Problem[];
  /** Configuration files that were read. */
  readonly files: number;
  /** A file that was read, by its path relative to what is compared; undefined where there is none. Absent where the texts of files are not known. */
  readonly fileAt?: (path: string) => SourceFile | undefined;
  /** The path of a file, relative to what is compared. */
  readonly relative: (path: string) => string;
}
