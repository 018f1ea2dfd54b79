/** Named sets of checks that a configuration can start from. */

import type { Check } from '../checks/check.ts';

/** What `extends` may name. */
export const presets = ['tfsg:recommended', 'tfsg:strict', 'tfsg:off'] as const;
export type Preset = (typeof presets)[number];

/** What holds where no configuration says otherwise. */
export const defaultPreset: Preset = 'tfsg:recommended';

/** Whether a preset has a check on. */
export function isOnIn(preset: Preset, check: Check): boolean {
  if (preset === 'tfsg:off') return false;
  return check.set === 'recommended' || (preset === 'tfsg:strict' && check.set === 'strict');
}
