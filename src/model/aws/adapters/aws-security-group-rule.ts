/**
 * aws_security_group_rule.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule
 */

import type { RuleForm } from '../../rule-form.ts';
import type { Adapter } from './adapter.ts';
import { standaloneRule } from './standalone.ts';

const form: RuleForm = {
  kind: 'standalone',
  blocks: {},
  group: 'security_group_id',
  protocol: 'protocol',
  fromPort: 'from_port',
  toPort: 'to_port',
  peers: {
    cidr_blocks: { kind: 'cidr', family: 4, isList: true },
    ipv6_cidr_blocks: { kind: 'cidr', family: 6, isList: true },
    prefix_list_ids: { kind: 'prefix-list', isList: true },
    source_security_group_id: { kind: 'group', isList: false },
    self: { kind: 'self' },
  },
  exclusive: [
    ['cidr_blocks', 'source_security_group_id', 'self'],
    ['ipv6_cidr_blocks', 'source_security_group_id', 'self'],
  ],
  needsPorts: 'always',
  portsOfAllProtocols: 'dropped',
  withoutPeers: 'rejected-unless-written',
  isReplacedOnChange: true,
  descriptionRefusedBy: 'Terraform',
  replacedBy: {
    ingress: 'aws_vpc_security_group_ingress_rule',
    egress: 'aws_vpc_security_group_egress_rule',
  },
};

export const adapter: Adapter = {
  kind: 'security-group',
  types: ['aws_security_group_rule'],
  form,
  adapt: (instance, problems) => ({ rules: [standaloneRule(instance, undefined, form, problems)] }),
};
