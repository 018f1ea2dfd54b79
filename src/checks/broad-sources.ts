/** Hits of the checks on sources that are wider than a limit: blocks of one rule that touch count together. */

import {
  type AddressSet,
  addressSet,
  describeAddresses,
  differenceOfAddresses,
  numberOfAddresses,
  overlapsAddresses,
  unionOfAddresses,
} from '../model/address-set.ts';
import { bitsOf } from '../model/cidr.ts';
import { formatNumber } from '../model/count.ts';
import { cidrPeers, isNetworkOfAws } from '../model/exposure.ts';
import { waitsFor } from '../model/fact.ts';
import { ALL_ICMP } from '../model/icmp.ts';
import type { Family } from '../model/ip-address.ts';
import type { PortSpecs } from '../model/ports.ts';
import { ICMP, ICMPV6, TCP, UDP } from '../model/protocol.ts';
import { type CidrPeer, protocolOf, type Rule, trafficOf as trafficOfRule } from '../model/rule.ts';
import type { RuleSet, SecurityModel } from '../model/security-group.ts';
import {
  ALL_TRAFFIC,
  differenceOfTraffic,
  equalTraffic,
  formatTraffic,
  isNoTraffic,
  NO_TRAFFIC,
  type Traffic,
  trafficOf,
  trafficOfProtocol,
  unionOfTraffic,
  valuesOf,
} from '../model/traffic.ts';
import type { Hit } from './check.ts';
import { describeOpenPorts } from './open-ports.ts';

export const allowedOption = {
  type: 'ports',
  default: [80, 443],
  summary: 'Ports that may be open to any source; without a protocol, of TCP and of UDP.',
} as const;

export interface BroadSources {
  readonly family: Family;
  /** The longest prefix that passes: as many addresses as one block with it has are no fault. */
  readonly maxPrefix: number;
  /** The part of a source that counts; a source without such a part is passed over. */
  readonly partOf: (source: AddressSet) => AddressSet;
  /** Completes "16,777,216 addresses ...". */
  readonly where: string;
  readonly allowed: PortSpecs;
}

/** Sources of one rule whose addresses touch or overlap. */
interface Run {
  readonly rule: Rule;
  /** The widest first. */
  readonly peers: readonly CidrPeer[];
  /** Undefined for a source that is not known. */
  readonly addresses: AddressSet | undefined;
  /** All that the rule opens; where something is not known, the most that it can be. */
  readonly traffic: Traffic;
  /** What a fault waits for; undefined for a certain one. */
  readonly because: readonly string[] | undefined;
}

/** One hit for each run of sources that is too wide; those of one place, such as of a dynamic block, have the same message. */
export function* broadSourceHits(model: SecurityModel, limits: BroadSources): Iterable<Hit> {
  const byPlace = new Map<string, Run[]>();
  for (const ruleSet of model.ruleSets) {
    for (const run of runsOf(ruleSet, limits)) {
      const { span } = run.peers[0]!.text;
      const key = `${run.because === undefined} ${span.start} ${span.end} ${span.file.path}`;
      const same = byPlace.get(key);
      if (same === undefined) byPlace.set(key, [run]);
      else same.push(run);
    }
  }
  for (const runs of byPlace.values()) {
    const message = messageOf(runs, limits);
    for (const { rule, peers, because } of runs) {
      const [peer, ...others] = peers as [CidrPeer, ...CidrPeer[]];
      const related = others.map(({ text }) => ({ message: `${nameOf(text)}, which adds to it`, span: text.span }));
      const answer = because === undefined ? 'yes' : 'unknown';
      yield { answer, subject: rule, rule, place: peer.text, message, related, because: because ?? [] };
    }
  }
}

function* runsOf(ruleSet: RuleSet, limits: BroadSources): Iterable<Run> {
  const harmless = unionOfTraffic([
    ...[TCP, UDP].map((transport) => trafficOf(transport, limits.allowed[transport === TCP ? 'tcp' : 'udp'])),
    ...[ICMP, ICMPV6].map((protocol) => trafficOf(protocol, ALL_ICMP)),
  ]);
  for (const rule of ruleSet.rules) {
    if (rule.direction === 'egress') continue;
    const found = trafficOfRule(rule);
    if (found.kind === 'invalid') continue;
    const traffic = found.kind === 'traffic' ? found.traffic : trafficOfProtocol(protocolOf(rule) ?? 'all');
    // What the whole internet reaches is another fault.
    const exposed = exposedBy(ruleSet, rule, limits.family);
    if (isNoTraffic(differenceOfTraffic(traffic, unionOfTraffic([harmless, exposed])))) continue;
    const direction = rule.direction === 'unknown' ? [{ name: `${rule.subject}.type` }] : undefined;
    const waiting = waitsFor(rule.possible, found.kind === 'unknown' ? found.because : undefined, direction);
    const because = waiting.length === 0 ? undefined : waiting;
    const peers = rule.peers.flatMap(cidrPeers).filter((peer) => peer.family === limits.family);
    for (const { sources, addresses } of runsOfSources(peers, limits))
      yield { rule, peers: sources, addresses, traffic, because };
    for (const peer of peers) {
      if (peer.text.kind === 'known' || isNetworkOfAws(peer.reference)) continue;
      const reasons = [...new Set([...waiting, ...waitsFor(peer.text.because)])].sort();
      yield { rule, peers: [peer], addresses: undefined, traffic, because: reasons };
    }
  }
}

/** What the rule's sources of a family open to the whole internet, by themselves or with those of other rules. */
function exposedBy(ruleSet: RuleSet, rule: Rule, family: Family): Traffic {
  const exposures = ruleSet
    .exposures('ingress')
    .filter(({ answer, peer }) => answer === 'yes' && peer.family === family)
    .filter((exposure) => [exposure, ...exposure.partners].some((part) => part.rule === rule));
  return exposures.length === 0 ? NO_TRAFFIC : unionOfTraffic(exposures.map(({ traffic }) => traffic));
}

function runsOfSources(peers: readonly CidrPeer[], { family, maxPrefix, partOf }: BroadSources) {
  const sources = peers.flatMap((peer) => {
    const block = peer.cidr;
    // AWS refuses these, so they open nothing.
    if (block === undefined || block.kind === 'invalid' || block.cidr.family !== family) return [];
    const addresses = addressSet(family, [block.cidr]);
    const part = partOf(addresses);
    return part.intervals.length === 0 ? [] : { peer, prefix: block.cidr.prefix, addresses, part };
  });
  const whole = unionOfAddresses(
    family,
    sources.map(({ addresses }) => addresses),
  );
  const limit = 1n << BigInt(bitsOf(family) - maxPrefix);
  return whole.intervals.flatMap((interval) => {
    const inside = sources
      .filter(({ addresses }) => overlapsAddresses({ family, intervals: [interval] }, addresses))
      .sort((a, b) => a.prefix - b.prefix);
    const parts = inside.map(({ part }) => part);
    const addresses = unionOfAddresses(family, parts);
    return numberOfAddresses(addresses) > limit ? { sources: inside.map(({ peer }) => peer), addresses } : [];
  });
}

function messageOf(runs: readonly Run[], { family, maxPrefix, where }: BroadSources): string {
  const [{ peers, addresses, because }] = runs as readonly [Run];
  const names = peers.map(({ text }) => nameOf(text));
  const others = names.length > 2 ? `${names.length - 1} more blocks` : names[1];
  const subject = others === undefined ? names[0] : `${names[0]} and ${others} together`;
  const verb = because !== undefined ? 'may open' : others === undefined ? 'opens' : 'open';
  const traffic = describeTraffic(unionOfTraffic(runs.map((run) => run.traffic)));
  const limit = describeLimit(bitsOf(family) - maxPrefix);
  if (addresses === undefined) return `${subject} ${verb} ${traffic} to more than ${limit} (/${maxPrefix}) ${where}.`;
  const count = describeAddresses(addresses);
  return `${subject} ${verb} ${traffic} to ${count} ${where}, more than the limit of ${limit} (/${maxPrefix}).`;
}

function describeLimit(bits: number): string {
  return bits < 64 ? formatNumber(1n << BigInt(bits)) : `2^${bits}`;
}

function describeTraffic(traffic: Traffic): string {
  if (equalTraffic(traffic, ALL_TRAFFIC)) return 'every protocol and port';
  const ports = unionOfTraffic([TCP, UDP].map((protocol) => trafficOf(protocol, valuesOf(traffic, protocol))));
  const rest = differenceOfTraffic(traffic, ports);
  return [
    ...(isNoTraffic(ports) ? [] : [describeOpenPorts(ports)]),
    ...(isNoTraffic(rest) ? [] : [formatTraffic(rest)]),
  ].join(' and ');
}

function nameOf(text: CidrPeer['text']): string {
  return text.kind === 'known' ? text.value : (waitsFor(text.because)[0] ?? 'a block');
}

/** The addresses that are in none of the blocks of a list; what is no block of the family takes nothing away. */
export function without(source: AddressSet, trusted: readonly AddressSet[]): AddressSet {
  const mine = trusted.filter(({ family }) => family === source.family);
  return differenceOfAddresses(source, unionOfAddresses(source.family, mine));
}
