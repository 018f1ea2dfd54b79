/** Rules that are neighbours, so that one would say what they say together. */

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
  summary: 'Rules are neighbours in their ports or blocks, and one rule would say the same',
  severity: 'info',
  set: 'strict',
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
  const because = waitsFor(...rules.map(({ possible }) => possible));
  const theirs = others.length === 1 ? 'its neighbour' : `its ${others.length} neighbours`;
  const isSensitive = rules.some(({ peers }) => peers.some((peer) => factOfPeer(peer).isSensitive));
  const blocks = `${rule.direction === 'egress' ? 'to' : 'from'} ${isSensitive ? SENSITIVE : block && formatCidr(block)}`;
  const one = `${formatTraffic(traffic)} ${block === undefined ? describePeers(rule) : blocks}`;
  return {
    answer: because.length > 0 ? 'unknown' : 'yes',
    subject: rule,
    rule,
    place: { span: rule.span },
    message: `This rule and ${theirs} together allow ${one}: one rule would do instead of ${rules.length}.`,
    related: others.map((other) => ({ message: 'its neighbour', span: other.span })),
    because,
    identity: { together: rules.map((each) => ({ rule: each, peers: each.peers })) },
  };
}
