/**
 * aws_security_group_rule.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule
 */

import type { Adapter } from './adapter.ts';
import { type RuleArguments, standaloneRule } from './standalone.ts';

const names: RuleArguments = {
  protocol: 'protocol',
  hasSelf: true,
  peers: {
    cidr_blocks: { kind: 'cidr', family: 4, isList: true },
    ipv6_cidr_blocks: { kind: 'cidr', family: 6, isList: true },
    prefix_list_ids: { kind: 'prefix-list', isList: true },
    source_security_group_id: { kind: 'group', isList: false },
  },
};

export const adapter: Adapter = {
  types: ['aws_security_group_rule'],
  adapt: (instance, problems) => ({ rules: [standaloneRule(instance, undefined, names, problems)] }),
};
