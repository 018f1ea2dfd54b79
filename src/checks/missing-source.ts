/** Rules without a source or destination. */

import { defineCheck } from '../findings/check.ts';
import { formOf, type Rule } from '../model/rule.ts';
import { argument } from '../terraform/instances/expand.ts';
import { emptyDefault, isOfNothing } from './shared/placeholder.ts';
import { ruleHit } from './shared/rule-fault.ts';
import { isGiven } from './shared/rule-place.ts';
import { isMisnamed } from './shared/unknown-names.ts';

export const missingSource = defineCheck({
  id: 'missing-source',
  summary: 'A rule has no source or destination',
  severity: 'high',
  set: 'recommended',
  topic: 'apply',
  aliases: [],
  knownBy: 'text',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group.go',
  ],
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      if (rule.peers.length > 0 || rule.isOpenEnded || isMisnamed(rule, names) || isOfNothing(rule, model)) continue;
      const { form, emptyPeers } = rule;
      // Terraform makes no rule of such a block, which is what its author wants of a list that may be empty.
      if (form === 'inline' && emptyPeers.some(({ isWrittenOut }) => !isWrittenOut)) continue;
      const empty = emptyPeers.find((each) => isGiven(each, rule)) ?? emptyPeers.find((each) => !each.isWrittenOut);
      const because = empty && emptyDefault(model, empty);
      yield ruleHit(rule, { place: empty ?? rule, message: messageOf(rule), because });
    }
  },
});

const sources = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'self', 'source_security_group_id'];

/** In all forms of rules. */
const names = [
  ...sources,
  'security_groups',
  'cidr_ipv4',
  'cidr_ipv6',
  'prefix_list_id',
  'referenced_security_group_id',
];

function messageOf(rule: Rule): string {
  const what = rule.direction === 'egress' ? 'destination' : 'source';
  const subject = `The ${rule.direction === 'unknown' ? '' : `${rule.direction} `}rule has no ${what}`;
  switch (formOf(rule)) {
    case 'inline':
      return `${subject}, so Terraform creates no rule: it allows nothing.`;
    case 'aws_security_group_rule': {
      // An empty list or `self = false` is enough for the provider.
      const isGiven = sources.some((name) => argument(rule.instance.body, name) !== undefined);
      return `${subject}, so ${isGiven ? 'AWS' : 'Terraform'} rejects it.`;
    }
    case 'aws_vpc_security_group_rule':
      return `${subject}, so Terraform rejects it.`;
  }
}
