/** Adjacent rules that can be merged into one. */

import { defineCheck, type Hit } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { type Neighbours, neighboursIn } from '../model/questions/neighbours.ts';
import { factOfPeer } from '../model/rule.ts';
import { formatCidr } from '../network/cidr.ts';
import { formatTraffic } from '../network/traffic.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { describePeers } from './shared/rule-text.ts';

export const mergeableRules = defineCheck({
  id: 'mergeable-rules',
  summary: 'Rules with adjacent ports or CIDR blocks can be merged into one',
  label: 'adjacent to another',
  help: 'Write one rule for all of it.',
  severity: 'info',
  preset: 'strict',
  topic: 'hygiene',
  aliases: {},
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups'],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { rules } of model.ruleSets) for (const neighbours of neighboursIn(rules)) yield hitOf(neighbours);
  },
});

function hitOf({ rules, traffic, block }: Neighbours): Hit {
  const [rule, ...others] = rules;
  const reasons = waitsFor(...rules.map(({ existsIf }) => existsIf));
  const theirs = others.length === 1 ? 'an adjacent rule' : `${others.length} adjacent rules`;
  const isSensitive = rules.some(({ peers }) => peers.some((peer) => factOfPeer(peer).isSensitive));
  const blocks = `${rule.direction === 'egress' ? 'to' : 'from'} ${isSensitive ? SENSITIVE : block && formatCidr(block)}`;
  const one = `${formatTraffic(traffic)} ${block === undefined ? describePeers(rule) : blocks}`;
  return {
    answer: reasons.length > 0 ? 'unknown' : 'yes',
    subject: rule,
    rule,
    place: { span: rule.span },
    message: `This rule and ${theirs} together allow ${one}. Merge ${rules.length === 2 ? 'both' : `all ${rules.length}`} into one rule.`,
    related: others.map((other) => ({ message: 'adjacent rule', span: other.span })),
    reasons,
    identity: { together: rules.map((each) => ({ rule: each, peers: each.peers })) },
  };
}
