/** The schemas of the provider's security-group resources. */

/** A block's arguments and nested blocks, by name. Anything else Terraform rejects. */
export interface BlockSchema {
  readonly arguments: readonly string[];
  /** Attributes that can be read and not set. */
  readonly readOnly: readonly string[];
  readonly blocks: Readonly<Record<string, BlockSchema>>;
}

/**
 * Arguments and blocks of every resource, whatever its type.
 *
 * Source: https://developer.hashicorp.com/terraform/language/resources/syntax#meta-arguments and
 * https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax
 */
export const metaArguments: readonly string[] = ['count', 'depends_on', 'for_each', 'provider'];
export const metaBlocks: readonly string[] = ['connection', 'dynamic', 'lifecycle', 'provisioner'];

const noBlocks: BlockSchema['blocks'] = { __proto__: null as never };

/** Rules in a group, written as blocks or as an attribute; the objects of the attribute must have all of these, null ones included. */
export const inlineRuleSchema: BlockSchema = {
  arguments: [
    'cidr_blocks',
    'description',
    'from_port',
    'ipv6_cidr_blocks',
    'prefix_list_ids',
    'protocol',
    'security_groups',
    'self',
    'to_port',
  ],
  readOnly: [],
  blocks: noBlocks,
};

const timeouts = (...names: readonly string[]): BlockSchema => ({ arguments: names, readOnly: [], blocks: noBlocks });

const standaloneRule: BlockSchema = {
  arguments: [
    'cidr_ipv4',
    'cidr_ipv6',
    'description',
    'from_port',
    'ip_protocol',
    'prefix_list_id',
    'referenced_security_group_id',
    'region',
    'security_group_id',
    'tags',
    'to_port',
  ],
  readOnly: ['arn', 'id', 'security_group_rule_id', 'tags_all'],
  blocks: noBlocks,
};

/**
 * By resource type. `region` is new in version 6 of the provider, everything else as in `terraform providers schema` of 5.100.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs, the page of each resource
 */
export const resourceSchemas: Readonly<Record<string, BlockSchema>> = {
  __proto__: null as never,
  aws_security_group: {
    arguments: [
      'description',
      'egress',
      'id',
      'ingress',
      'name',
      'name_prefix',
      'region',
      'revoke_rules_on_delete',
      'tags',
      'tags_all',
      'vpc_id',
    ],
    readOnly: ['arn', 'owner_id'],
    blocks: {
      __proto__: null as never,
      egress: inlineRuleSchema,
      ingress: inlineRuleSchema,
      timeouts: timeouts('create', 'delete'),
    },
  },
  aws_default_security_group: {
    arguments: ['egress', 'id', 'ingress', 'region', 'revoke_rules_on_delete', 'tags', 'tags_all', 'vpc_id'],
    readOnly: ['arn', 'description', 'name', 'name_prefix', 'owner_id'],
    blocks: { __proto__: null as never, egress: inlineRuleSchema, ingress: inlineRuleSchema },
  },
  aws_security_group_rule: {
    arguments: [
      'cidr_blocks',
      'description',
      'from_port',
      'id',
      'ipv6_cidr_blocks',
      'prefix_list_ids',
      'protocol',
      'region',
      'security_group_id',
      'self',
      'source_security_group_id',
      'to_port',
      'type',
    ],
    readOnly: ['security_group_rule_id'],
    blocks: { __proto__: null as never, timeouts: timeouts('create') },
  },
  aws_vpc_security_group_egress_rule: standaloneRule,
  aws_vpc_security_group_ingress_rule: standaloneRule,
};
