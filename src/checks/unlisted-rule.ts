/** Rules that an exclusive list of their group's rules leaves out. */

import { defineCheck } from '../findings/check.ts';
import { unlistedRules } from '../model/faults/unlisted-rules.ts';
import { localAddress } from './shared/description.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const unlistedRule = defineCheck({
  id: 'unlisted-rule',
  summary: "A rule is missing from its group's exclusive list of rules, which removes it on every apply",
  label: 'not in the list',
  help: 'Add the rule as a resource to the list.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_rules_exclusive',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { rule, list, reasons } of unlistedRules(model)) {
      const name = localAddress(list);
      const message =
        rule.form.kind === 'inline'
          ? `${name} removes this inline rule on every apply, because it lists standalone rules only.`
          : `${name} does not list ${localAddress(rule)}, so it removes the rule on every apply.`;
      const related = [{ message: 'the list of rules', span: list.span }];
      yield ruleHit(rule, { place: { span: rule.span }, message, related, reasons });
    }
  },
});
