/** The key `$schema` of a config, which is for editors alone. */

import type { ConfigKey } from '../key.ts';

export const key: ConfigKey<undefined, undefined> = {
  name: '$schema',
  order: 0,
  schema: () => ({
    description: 'Path or URL of this schema, for editors.',
    type: 'string',
    default: './node_modules/tfsg/schema/tfsgrc.schema.json',
  }),
  decode: () => undefined,
  merge: () => undefined,
  print: () => [],
};
