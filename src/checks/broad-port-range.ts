/** Rules that open a long interval of ports. */

import { all } from '../model/answer.ts';
import { formatCount, formatNumber } from '../model/count.ts';
import { waitsFor } from '../model/fact.ts';
import { becauseOfPeer, hasPeer, opensMoreThan } from '../model/port-count.ts';
import { type Peer, type Rule, trafficOf } from '../model/rule.ts';
import { defineCheck } from './check.ts';
import { describeOpenTraffic } from './open-ports.ts';
import { reasonOf } from './rule-fault.ts';
import { nameSome } from './rule-text.ts';

export const broadPortRange = defineCheck({
  id: 'broad-port-range',
  summary: 'Ingress opens more ports in one rule than a service needs',
  severity: 'medium',
  set: 'recommended',
  aliases: [],
  // From the internet, the same range is told by what it opens.
  coveredBy: ['all-traffic-open', 'admin-port-open', 'data-port-open', 'internal-port-open', 'port-open'],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html#security-group-best-practices'],
  options: {
    max: { type: 'integer', default: 100, min: 1, max: 65535, summary: 'The most ports that one rule may open.' },
    ignoreGroupSources: {
      type: 'boolean',
      default: true,
      summary: 'Whether rules pass whose only sources are security groups.',
    },
  },
  *run(model, { max, ignoreGroupSources }) {
    for (const rule of model.rules) {
      if (rule.direction === 'egress') continue;
      const sources = rule.peers.filter(({ kind }) => !ignoreGroupSources || kind === 'cidr' || kind === 'prefix-list');
      const isThere = rule.possible === undefined && rule.direction === 'ingress' ? 'yes' : 'unknown';
      const answer = all(hasPeer(rule, sources), opensMoreThan(rule, max), isThere);
      if (answer === 'no') continue;
      const because = waitsFor(
        ...[rule.protocol, rule.fromPort, rule.toPort].map(reasonOf),
        rule.possible,
        rule.direction === 'unknown' ? [{ name: `${rule.subject}.type` }] : undefined,
        ...(hasPeer(rule, sources) === 'unknown' ? sources.map(becauseOfPeer) : []),
      );
      yield { answer, subject: rule, rule, place: rule.toPort, message: messageOf(rule, sources, max), because };
    }
  },
});

function messageOf(rule: Rule, sources: readonly Peer[], max: number): string {
  const { fromPort: from, toPort: to } = rule;
  const traffic = trafficOf(rule);
  const audience = nameSome(sources, 'source');
  if (traffic.kind !== 'traffic' || from.kind === 'unknown' || to.kind === 'unknown') {
    return `One rule may open more than ${formatCount(max, 'port')} to ${audience}.`;
  }
  const count = formatCount((to.value ?? 0) - (from.value ?? 0) + 1, 'port');
  return `One rule opens ${describeOpenTraffic(traffic.traffic)} to ${audience}: ${count}, more than the limit of ${formatNumber(max)}.`;
}
