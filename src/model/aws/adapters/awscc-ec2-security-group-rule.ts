/**
 * awscc_ec2_security_group_ingress and awscc_ec2_security_group_egress.
 *
 * Sources: https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/ec2_security_group_ingress,
 * https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/ec2_security_group_egress; a change of anything but the description replaces the rule:
 * `createOnlyProperties` in internal/service/cloudformation/schemas/AWS_EC2_SecurityGroupEgress.json at https://github.com/hashicorp/terraform-provider-awscc and
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html
 */

import type { RuleForm } from '../../rule-form.ts';
import { awsccSchemas } from '../awscc-schema.ts';
import type { Adapter } from './adapter.ts';
import { awsccRule } from './awscc-rule.ts';
import { standaloneRule } from './standalone.ts';

const form: RuleForm = {
  kind: 'standalone',
  blocks: {},
  group: 'group_id',
  ...awsccRule,
  isReplacedOnChange: true,
};

export const adapter: Adapter = {
  kind: 'security-group',
  types: ['awscc_ec2_security_group_ingress', 'awscc_ec2_security_group_egress'],
  form,
  schemas: awsccSchemas,
  adapt: (instance, problems) => {
    const direction = instance.type === 'awscc_ec2_security_group_ingress' ? 'ingress' : 'egress';
    return { rules: [standaloneRule(instance, direction, form, problems)] };
  },
};
