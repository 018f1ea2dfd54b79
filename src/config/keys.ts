/** The keys that each object of a .tfsgrc.json can have, for suggestions and messages. */

import type { Check } from '../findings/check.ts';
import type { CheckNames } from '../findings/names.ts';
import type { ConfigKey, Path, Schema } from './key.ts';
import { keys } from './keys/index.ts';
import { settableOptions } from './keys/options.ts';

/** What may stand in an object of a config. */
export interface KnownKeys {
  readonly names: readonly string[];
  /** What is wrong with any other name, as the end of a sentence. */
  readonly otherwise: string;
}

/** The keys at the top. */
export const configKeys: readonly string[] = Object.keys(keys);

export function keysAt(path: Path, checkNames: CheckNames, checks: readonly Check[]): KnownKeys {
  if (path.length === 0) return { names: configKeys, otherwise: 'is not a key of .tfsgrc.json' };
  const at = path.lastIndexOf('checks');
  if (at !== -1 && at === path.length - 1) {
    return { names: checkNames.spellings, otherwise: 'is not a known check' };
  }
  if (at !== -1) {
    const name = path[at + 1] ?? '';
    const [check] = checkNames.find(name) ?? [];
    const names = check === undefined ? [] : settableOptions(check).map(([option]) => option);
    return { names, otherwise: `is not an option of ${name}` };
  }
  const isEntry = /^\d+$/.test(path.at(-1) ?? '');
  const what = isEntry ? `an entry of "${path.findLast((step) => !/^\d+$/.test(step))}"` : `"${path.at(-1)}"`;
  return { names: Object.keys(propertiesAt(path, checks)), otherwise: `is not a key of ${what}` };
}

/** The schemas of what stands in the object at a path. */
function propertiesAt([name, ...steps]: Path, checks: readonly Check[]): Schema {
  const key = Object.values<ConfigKey<unknown, unknown>>(keys).find((each) => each.name === name);
  const at = steps.reduce<Schema | undefined>((schema, step) => {
    const within = schema?.['items'] ?? (schema?.['properties'] as Schema | undefined)?.[step];
    return (within ?? schema?.['additionalProperties']) as Schema | undefined;
  }, key?.schema(checks));
  return (at?.['properties'] ?? {}) as Schema;
}
