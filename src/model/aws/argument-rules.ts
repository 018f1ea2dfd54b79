/** What the provider says of arguments that its schema does not tell. */

/**
 * The values that an argument can have, by resource type and argument.
 *
 * Source: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group_rule.go and
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_managed_prefix_list.go
 */
export const argumentValues: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  __proto__: null as never,
  aws_ec2_managed_prefix_list: { address_family: ['IPv4', 'IPv6'] },
  aws_security_group_rule: { type: ['egress', 'ingress'] },
};

/**
 * Pairs of arguments that exclude one another, by resource type. Those that name sources are in the form of the rules.
 *
 * Source: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group.go
 */
export const argumentConflicts: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  __proto__: null as never,
  aws_security_group: [['name', 'name_prefix']],
};
