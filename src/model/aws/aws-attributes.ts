/** What is the same about attributes of AWS's resources, whichever they are: enough to reckon with those that only apply knows. */

import type { AttributeSchema, TextForm } from '../../terraform/instances/evaluation.ts';
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
  const type = types[name] ?? (/_(?:id|arn)$/.test(name) ? stringType : undefined);
  if (type === undefined) return undefined;
  if (!isManaged) return { type, absent: undefined };
  const absent = name === 'tags' ? nullValue(type) : defaults[`${resourceType}.${name}`];
  return { type, absent, form: formOf(resourceType, name) };
}
