/** Arguments of groups that exclude each other. */

import { defineCheck } from '../findings/check.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const conflictingName = defineCheck({
  id: 'conflicting-name',
  summary: 'Two arguments of a security group exclude each other',
  label: 'excludes the other',
  help: 'Remove one of them.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  rejection: 'conflict',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group.go',
  ],
  about: 'security-group',
  options: {},
  run: (model) => rejectionHits(model, 'conflict'),
});
