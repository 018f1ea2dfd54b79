/** Texts of IPv4 and IPv6 addresses, parsed and printed like Go's net/netip, which Terraform's AWS provider uses. */

/** The versions of the Internet Protocol. */
export type Family = 4 | 6;

/** An address as a number: of type number for IPv4 (below 2^32), of type bigint for IPv6 (below 2^128). */
export type Address = number | bigint;

/** Why a text is no address; `reason` completes "it is not an address: ". */
export interface AddressFault {
  readonly kind: 'leading-zero' | 'zone' | 'address';
  readonly reason: string;
}

/** An address read from a text. */
export interface ParsedAddress {
  readonly kind: 'parsed';
  readonly family: Family;
  readonly address: Address;
}

/**
 * Reads one address in any spelling that Go takes: IPv6 in either case, with or without `::`, with an IPv4 tail.
 * Octets with a leading zero are rejected since Go 1.17, as they are octal to some readers.
 * @see https://pkg.go.dev/net/netip#ParseAddr
 */
export function parseAddress(text: string): ParsedAddress | AddressFault {
  if (!text.includes(':')) {
    const address = parseOctets(text);
    return typeof address === 'number' ? { kind: 'parsed', family: 4, address } : address;
  }
  if (text.includes('%')) return { kind: 'zone', reason: 'a CIDR block cannot have a zone' };
  const address = parseGroups(text);
  return typeof address === 'bigint' ? { kind: 'parsed', family: 6, address } : address;
}

/** The canonical text: dotted decimal, or RFC 5952 (https://www.rfc-editor.org/rfc/rfc5952). */
export function formatAddress(family: Family, address: Address): string {
  return family === 4 ? formatOctets(Number(address)) : formatGroups(BigInt(address));
}

/** Whether an IPv6 address is of ::ffff:0:0/96, which stands for IPv4 (https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2). */
export function isIpv4Mapped(address: bigint): boolean {
  return address >> 32n === 0xffffn;
}

function parseOctets(text: string): number | AddressFault {
  const octets = text.split('.');
  if (octets.length !== 4) return fault(`${quote(text)} is neither an IPv4 nor an IPv6 address`);
  let address = 0;
  for (const octet of octets) {
    if (!/^[0-9]+$/.test(octet)) return fault(`${quote(octet)} is not a number from 0 to 255`);
    if (octet.length > 1 && octet.startsWith('0'))
      return { kind: 'leading-zero', reason: `${quote(octet)} has a leading zero` };
    if (Number(octet) > 255) return fault(`${quote(octet)} is not a number from 0 to 255`);
    address = address * 256 + Number(octet);
  }
  return address;
}

function parseGroups(text: string): bigint | AddressFault {
  const halves = text.split('::');
  if (halves.length > 2) return fault('"::" can appear only once');
  const groups: number[][] = [];
  for (const [index, half] of halves.entries()) {
    const parsed = half === '' && halves.length === 2 ? [] : parseHalf(half, index === halves.length - 1);
    if (!Array.isArray(parsed)) return parsed;
    groups.push(parsed);
  }
  const head = groups[0]!;
  const tail = groups[1] ?? [];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1)
    return fault(`an IPv6 address has 8 groups, and ${quote(text)} has ${missing > 0 ? 'fewer' : 'more'}`);
  return [...head, ...new Array<number>(missing).fill(0), ...tail].reduce(
    (address, group) => (address << 16n) | BigInt(group),
    0n,
  );
}

/** The 16-bit groups of a text without `::`; only the last one of an address can be an IPv4 address. */
function parseHalf(half: string, isLast: boolean): number[] | AddressFault {
  const groups: number[] = [];
  const texts = half.split(':');
  for (const [index, text] of texts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(text)) groups.push(Number.parseInt(text, 16));
    else if (isLast && index === texts.length - 1 && text.includes('.')) {
      const address = parseOctets(text);
      if (typeof address !== 'number') return address;
      groups.push(Math.floor(address / 0x10000), address % 0x10000);
    } else return fault(`${quote(text)} is not a group of one to four hexadecimal digits`);
  }
  return groups;
}

function formatOctets(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}

function formatGroups(address: bigint): string {
  if (isIpv4Mapped(address)) return `::ffff:${formatOctets(Number(address & 0xffffffffn))}`;
  const groups = Array.from({ length: 8 }, (_, index) => Number((address >> BigInt(112 - 16 * index)) & 0xffffn));
  let start = 0;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > length) {
      start = i;
      length = end - i;
    }
  }
  const texts = groups.map((group) => group.toString(16));
  if (length === 1) return texts.join(':');
  return `${texts.slice(0, start).join(':')}::${texts.slice(start + length).join(':')}`;
}

function fault(reason: string): AddressFault {
  return { kind: 'address', reason };
}

function quote(text: string): string {
  return JSON.stringify(text);
}
