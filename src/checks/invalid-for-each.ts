/** Values of `count` and `for_each` that give no instances. */

import { defineCheck } from '../findings/check.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const invalidForEach = defineCheck({
  id: 'invalid-for-each',
  summary: 'Terraform cannot tell the instances of a count or for_each',
  label: 'gives no instances',
  help: 'Use a map with keys that are written in the configuration.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  rejection: 'instances',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://developer.hashicorp.com/terraform/language/meta-arguments/for_each',
    'https://developer.hashicorp.com/terraform/language/meta-arguments/count',
  ],
  about: 'security-group',
  options: {},
  run: (model) => rejectionHits(model, 'instances'),
});
