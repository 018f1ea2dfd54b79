/**
 * aws_vpc_security_group_ingress_rule and aws_vpc_security_group_egress_rule.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule and
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_egress_rule
 */

import type { RuleForm } from '../../rule-form.ts';
import type { Adapter } from './adapter.ts';
import { standaloneRule } from './standalone.ts';

const form: RuleForm = {
  kind: 'standalone',
  blocks: {},
  group: 'security_group_id',
  protocol: 'ip_protocol',
  fromPort: 'from_port',
  toPort: 'to_port',
  peers: {
    cidr_ipv4: { kind: 'cidr', family: 4, isList: false },
    cidr_ipv6: { kind: 'cidr', family: 6, isList: false },
    prefix_list_id: { kind: 'prefix-list', isList: false },
    referenced_security_group_id: { kind: 'group', isList: false },
  },
  exclusive: [['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id']],
  needsPorts: 'for-ports',
  portsOfAllProtocols: 'ignored',
  withoutPeers: 'rejected',
  isReplacedOnChange: false,
  descriptionRefusedBy: 'AWS',
  replacedBy: undefined,
};

export const adapter: Adapter = {
  kind: 'security-group',
  types: ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
  form,
  adapt: (instance, problems) => {
    const direction = instance.type === 'aws_vpc_security_group_ingress_rule' ? 'ingress' : 'egress';
    return { rules: [standaloneRule(instance, direction, form, problems)] };
  },
};
