/** Known facts about attributes of all AWS resources, for values that are unknown before apply. */

import type { AttributeSchema } from '../../terraform/instances/evaluation.ts';
import { nullValue, stringValue, type Value } from '../../terraform/values/value.ts';
import { typeOfName } from './attribute-types.ts';
import { unlikeTheirNames } from './provider-schema.generated.ts';

/** What the provider takes for an argument that is not written, by resource type and argument. */
const defaults: Readonly<Record<string, Value>> = {
  __proto__: null as never,
  'aws_security_group.description': stringValue('Managed by Terraform'),
};

/** @returns undefined where nothing is known of the attribute, or of the provider */
export function awsAttribute(resourceType: string, isManaged: boolean, name: string): AttributeSchema | undefined {
  if (!resourceType.startsWith('aws_')) return undefined;
  const type = typeOfName(name);
  if (type === undefined || unlikeTheirNames.has(`${isManaged ? '' : 'data.'}${resourceType}.${name}`))
    return undefined;
  if (!isManaged) return { type, absent: undefined };
  return { type, absent: name === 'tags' ? nullValue(type) : defaults[`${resourceType}.${name}`] };
}
