/** Rules that are neighbours, so that one would say what they say together. */

import { addressSet, cidrsOf, coversAddresses, unionOfAddresses } from '../model/address-set.ts';
import { type Allowance, allowancesOf, peersKey } from '../model/allowance.ts';
import { formatCidr } from '../model/cidr.ts';
import { formatCount } from '../model/count.ts';
import { type Fact, waitsFor } from '../model/fact.ts';
import { hasPorts } from '../model/protocol.ts';
import { protocolOf, type Rule, trafficOf } from '../model/rule.ts';
import { coversTraffic, formatTraffic, type Traffic, unionOfTraffic } from '../model/traffic.ts';
import { compareSpans, containsSpan } from '../source/span.ts';
import { defineCheck, type Hit } from './check.ts';
import { formOf } from './rule-fault.ts';
import { describePeers } from './rule-text.ts';

export const mergeableRules = defineCheck({
  id: 'mergeable-rules',
  summary: 'Rules are neighbours in their ports or blocks, and one rule would say the same',
  severity: 'info',
  set: 'strict',
  aliases: [],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups'],
  options: {},
  *run(model) {
    for (const { rules } of model.ruleSets) {
      const plain = rules.flatMap((rule) => plainRule(rule) ?? []);
      for (const some of groupBy(plain, ({ like, peers }) => `${like}\n${peers}`)) yield* neighboursByPorts(some);
      for (const some of groupBy(plain, ({ like, traffic }) => `${like}\n${formatTraffic(traffic)}`)) {
        yield* neighboursByBlocks(some);
      }
    }
  },
});

/** A rule of which all is known but whether it exists. */
interface PlainRule {
  readonly rule: Rule;
  readonly traffic: Traffic;
  readonly allowances: readonly Allowance[];
  readonly peers: string;
  /** The same for rules that can become one: how and for what they are written. */
  readonly like: string;
}

function plainRule(rule: Rule): PlainRule | undefined {
  const { owner, direction, description } = rule;
  const traffic = trafficOf(rule);
  const protocol = protocolOf(rule);
  const allowances = allowancesOf(rule);
  const peers = peersKey(allowances);
  const isKnown = traffic.kind === 'traffic' && description.kind === 'known' && direction !== 'unknown';
  const isOwned = owner.kind !== 'unknown' || owner.identity !== undefined;
  if (!isKnown || !isOwned || peers === undefined || peers === '' || allowances.length < rule.peers.length)
    return undefined;
  if (protocol === undefined || protocol === 'all' || !hasPorts(protocol)) return undefined;
  // Rules that are for different things are better kept apart.
  const like = [direction, formOf(rule), protocol, description.value ?? ''].join('\n');
  return { rule, traffic: traffic.traffic, allowances, peers, like };
}

/** Runs of port intervals that touch. */
function* neighboursByPorts(rules: readonly PlainRule[]): Iterable<Hit> {
  const apart = rules.filter(
    ({ rule, traffic }, index) =>
      isWrittenThere(rule.fromPort, rule) &&
      isWrittenThere(rule.toPort, rule) &&
      rules.every((other, at) => at === index || !coversTraffic(other.traffic, traffic)),
  );
  const all = unionOfTraffic(apart.map(({ traffic }) => traffic));
  for (const interval of all.points) {
    const whole: Traffic = { points: [interval] };
    const parts = apart.filter(({ traffic }) => coversTraffic(whole, traffic));
    if (parts.length > 1) yield hitOf(parts, `${formatTraffic(whole)} ${describePeers(parts[0]!.rule)}`);
  }
}

/** Blocks, one in each rule, that make up a wider block. */
function* neighboursByBlocks(rules: readonly PlainRule[]): Iterable<Hit> {
  for (const family of [4, 6] as const) {
    const single = rules.flatMap((plain) => {
      const [{ addresses, identity }, second] = plain.allowances as readonly [Allowance, Allowance?];
      const isBlock = second === undefined && identity === undefined && addresses?.family === family;
      const [peer] = plain.rule.peers;
      return isBlock && peer?.kind === 'cidr' && isWrittenThere(peer.text, plain.rule) ? [{ plain, addresses }] : [];
    });
    const all = unionOfAddresses(
      family,
      single.map(({ addresses }) => addresses),
    );
    for (const cidr of cidrsOf(all)) {
      const whole = addressSet(family, [cidr]);
      const parts = single.filter(({ addresses }) => coversAddresses(whole, addresses));
      if (parts.length < 2 || parts.some(({ addresses }) => coversAddresses(addresses, whole))) continue;
      const [{ plain }] = parts as [(typeof parts)[0]];
      const word = plain.rule.direction === 'egress' ? 'to' : 'from';
      const one = `${formatTraffic(plain.traffic)} ${word} ${formatCidr(cidr)}`;
      yield hitOf(
        parts.map((part) => part.plain),
        one,
      );
    }
  }
}

/** Values that come from variables or locals can change apart from one another. */
function isWrittenThere({ span, origin }: Fact<unknown>, rule: Rule): boolean {
  let at = origin;
  while (at?.from !== undefined) at = at.from;
  return containsSpan(rule.instance.declaration.block, at?.span ?? span);
}

function hitOf(parts: readonly PlainRule[], one: string): Hit {
  const inOrder = [...parts].sort((a, b) => compareSpans(a.rule.span, b.rule.span));
  const [{ rule }, ...others] = inOrder as [PlainRule, ...PlainRule[]];
  const because = waitsFor(...parts.map((part) => part.rule.possible));
  return {
    answer: because.length > 0 ? 'unknown' : 'yes',
    subject: rule,
    rule,
    place: { span: rule.span },
    message: `This rule and ${formatCount(others.length, 'neighbour')} allow together what one rule would: ${one}.`,
    related: others.map((other) => ({ message: 'its neighbour', span: other.rule.span })),
    because,
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Iterable<readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const same = groups.get(key);
    if (same === undefined) groups.set(key, [item]);
    else same.push(item);
  }
  return [...groups.values()].filter((same) => same.length > 1);
}
