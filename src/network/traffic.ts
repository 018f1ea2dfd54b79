/** Traffic, independent of its source, as sets of protocols with ports or ICMP types. */

import { SENSITIVE } from '../text/sensitive.ts';
import { ALL_ICMP, formatIcmp, type IcmpRange, type IcmpSet, icmpRange } from './icmp.ts';
import {
  covers,
  difference,
  equals,
  type Interval,
  type IntervalSet,
  intersection,
  overlaps,
  union,
} from './interval.ts';
import { ALL_PORTS, formatPorts, type PortRange, type PortSet, portRange } from './ports.ts';
import { describeProtocol, hasIcmpTypes, hasPorts, ICMPV6, type Protocol } from './protocol.ts';

/** How many points a protocol has: its ports, its ICMP types and codes, or as many that are not shown apart. */
const WIDTH = 65536;
const LAST_POINT = 256 * WIDTH - 1;

/**
 * A set of points on one axis, where protocol p has the points from p x 65536 on: 65536 ports for TCP and UDP, type x 256 + code
 * for ICMP and ICMPv6. Of any other protocol a set has all points or none. So all traffic is one interval, and a rule is one.
 */
export interface Traffic {
  readonly points: IntervalSet<number>;
  /** Something sensitive decided what is in the set: no text shows what that is. */
  readonly isSensitive?: boolean | undefined;
}

export const NO_TRAFFIC: Traffic = { points: [] };

/** Every protocol: what -1 lets through. */
export const ALL_TRAFFIC: Traffic = { points: [{ first: 0, last: LAST_POINT }] };

/** All of a protocol, or of every protocol. */
export function trafficOfProtocol(protocol: Protocol): Traffic {
  return protocol === 'all' ? ALL_TRAFFIC : { points: [slotOf(protocol)] };
}

/** Ports of TCP or UDP, or types and codes of ICMP or ICMPv6. */
export function trafficOfValues(protocol: number, values: PortSet | IcmpSet): Traffic {
  const base = protocol * WIDTH;
  return { points: values.map(({ first, last }) => ({ first: base + first, last: base + last })) };
}

/** What a rule's protocol, from_port and to_port let through, or what is wrong with them. */
export type RuleTraffic =
  | { readonly kind: 'traffic'; readonly traffic: Traffic }
  | Extract<PortRange | IcmpRange, { readonly kind: 'invalid' }>;

/**
 * Reads a rule's protocol and ports; undefined is a port that is not given. AWS ignores the ports of -1 and of protocols other
 * than TCP, UDP, ICMP and ICMPv6, and takes ICMPv6 without ports as every type.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function trafficOfRule(protocol: Protocol, from: number | undefined, to: number | undefined): RuleTraffic {
  if (protocol !== 'all' && hasPorts(protocol)) {
    const range = portRange(from, to);
    return range.kind === 'invalid' ? range : { kind: 'traffic', traffic: trafficOfValues(protocol, [range.ports]) };
  }
  if (
    protocol !== 'all' &&
    hasIcmpTypes(protocol) &&
    !(protocol === ICMPV6 && from === undefined && to === undefined)
  ) {
    const range = icmpRange(from, to);
    return range.kind === 'invalid' ? range : { kind: 'traffic', traffic: trafficOfValues(protocol, range.icmp) };
  }
  return { kind: 'traffic', traffic: trafficOfProtocol(protocol) };
}

/** The ports of TCP or UDP in the set, or the types and codes of ICMP or ICMPv6; for other protocols 0 to 65535 or nothing. */
export function valuesOf(traffic: Traffic, protocol: number): PortSet | IcmpSet {
  const slot = slotOf(protocol);
  return intersection(traffic.points, [slot]).map(({ first, last }) => ({
    first: first - slot.first,
    last: last - slot.first,
  }));
}

/** The protocols of which something is in the set, ascending; `all` alone if everything is. */
export function protocolsOf(traffic: Traffic): readonly Protocol[] {
  if (equalTraffic(traffic, ALL_TRAFFIC)) return ['all'];
  const protocols: number[] = [];
  for (const { first, last } of traffic.points)
    for (let protocol = Math.floor(first / WIDTH); protocol * WIDTH <= last; protocol++)
      if (protocols.at(-1) !== protocol) protocols.push(protocol);
  return protocols;
}

/** What is in at least one of the sets. */
export function unionOfTraffic(sets: readonly Traffic[]): Traffic {
  return withMark(union(sets.map((set) => set.points)), sets);
}

/** What is in both sets. */
export function intersectionOfTraffic(a: Traffic, b: Traffic): Traffic {
  return withMark(intersection(a.points, b.points), [a, b]);
}

function withMark(points: IntervalSet<number>, madeOf: readonly Traffic[]): Traffic {
  return madeOf.some(({ isSensitive }) => isSensitive) ? { points, isSensitive: true } : { points };
}

/** What is in `a` and not in `b`. */
export function differenceOfTraffic(a: Traffic, b: Traffic): Traffic {
  return withMark(difference(a.points, b.points), [a, b]);
}

/** Whether all of `part` is in `whole`; true for an empty `part`. */
export function coversTraffic(whole: Traffic, part: Traffic): boolean {
  return covers(whole.points, part.points);
}

/** Whether the sets have something in common. */
export function overlapsTraffic(a: Traffic, b: Traffic): boolean {
  return overlaps(a.points, b.points);
}

/** Whether the sets are the same. */
export function equalTraffic(a: Traffic, b: Traffic): boolean {
  return equals(a.points, b.points);
}

/** Whether there is nothing in the set. */
export function isNoTraffic(traffic: Traffic): boolean {
  return traffic.points.length === 0;
}

/** `all traffic`, or `TCP 22, 80; UDP; ICMP echo request; ESP (protocol 50)`; of sensitive traffic nothing. */
export function formatTraffic(traffic: Traffic): string {
  if (traffic.isSensitive === true) return SENSITIVE;
  return protocolsOf(traffic)
    .map((protocol) => {
      const name = describeProtocol(protocol);
      if (protocol === 'all') return name;
      const values = valuesOf(traffic, protocol);
      if (equals(values, ALL_PORTS) || equals(values, ALL_ICMP)) return name;
      return `${name} ${hasPorts(protocol) ? formatPorts(values) : formatIcmp(protocol === ICMPV6 ? 6 : 4, values)}`;
    })
    .join('; ');
}

function slotOf(protocol: number): Interval {
  return { first: protocol * WIDTH, last: protocol * WIDTH + WIDTH - 1 };
}
