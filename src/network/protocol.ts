/** IP protocols of security-group rules: names and numbers; -1 is all. */

/** An IANA protocol number from 0 to 255, or all of them. */
export type Protocol = number | 'all';

/** The protocols that rules limit to ports. */
export type Transport = 'tcp' | 'udp';

export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;
export const ICMPV6 = 58;

/** Protocol numbers of the transports. */
export const TRANSPORT_NUMBER: Readonly<Record<Transport, number>> = { tcp: TCP, udp: UDP };

/**
 * What a rule's protocol says. `canonical` is the form in which the provider keeps it: `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for
 * all, else the text in lower case. `suggestion` is what an invalid one may mean, in a form that AWS takes.
 */
export type ProtocolText =
  | { readonly kind: 'protocol'; readonly protocol: Protocol; readonly canonical: string }
  | { readonly kind: 'invalid'; readonly canonical: string; readonly suggestion?: string };

/**
 * The names that AWS takes; every other protocol has to be given as a number. The provider knows the same, and `all`
 * (securityGroupProtocolIntegers and protocolForValue).
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group.go
 */
const NAMES: ReadonlyMap<string, number> = new Map([
  ['icmp', ICMP],
  ['tcp', TCP],
  ['udp', UDP],
  ['icmpv6', ICMPV6],
]);

/**
 * IANA's keywords of other protocols, for messages and for suggestions.
 * @see https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml
 */
const KEYWORDS: ReadonlyMap<number, string> = new Map([
  [0, 'HOPOPT'],
  [2, 'IGMP'],
  [4, 'IPv4'],
  [8, 'EGP'],
  [9, 'IGP'],
  [33, 'DCCP'],
  [41, 'IPv6'],
  [43, 'IPv6-Route'],
  [44, 'IPv6-Frag'],
  [46, 'RSVP'],
  [47, 'GRE'],
  [50, 'ESP'],
  [51, 'AH'],
  [58, 'IPv6-ICMP'],
  [59, 'IPv6-NoNxt'],
  [60, 'IPv6-Opts'],
  [88, 'EIGRP'],
  [89, 'OSPFIGP'],
  [94, 'IPIP'],
  [97, 'ETHERIP'],
  [98, 'ENCAP'],
  [103, 'PIM'],
  [108, 'IPComp'],
  [112, 'VRRP'],
  [115, 'L2TP'],
  [132, 'SCTP'],
  [136, 'UDPLite'],
  [137, 'MPLS-in-IP'],
]);

/** Words that are no protocol to AWS, and what they can only mean. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['any', '-1'],
  ['*', '-1'],
  ['ip', '-1'],
  ['http', 'tcp'],
  ['https', 'tcp'],
  ['ssh', 'tcp'],
  ['tls', 'tcp'],
  ['icmpv4', 'icmp'],
  ['icmp6', 'icmpv6'],
  ['ospf', '89'],
]);

/** Reads a rule's protocol. Case does not matter; numbers may have a sign or leading zeros, as strconv.Atoi takes them. */
export function parseProtocol(text: string | number): ProtocolText {
  const canonical = String(text).toLowerCase();
  if (canonical === 'all') return { kind: 'protocol', protocol: 'all', canonical: '-1' };
  const named = NAMES.get(canonical);
  if (named !== undefined) return { kind: 'protocol', protocol: named, canonical };
  const number = /^[+-]?[0-9]+$/.test(canonical) ? Number(canonical) : undefined;
  if (number === -1) return { kind: 'protocol', protocol: 'all', canonical: '-1' };
  if (number !== undefined && number >= 0 && number <= 255) {
    // Number reads "-0" as minus zero, which is no key of a Map or a set.
    const protocol = Math.abs(number);
    return { kind: 'protocol', protocol, canonical: nameOf(protocol) ?? canonical };
  }
  const suggestion = suggestionFor(canonical);
  return suggestion === undefined ? { kind: 'invalid', canonical } : { kind: 'invalid', canonical, suggestion };
}

/**
 * What AWS takes for the protocol that IANA gives this keyword, such as `50` for ESP; undefined for other texts. Whoever writes IPv4
 * or IPv6 may well mean a version of IP, not the tunnels that IANA calls so: these count as other texts.
 */
export function protocolOfKeyword(text: string): string | undefined {
  const keyword = text.toLowerCase();
  if (keyword === 'ipv4' || keyword === 'ipv6') return undefined;
  for (const [number, each] of KEYWORDS) if (each.toLowerCase() === keyword) return nameOf(number) ?? String(number);
  return undefined;
}

/** Whether a rule of this protocol can be limited to ports. */
export function hasPorts(protocol: Protocol): boolean {
  return protocol === TCP || protocol === UDP;
}

/** Whether from_port and to_port are an ICMP type and code. */
export function hasIcmpTypes(protocol: Protocol): boolean {
  return protocol === ICMP || protocol === ICMPV6;
}

/** As messages name it: `TCP`, `ICMPv6`, `ESP (protocol 50)`, `protocol 77`, `all traffic`. */
export function describeProtocol(protocol: Protocol): string {
  if (protocol === 'all') return 'all traffic';
  if (protocol === ICMPV6) return 'ICMPv6';
  const name = nameOf(protocol);
  if (name !== undefined) return name.toUpperCase();
  const keyword = KEYWORDS.get(protocol);
  return keyword === undefined ? `protocol ${protocol}` : `${keyword} (protocol ${protocol})`;
}

function nameOf(protocol: number): string | undefined {
  for (const [name, number] of NAMES) if (number === protocol) return name;
  return undefined;
}

function suggestionFor(text: string): string | undefined {
  const meant = MEANT.get(text);
  if (meant !== undefined) return meant;
  for (const [number, keyword] of KEYWORDS) if (keyword.toLowerCase() === text) return nameOf(number) ?? String(number);
  const near = [...NAMES.keys(), 'all'].filter((name) => isNear(text, name));
  if (near.length !== 1) return undefined;
  return near[0] === 'all' ? '-1' : near[0];
}

/** Whether one letter more, fewer or other, or two neighbours exchanged, make one text the other. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
