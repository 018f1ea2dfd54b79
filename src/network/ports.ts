/** TCP and UDP ports, as intervals with both ends included. */

import { type Interval, type IntervalSet, intervalSet } from './interval.ts';
import type { Transport } from './protocol.ts';

/** The largest port number. */
export const MAX_PORT = 65535;

/** Ports 0 to 65535; set operations are those of interval.ts. */
export type PortSet = IntervalSet<number>;

/** Every port, 0 included. */
export const ALL_PORTS: PortSet = [{ first: 0, last: MAX_PORT }];

/**
 * What a pair of from_port and to_port says for TCP or UDP; `reason` completes "the ports are invalid: ". AWS takes whole
 * numbers from 0 to 65535, from no larger than to.
 */
export type PortRange =
  | { readonly kind: 'ports'; readonly ports: Interval }
  | { readonly kind: 'invalid'; readonly fault: 'missing' | 'outside' | 'reversed'; readonly reason: string };

/** Reads from_port and to_port of a TCP or UDP rule; undefined is one that is not given. */
export function portRange(from: number | undefined, to: number | undefined): PortRange {
  if (from === undefined || to === undefined)
    return { kind: 'invalid', fault: 'missing', reason: `${from === undefined ? 'from_port' : 'to_port'} is missing` };
  for (const port of [from, to])
    if (!isPort(port))
      return { kind: 'invalid', fault: 'outside', reason: `${port} is not a port from 0 to ${MAX_PORT}` };
  if (from > to) return { kind: 'invalid', fault: 'reversed', reason: `${from} is greater than ${to}` };
  return { kind: 'ports', ports: { first: from, last: to } };
}

/** One entry of an option; without `protocol`, ports of TCP and of UDP. */
export interface PortSpec {
  readonly kind: 'ports';
  readonly ports: Interval;
  readonly protocol?: Transport;
}

/** An option's ports, by protocol. */
export interface PortSpecs {
  readonly tcp: PortSet;
  readonly udp: PortSet;
}

/** Reads one entry of an option: `80`, `"80"`, `"8000-8010"`, `"53/tcp"` or `"60000-61000/udp"`; `message` is a whole sentence. */
export function parsePortSpec(
  entry: number | string,
): PortSpec | { readonly kind: 'invalid'; readonly message: string } {
  const shown = JSON.stringify(entry);
  const match = /^([0-9]+)(?:-([0-9]+))?(?:\/(.*))?$/s.exec(String(entry));
  if (match === null)
    return {
      kind: 'invalid',
      message: `${shown} is not a port (80) or range (8000-8010), optionally with a protocol (53/udp).`,
    };
  const [, first, last, protocol] = match;
  if (protocol !== undefined && protocol !== 'tcp' && protocol !== 'udp')
    return {
      kind: 'invalid',
      message: `${shown} has the protocol ${JSON.stringify(protocol)}; only tcp and udp have ports.`,
    };
  const range = portRange(Number(first), Number(last ?? first));
  if (range.kind === 'invalid') return { kind: 'invalid', message: `${shown} is not a port range: ${range.reason}.` };
  return protocol === undefined ? range : { ...range, protocol };
}

/** The ports of all entries. */
export function portSpecs(entries: readonly PortSpec[]): PortSpecs {
  const portsOf = (protocol: Transport) =>
    portSet(entries.filter((entry) => (entry.protocol ?? protocol) === protocol).map((entry) => entry.ports));
  return { tcp: portsOf('tcp'), udp: portsOf('udp') };
}

/** The set of some ports and ranges. */
export function portSet(ports: readonly (number | Interval)[]): PortSet {
  return intervalSet(ports.map((port) => (typeof port === 'number' ? { first: port, last: port } : port)));
}

/** How many ports, 0 to 65536. */
export function numberOfPorts(ports: PortSet): number {
  return ports.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** `22, 80, 8000-8010`; empty for no ports. */
export function formatPorts(ports: PortSet): string {
  return ports.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= MAX_PORT;
}
