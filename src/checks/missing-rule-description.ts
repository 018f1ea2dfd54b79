/** Rules without a meaningful description. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import type { Rule } from '../model/rule.ts';
import { descriptionFault, descriptionOptions, localAddress } from './shared/description.ts';

export const missingRuleDescription = defineCheck({
  id: 'missing-rule-description',
  summary: 'A security-group rule has no meaningful description',
  severity: 'low',
  set: 'recommended',
  topic: 'hygiene',
  aliases: ['CKV_AWS_23', 'BC_AWS_NETWORKING_31', 'AWS-0124'],
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-rule-components',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#ingress-block',
  ],
  options: descriptionOptions,
  *run(model, demands) {
    for (const rule of model.rules) {
      const consequence = '. Say who needs it';
      const fault = descriptionFault(rule.description, demands, nameOf(rule), consequence, waitsFor(rule.possible));
      if (fault !== undefined) yield { subject: rule, rule, ...fault };
    }
  },
});

/** Inline rules have no name of their own. */
function nameOf(rule: Rule): string {
  const address = localAddress(rule);
  return rule.form === 'standalone' ? address : `this ${rule.direction} rule of ${address}`;
}
