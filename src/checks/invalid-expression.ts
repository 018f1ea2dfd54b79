/** Expressions that Terraform cannot evaluate, in what makes, owns or takes security groups. */

import { defineCheck } from '../findings/check.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const invalidExpression = defineCheck({
  id: 'invalid-expression',
  summary: 'An expression that a security group depends on has no value',
  label: 'has no value',
  help: 'Correct the expression, or use `try` or `lookup` for a member that may be missing.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  rejection: 'expression',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://developer.hashicorp.com/terraform/language/expressions/references',
    'https://developer.hashicorp.com/terraform/language/expressions/function-calls',
  ],
  about: 'security-group',
  options: {},
  run: (model) => rejectionHits(model, 'expression'),
});
