/** Terraform 0.11 syntax in security groups. */

import { defineCheck } from '../findings/check.ts';
import { legacyPlacesIn } from '../model/written/legacy-resources.ts';
import { localAddress } from './shared/description.ts';

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
  sources: [
    'https://developer.hashicorp.com/terraform/language/v1.1.x/upgrade-guides/0-12',
    'https://github.com/hashicorp/terraform/blob/v1.11.4/internal/configs/named_values.go',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { subject, spelling } of legacyPlacesIn(model)) {
      const { span, message, many, fix } = spelling;
      const together = { words: ['', many] as const, name: localAddress(subject) };
      yield { answer: 'yes', subject, place: { span }, message, together, ...(fix && { fix }) };
    }
  },
});
