/** What the runner keeps of what a check saw. */

import type { Check, Hit } from './check.ts';
import type { Severity } from './severity.ts';

/** What a check that is on saw. */
export interface CheckHit {
  readonly check: Check;
  readonly severity: Severity;
  readonly hit: Hit;
  /** What the check saw in a downloaded module, where the hit is told at the call. */
  readonly seen?: Hit;
  /** It is about how code of others is kept, which is left out. */
  readonly isHidden?: true;
}
