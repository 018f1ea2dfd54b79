/** Rules that open a long interval of ports. */

import { type Answer, all, answerOf } from '../model/answer.ts';
import { formatCount, formatNumber } from '../model/count.ts';
import { type Fact, waitsFor } from '../model/fact.ts';
import { hasPorts } from '../model/protocol.ts';
import { type Peer, protocolOf, type Rule, trafficOf } from '../model/rule.ts';
import { textOf } from '../source/span.ts';
import { defineCheck } from './check.ts';

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
      if (rule.direction === 'egress' || trafficOf(rule).kind === 'invalid') continue;
      const sources = rule.peers.filter((peer) => !ignoreGroupSources || isAddresses(peer));
      const answer = all(hasSource(rule, sources), hasPortsOf(rule), isBroad(rule, max), isCertain(rule));
      if (answer === 'no') continue;
      const reasons = [rule.protocol, rule.fromPort, rule.toPort].map((fact) =>
        fact.kind === 'unknown' ? fact.because : [],
      );
      const direction = rule.direction === 'unknown' ? [{ name: `${rule.subject}.type` }] : undefined;
      const waiting = hasSource(rule, sources) === 'unknown' ? sources.map(reasonOf) : [];
      const because = waitsFor(...reasons, rule.possible, direction, ...waiting);
      yield { answer, subject: rule, rule, place: rule.toPort, message: messageOf(rule, sources, max), because };
    }
  },
});

const isAddresses = (peer: Peer): boolean => peer.kind === 'cidr' || peer.kind === 'prefix-list';

const isCertain = (rule: Rule): Answer =>
  rule.possible === undefined && rule.direction === 'ingress' ? 'yes' : 'unknown';

function hasSource(rule: Rule, sources: readonly Peer[]): Answer {
  if (sources.length === 0) return 'no';
  // A list that is not known may be empty, but not if it is the only source of a rule.
  const isSure = sources.length === rule.peers.length || sources.some((peer) => reasonOf(peer) === undefined);
  return isSure ? 'yes' : 'unknown';
}

function hasPortsOf(rule: Rule): Answer {
  const protocol = protocolOf(rule);
  return protocol === undefined ? 'unknown' : answerOf(hasPorts(protocol));
}

function isBroad({ fromPort, toPort, isOpenEnded }: Rule, max: number): Answer {
  if (fromPort.kind === 'known' && toPort.kind === 'known') {
    return answerOf((toPort.value ?? 0) - (fromPort.value ?? 0) + 1 > max);
  }
  // Where both ends are the same expression, it is one port, whichever.
  const isOnePort = fromPort.kind === toPort.kind && !isOpenEnded && textOf(fromPort.span) === textOf(toPort.span);
  return isOnePort ? 'no' : 'unknown';
}

function messageOf(rule: Rule, sources: readonly Peer[], max: number): string {
  const { fromPort: from, toPort: to } = rule;
  const names = sources.map(nameOf);
  const others = names.length > 2 ? formatCount(names.length - 1, 'more source') : names[1];
  const audience = others === undefined ? names[0] : `${names[0]} and ${others}`;
  if (from.kind === 'unknown' || to.kind === 'unknown') return `More than ${max} ports may be open to ${audience}.`;
  const [first, last] = [from.value ?? 0, to.value ?? 0];
  const count = formatCount(last - first + 1, 'port');
  return `Ports ${first}-${last} are ${count} in one rule, open to ${audience}: more than the limit of ${formatNumber(max)}.`;
}

function factOf(peer: Peer): Fact<unknown> {
  return peer.kind === 'cidr' ? peer.text : peer.kind === 'self' ? peer.value : peer.id;
}

/** What a source waits for; undefined for one that is surely there. */
function reasonOf(peer: Peer): ReturnType<typeof because> {
  if ((peer.kind === 'prefix-list' || peer.kind === 'group') && peer.reference !== undefined) return undefined;
  return because(factOf(peer));
}

const because = (fact: Fact<unknown>) => (fact.kind === 'unknown' ? fact.because : undefined);

function nameOf(peer: Peer): string {
  if (peer.kind === 'self') return 'the group itself';
  const fact = peer.kind === 'cidr' ? peer.text : peer.id;
  if (fact.kind === 'known') return fact.value;
  return (peer.kind === 'cidr' ? undefined : peer.reference?.address) ?? waitsFor(fact.because)[0] ?? 'a source';
}
