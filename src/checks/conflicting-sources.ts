/** Standalone rules with conflicting sources. */

import { defineCheck } from '../findings/check.ts';
import { formOf, type Rule, type RuleForm } from '../model/rule.ts';
import { argument, type EvaluatedAttribute } from '../terraform/instances/expand.ts';
import { isSensitive } from '../terraform/values/value.ts';
import { type Fault, ruleHit } from './shared/rule-fault.ts';

/** Of each group of arguments, a rule may have one. */
const exclusive: Readonly<Record<RuleForm, readonly (readonly string[])[]>> = {
  inline: [],
  aws_security_group_rule: [
    ['cidr_blocks', 'source_security_group_id', 'self'],
    ['ipv6_cidr_blocks', 'source_security_group_id', 'self'],
  ],
  aws_vpc_security_group_rule: [['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id']],
};

export const conflictingSources = defineCheck({
  id: 'conflicting-sources',
  summary: 'A standalone rule has conflicting sources',
  severity: 'high',
  set: 'recommended',
  topic: 'apply',
  aliases: [],
  knownBy: 'text',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group_rule.go',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group_ingress_rule.go',
  ],
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      const fault = exclusive[formOf(rule)].map((names) => conflict(rule, names)).find((found) => found !== undefined);
      if (fault !== undefined) yield ruleHit(rule, fault);
    }
  },
});

/** Being set is what counts: the provider also rejects `self = false` and an empty list beside another source. */
function conflict({ instance }: Rule, names: readonly string[]): Fault | undefined {
  const written = names.flatMap((name) => argument(instance.body, name) ?? []);
  const certain = written.filter((found) => becauseOf(found) === undefined);
  const [first, second] = [...certain, ...written.filter((found) => !certain.includes(found))]
    .slice(0, 2)
    .sort((a, b) => a.attribute.start - b.attribute.start);
  if (first === undefined || second === undefined) return undefined;
  const [a, b] = [first.attribute.name.name, second.attribute.name.name];
  return {
    place: {
      span: second.attribute.value,
      origin: second.value.origin,
      isSensitive: isSensitive(second.value),
    },
    message: `${a} and ${b} cannot both be set in one ${instance.type}, so Terraform rejects the rule.`,
    related: [{ message: a, span: first.attribute.value }],
    because: [...(becauseOf(first) ?? []), ...(becauseOf(second) ?? [])],
  };
}

/** What decides whether an argument is null; undefined for one that is not. */
function becauseOf({ value }: EvaluatedAttribute) {
  return value.kind === 'unknown' && value.identity === undefined ? value.because : undefined;
}
