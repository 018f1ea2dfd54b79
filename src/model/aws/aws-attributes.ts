/** Known facts about attributes of all AWS resources, for values that are unknown before apply. */

import type { AttributeSchema, TextForm } from '../../terraform/instances/evaluation.ts';
import { nullValue, stringValue, type Value } from '../../terraform/values/value.ts';
import { typeOfName } from './attribute-types.ts';
import { unlikeTheirNames } from './provider-schema.generated.ts';

/** What the provider takes for an argument that is not written, by resource type and argument. */
const defaults: Readonly<Record<string, Value>> = {
  __proto__: null as never,
  'aws_default_vpc.cidr_block': stringValue('172.31.0.0/16'),
  'aws_security_group.description': stringValue('Managed by Terraform'),
};

/**
 * What the identifiers of managed resources begin with, before hexadecimal digits.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
const idPrefixes: Readonly<Record<string, string>> = {
  __proto__: null as never,
  aws_default_security_group: 'sg-',
  aws_default_subnet: 'subnet-',
  aws_default_vpc: 'vpc-',
  aws_ec2_managed_prefix_list: 'pl-',
  aws_instance: 'i-',
  aws_network_interface: 'eni-',
  aws_security_group: 'sg-',
  aws_subnet: 'subnet-',
  aws_vpc: 'vpc-',
};

/**
 * What stands before the identifier in their ARNs.
 *
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
const arnTypes: Readonly<Record<string, string>> = {
  __proto__: null as never,
  aws_default_security_group: 'security-group',
  aws_ec2_managed_prefix_list: 'prefix-list',
  aws_security_group: 'security-group',
};

function formOf(resourceType: string, name: string): TextForm | undefined {
  const prefix = name === 'id' ? idPrefixes[resourceType] : undefined;
  if (prefix !== undefined) return { kind: 'id', prefix };
  if (name === 'default_security_group_id' && idPrefixes[resourceType] === 'vpc-') return { kind: 'id', prefix: 'sg-' };
  const arnType = name === 'arn' ? arnTypes[resourceType] : undefined;
  return arnType === undefined ? undefined : { kind: 'arn', resourceType: arnType };
}

/** @returns undefined where nothing is known of the attribute, or of the provider */
export function awsAttribute(resourceType: string, isManaged: boolean, name: string): AttributeSchema | undefined {
  if (!resourceType.startsWith('aws_')) return undefined;
  const type = typeOfName(name);
  if (type === undefined || unlikeTheirNames.has(`${isManaged ? '' : 'data.'}${resourceType}.${name}`))
    return undefined;
  if (!isManaged) return { type, absent: undefined };
  const absent = name === 'tags' ? nullValue(type) : defaults[`${resourceType}.${name}`];
  return { type, absent, form: formOf(resourceType, name) };
}
