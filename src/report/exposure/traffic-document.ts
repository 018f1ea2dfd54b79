/** Traffic as JSON has it: a protocol, and ports or ICMP types. */

import { hasIcmpTypes, hasPorts, type Protocol, parseProtocol } from '../../network/protocol.ts';
import { protocolsOf, type Traffic, valuesOf } from '../../network/traffic.ts';
import { SENSITIVE } from '../../text/sensitive.ts';

/** Ports of other protocols than TCP and UDP, and types of other ones than ICMP and ICMPv6, are null, as they are for all traffic. Of a type of which not every code counts there are the codes too. */
export function trafficDocument(traffic: Traffic) {
  if (traffic.isSensitive === true) return { protocol: SENSITIVE, from_port: SENSITIVE, to_port: SENSITIVE };
  const protocols = protocolsOf(traffic);
  const [first, last] = [protocols[0]!, protocols.at(-1)!];
  if (first !== last) return { protocol: `${first}-${last}`, from_port: null, to_port: null };
  return { protocol: protocolName(first), ...portsOf(traffic, first) };
}

function portsOf(traffic: Traffic, protocol: Protocol) {
  if (protocol === 'all' || !(hasPorts(protocol) || hasIcmpTypes(protocol))) return { from_port: null, to_port: null };
  const values = valuesOf(traffic, protocol);
  const [first, last] = [values[0]!.first, values.at(-1)!.last];
  if (hasPorts(protocol)) return { from_port: first, to_port: last };
  const isAll = first === 0 && last === 65535;
  const types = { from_port: isAll ? -1 : first >> 8, to_port: isAll ? -1 : last >> 8 };
  const isPartOfType = types.from_port === types.to_port && last - first < 255;
  return isPartOfType ? { ...types, from_code: first & 255, to_code: last & 255 } : types;
}

const protocolName = (protocol: Protocol): string => (protocol === 'all' ? '-1' : parseProtocol(protocol).canonical);
