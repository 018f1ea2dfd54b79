/** cidrhost, cidrnetmask, cidrsubnet, cidrsubnets, and OpenTofu's cidrcontains. */

import { EvaluationError } from '../values/errors.ts';
import { boolType, listType, numberType, stringType } from '../values/type.ts';
import { boolValue, listValue, stringValue, unknownFrom, type Value } from '../values/value.ts';
import { asText, int64Of, wholeNumberOf } from './arguments.ts';
import type { FunctionTable } from './definition.ts';

/** `address` has `bits` bits; those past the prefix are zero in a network. */
interface Network {
  readonly address: bigint;
  readonly prefix: number;
  readonly bits: 32 | 128;
}

const text = (name: string) => ({ name, type: stringType });
const number = (name: string) => ({ name, type: numberType });

/** Terraform: internal/lang/funcs/cidr.go, on github.com/apparentlymart/go-cidr. */
export const cidrFunctions: FunctionTable = {
  cidrhost: {
    parameters: [text('prefix'), number('hostnum')],
    returns: stringType,
    call: (args) => {
      const given = wholeNumberOf(args[1]);
      const network = networkOf(args[0]);
      const maximum = 2n ** BigInt(network.bits - network.prefix) - 1n;
      let host = given;
      // The comparison is of 64 bits, so that a host number of 2^63 and more is compared as a negative one.
      let compared = BigInt.asIntN(64, absolute(given));
      if (given < 0n) {
        compared = -given - 1n;
        host = maximum - compared;
      }
      if (compared > maximum) {
        throw new EvaluationError(`prefix of ${network.prefix} does not accommodate a host numbered ${host}`);
      }
      return stringValue(formatAddress(insert(network, host, isMapped(network) ? 32 : network.bits)));
    },
  },
  cidrnetmask: {
    parameters: [text('prefix')],
    returns: stringType,
    call: (args) => {
      const network = networkOf(args[0]);
      if (network.bits === 128 && !isMapped(network)) {
        throw new EvaluationError(`IPv6 addresses cannot have a netmask: ${asText(args[0])}`);
      }
      return stringValue(formatAddress({ ...network, address: maskOf(network.prefix, network.bits) }));
    },
  },
  cidrsubnet: {
    parameters: [text('prefix'), number('newbits'), number('netnum')],
    returns: stringType,
    sure: ([prefix]) => (prefix?.kind === 'unknown' ? { within: prefix } : undefined),
    call: (args) => {
      const newBits = int64Of(args[1]);
      const number = wholeNumberOf(args[2]);
      const network = networkOf(args[0]);
      const prefix = BigInt(network.prefix) + newBits;
      if (prefix > BigInt(network.bits)) {
        throw new EvaluationError(`insufficient address space to extend prefix of ${network.prefix} by ${newBits}`);
      }
      const maximum = newBits < 0n || newBits >= 64n ? 2n ** 64n - 1n : 2n ** newBits - 1n;
      if (BigInt.asUintN(64, absolute(number)) > maximum) {
        throw new EvaluationError(`prefix extension of ${newBits} does not accommodate a subnet numbered ${number}`);
      }
      if (prefix < 0n) throw new EvaluationError(`a prefix of ${network.prefix} can't be extended by ${newBits}`);
      return stringValue(formatNetwork(insert(network, number, Number(prefix))));
    },
  },
  cidrsubnets: {
    parameters: [text('prefix')],
    variadic: number('newbits'),
    returns: listType(stringType),
    sure: ([prefix]) =>
      prefix?.kind === 'unknown' ? { item: { ...unknownFrom([prefix], stringType), within: prefix } } : undefined,
    call: (args) => {
      let network: Network;
      try {
        network = networkOf(args[0]);
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error;
        throw new EvaluationError(error.message, { argument: 0 });
      }
      const subnets: Value[] = [];
      let end: bigint | undefined;
      for (const [index, arg] of args.slice(1).entries()) {
        const length = subnetLength(arg, index + 1, network);
        end ??= previousEnd(network);
        const next = subnetAfter(end, { ...network, prefix: length });
        if (next === undefined || !contains(network, next.address)) {
          const before = { address: end & maskOf(lastLength(args, index, network), network.bits), bits: network.bits };
          throw new EvaluationError(
            `not enough remaining address space for a subnet with a prefix of ${length} bits after ${formatNetwork({ ...before, prefix: lastLength(args, index, network) })}`,
            { argument: index + 1 },
          );
        }
        end = lastAddress(next);
        subnets.push(stringValue(formatNetwork(next)));
      }
      return listValue(subnets, stringType);
    },
  },
  /** OpenTofu: internal/lang/funcs/cidr.go. */
  cidrcontains: {
    parameters: [text('containing_prefix'), text('contained_ip_or_prefix')],
    returns: boolType,
    call: (args) => {
      const outer = parseNetwork(asText(args[0]));
      if (outer === undefined) throw new EvaluationError(`invalid CIDR address: ${asText(args[0])}`);
      const inner = parseInner(asText(args[1]));
      if (inner === undefined) throw new EvaluationError(`invalid IP address or prefix: ${asText(args[1])}`);
      const [a, b] = [unmapped(outer), unmapped(inner)];
      if (a.bits !== b.bits) {
        throw new EvaluationError(`address family mismatch: ${asText(args[0])} vs. ${asText(args[1])}`);
      }
      return boolValue(contains(a, b.address) && contains(a, lastAddress(b)));
    },
  },
};

function parseInner(text: string): Network | undefined {
  const address = parseAddress(text);
  return address === undefined ? parseNetwork(text) : { ...address, prefix: address.bits };
}

function subnetLength(arg: Value, argument: number, network: Network): number {
  let length: bigint;
  try {
    length = int64Of(arg);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError(error.message, { argument });
  }
  if (length < 1n) throw new EvaluationError('must extend prefix by at least one bit', { argument });
  if (length > 32n) throw new EvaluationError('may not extend prefix by more than 32 bits', { argument });
  const prefix = network.prefix + Number(length);
  if (prefix > network.bits) {
    throw new EvaluationError(
      `would extend prefix to ${prefix} bits, which is too long for an ${network.bits === 32 ? 'IPv4' : 'IPv6'} address`,
      { argument },
    );
  }
  return prefix;
}

/** The prefix length of the subnet before the one at `index`; before the first, its own. */
function lastLength(args: readonly Value[], index: number, network: Network): number {
  return network.prefix + Number(int64Of(args[Math.max(index, 1)]));
}

/** The last address before the network, which wraps around below zero. */
function previousEnd(network: Network): bigint {
  return BigInt.asUintN(network.bits, network.address - 1n);
}

/** The first subnet of the prefix length that begins after `end`; undefined past the last address. */
function subnetAfter(
  end: bigint,
  { prefix, bits }: { readonly prefix: number; readonly bits: 32 | 128 },
): Network | undefined {
  const address = BigInt.asUintN(bits, (end | ~maskOf(prefix, bits)) + 1n);
  return address === 0n ? undefined : { address, prefix, bits };
}

function insert(network: Network, number: bigint, prefix: number): Network {
  // Go reads the sum's magnitude, which makes -65536 of a negative number's two's complement 0.1.0.0.
  const address = absolute(network.address | (number << BigInt(network.bits - prefix)));
  if (address >= 2n ** BigInt(network.bits)) throw new EvaluationError(`${number} is too large for the address`);
  return { address, prefix, bits: network.bits };
}

function contains(network: Network, address: bigint): boolean {
  return (address & maskOf(network.prefix, network.bits)) === network.address;
}

function lastAddress({ address, prefix, bits }: Network): bigint {
  return address | (2n ** BigInt(bits - prefix) - 1n);
}

function maskOf(prefix: number, bits: 32 | 128): bigint {
  return BigInt.asUintN(bits, -1n << BigInt(bits - prefix));
}

const absolute = (number: bigint): bigint => (number < 0n ? -number : number);

/** Go prints and compares ::ffff:0:0/96 as IPv4. */
const isMapped = ({ address, bits }: { readonly address: bigint; readonly bits: 32 | 128 }): boolean =>
  bits === 128 && address >> 32n === 0xffffn;

function unmapped(network: Network): Network {
  if (!isMapped(network) || network.prefix < 96) return network;
  return { address: network.address & 0xffffffffn, prefix: network.prefix - 96, bits: 32 };
}

function networkOf(value: Value | undefined): Network {
  const network = parseNetwork(asText(value));
  if (network === undefined)
    throw new EvaluationError(`invalid CIDR expression: invalid CIDR address: ${asText(value)}`);
  return network;
}

function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  const prefixText = text.slice(slash + 1);
  if (slash === -1 || !/^[0-9]+$/.test(prefixText)) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const prefix = Number(prefixText);
  if (address === undefined || prefix > address.bits) return undefined;
  return { address: address.address & maskOf(prefix, address.bits), prefix, bits: address.bits };
}

/** As Go's net.ParseIP before 1.17, which Terraform keeps: octets and groups may have leading zeros. */
function parseAddress(text: string): { readonly address: bigint; readonly bits: 32 | 128 } | undefined {
  if (!text.includes(':')) {
    const address = parseOctets(text);
    return address === undefined ? undefined : { address, bits: 32 };
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => parseGroups(half, halves.length === 2, index === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])];
  return { address: groups.reduce((address, group) => (address << 16n) | BigInt(group), 0n), bits: 128 };
}

function parseGroups(text: string, mayBeEmpty: boolean, isLast: boolean): number[] | undefined {
  if (text === '') return mayBeEmpty ? [] : undefined;
  const groups: number[] = [];
  const texts = text.split(':');
  for (const [index, group] of texts.entries()) {
    if (isLast && index === texts.length - 1 && group.includes('.')) {
      const octets = parseOctets(group);
      if (octets === undefined) return undefined;
      groups.push(Number(octets >> 16n), Number(octets & 0xffffn));
    } else {
      if (!/^0*[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
      groups.push(Number.parseInt(group, 16));
    }
  }
  return groups;
}

function parseOctets(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^[0-9]+$/.test(octet) && Number(octet) <= 255)) return undefined;
  return octets.reduce((address, octet) => (address << 8n) | BigInt(octet), 0n);
}

function formatNetwork(network: Network): string {
  return `${formatAddress(network)}/${isMapped(network) ? Math.max(network.prefix - 96, 0) : network.prefix}`;
}

/** RFC 5952 for IPv6, and dotted decimal for IPv4 and what stands for it. */
function formatAddress({ address, bits }: { readonly address: bigint; readonly bits: 32 | 128 }): string {
  if (bits === 32 || isMapped({ address, bits })) {
    return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 0xffn)).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, index) => Number((address >> BigInt(112 - 16 * index)) & 0xffffn));
  let start = 0;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > length) [start, length] = [i, end - i];
  }
  const texts = groups.map((group) => group.toString(16));
  if (length === 1) return texts.join(':');
  return `${texts.slice(0, start).join(':')}::${texts.slice(start + length).join(':')}`;
}
