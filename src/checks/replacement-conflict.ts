/** Groups and rules whose replacement is created first, under the name that is still taken. */

import { defineCheck } from '../findings/check.ts';
import { quotedFact } from '../model/fact.ts';
import { reusedNames, reusedRules } from '../model/faults/replacements.ts';
import { localAddress } from './shared/description.ts';
import { groupHit, ruleHit } from './shared/rule-fault.ts';

export const replacementConflict = defineCheck({
  id: 'replacement-conflict',
  summary: 'create_before_destroy fails, because the old group or rule still has the same name or source',
  label: 'still in use then',
  help: 'Use `name_prefix` for a group, and aws_vpc_security_group_ingress_rule for a rule.',
  severity: 'low',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#recreating-a-security-group',
    'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { group, name } of reusedNames(model.groups)) {
      yield groupHit(group, {
        place: name,
        message: `create_before_destroy needs a new name, but ${localAddress(group)} is always ${quotedFact(name)}: AWS rejects its replacement while the old group exists. Use name_prefix.`,
      });
    }
    for (const rule of reusedRules(model.rules, model.groups)) {
      yield ruleHit(rule, {
        place: { span: rule.span },
        message: `create_before_destroy creates the new rule while ${localAddress(rule)} still exists: if they have a source and ports in common, AWS rejects it (InvalidPermission.Duplicate). Remove create_before_destroy.`,
      });
    }
  },
});
