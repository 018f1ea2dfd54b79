/** Rules without a source or destination. */

import { defineCheck } from '../findings/check.ts';
import type { Rule } from '../model/rule.ts';
import { isMisnamed } from '../model/written/misnamed.ts';
import { hasEmptyOwner, rootDefault } from '../model/written/placeholder.ts';
import { ruleHit } from './shared/rule-fault.ts';
import { isGiven } from './shared/rule-place.ts';

export const missingSource = defineCheck({
  id: 'missing-source',
  summary: 'A rule has no source or destination',
  label: 'no source',
  help: 'Name the source, or remove the rule if nobody needs access.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group.go',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      if (rule.peers.length > 0 || rule.isOpenEnded || isMisnamed(rule, ['peers']) || hasEmptyOwner(rule, model))
        continue;
      const { form, emptyPeers } = rule;
      // Terraform makes no rule of such a block, which is what its author wants of a list that may be empty.
      if (form.withoutPeers === 'dropped' && emptyPeers.some(({ isWrittenOut }) => !isWrittenOut)) continue;
      const empty = emptyPeers.find((each) => isGiven(each, rule)) ?? emptyPeers.find((each) => !each.isWrittenOut);
      const reasons = empty && rootDefault(model, empty);
      yield ruleHit(rule, { place: empty ?? rule, message: messageOf(rule), reasons });
    }
  },
});

function messageOf(rule: Rule): string {
  const what = rule.direction === 'egress' ? 'destination' : 'source';
  const subject = `The ${rule.direction === 'unknown' ? '' : `${rule.direction} `}rule has no ${what}`;
  switch (rule.form.withoutPeers) {
    case 'dropped':
      return `${subject}, so Terraform creates no rule: it allows nothing.`;
    case 'rejected-unless-written':
      // An empty list or `self = false` is enough for the provider.
      return `${subject}, so ${rule.writtenPeers.length > 0 ? 'AWS' : 'Terraform'} rejects it.`;
    case 'rejected':
      return `${subject}, so Terraform rejects it.`;
  }
}
