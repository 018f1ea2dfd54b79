/** Groups with both inline and standalone rules. */

import { defineCheck, type Hit } from '../findings/check.ts';
import { ownRulesOf } from '../model/questions/own-rules.ts';
import type { Direction } from '../model/rule.ts';
import type { RuleSet } from '../model/security-group.ts';
import { mixedFormsHit } from './shared/mixed-forms.ts';

export const conflictingRules = defineCheck({
  id: 'conflicting-rules',
  summary: 'A group mixes inline and standalone rules, which remove each other on every apply',
  label: 'inline rules',
  help: 'Use only one form for each direction.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const ruleSet of model.ruleSets) {
      for (const direction of ['ingress', 'egress'] as const) {
        const hit = conflictIn(ruleSet, direction);
        if (hit !== undefined) yield hit;
      }
    }
  },
});

function conflictIn({ group, rules }: RuleSet, direction: Direction): Hit | undefined {
  if (group === undefined || !group.form.removesOtherRules) return undefined;
  const standalone = rules.filter((rule) => rule.form.kind === 'standalone' && rule.direction === direction);
  const own = ownRulesOf(group, direction, rules);
  return mixedFormsHit(group, direction, own, standalone, (where) => `mixes inline ${direction} rules with ${where}`);
}
