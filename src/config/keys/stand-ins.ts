/** The key `standIns` of a config: whether modules that are not there are judged by what tfsg knows of them. */

import { type ConfigKey, soundValue, sourcedEntry } from '../key.ts';
import { byDefault, givenBy, isOfCommandLine, type Sourced } from '../layer.ts';

export const key: ConfigKey<boolean | undefined, Sourced<boolean>> = {
  name: 'standIns',
  order: 96,
  schema: () => ({
    description: 'Whether to check a stand-in for a known public module that is not installed.',
    type: 'boolean',
    default: true,
  }),
  decode: (node, context) => soundValue(node, ['standIns'], context),
  merge: (layers) => givenBy(layers, key).at(-1) ?? byDefault(true),
  limited: (base, full) => (full.value || isOfCommandLine(full) ? full : base),
  print: (value) => [sourcedEntry('standIns', value)],
};
