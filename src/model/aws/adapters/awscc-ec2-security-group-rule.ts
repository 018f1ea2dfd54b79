/**
 * awscc_ec2_security_group_ingress and awscc_ec2_security_group_egress.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/ec2_security_group_ingress and
 * https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/ec2_security_group_egress
 */

import type { RuleForm } from '../../rule-form.ts';
import type { Adapter } from './adapter.ts';
import { standaloneRule } from './standalone.ts';

const form: RuleForm = {
  kind: 'standalone',
  blocks: {},
  group: 'group_id',
  protocol: 'ip_protocol',
  fromPort: 'from_port',
  toPort: 'to_port',
  peers: {
    cidr_ip: { kind: 'cidr', family: 4, isList: false },
    cidr_ipv_6: { kind: 'cidr', family: 6, isList: false },
    source_prefix_list_id: { kind: 'prefix-list', isList: false },
    source_security_group_id: { kind: 'group', isList: false },
    source_security_group_name: { kind: 'group', isList: false },
    destination_prefix_list_id: { kind: 'prefix-list', isList: false },
    destination_security_group_id: { kind: 'group', isList: false },
  },
  exclusive: [],
  needsPorts: 'for-ports',
  portsOfAllProtocols: 'ignored',
  withoutPeers: 'dropped',
  isReplacedOnChange: false,
  descriptionRefusedBy: 'AWS',
  replacedBy: undefined,
};

export const adapter: Adapter = {
  types: ['awscc_ec2_security_group_ingress', 'awscc_ec2_security_group_egress'],
  form,
  adapt: (instance, problems) => {
    const direction = instance.type === 'awscc_ec2_security_group_ingress' ? 'ingress' : 'egress';
    return { rules: [standaloneRule(instance, direction, form, problems)] };
  },
};
