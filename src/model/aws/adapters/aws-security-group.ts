/**
 * aws_security_group, and the group that each VPC has from the start.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group and
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_security_group
 */

import type { Adapter } from './adapter.ts';
import { groupOf, inlineRules } from './inline.ts';

export const adapter: Adapter = {
  types: ['aws_security_group', 'aws_default_security_group'],
  adapt: (instance, problems) => ({
    groups: [groupOf(instance, instance.type === 'aws_default_security_group', problems)],
    rules: inlineRules(instance, problems),
  }),
};
