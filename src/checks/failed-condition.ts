/** Conditions that are certain to fail, in what makes, owns or takes security groups. */

import { defineCheck } from '../findings/check.ts';
import type { Rejection } from '../model/rejections.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const failedCondition = defineCheck({
  id: 'failed-condition',
  summary: 'A validation, precondition, postcondition or check is false',
  label: 'is false',
  help: 'Correct the value, or the condition.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  rejection: 'condition',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://developer.hashicorp.com/terraform/language/expressions/custom-conditions',
    'https://developer.hashicorp.com/terraform/language/checks',
  ],
  about: 'security-group',
  options: {},
  run: (model) => rejectionHits(model, 'condition', messageOf),
});

/** A `check` only warns. */
function messageOf({ message, address }: Rejection): string {
  const isCheck = /(?:^|\.)check\.[^.]+$/.test(address);
  const follows = isCheck ? 'so Terraform warns' : 'so Terraform rejects the configuration';
  return message.replace('This condition is false', `This condition is false, ${follows}`);
}
