/** Rules in the resource type that the provider no longer recommends. */

import { defineCheck } from '../findings/check.ts';
import { localAddress } from './shared/description.ts';
import { ruleHit } from './shared/rule-fault.ts';
import { RulesTogether } from './shared/rules-together.ts';

export const deprecatedRuleResource = defineCheck({
  id: 'deprecated-rule-resource',
  summary: 'A rule uses aws_security_group_rule, which the AWS provider no longer recommends',
  label: 'deprecated',
  help: 'Write one resource for each source, with `for_each` if there are several.',
  severity: 'info',
  preset: 'strict',
  topic: 'hygiene',
  aliases: {},
  tags: ['deprecated'],
  knownBy: 'text',
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule'],
  about: 'security-group',
  options: {},
  *run(model) {
    const together = new RulesTogether(model.rules, model.groups, ({ span }) => ({ span }));
    for (const rule of model.rules) {
      const { replacedBy } = rule.form;
      if (replacedBy === undefined) continue;
      const { ingress, egress } = replacedBy;
      const today = rule.direction === 'unknown' ? `${ingress} or ${egress}` : replacedBy[rule.direction];
      const message = `The AWS provider recommends ${today} over ${localAddress(rule)} (tags, one CIDR block for each rule).`;
      const of = together.of(
        rule,
        `use ${rule.type}: the AWS provider recommends ${ingress} and ${egress} (tags, one CIDR block for each rule)`,
      );
      yield { ...ruleHit(rule, { place: { span: rule.span }, message }), ...(of && { together: of }) };
    }
  },
});
