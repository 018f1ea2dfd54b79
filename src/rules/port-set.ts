/** Ports as conditions of own rules ask for them: what a rule lets through, and what texts say. */

import { mostTrafficOf, type TrafficRule, trafficOf } from '../model/rule.ts';
import { equals } from '../network/interval.ts';
import { ALL_PORTS } from '../network/ports.ts';
import { hasPorts, parseProtocol, TRANSPORT_NUMBER, type Transport } from '../network/protocol.ts';
import { keywordsOf, readPorts, SERVICES } from '../network/services.ts';
import {
  coversTraffic,
  NO_TRAFFIC,
  overlapsTraffic,
  protocolsOf,
  type Traffic,
  trafficOfProtocol,
  trafficOfValues,
  unionOfTraffic,
  valuesOf,
} from '../network/traffic.ts';
import type { UnknownReason } from '../terraform/values/value.ts';
import { nearestName } from '../text/nearest-name.ts';

export interface AskedPorts {
  readonly kind: 'ports';
  readonly certain: Traffic;
  /** The most that it can be; the same where it is known. */
  readonly possible: Traffic;
  /** What the difference waits for. */
  readonly reasons: readonly UnknownReason[];
  /** Of texts: for each what it can be meant for, TCP or UDP where it names neither. */
  readonly choices?: readonly (readonly Traffic[])[];
}

/** Yes, no, or what it waits for. */
export type AskedAnswer = boolean | readonly UnknownReason[];

/** What a rule lets through. A rule that AWS rejects lets nothing through. */
export function portsOfRule(rule: TrafficRule): AskedPorts {
  const traffic = trafficOf(rule);
  switch (traffic.kind) {
    case 'traffic':
      return portsOfTraffic(traffic.traffic);
    case 'invalid':
      return portsOfTraffic(NO_TRAFFIC);
    case 'unknown':
      return { kind: 'ports', certain: NO_TRAFFIC, possible: mostTrafficOf(rule), reasons: traffic.reasons };
  }
}

export function portsOfTraffic(traffic: Traffic): AskedPorts {
  return { kind: 'ports', certain: traffic, possible: traffic, reasons: [] };
}

/** `22/tcp`, `8000-8010/udp`, `tcp` for all of its ports, `icmp`, `protocol-50`, `all`. */
export function textsOfTraffic(traffic: Traffic): readonly string[] {
  return protocolsOf(traffic).flatMap((protocol) => {
    if (protocol === 'all') return 'all';
    const { canonical } = parseProtocol(protocol);
    if (!hasPorts(protocol)) return /^\d/.test(canonical) ? `protocol-${protocol}` : canonical;
    const ports = valuesOf(traffic, protocol);
    if (equals(ports, ALL_PORTS)) return canonical;
    return ports.map(({ first, last }) => `${first === last ? first : `${first}-${last}`}/${canonical}`);
  });
}

/** What texts say: a port, an interval, the name of a service or a protocol. */
export function readPortTexts(
  texts: readonly (string | number)[],
): AskedPorts | { readonly kind: 'invalid'; readonly index: number; readonly message: string } {
  const choices: (readonly Traffic[])[] = [];
  for (const [index, text] of texts.entries()) {
    const read = readPortText(text);
    if (typeof read === 'string') return { kind: 'invalid', index, message: read };
    choices.push(read);
  }
  return { ...portsOfTraffic(unionOfTraffic(choices.flat())), choices };
}

/** Words for protocols, beside the names of services. */
const protocolNames = ['all', 'tcp', 'udp', 'icmp', 'icmpv6'];

/** As a sentence what is wrong with it. */
function readPortText(text: string | number): readonly Traffic[] | string {
  if (typeof text === 'string') {
    const word = text.toLowerCase();
    const protocol = /^protocol-(\d+)$/.exec(word)?.[1] ?? (protocolNames.includes(word) ? word : undefined);
    const read = protocol === undefined ? undefined : parseProtocol(protocol);
    if (read?.kind === 'protocol') return [trafficOfProtocol(read.protocol)];
  }
  const read = readPorts(text);
  if (read.kind === 'invalid') {
    const known = [...SERVICES.flatMap(keywordsOf), ...protocolNames];
    const nearest = typeof text === 'string' && /^[a-z]/i.test(text) ? nearestName(text, known) : undefined;
    return nearest === undefined ? read.message : `${read.message} Did you mean "${nearest}"?`;
  }
  const of = (transport: Transport): Traffic =>
    trafficOfValues(
      TRANSPORT_NUMBER[transport],
      read.specs.flatMap(({ ports, protocol = transport }) => (protocol === transport ? [ports] : [])),
    );
  const isOpen = read.specs.every(({ protocol }) => protocol === undefined) || /^[a-z]/i.test(String(text));
  const both = [of('tcp'), of('udp')].filter(({ points }) => points.length > 0);
  return isOpen ? both : [unionOfTraffic(both)];
}

/** Whether all of a set is in another. A text that names no protocol is, where it is for one of TCP and UDP. */
export function arePortsWithin(a: AskedPorts, b: AskedPorts): AskedAnswer {
  if (a.choices !== undefined) {
    const areIn = (whole: Traffic): boolean =>
      a.choices!.every((choice) => choice.some((traffic) => coversTraffic(whole, traffic)));
    return areIn(b.certain) || (areIn(b.possible) && b.reasons);
  }
  if (coversTraffic(b.certain, a.possible)) return true;
  if (!coversTraffic(b.possible, a.certain)) return false;
  return reasonsOf(a, b);
}

/** Whether two sets have something in common. */
export function havePortsInCommon(a: AskedPorts, b: AskedPorts): AskedAnswer {
  if (overlapsTraffic(a.certain, b.certain)) return true;
  if (!overlapsTraffic(a.possible, b.possible)) return false;
  return reasonsOf(a, b);
}

/** How many ports of TCP and UDP a set has: of both, each counts once. */
export function numberOfPortsIn({ certain }: AskedPorts): number {
  return Object.values(TRANSPORT_NUMBER).reduce(
    (most, protocol) =>
      Math.max(
        most,
        valuesOf(certain, protocol).reduce((sum, { first, last }) => sum + last - first + 1, 0),
      ),
    0,
  );
}

const reasonsOf = (a: AskedPorts, b: AskedPorts): readonly UnknownReason[] => [...a.reasons, ...b.reasons];
