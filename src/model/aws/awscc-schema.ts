/**
 * What the resources of the awscc provider may hold that make security groups and rules.
 *
 * Source: ec2_security_group.md, ec2_security_group_ingress.md and ec2_security_group_egress.md in
 * https://github.com/hashicorp/terraform-provider-awscc/tree/main/docs/resources
 */

import type { ArgumentType, BlockSchema } from './block-schema.ts';

type Types = Readonly<Record<string, ArgumentType>>;

const traffic: Types = {
  cidr_ip: 'string',
  cidr_ipv_6: 'string',
  description: 'string',
  from_port: 'number',
  ip_protocol: 'string',
  to_port: 'number',
};

const sources: Types = {
  source_prefix_list_id: 'string',
  source_security_group_id: 'string',
  source_security_group_name: 'string',
  source_security_group_owner_id: 'string',
};

const destinations: Types = { destination_prefix_list_id: 'string', destination_security_group_id: 'string' };

function schema(types: Types, more: Partial<BlockSchema> = {}): BlockSchema {
  return { arguments: Object.keys(types), required: [], types, readOnly: [], blocks: {}, ...more };
}

const group: Types = {
  group_description: 'string',
  group_name: 'string',
  tags: 'objects',
  vpc_id: 'string',
};

const objects = {
  security_group_egress: schema({ ...traffic, ...destinations }),
  security_group_ingress: schema({ ...traffic, ...sources }),
};

export const awsccSchemas: Readonly<Record<string, BlockSchema>> = {
  awscc_ec2_security_group: schema(group, {
    arguments: [...Object.keys(group), ...Object.keys(objects)],
    required: ['group_description'],
    readOnly: ['group_id', 'id', 'security_group_id'],
    objects,
  }),
  awscc_ec2_security_group_egress: schema(
    { ...traffic, ...destinations, group_id: 'string' },
    { required: ['group_id', 'ip_protocol'], readOnly: ['id', 'security_group_egress_id'] },
  ),
  awscc_ec2_security_group_ingress: schema(
    { ...traffic, ...sources, group_id: 'string', group_name: 'string' },
    { required: ['ip_protocol'], readOnly: ['id', 'security_group_ingress_id'] },
  ),
};
