/** The key `failOnUnresolved` of a configuration. */

import { type ConfigKey, soundValue, sourcedEntry } from '../key.ts';
import { byDefault, givenBy, type Sourced } from '../layer.ts';

export const key: ConfigKey<boolean | undefined, Sourced<boolean>> = {
  name: 'failOnUnresolved',
  order: 50,
  schema: () => ({
    description:
      "Whether the exit code is 1 where a module was not read, or a question of exposure can't be decided before apply.",
    type: 'boolean',
    default: false,
  }),
  decode: (node, context) => soundValue(node, ['failOnUnresolved'], context),
  merge: (layers) => givenBy(layers, key).at(-1) ?? byDefault(false),
  print: (value) => [sourcedEntry('failOnUnresolved', value)],
};
