/** What the formats of `tfsg exposure` are made of. */

import type { RootExposure } from '../../exposure/exposure.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import type { Problem } from '../../source/problem.ts';

/** One root module in one environment, and the security groups of its model. */
export interface ShownRoot {
  readonly exposure: RootExposure;
  readonly model: SecurityGroupModel;
}

/** What a run found. */
export interface ShownExposures {
  /** In order of root and environment. */
  readonly roots: readonly ShownRoot[];
  /** Configuration files that were read. */
  readonly files: number;
  /** In the order of reports. */
  readonly problems: readonly Problem[];
}

/** What the formats depend on. */
export interface ExposureLook {
  /** What a file or folder of the tree is called. */
  readonly shownPath: (path: string) => string;
  /** What a root module is called, where that is shorter than its path. */
  readonly shownRoot?: (root: string) => string;
  /** Whether text for a terminal is in colour. */
  readonly color: boolean;
  /** Where lines of a file of the tree are to be seen; absent for nowhere. */
  readonly urlOf?: ((path: string, firstLine: number, lastLine: number) => string | undefined) | undefined;
}
