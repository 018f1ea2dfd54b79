/**
 * awscc_ec2_security_group.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/ec2_security_group and
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */

import type { GroupForm, RuleForm } from '../../rule-form.ts';
import { awsccSchemas } from '../awscc-schema.ts';
import type { Adapter } from './adapter.ts';
import { awsccRule } from './awscc-rule.ts';
import { groupOf, inlineRulesOf } from './inline.ts';

const form: RuleForm = {
  kind: 'inline',
  blocks: { security_group_ingress: 'ingress', security_group_egress: 'egress' },
  group: undefined,
  ...awsccRule,
  isReplacedOnChange: false,
};

const group: GroupForm = {
  isDefault: false,
  description: 'required',
  hasEc2Texts: true,
  texts: { name: 'group_name', namePrefix: undefined, description: 'group_description' },
  removesOtherRules: false,
  hasEc2Quota: true,
};

export const adapter: Adapter = {
  kind: 'security-group',
  types: ['awscc_ec2_security_group'],
  form,
  schemas: awsccSchemas,
  adapt: (instance, problems) => ({
    groups: [groupOf(instance, group, form, problems)],
    rules: inlineRulesOf(instance, form, undefined, problems),
  }),
};
