/** Descriptions of rules and their parts. */

import { describePeers, nameSome } from '../../checks/shared/rule-text.ts';
import { known } from '../../model/fact.ts';
import { blockAllowancesOf } from '../../model/questions/exposure.ts';
import { type CidrPeer, type Direction, protocolOf, type Rule, trafficOf } from '../../model/rule.ts';
import type { RuleSet } from '../../model/security-group.ts';
import {
  type AddressSet,
  addressSet,
  describeAddresses,
  isEmptyAddresses,
  overlapsAddresses,
  unionOfAddresses,
} from '../../network/address-set.ts';
import { type Cidr, parseCidr } from '../../network/cidr.ts';
import { formatIcmp, icmpRange } from '../../network/icmp.ts';
import { formatPorts, portRange } from '../../network/ports.ts';
import {
  describeProtocol,
  hasIcmpTypes,
  ICMPV6,
  type Protocol,
  parseProtocol,
  TCP,
  type Transport,
  UDP,
} from '../../network/protocol.ts';
import { type ServiceClass, serviceNamesOf, servicesIn } from '../../network/services.ts';
import { coversInternet, privateAddresses, publicPart, SPECIAL_BLOCKS } from '../../network/special-addresses.ts';
import { formatTraffic, type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import { formatCount, formatList } from '../../text/count.ts';
import { SENSITIVE } from '../../text/sensitive.ts';

/** More services than these are counted. */
const MAX_SERVICES = 4;

/** `ingress TCP 22 (SSH) from 4,294,967,296 addresses: the whole internet`. */
export function explainRule(rule: Rule): string {
  const { allows, whom } = explainRuleInParts(rule);
  return whom === '' ? allows : `${allows} ${whom}`;
}

/** `ingress TCP 22 (SSH)` and `from 4,294,967,296 addresses: the whole internet`. */
export function explainRuleInParts(rule: Rule): { readonly allows: string; readonly whom: string } {
  const { direction } = rule;
  if (rule.isOpenEnded) return { allows: `${directionText(direction)}: unknown`, whom: '' };
  return { allows: `${directionText(direction)} ${describeTraffic(rule)}`, whom: describeSources(rule) };
}

const directionText = (direction: Rule['direction']): string =>
  direction === 'unknown' ? 'ingress or egress (unknown)' : direction;

/** `TCP 22 (SSH)`, `all traffic`, `TCP, ports unknown`. */
function describeTraffic(rule: Rule): string {
  const traffic = trafficOf(rule);
  switch (traffic.kind) {
    case 'traffic': {
      const services = serviceNamesOf(traffic.traffic);
      return `${formatTraffic(traffic.traffic)}${services === '' ? '' : ` (${services})`}`;
    }
    case 'invalid':
      return `nothing: ${traffic.reason}`;
    case 'unknown': {
      const protocol = protocolOf(rule);
      if (rule.protocol.isSensitive === true) return `${SENSITIVE}, partly unknown`;
      const name = protocol === undefined ? 'traffic' : describeProtocol(protocol);
      return `${name} (unknown)`;
    }
  }
}

/** `from 4,294,967,296 addresses: the whole internet`, `from aws_security_group.lb`. */
function describeSources(rule: Rule): string {
  const isShown = ({ text }: CidrPeer): boolean => text.kind === 'known' && text.isSensitive !== true;
  const allowed = blockAllowancesOf(rule).filter(({ peer }) => isShown(peer));
  const sets = ([4, 6] as const)
    .map((family) => {
      const blocks = allowed.flatMap(({ addresses }) => (addresses.family === family ? [addresses] : []));
      return unionOfAddresses(family, blocks);
    })
    .filter((set) => !isEmptyAddresses(set));
  const others = rule.peers.filter((peer) => peer.kind !== 'cidr' || !isShown(peer));
  const texts = describeSets(sets);
  if (others.length > 0) texts.push(nameSome(others, rule.direction === 'egress' ? 'destination' : 'source'));
  if (texts.length === 0) return describePeers(rule);
  return `${rule.direction === 'egress' ? 'to' : 'from'} ${formatList(texts)}`;
}

/** @param sets of one family each */
function describeSets(sets: readonly AddressSet[]): string[] {
  const whole = sets.filter(coversInternet);
  if (whole.length === 2) {
    return ['the whole internet (IPv4 and IPv6)'];
  }
  return sets.map((set) => {
    const text =
      sets.length === 1 ? describeAddresses(set) : describeAddresses(set).replace(/(?= address)/, ` IPv${set.family}`);
    return whole.includes(set) ? `the whole IPv${set.family} internet` : text;
  });
}

/** What a text in the place of a CIDR block stands for: `16,777,216 addresses, private (Private-Use)`. */
export function describeBlock(text: string): string {
  const read = parseCidr(text);
  switch (read.kind) {
    case 'invalid':
      return `not a CIDR block: ${read.reason}`;
    case 'canonical':
      return describeCidr(read.cidr);
    case 'host-bits':
      return `rejected by Terraform: host bits are set; ${read.canonical} is ${describeCidr(read.cidr)}`;
    case 'spelling':
    case 'ipv4-mapped':
      return `the same as ${read.canonical}: ${describeCidr(read.cidr)}`;
  }
}

function describeCidr(cidr: Cidr): string {
  const set = addressSet(cidr.family, [cidr]);
  const special = SPECIAL_BLOCKS.find(({ cidr: block }) => isInside(cidr, block));
  const kind = coversInternet(set)
    ? `the whole IPv${cidr.family} internet`
    : special !== undefined
      ? `${special.private ? 'private' : 'not on the internet'} (${special.name})`
      : !isEmptyAddresses(publicPart(set))
        ? `public${overlapsAddresses(set, privateAddresses(cidr.family)) ? ' and private' : ''}`
        : 'not on the internet';
  return coversInternet(set) ? kind : `${describeAddresses(set)}: ${kind}`;
}

function isInside(cidr: Cidr, block: string): boolean {
  const outer = parseCidr(block);
  if (outer.kind !== 'canonical' || outer.cidr.family !== cidr.family) return false;
  return outer.cidr.first <= cidr.first && cidr.last <= outer.cidr.last;
}

const classText: Readonly<Record<ServiceClass, string>> = {
  admin: 'an administration port: access means control of the host',
  data: 'a data store: database, cache, search engine or queue',
  internal: 'a service for internal networks',
  other: '',
};

/** What the ports, or ICMP types, of a rule are: `SSH (22/tcp), an administration port...`, one line each. Empty where the protocol is not known. */
export function explainPorts(rule: Rule): readonly string[] {
  const protocol = protocolOf(rule);
  const [from, to] = [known(rule.fromPort) ?? undefined, known(rule.toPort) ?? undefined];
  if ([rule.protocol, rule.fromPort, rule.toPort].some(({ isSensitive }) => isSensitive === true)) return [SENSITIVE];
  if (protocol === undefined) return [];
  if (protocol === 'all') return ['All protocols are allowed; the ports are ignored.'];
  if (hasIcmpTypes(protocol)) {
    const range = icmpRange(from, to);
    if (range.kind === 'invalid') return [range.reason];
    return [`${describeProtocol(protocol)}: ${formatIcmp(protocol === ICMPV6 ? 6 : 4, range.icmp)}`];
  }
  const transport = transportOf(protocol);
  if (transport === undefined) return [`${describeProtocol(protocol)} has no ports: AWS ignores them.`];
  const range = portRange(from, to);
  if (range.kind === 'invalid') {
    const isUnknown = rule.fromPort.kind === 'unknown' || rule.toPort.kind === 'unknown';
    return [isUnknown ? 'Unknown.' : `Invalid: ${range.reason}.`];
  }
  const { ports } = range;
  const title = `${transport.toUpperCase()} ${formatPorts([ports])}`;
  if (ports.first === 0 && ports.last === 65535) return [`${title}: all ports`];
  const services = servicesIn([ports], transport);
  if (services.length === 0) return [`${title}: no well-known service`];
  const shown = services.length === MAX_SERVICES + 1 ? services : services.slice(0, MAX_SERVICES);
  const rest = services.length - shown.length;
  return [
    ...shown.map((service) =>
      [`${service.name} (${formatPorts([service.ports])}/${transport})`, classText[service.class]]
        .filter((text) => text !== '')
        .join(', '),
    ),
    ...(rest > 0 ? [formatCount(rest, 'more service')] : []),
  ];
}

/** Services that the ports of a rule reach, for one short word beside them; empty for none. */
export function serviceNames(rule: Rule): string {
  const traffic = trafficOf(rule);
  return traffic.kind === 'traffic' ? serviceNamesOf(traffic.traffic) : '';
}

/** What a text in the place of a protocol stands for. */
export function describeProtocolText(text: string): string {
  const read = parseProtocol(text);
  if (read.kind === 'invalid') {
    return `not a protocol that AWS knows${read.suggestion === undefined ? '' : `; did you mean "${read.suggestion}"?`}`;
  }
  if (read.protocol === 'all') return 'all protocols and ports; the ports are ignored';
  const name = describeProtocol(read.protocol);
  const number = name.includes(String(read.protocol)) ? '' : ` (protocol ${read.protocol})`;
  const hasMore = transportOf(read.protocol) !== undefined || hasIcmpTypes(read.protocol);
  return `${name}${number}${hasMore ? '' : ', which has no ports'}`;
}

function transportOf(protocol: Protocol): Transport | undefined {
  return protocol === TCP ? 'tcp' : protocol === UDP ? 'udp' : undefined;
}

/** What the internet reaches through all rules of a group: `TCP 22 (SSH)`; empty for nothing that is certain. */
export function describeExposure(rules: RuleSet, direction: Direction): string {
  const exposures = rules.exposures(direction).filter(({ answer }) => answer === 'yes');
  return describeOpened(unionOfTraffic(exposures.map((exposure) => exposure.traffic)));
}

/** `TCP 22 (SSH)`. */
export function describeOpened(traffic: Traffic): string {
  const services = serviceNamesOf(traffic);
  return `${formatTraffic(traffic)}${services === '' ? '' : ` (${services})`}`;
}
