/** Terraform 0.11 syntax in security groups, as far as Terraform accepts it. */

import { defineCheck } from '../findings/check.ts';
import { legacyHits } from './shared/legacy-hits.ts';

export const legacySyntax = defineCheck({
  id: 'legacy-syntax',
  summary: 'A security group uses Terraform 0.11 syntax',
  label: 'Terraform 0.11 syntax',
  help: 'Run `tfsg --fix`, which keeps comments.',
  severity: 'low',
  preset: 'recommended',
  topic: 'hygiene',
  scope: 'model',
  aliases: {},
  tags: ['deprecated'],
  sources: ['https://developer.hashicorp.com/terraform/language/v1.1.x/upgrade-guides/0-12'],
  about: 'security-group',
  options: {},
  run: (model) => legacyHits(model, false),
});
