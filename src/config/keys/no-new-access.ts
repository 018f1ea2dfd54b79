/** The key `noNewAccess` of a config: what fails `tfsg changes`. */

import { type ConfigKey, soundValue, sourcedEntry } from '../key.ts';
import { byDefault, givenBy, isOfCommandLine, type Sourced } from '../layer.ts';
import { type NewAccessLevel, noNewAccessLevels } from '../names.ts';

export const key: ConfigKey<NewAccessLevel | undefined, Sourced<NewAccessLevel>> = {
  name: 'noNewAccess',
  order: 52,
  schema: () => ({
    description:
      'What fails tfsg changes (exit code 1): new access from or to the internet, any new access, or none. Trusted sources and what a policy allows never do.',
    enum: noNewAccessLevels,
    default: 'off',
  }),
  decode: (node, context) => soundValue(node, ['noNewAccess'], context),
  merge: (layers) => givenBy(layers, key).at(-1) ?? byDefault('off'),
  limited(base, full) {
    const rank = (level: NewAccessLevel): number => noNewAccessLevels.indexOf(level);
    return rank(full.value) >= rank(base.value) || isOfCommandLine(full) ? full : base;
  },
  print: (value) => [sourcedEntry('noNewAccess', value)],
};
