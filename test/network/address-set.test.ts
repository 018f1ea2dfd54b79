/** Sets of addresses, and the internet as one of them. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type AddressSet,
  addressSet,
  allAddresses,
  cidrsOf,
  coversAddresses,
  describeAddresses,
  differenceOfAddresses,
  equalAddresses,
  intersectionOfAddresses,
  isEmptyAddresses,
  noAddresses,
  numberOfAddresses,
  overlapsAddresses,
  unionOfAddresses,
} from '../../src/network/address-set.ts';
import { cidrOf, formatCidr, parseCidr } from '../../src/network/cidr.ts';
import type { Family } from '../../src/network/ip-address.ts';
import {
  coversInternet,
  privateAddresses,
  publicAddresses,
  publicPart,
  SPECIAL_BLOCKS,
} from '../../src/network/special-addresses.ts';

function addresses(...texts: readonly string[]): AddressSet {
  const cidrs = texts.map((text) => {
    const parsed = parseCidr(text);
    if (parsed.kind === 'invalid') throw new TypeError(text);
    return parsed.cidr;
  });
  return addressSet(cidrs[0]!.family, cidrs);
}

const textsOf = (set: AddressSet) => cidrsOf(set).map(formatCidr);
const families: readonly Family[] = [4, 6];

describe('sets of addresses', () => {
  test('are made of the fewest blocks', () => {
    expect(textsOf(addresses('0.0.0.0/1', '128.0.0.0/1'))).toEqual(['0.0.0.0/0']);
    expect(textsOf(addresses('10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'))).toEqual(['10.0.0.0/23', '10.0.2.0/24']);
    expect(textsOf(addresses('10.0.0.0/8', '10.1.2.0/24'))).toEqual(['10.0.0.0/8']);
    expect(textsOf(addresses('::/1', '8000::/1'))).toEqual(['::/0']);
    expect(textsOf(addresses('255.255.255.255/32'))).toEqual(['255.255.255.255/32']);
    expect(textsOf(differenceOfAddresses(allAddresses(4), addresses('128.0.0.0/3')))).toEqual([
      '0.0.0.0/1',
      '160.0.0.0/3',
      '192.0.0.0/2',
    ]);
  });

  test('are counted', () => {
    expect(describeAddresses(addresses('10.0.0.0/8'))).toBe('16,777,216 addresses');
    expect(describeAddresses(addresses('10.0.0.1/32'))).toBe('1 address');
    expect(describeAddresses(noAddresses(4))).toBe('0 addresses');
    expect(describeAddresses(allAddresses(4))).toBe('4,294,967,296 addresses');
    expect(describeAddresses(addresses('2001:db8::/65'))).toBe('9,223,372,036,854,775,808 addresses');
    expect(describeAddresses(addresses('2001:db8::/48'))).toBe('2^80 addresses');
    expect(describeAddresses(addresses('2001:db8::/48', '2001:db9::/128'))).toBe('more than 2^80 addresses');
    expect(numberOfAddresses(allAddresses(6))).toBe(1n << 128n);
  });

  test('of two families have nothing to do with one another', () => {
    expect(() => unionOfAddresses(4, [allAddresses(6)])).toThrow(TypeError);
    expect(() => coversAddresses(allAddresses(6), allAddresses(4))).toThrow(TypeError);
    expect(() => addressSet(4, [cidrOf(6, 0n, 0)])).toThrow(TypeError);
    expect(equalAddresses(noAddresses(4), noAddresses(6))).toBe(false);
  });

  test('agree with their blocks', () => {
    const blocks = fc.constantFrom(...families).chain((family) => {
      const base = family === 4 ? 0xffffff00n : (1n << 128n) - 256n;
      const bits = family === 4 ? 32 : 128;
      const block = fc
        .tuple(fc.bigInt(0n, 255n), fc.integer({ min: bits - 8, max: bits }))
        .map(([host, prefix]) => cidrOf(family, base + host, prefix));
      return fc.tuple(fc.constant(family), fc.array(block, { maxLength: 8 }), fc.array(block, { maxLength: 8 }));
    });
    fc.assert(
      fc.property(blocks, ([family, a, b]) => {
        const [setA, setB] = [addressSet(family, a), addressSet(family, b)];
        const both = unionOfAddresses(family, [setA, setB]);
        expect(equalAddresses(both, addressSet(family, [...a, ...b]))).toBe(true);
        expect(equalAddresses(addressSet(family, cidrsOf(both)), both)).toBe(true);
        const common = intersectionOfAddresses(setA, setB);
        const onlyA = differenceOfAddresses(setA, setB);
        expect(isEmptyAddresses(intersectionOfAddresses(onlyA, setB))).toBe(true);
        expect(equalAddresses(unionOfAddresses(family, [onlyA, common]), setA)).toBe(true);
        expect(overlapsAddresses(setA, setB)).toBe(!isEmptyAddresses(common));
        expect(coversAddresses(setA, setB)).toBe(isEmptyAddresses(differenceOfAddresses(setB, setA)));
        expect(numberOfAddresses(both)).toBe(
          numberOfAddresses(setA) + numberOfAddresses(setB) - numberOfAddresses(common),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('the internet', () => {
  test.each([
    [['0.0.0.0/0'], true],
    [['0.0.0.0/1', '128.0.0.0/1'], true],
    [['::/0'], true],
    [['0::/0'], true],
    [['2000::/3'], true],
    [['2000::/4', '3000::/4'], true],
    [['0.0.0.0/1', '128.0.0.0/2'], false],
    [['52.0.0.0/8'], false],
    [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], false],
    [['2001::/16'], false],
    [['fc00::/7'], false],
  ])('%j: %s', (texts, expected) => {
    expect(coversInternet(addresses(...texts))).toBe(expected);
  });

  test('is everything without RFC 1918, too', () => {
    const rfc1918 = addresses('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16');
    expect(coversInternet(differenceOfAddresses(allAddresses(4), rfc1918))).toBe(true);
    expect(coversInternet(differenceOfAddresses(allAddresses(4), addresses('8.8.8.8/32')))).toBe(false);
  });

  test.each(families)('is any partition of the public addresses of IPv%s', (family) => {
    const target = publicAddresses(family);
    const blocks = cidrsOf(target);
    const bits = family === 4 ? 32 : 128;
    const halves = (index: number) => {
      const { first, prefix } = blocks[index]!;
      const second = BigInt(first) + (1n << BigInt(bits - prefix - 1));
      return [cidrOf(family, first, prefix + 1), cidrOf(family, second, prefix + 1)];
    };
    fc.assert(
      fc.property(fc.array(fc.nat(blocks.length - 1)), fc.nat(blocks.length - 1), (split, missing) => {
        const parts = blocks.flatMap((block, index) => (split.includes(index) ? halves(index) : [block]));
        expect(coversInternet(addressSet(family, parts))).toBe(true);
        expect(
          coversInternet(
            addressSet(
              family,
              parts.filter((_, index) => index !== missing),
            ),
          ),
        ).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  test('has no special address', () => {
    for (const { cidr } of SPECIAL_BLOCKS) expect(isEmptyAddresses(publicPart(addresses(cidr)))).toBe(true);
    for (const family of families) {
      expect(overlapsAddresses(publicAddresses(family), privateAddresses(family))).toBe(false);
      expect(isEmptyAddresses(privateAddresses(family))).toBe(false);
    }
  });

  test('public parts', () => {
    expect(textsOf(publicPart(addresses('8.0.0.0/7', '10.0.0.0/7')))).toEqual(['8.0.0.0/7', '11.0.0.0/8']);
    expect(textsOf(publicPart(addresses('2001:db8::/31')))).toEqual(['2001:db9::/32']);
  });
});
