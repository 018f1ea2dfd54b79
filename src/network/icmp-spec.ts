/** ICMP types as an option writes them. */

import { icmpOf } from './icmp.ts';
import { ICMP, ICMPV6 } from './protocol.ts';
import { NO_TRAFFIC, type Traffic, trafficOfValues } from './traffic.ts';

/** Reads `icmp/8`, `icmpv6/128` or `icmp/3/4`, a type with one of its codes; no traffic for an entry of another form. */
export function icmpTrafficOf(entry: string): Traffic {
  const [, name, type, code] = /^(icmp|icmpv6)\/([0-9]{1,3})(?:\/([0-9]{1,3}))?$/.exec(entry) ?? [];
  if (name === undefined || Number(type) > 255 || Number(code ?? 0) > 255) return NO_TRAFFIC;
  return trafficOfValues(
    name === 'icmp' ? ICMP : ICMPV6,
    icmpOf(Number(type), code === undefined ? undefined : Number(code)),
  );
}
