/** ICMP and ICMPv6 types and codes, which rules give as from_port and to_port. */

import { difference, type IntervalSet, intersection, size } from './interval.ts';

/** Types and codes, each of 0 to 255, as type x 256 + code; set operations are those of interval.ts. */
export type IcmpSet = IntervalSet<number>;

/** Every code of every type. */
export const ALL_ICMP: IcmpSet = [{ first: 0, last: 65535 }];

/**
 * What from_port and to_port say for ICMP; `reason` completes "the ICMP type and code are invalid: ". AWS takes a type of 0 to
 * 255, or -1 for all, and a code alike; all types need all codes.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export type IcmpRange =
  | { readonly kind: 'icmp'; readonly icmp: IcmpSet }
  | {
      readonly kind: 'invalid';
      readonly fault: 'missing' | 'type' | 'code' | 'code-without-type';
      readonly reason: string;
    };

/**
 * Reads from_port (the type) and to_port (the code) of an ICMP or ICMPv6 rule; undefined is one that is not given.
 *
 * @param texts how `reason` shows the two
 */
export function icmpRange(
  type: number | undefined,
  code: number | undefined,
  texts: readonly [type: string, code: string] = [String(type), String(code)],
): IcmpRange {
  if (type === undefined || code === undefined)
    return invalid(
      'missing',
      `${type === undefined ? 'from_port, the ICMP type,' : 'to_port, the ICMP code,'} is missing`,
    );
  if (!isTypeOrCode(type)) return invalid('type', `${texts[0]} is not an ICMP type from 0 to 255, nor -1 for all`);
  if (!isTypeOrCode(code)) return invalid('code', `${texts[1]} is not an ICMP code from 0 to 255, nor -1 for all`);
  if (type === -1) {
    return code === -1
      ? { kind: 'icmp', icmp: ALL_ICMP }
      : invalid('code-without-type', `code ${texts[1]} is not allowed with type -1 (all types), which needs code -1`);
  }
  return { kind: 'icmp', icmp: icmpOf(type, code === -1 ? undefined : code) };
}

/** One code of a type, or all of them; both of 0 to 255. */
export function icmpOf(type: number, code?: number): IcmpSet {
  const first = type * 256 + (code ?? 0);
  return [{ first, last: code === undefined ? first + 255 : first }];
}

/** The name of a type, or of one of its codes; undefined for rarer ones. `family` 6 stands for ICMPv6. */
export function icmpName(family: 4 | 6, type: number, code?: number): string | undefined {
  return NAMES[family].find((entry) => entry.type === type && entry.code === code)?.name;
}

/** `echo request, destination unreachable (fragmentation needed), type 40 codes 1-3`; `all types` for all, `all types except echo request`. */
export function formatIcmp(family: 4 | 6, set: IcmpSet): string {
  if (set.length === 1 && set[0]!.first === 0 && set[0]!.last === 65535) return 'all types';
  const rest = difference(ALL_ICMP, set);
  if (size(rest) < size(set)) return `all types except ${formatIcmp(family, rest)}`;
  const texts: string[] = [];
  for (let type = 0; type < 256; type++)
    for (const { first, last } of intersection(set, icmpOf(type)))
      texts.push(formatCodes(family, type, first % 256, last % 256));
  return texts.join(', ');
}

function formatCodes(family: 4 | 6, type: number, first: number, last: number): string {
  const name = icmpName(family, type) ?? `type ${type}`;
  // Most types have code 0 alone, so that it says no more than the type.
  const isOnlyCode = first === 0 && last === 0 && icmpName(family, type) !== undefined && !hasNamedCodes(family, type);
  if ((first === 0 && last === 255) || isOnlyCode) return name;
  if (first !== last) return `${name} codes ${first}-${last}`;
  const code = icmpName(family, type, first);
  return code === undefined ? `${name} code ${first}` : `${name} (${code})`;
}

function hasNamedCodes(family: 4 | 6, type: number): boolean {
  return NAMES[family].some((entry) => entry.type === type && entry.code !== undefined);
}

function isTypeOrCode(value: number): boolean {
  return Number.isInteger(value) && value >= -1 && value <= 255;
}

function invalid(fault: 'missing' | 'type' | 'code' | 'code-without-type', reason: string): IcmpRange {
  return { kind: 'invalid', fault, reason };
}

/** The type of an echo request, by version of IP. */
export const ECHO_REQUEST: Readonly<Record<4 | 6, number>> = { 4: 8, 6: 128 };

/**
 * Which of the two is not assigned to any message; undefined for messages in use and for types that are reserved, deprecated or for
 * experiments. A code of -1 is that of some message.
 * @see https://www.iana.org/assignments/icmp-parameters/icmp-parameters.xhtml
 * @see https://www.iana.org/assignments/icmpv6-parameters/icmpv6-parameters.xhtml
 */
export function unassignedPart(family: 4 | 6, type: number, code: number): 'type' | 'code' | undefined {
  if (UNASSIGNED_TYPES[family].some(({ first, last }) => first <= type && type <= last)) return 'type';
  const codes = CODES[family].get(type);
  return codes === undefined || code === -1 || codes.includes(code) ? undefined : 'code';
}

const UNASSIGNED_TYPES: Readonly<Record<4 | 6, IntervalSet<number>>> = {
  4: [
    { first: 1, last: 2 },
    { first: 7, last: 7 },
    { first: 44, last: 252 },
  ],
  6: [
    { first: 0, last: 0 },
    { first: 5, last: 99 },
    { first: 102, last: 126 },
    { first: 162, last: 199 },
    { first: 202, last: 254 },
  ],
};

const upTo = (last: number): readonly number[] => Array.from({ length: last + 1 }, (_, code) => code);

/** All codes of the types that rules are written for. */
const CODES: Readonly<Record<4 | 6, ReadonlyMap<number, readonly number[]>>> = {
  4: new Map([
    [0, [0]],
    [3, upTo(15)],
    [4, [0]],
    [5, upTo(3)],
    [8, [0]],
    [9, [0, 16]],
    [10, [0]],
    [11, upTo(1)],
    [12, upTo(2)],
    [13, [0]],
    [14, [0]],
    [42, [0]],
  ]),
  6: new Map([
    [2, [0]],
    [3, upTo(1)],
    [128, [0]],
    [129, [0]],
    [133, [0]],
    [134, [0]],
    [135, [0]],
    [136, [0]],
    [137, [0]],
  ]),
};

interface IcmpName {
  readonly type: number;
  readonly code?: number;
  readonly name: string;
}

/**
 * The types in use, and the codes that rules single out.
 * @see https://www.iana.org/assignments/icmp-parameters/icmp-parameters.xhtml
 * @see https://www.iana.org/assignments/icmpv6-parameters/icmpv6-parameters.xhtml
 */
const NAMES: Readonly<Record<4 | 6, readonly IcmpName[]>> = {
  4: [
    { type: 0, name: 'echo reply' },
    { type: 3, name: 'destination unreachable' },
    { type: 3, code: 0, name: 'net unreachable' },
    { type: 3, code: 1, name: 'host unreachable' },
    { type: 3, code: 2, name: 'protocol unreachable' },
    { type: 3, code: 3, name: 'port unreachable' },
    { type: 3, code: 4, name: 'fragmentation needed' },
    { type: 3, code: 5, name: 'source route failed' },
    { type: 3, code: 13, name: 'communication administratively prohibited' },
    { type: 4, name: 'source quench' },
    { type: 5, name: 'redirect' },
    { type: 8, name: 'echo request' },
    { type: 9, name: 'router advertisement' },
    { type: 10, name: 'router solicitation' },
    { type: 11, name: 'time exceeded' },
    { type: 11, code: 0, name: 'time to live exceeded in transit' },
    { type: 11, code: 1, name: 'fragment reassembly time exceeded' },
    { type: 12, name: 'parameter problem' },
    { type: 13, name: 'timestamp' },
    { type: 14, name: 'timestamp reply' },
    { type: 42, name: 'extended echo request' },
    { type: 43, name: 'extended echo reply' },
  ],
  6: [
    { type: 1, name: 'destination unreachable' },
    { type: 1, code: 0, name: 'no route to destination' },
    { type: 1, code: 1, name: 'communication administratively prohibited' },
    { type: 1, code: 3, name: 'address unreachable' },
    { type: 1, code: 4, name: 'port unreachable' },
    { type: 2, name: 'packet too big' },
    { type: 3, name: 'time exceeded' },
    { type: 3, code: 0, name: 'hop limit exceeded in transit' },
    { type: 3, code: 1, name: 'fragment reassembly time exceeded' },
    { type: 4, name: 'parameter problem' },
    { type: 128, name: 'echo request' },
    { type: 129, name: 'echo reply' },
    { type: 130, name: 'multicast listener query' },
    { type: 131, name: 'multicast listener report' },
    { type: 132, name: 'multicast listener done' },
    { type: 133, name: 'router solicitation' },
    { type: 134, name: 'router advertisement' },
    { type: 135, name: 'neighbor solicitation' },
    { type: 136, name: 'neighbor advertisement' },
    { type: 137, name: 'redirect' },
    { type: 143, name: 'version 2 multicast listener report' },
  ],
};
