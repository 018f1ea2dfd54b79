/** Rules in the default group of a VPC. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import type { Rule } from '../model/rule.ts';
import type { RuleSet } from '../model/security-group.ts';
import { formatCount } from '../text/count.ts';
import { localAddress } from './shared/description.ts';

export const defaultGroupHasRules = defineCheck({
  id: 'default-group-has-rules',
  summary: "A VPC's default group has rules, which apply to everything launched without an explicit group",
  label: 'has rules',
  help: 'Manage the group without rules, and give every service its own group.',
  severity: 'high',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {
    checkov: ['CKV2_AWS_12'],
    trivy: ['AWS-0173'],
    securityHub: ['EC2.2'],
    cis: ['CIS 5.0/5.5', 'CIS 6.0/6.5', 'CIS 7.0/6.5'],
    tfsec: ['aws-ec2-restrict-all-in-default-sg', 'restrict-all-in-default-sg'],
    kics: ['46883ce1-dc3e-4b17-9195-c6a601624c73', '9a4ef195-74b9-4c58-b8ed-2b2fe4353a75'],
  },
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_security_group',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const ruleSet of model.ruleSets) {
      const name = defaultGroupOf(ruleSet);
      if (name === undefined) continue;
      const certain = ruleSet.rules.filter((rule) => reasonsOf(ruleSet, rule).length === 0);
      const rules = ingressFirst(certain.length > 0 ? certain : ruleSet.rules);
      const [first, ...others] = rules;
      if (first === undefined) continue;
      yield {
        answer: certain.length > 0 ? 'yes' : 'unknown',
        subject: first,
        place: first,
        message: `The default group ${name} ${certain.length > 0 ? 'has' : 'may have'} ${countOf(rules)}, which ${rules.length === 1 ? 'applies' : 'apply'} to everything launched in its VPC without an explicit group.`,
        related: others.map((rule) => ({ message: `another rule of ${name}`, span: rule.span })),
        reasons: certain.length > 0 ? [] : [...new Set(rules.flatMap((rule) => reasonsOf(ruleSet, rule)))].sort(),
        existsIf: waitsFor(ruleSet.group?.existsIf),
      };
    }
  },
});

/** How the default group is named that the rules are of; undefined for another group. */
function defaultGroupOf({ group, rules }: RuleSet): string | undefined {
  if (group !== undefined) return group.form.isDefault ? localAddress(group) : undefined;
  const owner = rules[0]?.owner;
  if (owner?.kind !== 'unknown' || owner.identity === undefined) return undefined;
  const { address, path } = owner.identity;
  // The only attribute of that name is a VPC's: the identifier of its default group.
  return path.length === 1 && path[0] === 'default_security_group_id' ? `of ${address}` : undefined;
}

/** Ingress is more serious than egress. */
function ingressFirst(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((a, b) => Number(a.direction === 'egress') - Number(b.direction === 'egress'));
}

/** What decides whether a group that is there has a rule. */
function reasonsOf({ group }: RuleSet, { existsIf = [] }: Rule): readonly string[] {
  return waitsFor(existsIf.filter((reason) => group?.existsIf?.includes(reason) !== true));
}

/** `an ingress rule`, `2 ingress rules and an egress rule`. */
function countOf(rules: readonly Rule[]): string {
  return (['ingress', 'egress'] as const)
    .flatMap((direction) => {
      // A rule of unknown direction is counted as ingress.
      const count = rules.filter((rule) => (rule.direction === 'egress') === (direction === 'egress')).length;
      if (count === 0) return [];
      return count === 1 ? `an ${direction} rule` : formatCount(count, `${direction} rule`);
    })
    .join(' and ');
}
