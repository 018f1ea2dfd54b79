/** Known facts about attributes of all AWS resources, for values that are unknown before apply. */

import type { AttributeSchema } from '../../terraform/instances/evaluation.ts';
import { mapType, numberType, stringType, type Type } from '../../terraform/values/type.ts';
import { nullValue, stringValue, type Value } from '../../terraform/values/value.ts';

/**
 * Attributes that have one type wherever they occur.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs, "Attribute Reference" of the resources
 */
const types: Readonly<Record<string, Type>> = {
  __proto__: null as never,
  arn: stringType,
  cidr_block: stringType,
  description: stringType,
  dns_name: stringType,
  id: stringType,
  ipv6_cidr_block: stringType,
  name: stringType,
  port: numberType,
  private_dns: stringType,
  private_ip: stringType,
  public_dns: stringType,
  public_ip: stringType,
  tags: mapType(stringType),
  tags_all: mapType(stringType),
};

/** What the provider takes for an argument that is not written, by resource type and argument. */
const defaults: Readonly<Record<string, Value>> = {
  __proto__: null as never,
  'aws_security_group.description': stringValue('Managed by Terraform'),
};

/** @returns undefined where nothing is known of the attribute, or of the provider */
export function awsAttribute(resourceType: string, isManaged: boolean, name: string): AttributeSchema | undefined {
  if (!resourceType.startsWith('aws_')) return undefined;
  const type = types[name] ?? (/_(?:id|arn)$/.test(name) ? stringType : undefined);
  if (type === undefined) return undefined;
  if (!isManaged) return { type, absent: undefined };
  return { type, absent: name === 'tags' ? nullValue(type) : defaults[`${resourceType}.${name}`] };
}
