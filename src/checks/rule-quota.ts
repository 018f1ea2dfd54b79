/** Groups that exceed the rule quota of AWS. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { type QuotaExcess, quotaExcessesOf } from '../model/questions/quota.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import { formatCount, formatList } from '../text/count.ts';
import { localAddress } from './shared/description.ts';

export const ruleQuota = defineCheck({
  id: 'rule-quota',
  summary: "A group exceeds AWS's quota of rules in one direction",
  label: 'too many rules',
  help: 'Put the blocks in a prefix list, merge adjacent blocks, or split the rules into two groups.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html',
  ],
  about: 'security-group',
  options: {
    max: {
      type: 'integer',
      default: 60,
      min: 1,
      max: 1000,
      summary: 'Quota of the account: rules per group and direction, counted separately for IPv4 and IPv6.',
    },
  },
  *run(model, { max }) {
    const groups = new Map(model.ruleSets.map(({ group, all }) => [all, group]));
    for (const [all, group] of groups) {
      if (group?.form.hasEc2Quota === false) continue;
      const excesses = quotaExcessesOf(all, max, model.prefixLists);
      const certain = excesses.filter(({ reasons }) => reasons.length === 0);
      const told = certain.length > 0 ? certain : excesses;
      const [first] = told;
      if (first === undefined) continue;
      const subject = group ?? first.rule;
      const reasons = [...new Set([...waitsFor(subject.existsIf), ...told.flatMap((one) => one.reasons)])].sort();
      yield {
        answer: reasons.length > 0 ? 'unknown' : 'yes',
        subject,
        // All that is too much of one group is one finding.
        place: { span: subject.span },
        message: messageOf(group, told, max),
        reasons,
      };
    }
  },
});

function messageOf(group: SecurityGroup | undefined, told: readonly QuotaExcess[], max: number): string {
  const name = group === undefined ? 'The group of this rule' : localAddress(group);
  const counts = told.map(
    ({ direction, family, count, isSensitive }) =>
      `${isSensitive ? `too many ${direction} rules` : formatCount(count, `${direction} rule`)} for IPv${family}`,
  );
  const quota = `quota is ${max}${counts.length < 2 ? '' : ' of each'}`;
  const peers = new Set(told.map(({ direction }) => (direction === 'ingress' ? 'source' : 'destination')));
  return `${name} has ${formatList(counts)} (each ${[...peers].join(' and ')} counts as one). The AWS ${quota}, so it rejects the rest.`;
}
