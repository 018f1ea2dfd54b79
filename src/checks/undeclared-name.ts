/** Names that are not declared, in what makes, owns or takes security groups. */

import { defineCheck } from '../findings/check.ts';
import { localAddress } from './shared/description.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const undeclaredName = defineCheck({
  id: 'undeclared-name',
  summary: 'A name that a security group depends on is not declared',
  label: 'not declared',
  help: 'Declare the name, or correct it.',
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
  *run(model) {
    for (const hit of rejectionHits(model, 'name')) {
      const [before, after] = splitBefore(hit.message, ', so Terraform rejects it');
      const together = { words: [`${before} at `, ` places${after}`] as const, name: localAddress(hit.subject) };
      // One name that is missing is used in many places.
      yield after === '' ? hit : { ...hit, together };
    }
  },
});

/** A text in two, of which the second is empty or begins with a part. */
function splitBefore(text: string, part: string): readonly [string, string] {
  const index = text.indexOf(part);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index)];
}
