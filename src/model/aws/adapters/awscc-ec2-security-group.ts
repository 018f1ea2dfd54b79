/**
 * awscc_ec2_security_group.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/ec2_security_group and
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */

import type { GroupForm, RuleForm } from '../../rule-form.ts';
import type { Adapter } from './adapter.ts';
import { groupOf, inlineRulesOf } from './inline.ts';

const form: RuleForm = {
  kind: 'inline',
  blocks: { security_group_ingress: 'ingress', security_group_egress: 'egress' },
  group: undefined,
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

const group: GroupForm = {
  isDefault: false,
  hasDescription: true,
  hasEc2Texts: true,
  texts: { name: 'group_name', namePrefix: undefined, description: 'group_description' },
  removesOtherRules: false,
  hasEc2Quota: true,
};

export const adapter: Adapter = {
  types: ['awscc_ec2_security_group'],
  form,
  adapt: (instance, problems) => ({
    groups: [groupOf(instance, group, form, problems)],
    rules: inlineRulesOf(instance, form, undefined, problems),
  }),
};
