/** All checks, by id; written by scripts/generate.ts. */

import { adminPortOpen } from './admin-port-open.ts';
import { allTrafficOpen } from './all-traffic-open.ts';
import { broadPortRange } from './broad-port-range.ts';
import type { Check } from './check.ts';
import { dataPortOpen } from './data-port-open.ts';
import { icmpOpen } from './icmp-open.ts';
import { internalPortOpen } from './internal-port-open.ts';
import { invalidCidr } from './invalid-cidr.ts';
import { legacySyntax } from './legacy-syntax.ts';
import { missingGroupDescription } from './missing-group-description.ts';
import { missingRuleDescription } from './missing-rule-description.ts';
import { portOpen } from './port-open.ts';

export const checks: readonly Check[] = [
  adminPortOpen,
  allTrafficOpen,
  broadPortRange,
  dataPortOpen,
  icmpOpen,
  internalPortOpen,
  invalidCidr,
  legacySyntax,
  missingGroupDescription,
  missingRuleDescription,
  portOpen,
];
