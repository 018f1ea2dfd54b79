/** Values of arguments that take only some. */

import { defineCheck } from '../findings/check.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const invalidValue = defineCheck({
  id: 'invalid-value',
  summary: 'An argument has a value that is not one of those that it can have',
  label: 'not one of the values',
  help: 'Write one of the values that the message names.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  rejection: 'value',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_managed_prefix_list',
  ],
  about: 'security-group',
  options: {},
  run: (model) => rejectionHits(model, 'value'),
});
