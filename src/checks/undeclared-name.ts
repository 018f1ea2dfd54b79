/** Names that are not declared, in what makes, owns or takes security groups. */

import { defineCheck } from '../findings/check.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const undeclaredName = defineCheck({
  id: 'undeclared-name',
  summary: 'A name that a security group depends on is not declared',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  rejection: 'name',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://developer.hashicorp.com/terraform/language/expressions/references',
    'https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/evaluate_valid.go',
  ],
  about: 'security-group',
  options: {},
  run: (model) => rejectionHits(model, 'name'),
});
