/** Hits of the checks of sources wider than a limit. */

import { groupBy } from '../../collections/group-by.ts';
import type { Hit } from '../../findings/check.ts';
import { type WideSource, type WidthLimit, wideSourcesIn } from '../../model/questions/wide-sources.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { describeAddresses } from '../../network/address-set.ts';
import { bitsOf } from '../../network/cidr.ts';
import { ALL_ICMP } from '../../network/icmp.ts';
import type { PortSpecs } from '../../network/ports.ts';
import { ICMP, ICMPV6, TCP, UDP } from '../../network/protocol.ts';
import { type Traffic, trafficOfValues, unionOfTraffic } from '../../network/traffic.ts';
import { spanKey } from '../../source/span.ts';
import { formatNumber } from '../../text/count.ts';
import { describeOpenTraffic } from './open-ports.ts';
import { describeBlocks, isOfSource, nameOfPeer } from './rule-text.ts';

/** What port-open lets everybody have by default may be open to a part of them: to narrow a source must not make a finding. */
export const allowedOption = {
  type: 'ports',
  default: [80, 443],
  summary: 'Ports that may be open to any source. Without a protocol, a port means TCP and UDP.',
} as const;

export interface BroadSources extends Omit<WidthLimit, 'harmless'> {
  /** Completes "16,777,216 ... addresses". */
  readonly where: string;
  readonly allowed: PortSpecs;
}

/** One hit for each run of sources that is too wide; those of one group at one place, such as of a dynamic block, have the same message. */
export function* broadSourceHits(model: SecurityGroupModel, limits: BroadSources): Iterable<Hit> {
  const harmless = unionOfTraffic([
    trafficOfValues(TCP, limits.allowed.tcp),
    trafficOfValues(UDP, limits.allowed.udp),
    // icmp-open judges it by its types.
    ...[ICMP, ICMPV6].map((protocol) => trafficOfValues(protocol, ALL_ICMP)),
  ]);
  const wide = model.units.map((unit) =>
    unit.flatMap((ruleSet) => [...wideSourcesIn(ruleSet, { ...limits, harmless })]),
  );
  const keyOf = ({ reasons, peers }: WideSource) => `${reasons.length === 0} ${spanKey(peers[0].text.span)}`;
  for (const same of wide.flatMap((ofUnit) => [...groupBy(ofUnit, keyOf).values()])) {
    const message = messageOf(same[0], unionOfTraffic(same.map(({ traffic }) => traffic)), limits);
    for (const { rule, peers, traffic, reasons, existsIf } of same) {
      const [peer, ...others] = peers;
      const related = others.map((other) => ({
        message: `${nameOfPeer(other)}, which adds to it`,
        span: other.text.span,
      }));
      const answer = reasons.length === 0 ? 'yes' : 'unknown';
      const question = {
        traffic: describeOpenTraffic(unionOfTraffic(same.map(({ traffic }) => traffic))),
        state: `open to more than ${describeNumber(bitsOf(limits.family) - limits.maxPrefix)} ${limits.where} addresses`,
        isOfSource: isOfSource(reasons, peers),
      };
      const opens = limits.where === 'public' ? { opens: { family: limits.family, traffic } } : {};
      yield { answer, subject: rule, rule, place: peer.text, message, related, reasons, existsIf, question, ...opens };
    }
  }
}

function messageOf({ peers, addresses, reasons }: WideSource, traffic: Traffic, limits: BroadSources): string {
  const { family, maxPrefix, where } = limits;
  const subject = describeBlocks(peers, ['opens', 'open'], reasons.length === 0);
  const what = describeOpenTraffic(traffic);
  const limit = describeNumber(bitsOf(family) - maxPrefix);
  const isSensitive = peers.some(({ text }) => text.isSensitive === true);
  if (addresses === undefined || isSensitive)
    return `${subject} ${what} to more than ${limit} ${where} addresses (/${maxPrefix}).`;
  return `${subject} ${what} to ${describeAddresses(addresses).replace(/ (?=address)/, ` ${where} `)} (limit: ${limit}, /${maxPrefix}).`;
}

function describeNumber(bits: number): string {
  return bits < 64 ? formatNumber(1n << BigInt(bits)) : `2^${bits}`;
}
