/**
 * awscc_ec2_security_group_ingress and awscc_ec2_security_group_egress.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/ec2_security_group_ingress and
 * https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/ec2_security_group_egress
 */

import type { RuleForm } from '../../rule-form.ts';
import type { Adapter } from './adapter.ts';
import { awsccRule } from './awscc-rule.ts';
import { standaloneRule } from './standalone.ts';

const form: RuleForm = {
  kind: 'standalone',
  blocks: {},
  group: 'group_id',
  ...awsccRule,
};

export const adapter: Adapter = {
  types: ['awscc_ec2_security_group_ingress', 'awscc_ec2_security_group_egress'],
  form,
  adapt: (instance, problems) => {
    const direction = instance.type === 'awscc_ec2_security_group_ingress' ? 'ingress' : 'egress';
    return { rules: [standaloneRule(instance, direction, form, problems)] };
  },
};
