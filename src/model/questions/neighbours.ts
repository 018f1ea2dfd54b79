/** Rules with adjacent ports or blocks that can be merged into one. */

import { groupBy } from '../../collections/group-by.ts';
import { type AddressSet, addressSet, cidrsOf, coversAddresses, unionOfAddresses } from '../../network/address-set.ts';
import type { Cidr } from '../../network/cidr.ts';
import { intervalsKey } from '../../network/interval.ts';
import { hasPorts } from '../../network/protocol.ts';
import { coversTraffic, type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import { compareSpans, containsSpan } from '../../source/span.ts';
import type { Fact } from '../fact.ts';
import { ownerReasons, protocolOf, type Rule, trafficOf } from '../rule.ts';
import { type Allowance, allowancesOf, peersKey } from './allowance.ts';

/** What one rule would say. */
export interface Neighbours {
  /** Two or more, in order of place. */
  readonly rules: readonly [Rule, ...Rule[]];
  /** Of one protocol, one interval of ports. */
  readonly traffic: Traffic;
  /** The block that theirs make up; undefined where their peers are the same. */
  readonly block: Cidr | undefined;
}

/** A rule of which all is known but whether it exists. */
interface PlainRule {
  readonly rule: Rule;
  readonly traffic: Traffic;
  readonly allowances: readonly Allowance[];
  readonly peers: string;
  /** The same for rules that can become one: how and for what they are written. */
  readonly like: string;
}

export function* neighboursIn(rules: readonly Rule[]): Iterable<Neighbours> {
  const plain = rules.flatMap((rule) => plainRule(rule) ?? []);
  for (const some of groupBy(plain, ({ like, peers }) => `${like}\n${peers}`).values()) yield* byPorts(some);
  const byTraffic = groupBy(plain, ({ like, traffic }) => `${like}\n${intervalsKey(traffic.points)}`);
  for (const some of byTraffic.values()) for (const family of [4, 6] as const) yield* byBlocks(some, family);
}

function plainRule(rule: Rule): PlainRule | undefined {
  const { direction, description } = rule;
  const traffic = trafficOf(rule);
  const protocol = protocolOf(rule);
  const allowances = allowancesOf(rule);
  const peers = peersKey(allowances);
  const isKnown = traffic.kind === 'traffic' && description.kind === 'known' && direction !== 'unknown';
  if (!isKnown || ownerReasons(rule).length > 0 || !peers || allowances.length < rule.peers.length) return undefined;
  if (protocol === undefined || !hasPorts(protocol)) return undefined;
  // Rules that are for different things are better kept apart.
  const like = [direction, rule.type, protocol, description.value ?? ''].join('\n');
  return { rule, traffic: traffic.traffic, allowances, peers, like };
}

/** Runs of port intervals that touch, of rules with the same peers. */
function* byPorts(rules: readonly PlainRule[]): Iterable<Neighbours> {
  const apart = rules.filter(
    (one) =>
      isWrittenThere(one.rule.fromPort, one.rule) &&
      isWrittenThere(one.rule.toPort, one.rule) &&
      rules.every((other) => other === one || !coversTraffic(other.traffic, one.traffic)),
  );
  for (const interval of unionOfTraffic(apart.map(({ traffic }) => traffic)).points) {
    const isSensitive = apart.some((one) => one.traffic.isSensitive);
    const traffic: Traffic = { points: [interval], isSensitive };
    yield* together(
      apart.filter((one) => coversTraffic(traffic, one.traffic)),
      traffic,
      undefined,
    );
  }
}

/** Blocks, one in each rule, that make up a wider block, of rules with the same traffic. */
function* byBlocks(rules: readonly PlainRule[], family: 4 | 6): Iterable<Neighbours> {
  const single = rules.flatMap((one) => {
    const addresses = onlyBlockOf(one);
    return addresses?.family === family ? [{ ...one, addresses }] : [];
  });
  const all = unionOfAddresses(
    family,
    single.map(({ addresses }) => addresses),
  );
  for (const block of cidrsOf(all)) {
    const whole = addressSet(family, [block]);
    const parts = single.filter(({ addresses }) => coversAddresses(whole, addresses));
    // A rule that has the whole block makes the others superfluous, which is another matter.
    if (parts.some(({ addresses }) => coversAddresses(addresses, whole))) continue;
    yield* together(parts, parts[0]!.traffic, block);
  }
}

function onlyBlockOf({ rule, allowances }: PlainRule): AddressSet | undefined {
  const [peer, second] = rule.peers;
  if (peer?.kind !== 'cidr' || second !== undefined || !isWrittenThere(peer.text, rule)) return undefined;
  return peer.text.kind === 'known' ? allowances[0]?.addresses : undefined;
}

/** Values that come from variables or locals can change apart from one another. */
function isWrittenThere({ span, origin }: Fact<unknown>, rule: Rule): boolean {
  let at = origin;
  while (at?.from !== undefined) at = at.from;
  return containsSpan(rule.instance.block, at?.span ?? span);
}

function* together(parts: readonly PlainRule[], traffic: Traffic, block: Cidr | undefined): Iterable<Neighbours> {
  const [first, ...others] = parts.map(({ rule }) => rule).sort((a, b) => compareSpans(a.span, b.span));
  if (first !== undefined && others.length > 0) yield { rules: [first, ...others], traffic, block };
}
