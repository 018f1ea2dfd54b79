/** The key `failOnUnresolved` of a config. */

import { type ConfigKey, soundValue, sourcedEntry } from '../key.ts';
import { byDefault, givenBy, isOfCommandLine, type Sourced } from '../layer.ts';

export const key: ConfigKey<boolean | undefined, Sourced<boolean>> = {
  name: 'failOnUnresolved',
  order: 50,
  schema: () => ({
    description: 'Whether to exit with 1 if a module was not read or an exposure check is undecided.',
    type: 'boolean',
    default: false,
  }),
  decode: (node, context) => soundValue(node, ['failOnUnresolved'], context),
  merge: (layers) => givenBy(layers, key).at(-1) ?? byDefault(false),
  limited: (base, full) => (full.value || isOfCommandLine(full) ? full : base),
  print: (value) => [sourcedEntry('failOnUnresolved', value)],
};
