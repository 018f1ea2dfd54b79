/** The keys of the configuration and the declarations of the checks -> the JSON Schema of .tfsgrc.json. */

import type { ConfigKey, Schema } from '../../src/config/key.ts';
import { keys } from '../../src/config/keys/index.ts';
import type { Check } from '../../src/findings/check.ts';

/** Draft 7, which editors know best. */
export function configSchema(checks: readonly Check[]): Schema {
  const all = Object.values<ConfigKey<unknown, unknown>>(keys);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tfsg',
    description: 'Configuration of tfsg, the security-group analyzer for Terraform: .tfsgrc.json',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(all.map((key) => [key.name, key.schema(checks)])),
    definitions: Object.assign({}, ...all.map((key) => key.definitions?.(checks))),
  };
}
