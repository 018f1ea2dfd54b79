/**
 * aws_security_group, and the group that each VPC has from the start.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group and
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_security_group
 */

import type { GroupForm, RuleForm } from '../../rule-form.ts';
import { inlineRuleSchema } from '../resource-schema.ts';
import type { Adapter } from './adapter.ts';
import { groupOf, inlineRulesOf } from './inline.ts';

const form: RuleForm = {
  kind: 'inline',
  blocks: { ingress: 'ingress', egress: 'egress' },
  group: undefined,
  protocol: 'protocol',
  fromPort: 'from_port',
  toPort: 'to_port',
  peers: {
    cidr_blocks: { kind: 'cidr', family: 4, isList: true },
    ipv6_cidr_blocks: { kind: 'cidr', family: 6, isList: true },
    prefix_list_ids: { kind: 'prefix-list', isList: true },
    security_groups: { kind: 'group', isList: true },
    self: { kind: 'self' },
  },
  exclusive: [],
  needsPorts: 'always',
  portsOfAllProtocols: 'rejected',
  withoutPeers: 'dropped',
  isReplacedOnChange: false,
  descriptionRefusedBy: 'Terraform',
  replacedBy: undefined,
};

const common = {
  texts: { name: 'name', namePrefix: 'name_prefix', description: 'description' },
  removesOtherRules: true,
  hasEc2Quota: true,
} as const;

const ownGroup: GroupForm = { ...common, isDefault: false, description: 'optional', hasEc2Texts: true };

/** Its name and description are AWS's. */
const defaultGroup: GroupForm = { ...common, isDefault: true, description: 'none', hasEc2Texts: false };

export const adapter: Adapter = {
  kind: 'security-group',
  types: ['aws_security_group', 'aws_default_security_group'],
  form,
  adapt: (instance, problems) => ({
    groups: [
      groupOf(instance, instance.type === 'aws_default_security_group' ? defaultGroup : ownGroup, form, problems),
    ],
    rules: inlineRulesOf(instance, form, inlineRuleSchema, problems),
  }),
};
