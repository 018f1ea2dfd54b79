/** What the runner keeps of what a check saw. */

import type { Check, Hit } from './check.ts';
import type { Severity } from './severity.ts';

/** What a check that is on saw. */
export interface CheckHit {
  readonly check: Check;
  readonly severity: Severity;
  /** That of what opens a port which the internet does not get to; absent where it is the same. */
  readonly insideSeverity?: Severity;
  readonly hit: Hit;
  /** What the check saw in a downloaded module, where the hit is told at the call. */
  readonly seen?: Hit;
  /** It is about how code of others is kept, which is left out. */
  readonly isHidden?: true;
}
