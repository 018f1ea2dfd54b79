/** Rules in the resource type that the provider no longer recommends. */

import { defineCheck } from '../findings/check.ts';
import { formOf } from '../model/rule.ts';
import { localAddress } from './shared/description.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const deprecatedRuleResource = defineCheck({
  id: 'deprecated-rule-resource',
  summary: 'A rule uses aws_security_group_rule, which the AWS provider no longer recommends',
  severity: 'info',
  set: 'strict',
  topic: 'hygiene',
  aliases: [],
  knownBy: 'text',
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule'],
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      if (formOf(rule) !== 'aws_security_group_rule') continue;
      const today =
        rule.direction === 'unknown'
          ? 'aws_vpc_security_group_ingress_rule or aws_vpc_security_group_egress_rule'
          : `aws_vpc_security_group_${rule.direction}_rule`;
      const message = `The AWS provider recommends ${today} over ${localAddress(rule)} (tags, one CIDR block for each rule).`;
      yield ruleHit(rule, { place: { span: rule.span }, message });
    }
  },
});
