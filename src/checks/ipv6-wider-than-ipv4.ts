/** Ports that are for a few in IPv4 and for the whole internet in IPv6. */

import { addressSet, overlapsAddresses, unionOfAddresses } from '../model/address-set.ts';
import { cidrPeers, type Exposure, isNetworkOfAws } from '../model/exposure.ts';
import { waitsFor } from '../model/fact.ts';
import { ALL_PORTS } from '../model/ports.ts';
import { TCP, UDP } from '../model/protocol.ts';
import { type CidrPeer, protocolOf, type Rule, trafficOf as trafficOfRule } from '../model/rule.ts';
import type { RuleSet } from '../model/security-group.ts';
import { privateAddresses, publicAddresses } from '../model/special-addresses.ts';
import {
  differenceOfTraffic,
  intersectionOfTraffic,
  isNoTraffic,
  NO_TRAFFIC,
  overlapsTraffic,
  type Traffic,
  trafficOf,
  trafficOfProtocol,
  unionOfTraffic,
} from '../model/traffic.ts';
import { defineCheck } from './check.ts';
import { describeOpenPorts } from './open-ports.ts';

/** An IPv4 source and what it may send; where something is not known, the most that it can be. */
interface Source {
  readonly peer: CidrPeer;
  readonly traffic: Traffic;
  /** Undefined for a certain one. */
  readonly because: readonly string[] | undefined;
}

/** Traffic that an IPv6 source opens to the internet, and in IPv4 these sources alone. */
interface Fault {
  readonly exposure: Exposure;
  readonly traffic: Traffic;
  readonly sources: readonly Source[];
  /** What it waits for; empty for a certain one. */
  readonly because: readonly string[];
}

const everyPort = unionOfTraffic([trafficOf(TCP, ALL_PORTS), trafficOf(UDP, ALL_PORTS)]);
const hosts = unionOfAddresses(4, [publicAddresses(4), privateAddresses(4)]);

export const ipv6WiderThanIpv4 = defineCheck({
  id: 'ipv6-wider-than-ipv4',
  summary: 'A port that is for a few in IPv4 is open to the whole internet in IPv6',
  severity: 'medium',
  set: 'recommended',
  aliases: [],
  // A port that is for nobody in IPv6 is told by what it is.
  coveredBy: ['all-traffic-open', 'admin-port-open', 'data-port-open', 'internal-port-open', 'port-open'],
  sources: ['https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html'],
  options: {},
  *run(model) {
    const byPlace = new Map<string, Fault[]>();
    for (const fault of model.ruleSets.flatMap(faultsOf)) {
      const { span } = fault.exposure.peer.text;
      const key = `${fault.because.length} ${span.start} ${span.end} ${span.file.path}`;
      byPlace.set(key, [...(byPlace.get(key) ?? []), fault]);
    }
    for (const faults of byPlace.values()) {
      const message = messageOf(faults);
      for (const { exposure, sources, because } of faults) {
        const { rule, peer } = exposure;
        const answer = because.length === 0 ? 'yes' : 'unknown';
        const related = sources.map(({ peer: { text } }) => ({
          message: `${nameOf(text)}, for which it is open in IPv4`,
          span: text.span,
        }));
        yield { answer, subject: rule, rule, place: peer.text, message, related, because };
      }
    }
  },
});

function faultsOf(ruleSet: RuleSet): Fault[] {
  const exposures = ruleSet.exposures('ingress');
  const wide = exposures.filter(({ peer }) => peer.family === 6);
  if (wide.length === 0) return [];
  const open = exposures.filter(({ peer }) => peer.family === 4);
  const certainlyOpen = open.filter(({ answer }) => answer === 'yes');
  const sources = ruleSet.rules.flatMap(sourcesOf);
  const certainSources = sources.filter(({ because }) => because === undefined);
  return wide.flatMap((exposure) => {
    if (exposure.answer === 'yes') {
      const certain = narrowed(exposure, certainSources, open);
      if (!isNoTraffic(certain.traffic)) return { ...certain, because: [] };
    }
    const possible = narrowed(exposure, sources, certainlyOpen);
    if (isNoTraffic(possible.traffic)) return [];
    const reasons = [exposure, ...possible.sources, ...open.filter(({ traffic }) => overlaps(traffic, possible))];
    return { ...possible, because: [...new Set(reasons.flatMap(({ because }) => because ?? []))].sort() };
  });
}

/** The ports of an exposure that some IPv4 sources may reach and the IPv4 internet may not. */
function narrowed(exposure: Exposure, sources: readonly Source[], open: readonly Exposure[]): Omit<Fault, 'because'> {
  const some = sources.length === 0 ? NO_TRAFFIC : unionOfTraffic(sources.map(({ traffic }) => traffic));
  const all = open.length === 0 ? NO_TRAFFIC : unionOfTraffic(open.map(({ traffic }) => traffic));
  const traffic = differenceOfTraffic(
    intersectionOfTraffic(intersectionOfTraffic(exposure.traffic, everyPort), some),
    all,
  );
  return { exposure, traffic, sources: sources.filter((source) => overlaps(source.traffic, { traffic })) };
}

const overlaps = (traffic: Traffic, other: { readonly traffic: Traffic }): boolean =>
  overlapsTraffic(traffic, other.traffic);

function sourcesOf(rule: Rule): Source[] {
  const found = trafficOfRule(rule);
  if (rule.direction === 'egress' || found.kind === 'invalid') return [];
  const traffic = found.kind === 'traffic' ? found.traffic : trafficOfProtocol(protocolOf(rule) ?? 'all');
  const direction = rule.direction === 'unknown' ? [{ name: `${rule.subject}.type` }] : undefined;
  const waiting = waitsFor(rule.possible, found.kind === 'unknown' ? found.because : undefined, direction);
  return rule.peers.flatMap(cidrPeers).flatMap((peer) => {
    if (peer.family !== 4) return [];
    if (peer.text.kind === 'known') {
      const block = peer.cidr;
      // AWS refuses these, so they open nothing; and to block everybody, people name an address that nobody has.
      if (block === undefined || block.kind === 'invalid' || block.cidr.family !== 4) return [];
      if (!overlapsAddresses(addressSet(4, [block.cidr]), hosts)) return [];
      return { peer, traffic, because: waiting.length === 0 ? undefined : waiting };
    }
    if (isNetworkOfAws(peer.reference)) return { peer, traffic, because: waiting.length === 0 ? undefined : waiting };
    return { peer, traffic, because: [...new Set([...waiting, ...waitsFor(peer.text.because)])].sort() };
  });
}

function messageOf(faults: readonly Fault[]): string {
  const [{ exposure, because }] = faults as readonly [Fault];
  const ports = describeOpenPorts(unionOfTraffic(faults.map(({ traffic }) => traffic)));
  const names = [...new Set(faults.flatMap(({ sources }) => sources.map(({ peer }) => nameOf(peer.text))))];
  const others = names.length > 2 ? `${names.length - 1} more blocks` : names[1];
  const audience = others === undefined ? names[0] : `${names[0]} and ${others}`;
  const [partner] = exposure.partners;
  const more = exposure.partners.length === 1 ? nameOf(partner!.peer.text) : `${exposure.partners.length} more blocks`;
  const own = nameOf(exposure.peer.text);
  const subject = partner === undefined ? own : `${own} and ${more} together`;
  const verb = because.length > 0 ? 'may open' : partner === undefined ? 'opens' : 'open';
  return `${subject} ${verb} ${ports} to the whole IPv6 internet, which in IPv4 only ${audience} may reach.`;
}

function nameOf(text: CidrPeer['text']): string {
  return text.kind === 'known' ? text.value : (waitsFor(text.because)[0] ?? 'a block');
}
