/** CIDR blocks, and faults of invalid ones. */

import { type Address, type Family, formatAddress, isIpv4Mapped, parseAddress } from './ip-address.ts';

/**
 * A block of addresses, an interval of `first` to `last`, both included. `first` has no bit set past `prefix`, which is 0 to 32
 * for IPv4 and 0 to 128 for IPv6.
 */
export type Cidr =
  | { readonly family: 4; readonly prefix: number; readonly first: number; readonly last: number }
  | { readonly family: 6; readonly prefix: number; readonly first: bigint; readonly last: bigint };

/** Why a text is no CIDR block at all. */
export type CidrFault =
  | 'empty'
  | 'spaces'
  | 'no-prefix'
  | 'leading-zero'
  | 'zone'
  | 'address'
  | 'prefix'
  | 'prefix-range';

/**
 * What a text in the place of a CIDR block is:
 * - `canonical`: a block, in the spelling that AWS gives back
 * - `spelling`: a block that the provider takes, in another spelling than the `canonical` one: `0::/0`, `2001:DB8::/32`, `10.0.0.0/08`
 * - `host-bits`: bits are set past the prefix; the provider rejects it and asks whether `canonical` is meant, which `cidr` is. `host`
 *   is the one address that is written, as a block
 * - `ipv4-mapped`: a block inside ::ffff:0:0/96, which Go, and so the provider, takes for the IPv4 block that it stands for; `cidr`
 *   and `canonical` are that one. Refused where an IPv6 block is wanted
 * - `invalid`: not a block; `reason` completes "it is not a CIDR block: ", and `suggestion`, a canonical block, is what may be meant
 *
 * The provider rejects what Go's net.ParseCIDR rejects, and host bits (ValidateIPv4CIDRBlock and ValidateIPv6CIDRBlock in
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/verify/validate.go).
 */
export type CidrText =
  | { readonly kind: 'canonical'; readonly cidr: Cidr }
  | { readonly kind: 'spelling' | 'ipv4-mapped'; readonly cidr: Cidr; readonly canonical: string }
  | { readonly kind: 'host-bits'; readonly cidr: Cidr; readonly canonical: string; readonly host: string }
  | { readonly kind: 'invalid'; readonly fault: CidrFault; readonly reason: string; readonly suggestion?: string };

/** Reads a text where Terraform's AWS provider wants a CIDR block of either family; the caller compares `cidr.family`. */
export function parseCidr(text: string): CidrText {
  if (text === '') return invalid('empty', 'it is empty');
  if (/\s/.test(text)) return invalid('spaces', 'it contains spaces', canonicalOf(text.replace(/\s+/g, '')));
  const slash = text.indexOf('/');
  const parsed = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (parsed.kind !== 'parsed') return invalid(parsed.kind, parsed.reason);
  const { family, address } = parsed;
  const bits = bitsOf(family);
  if (slash === -1) {
    // A lone 0.0.0.0 or :: may be meant as one address or as all of them.
    const suggestion = Number(address) === 0 ? undefined : canonicalOf(`${text}/${bits}`);
    return invalid('no-prefix', 'it has no prefix length', suggestion);
  }
  const prefixText = text.slice(slash + 1);
  if (prefixText === '') return invalid('prefix', 'nothing follows the "/"');
  if (!/^[0-9]+$/.test(prefixText))
    return invalid('prefix', `${JSON.stringify(prefixText)} is not a prefix length from 0 to ${bits}`);
  const prefix = Number(prefixText);
  if (prefix > bits) return invalid('prefix-range', `/${prefixText} is not a prefix length from 0 to ${bits}`);
  if (typeof address === 'bigint' && isIpv4Mapped(address) && prefix >= 96) {
    const mapped = Number(address & 0xffffffffn);
    const cidr = cidrOf(4, mapped, prefix - 96);
    return hostBits(cidr, mapped) ?? { kind: 'ipv4-mapped', cidr, canonical: formatCidr(cidr) };
  }
  const cidr = cidrOf(family, address, prefix);
  const canonical = formatCidr(cidr);
  const isCanonical = text === canonical;
  return hostBits(cidr, address) ?? (isCanonical ? { kind: 'canonical', cidr } : { kind: 'spelling', cidr, canonical });
}

/** What a text is whose address has bits past the prefix of its block; undefined where it has none. */
function hostBits(cidr: Cidr, address: Address): CidrText | undefined {
  if (cidr.first === address) return undefined;
  const host = formatCidr(cidrOf(cidr.family, address, bitsOf(cidr.family)));
  return { kind: 'host-bits', cidr, canonical: formatCidr(cidr), host };
}

/** The block of an address and a prefix length; the address's bits past the prefix are dropped. */
export function cidrOf(family: Family, address: Address, prefix: number): Cidr {
  if (family === 4) {
    const length = 2 ** (32 - prefix);
    const first = Number(address) - (Number(address) % length);
    return { family, prefix, first, last: first + length - 1 };
  }
  const host = (1n << BigInt(128 - prefix)) - 1n;
  const first = BigInt(address) & ~host;
  return { family, prefix, first, last: first | host };
}

/** The canonical text: dotted decimal or RFC 5952, and the prefix length. */
export function formatCidr(cidr: Cidr): string {
  return `${formatAddress(cidr.family, cidr.first)}/${cidr.prefix}`;
}

/** How many bits an address has. */
export function bitsOf(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128;
}

function canonicalOf(text: string): string | undefined {
  const parsed = parseCidr(text);
  return parsed.kind === 'invalid' ? undefined : formatCidr(parsed.cidr);
}

function invalid(fault: CidrFault, reason: string, suggestion?: string): CidrText {
  return suggestion === undefined ? { kind: 'invalid', fault, reason } : { kind: 'invalid', fault, reason, suggestion };
}
