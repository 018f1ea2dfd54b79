/** What the names of AWS's attributes say of their types. */

import { mapType, numberType, stringType, type Type } from '../../terraform/values/type.ts';

/**
 * Attributes that have one type wherever they occur, but for `unlikeTheirNames`.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs, "Attribute Reference" of the resources
 */
export const attributeTypes: Readonly<Record<string, Type>> = {
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

/** What a name says of an attribute's type; undefined where it says nothing. */
export const typeOfName = (name: string): Type | undefined =>
  attributeTypes[name] ?? (/_(?:id|arn)$/.test(name) ? stringType : undefined);
