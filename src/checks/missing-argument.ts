/** Missing arguments that no check of rules is about. */

import { defineCheck } from '../findings/check.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const missingArgument = defineCheck({
  id: 'missing-argument',
  summary: 'A required argument is missing',
  label: 'incomplete',
  help: 'Set the argument.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  rejection: 'argument',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
    'https://developer.hashicorp.com/terraform/language/modules/syntax',
  ],
  about: 'security-group',
  options: {},
  run: (model) => rejectionHits(model, 'argument'),
});
