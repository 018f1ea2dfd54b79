/** Standalone rules with conflicting sources. */

import { defineCheck } from '../findings/check.ts';
import type { Rule } from '../model/rule.ts';
import { type Fault, ruleHit } from './shared/rule-fault.ts';

export const conflictingSources = defineCheck({
  id: 'conflicting-sources',
  summary: 'A standalone rule has conflicting sources',
  label: 'second source',
  help: 'Write one rule for each source.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group_rule.go',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group_ingress_rule.go',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      const fault = rule.form.exclusive.map((names) => conflict(rule, names)).find((found) => found !== undefined);
      if (fault !== undefined) yield ruleHit(rule, fault);
    }
  },
});

/** Being set is what counts: the provider also rejects `self = false` and an empty list beside another source. */
function conflict({ writtenPeers, type }: Rule, names: readonly string[]): Fault | undefined {
  const written = writtenPeers.filter(({ argument }) => names.includes(argument));
  const certain = written.filter(({ reasons }) => reasons === undefined);
  const [first, second] = [...certain, ...written.filter((found) => !certain.includes(found))]
    .slice(0, 2)
    .sort((a, b) => a.span.start - b.span.start);
  if (first === undefined || second === undefined) return undefined;
  const [a, b] = [first.argument, second.argument];
  return {
    place: second,
    message: `${a} and ${b} cannot both be set in one ${type}, so Terraform rejects the rule.`,
    related: [{ message: a, span: first.span }],
    reasons: [...(first.reasons ?? []), ...(second.reasons ?? [])],
  };
}
