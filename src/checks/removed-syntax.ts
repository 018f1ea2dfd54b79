/** Terraform 0.11 syntax in security groups that Terraform no longer accepts. */

import { defineCheck } from '../findings/check.ts';
import { legacyHits } from './shared/legacy-hits.ts';

export const removedSyntax = defineCheck({
  id: 'removed-syntax',
  summary: 'A security group uses Terraform 0.11 syntax that Terraform no longer accepts',
  label: 'rejected',
  help: 'Run `tfsg --fix`, which keeps comments.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  tags: ['deprecated'],
  sources: [
    'https://developer.hashicorp.com/terraform/language/v1.1.x/upgrade-guides/0-12',
    'https://github.com/hashicorp/terraform/blob/v1.11.4/internal/configs/named_values.go',
  ],
  about: 'security-group',
  options: {},
  run: (model) => legacyHits(model, true),
});
