/** The key `severityByReach` of a config: whether an open port is less grave where the internet does not get to it. */

import { type ConfigKey, soundValue, sourcedEntry } from '../key.ts';
import { byDefault, givenBy, isOfCommandLine, type Layer, type Sourced } from '../layer.ts';
import { isByReachIn } from '../presets.ts';

export const key: ConfigKey<boolean | undefined, Sourced<boolean>> = {
  name: 'severityByReach',
  order: 55,
  schema: () => ({
    description:
      'Whether open ports that the internet does not reach (reach: vpc or unattached) are reported two severities lower.',
    type: 'boolean',
    default: false,
  }),
  decode: (node, context) => soundValue(node, ['severityByReach'], context),
  /** A preset says it of all that it has on. */
  merge: (layers) => layers.flatMap(givenIn).at(-1) ?? byDefault(false),
  limited: (base, full) => (full.value && !isOfCommandLine(full) ? base : full),
  print: (value) => [sourcedEntry('severityByReach', value)],
};

function givenIn(layer: Layer): readonly Sourced<boolean>[] {
  if (layer.kind === 'file') return givenBy([layer], key);
  return [isByReachIn(layer.preset) ? { value: true, origin: layer } : byDefault(false)];
}
