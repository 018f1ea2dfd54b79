/** Which addresses are public: those outside IANA's special-purpose blocks. */

import {
  type AddressSet,
  addressSet,
  allAddresses,
  coversAddresses,
  differenceOfAddresses,
  intersectionOfAddresses,
} from './address-set.ts';
import { type Cidr, parseCidr } from './cidr.ts';
import type { Family } from './ip-address.ts';

/** A block whose addresses no host on the internet has; `private` if hosts in a VPC or behind a VPN can have them. */
export interface SpecialBlock {
  readonly cidr: string;
  /** As IANA names it. */
  readonly name: string;
  readonly private: boolean;
  readonly source: string;
}

const IPV4_SPECIAL = 'https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml';
const IPV6_SPECIAL = 'https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml';
const IPV4_MULTICAST = 'https://www.iana.org/assignments/multicast-addresses/multicast-addresses.xhtml';
const IPV6_SPACE = 'https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml';

/**
 * The outermost blocks that the special-purpose registries (RFC 6890 and RFC 8190; as of 2025-10-09) do not call globally
 * reachable, "N/A" taken as no, and the multicast blocks. Not made smaller by the anycast addresses of protocols inside
 * 192.0.0.0/24 and 2001::/23, which are reachable but are no hosts'. Of IPv6, only what lies in 2000::/3 (all that is assigned
 * to the internet) or is private.
 */
export const SPECIAL_BLOCKS: readonly SpecialBlock[] = [
  { cidr: '0.0.0.0/8', name: '"This network"', private: false, source: IPV4_SPECIAL },
  { cidr: '10.0.0.0/8', name: 'Private-Use', private: true, source: IPV4_SPECIAL },
  { cidr: '100.64.0.0/10', name: 'Shared Address Space', private: true, source: IPV4_SPECIAL },
  { cidr: '127.0.0.0/8', name: 'Loopback', private: false, source: IPV4_SPECIAL },
  { cidr: '169.254.0.0/16', name: 'Link Local', private: false, source: IPV4_SPECIAL },
  { cidr: '172.16.0.0/12', name: 'Private-Use', private: true, source: IPV4_SPECIAL },
  { cidr: '192.0.0.0/24', name: 'IETF Protocol Assignments', private: false, source: IPV4_SPECIAL },
  { cidr: '192.0.2.0/24', name: 'Documentation (TEST-NET-1)', private: false, source: IPV4_SPECIAL },
  { cidr: '192.88.99.0/24', name: 'Deprecated (6to4 Relay Anycast)', private: false, source: IPV4_SPECIAL },
  { cidr: '192.168.0.0/16', name: 'Private-Use', private: true, source: IPV4_SPECIAL },
  { cidr: '198.18.0.0/15', name: 'Benchmarking', private: true, source: IPV4_SPECIAL },
  { cidr: '198.51.100.0/24', name: 'Documentation (TEST-NET-2)', private: false, source: IPV4_SPECIAL },
  { cidr: '203.0.113.0/24', name: 'Documentation (TEST-NET-3)', private: false, source: IPV4_SPECIAL },
  { cidr: '224.0.0.0/4', name: 'Multicast', private: false, source: IPV4_MULTICAST },
  { cidr: '240.0.0.0/4', name: 'Reserved', private: false, source: IPV4_SPECIAL },
  { cidr: '2001::/23', name: 'IETF Protocol Assignments', private: false, source: IPV6_SPECIAL },
  { cidr: '2001:db8::/32', name: 'Documentation', private: false, source: IPV6_SPECIAL },
  { cidr: '2002::/16', name: '6to4', private: false, source: IPV6_SPECIAL },
  { cidr: '3fff::/20', name: 'Documentation', private: false, source: IPV6_SPECIAL },
  { cidr: 'fc00::/7', name: 'Unique-Local', private: true, source: IPV6_SPECIAL },
  { cidr: 'ff00::/8', name: 'Multicast', private: false, source: IPV6_SPACE },
];

/** The block that IANA assigns addresses from (https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml). */
const GLOBAL_UNICAST_IPV6 = '2000::/3';

const knownPublic = new Map<Family, AddressSet>();
const knownPrivate = new Map<Family, AddressSet>();

/** The addresses that hosts on the internet can have. */
export function publicAddresses(family: Family): AddressSet {
  const addresses = knownPublic.get(family) ?? publicOf(family);
  knownPublic.set(family, addresses);
  return addresses;
}

/** The addresses that hosts in a VPC or behind a VPN can have and hosts on the internet can not: RFC 1918, 6598, 2544 and 4193. */
export function privateAddresses(family: Family): AddressSet {
  const addresses = knownPrivate.get(family) ?? privateOf(family);
  knownPrivate.set(family, addresses);
  return addresses;
}

/**
 * Whether every host on the internet has its address in the set. So 0.0.0.0/1 with 128.0.0.0/1 covers the internet, and
 * 0.0.0.0/0 without RFC 1918 does too.
 */
export function coversInternet(set: AddressSet): boolean {
  return coversAddresses(set, publicAddresses(set.family));
}

/** The part of the set that hosts on the internet can have. */
export function publicPart(set: AddressSet): AddressSet {
  return intersectionOfAddresses(set, publicAddresses(set.family));
}

function publicOf(family: Family): AddressSet {
  const unicast = family === 4 ? allAddresses(4) : addressSet(6, [blockOf(GLOBAL_UNICAST_IPV6)]);
  const special = SPECIAL_BLOCKS.map((block) => blockOf(block.cidr)).filter((cidr) => cidr.family === family);
  return differenceOfAddresses(unicast, addressSet(family, special));
}

function privateOf(family: Family): AddressSet {
  const blocks = SPECIAL_BLOCKS.filter((block) => block.private).map((block) => blockOf(block.cidr));
  return addressSet(
    family,
    blocks.filter((cidr) => cidr.family === family),
  );
}

function blockOf(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed.kind !== 'canonical') throw new TypeError(`${text} is not a canonical CIDR block`);
  return parsed.cidr;
}
