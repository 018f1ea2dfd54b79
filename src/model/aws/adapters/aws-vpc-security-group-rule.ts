/**
 * aws_vpc_security_group_ingress_rule and aws_vpc_security_group_egress_rule.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule and
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_egress_rule
 */

import type { Adapter } from './adapter.ts';
import { type RuleArguments, standaloneRule } from './standalone.ts';

const names: RuleArguments = {
  protocol: 'ip_protocol',
  hasSelf: false,
  peers: {
    cidr_ipv4: { kind: 'cidr', family: 4, isList: false },
    cidr_ipv6: { kind: 'cidr', family: 6, isList: false },
    prefix_list_id: { kind: 'prefix-list', isList: false },
    referenced_security_group_id: { kind: 'group', isList: false },
  },
};

export const adapter: Adapter = {
  types: ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
  adapt: (instance, problems) => {
    const direction = instance.type === 'aws_vpc_security_group_ingress_rule' ? 'ingress' : 'egress';
    return { rules: [standaloneRule(instance, direction, names, problems)] };
  },
};
