/** The key `failOn` of a config. */

import { type ConfigKey, soundValue, sourcedEntry } from '../key.ts';
import { byDefault, givenBy, isOfCommandLine, type Sourced } from '../layer.ts';
import { type FailOn, failOnLevels } from '../names.ts';

export const key: ConfigKey<FailOn | undefined, Sourced<FailOn>> = {
  name: 'failOn',
  order: 40,
  schema: () => ({
    description: 'The lowest severity that fails the run (exit code 1).',
    enum: failOnLevels,
    default: 'low',
  }),
  decode: (node, context) => soundValue(node, ['failOn'], context),
  merge: (layers) => givenBy(layers, key).at(-1) ?? byDefault('low'),
  limited(base, full) {
    const rank = (level: FailOn): number => (level === 'never' ? -1 : failOnLevels.indexOf(level));
    return rank(full.value) >= rank(base.value) || isOfCommandLine(full) ? full : base;
  },
  print: (value) => [sourcedEntry('failOn', value)],
};
