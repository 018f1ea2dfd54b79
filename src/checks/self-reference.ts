/** Resources whose own blocks name them. */

import { defineCheck } from '../findings/check.ts';
import type { Rejection } from '../model/rejections.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const selfReference = defineCheck({
  id: 'self-reference',
  summary: 'A security group or rule refers to itself',
  label: 'refers to itself',
  help: 'Set `self = true`, or write a standalone rule whose source is the group.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  rejection: 'self',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/validate_selfref.go',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
  ],
  about: 'security-group',
  options: {},
  run: (model) => rejectionHits(model, 'self', messageOf),
});

function messageOf({ resourceAddress }: Rejection): string {
  const meant = /security_group\./.test(resourceAddress) ? ': write self = true for its own members.' : '.';
  return `The configuration of ${resourceAddress} refers to itself, so Terraform rejects it${meant}`;
}
