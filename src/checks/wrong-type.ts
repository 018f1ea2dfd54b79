/** Values of the wrong type, in what makes, owns or takes security groups. */

import { defineCheck } from '../findings/check.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const wrongType = defineCheck({
  id: 'wrong-type',
  summary: 'A value has a type that its argument does not take',
  label: 'wrong type',
  help: 'Write a value of the type that the message names.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  rejection: 'type',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://developer.hashicorp.com/terraform/language/expressions/types',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
  ],
  about: 'security-group',
  options: {},
  run: (model) => rejectionHits(model, 'type'),
});
