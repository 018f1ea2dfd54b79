/** What the formats of `tfsg changes` depend on. */

import type { AccessChange, NoNewAccess } from '../../changes/change.ts';
import type { ExposureLook } from '../exposure/shown.ts';

export interface ChangesLook extends ExposureLook {
  /** What fails the run; undefined for nothing. */
  readonly noNewAccess: NoNewAccess | undefined;
  /** Whether a change fails the run. */
  readonly failing: (change: AccessChange) => boolean;
  /** Paths that were given, relative to the tree's root: reports of other paths are others. Absent, or empty: the whole. */
  readonly paths?: readonly string[];
  /** Whether only one root module was compared, so that nobody asks which. */
  readonly isOneRoot?: boolean;
  /** Bytes that Markdown may have; what does not fit is left out. Absent: what a comment on a pull request may have. */
  readonly limit?: number;
}
