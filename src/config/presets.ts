/** Presets that a config can start from. */

import type { Check } from '../findings/check.ts';

/** What `extends` may name. */
export const presets = ['tfsg:recommended', 'tfsg:strict', 'tfsg:strict-by-reach', 'tfsg:cis', 'tfsg:off'] as const;
export type Preset = (typeof presets)[number];

/** The same as the command line names them. */
export const presetNames: readonly string[] = presets.map((preset) => preset.slice('tfsg:'.length));

/** What holds where no config says otherwise. */
export const defaultPreset: Preset = 'tfsg:recommended';

/** Whether a preset has a check on; `tfsg:cis` has those that a recommendation of the CIS AWS Foundations Benchmark asks for. */
export function isOnIn(preset: Preset, check: Check): boolean {
  switch (preset) {
    case 'tfsg:off':
      return false;
    case 'tfsg:cis':
      return check.aliases.cis !== undefined;
    case 'tfsg:strict':
    case 'tfsg:strict-by-reach':
      return check.preset !== 'off';
    case 'tfsg:recommended':
      return check.preset === 'recommended';
  }
}

/** Whether a preset makes less of open ports that the internet does not get to. */
export const isByReachIn = (preset: Preset): boolean => preset === 'tfsg:strict-by-reach';
