/** CIDR texts: what Go's net.ParseCIDR and the AWS provider make of each. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CidrFault, cidrOf, formatCidr, parseCidr } from '../../src/network/cidr.ts';

describe('canonical blocks', () => {
  test.each([
    '0.0.0.0/0',
    '10.0.0.0/8',
    '192.0.2.1/32',
    '255.255.255.255/32',
    '128.0.0.0/1',
    '::/0',
    '::1/128',
    '2001:db8::/32',
    '8000::/1',
    '2001:db8:0:1:1:1:1:1/128',
    '2001:db8::1:0:0:1/128',
    '1:2:3:4:5:6:7:0/112',
    '64:ff9b::/96',
    '::fffe:0:0/95',
    '::102:304/128',
  ])('%s', (text) => {
    const parsed = parseCidr(text);
    expect(parsed).toMatchObject({ kind: 'canonical' });
    if (parsed.kind === 'canonical') expect(formatCidr(parsed.cidr)).toBe(text);
  });

  test('intervals', () => {
    expect(parseCidr('10.0.0.0/8')).toEqual({
      kind: 'canonical',
      cidr: { family: 4, prefix: 8, first: 0x0a000000, last: 0x0affffff },
    });
    expect(parseCidr('240.0.0.0/4')).toMatchObject({ cidr: { first: 0xf0000000, last: 0xffffffff } });
    expect(parseCidr('::/0')).toMatchObject({ cidr: { family: 6, prefix: 0, first: 0n, last: (1n << 128n) - 1n } });
    expect(parseCidr('2001:db8::/127')).toMatchObject({
      cidr: { first: 0x20010db8n << 96n, last: (0x20010db8n << 96n) + 1n },
    });
  });
});

test.each([
  ['0::/0', '::/0'],
  ['0:0:0:0:0:0:0:0/0', '::/0'],
  ['::/00', '::/0'],
  ['2001:DB8::/32', '2001:db8::/32'],
  ['2001:0db8::/32', '2001:db8::/32'],
  ['2001:db8:0:0:0:0:0:0/32', '2001:db8::/32'],
  ['2001:db8:0:0:1:0:0:1/128', '2001:db8::1:0:0:1/128'],
  ['2001:db8:1:1:1:1::1/128', '2001:db8:1:1:1:1:0:1/128'],
  ['1:2:3:4:5:6:7::/112', '1:2:3:4:5:6:7:0/112'],
  ['::1.2.3.4/128', '::102:304/128'],
  ['64:ff9b::1.2.3.4/128', '64:ff9b::102:304/128'],
  ['10.0.0.0/08', '10.0.0.0/8'],
  ['0.0.0.0/00', '0.0.0.0/0'],
])('spelling: %s is %s', (text, canonical) => {
  expect(parseCidr(text)).toMatchObject({ kind: 'spelling', canonical });
});

test.each([
  ['10.0.0.1/8', '10.0.0.0/8'],
  ['10.0.0.0/00', '0.0.0.0/0'],
  ['203.0.113.7/0', '0.0.0.0/0'],
  ['192.168.1.255/31', '192.168.1.254/31'],
  ['2001:db8::1/32', '2001:db8::/32'],
  ['2001:DB8::1/32', '2001:db8::/32'],
  ['::ffff:1.2.3.4/32', '::/32'],
  ['::ffff:0.0.0.0/95', '::fffe:0:0/95'],
  ['::ffff:10.1.2.3/104', '10.0.0.0/8'],
])('host bits: %s is in %s', (text, canonical) => {
  expect(parseCidr(text)).toMatchObject({ kind: 'host-bits', canonical });
});

test.each([
  ['10.0.0.1/8', '10.0.0.1/32'],
  ['2001:DB8:0::1/32', '2001:db8::1/128'],
  ['::ffff:10.1.2.3/104', '10.1.2.3/32'],
])('host bits: the address of %s is %s', (text, host) => {
  expect(parseCidr(text)).toMatchObject({ kind: 'host-bits', host });
});

test.each([
  ['::ffff:0:0/96', '0.0.0.0/0'],
  ['::ffff:0.0.0.0/96', '0.0.0.0/0'],
  ['::FFFF:10.0.0.0/104', '10.0.0.0/8'],
  ['::ffff:1.2.3.4/128', '1.2.3.4/32'],
  ['0:0:0:0:0:ffff:102:304/128', '1.2.3.4/32'],
])('IPv4-mapped: %s stands for %s', (text, canonical) => {
  expect(parseCidr(text)).toMatchObject({ kind: 'ipv4-mapped', canonical, cidr: { family: 4 } });
});

test('IPv4-mapped addresses are written with their IPv4 address', () => {
  expect(formatCidr(cidrOf(6, 0xffff01020304n, 128))).toBe('::ffff:1.2.3.4/128');
});

const invalid: readonly (readonly [text: string, fault: CidrFault, reason: string, suggestion?: string])[] = [
  ['', 'empty', 'it is empty'],
  [' ', 'spaces', 'it contains spaces'],
  [' 10.0.0.0/8', 'spaces', 'it contains spaces', '10.0.0.0/8'],
  ['10.0.0.0 / 8\n', 'spaces', 'it contains spaces', '10.0.0.0/8'],
  ['any old text', 'spaces', 'it contains spaces'],
  ['203.0.113.7', 'no-prefix', 'it has no prefix length', '203.0.113.7/32'],
  ['2001:DB8::1', 'no-prefix', 'it has no prefix length', '2001:db8::1/128'],
  ['0.0.0.0', 'no-prefix', 'it has no prefix length'],
  ['::', 'no-prefix', 'it has no prefix length'],
  ['010.0.0.0/8', 'leading-zero', '"010" has a leading zero'],
  ['10.0.0.00/8', 'leading-zero', '"00" has a leading zero'],
  ['::ffff:01.2.3.4/128', 'leading-zero', '"01" has a leading zero'],
  ['fe80::1%eth0/64', 'zone', 'a CIDR block cannot have a zone'],
  ['sg-0123456789abcdef0', 'address', '"sg-0123456789abcdef0" is neither an IPv4 nor an IPv6 address'],
  ['/8', 'address', '"" is neither an IPv4 nor an IPv6 address'],
  ['10/8', 'address', '"10" is neither an IPv4 nor an IPv6 address'],
  ['10.0.0/8', 'address', '"10.0.0" is neither an IPv4 nor an IPv6 address'],
  ['1.2.3.4.5/8', 'address', '"1.2.3.4.5" is neither an IPv4 nor an IPv6 address'],
  ['256.0.0.0/8', 'address', '"256" is not a number from 0 to 255'],
  ['1..2.3/8', 'address', '"" is not a number from 0 to 255'],
  ['1.2.3.+4/8', 'address', '"+4" is not a number from 0 to 255'],
  ['1.2.3.4a/8', 'address', '"4a" is not a number from 0 to 255'],
  ['2001:00db8::/32', 'address', '"00db8" is not a group of one to four hexadecimal digits'],
  ['g::/8', 'address', '"g" is not a group of one to four hexadecimal digits'],
  [':1::/16', 'address', '"" is not a group of one to four hexadecimal digits'],
  ['1:/16', 'address', '"" is not a group of one to four hexadecimal digits'],
  ['[::]/0', 'address', '"[" is not a group of one to four hexadecimal digits'],
  ['::1.2.3.4:5/128', 'address', '"1.2.3.4" is not a group of one to four hexadecimal digits'],
  ['1.2.3.4::/128', 'address', '"1.2.3.4" is not a group of one to four hexadecimal digits'],
  ['1::2::3/64', 'address', '"::" can appear only once'],
  ['1:2:3/64', 'address', 'an IPv6 address has 8 groups, and "1:2:3" has fewer'],
  ['1:2:3:4:5:6:7:8::/128', 'address', 'an IPv6 address has 8 groups, and "1:2:3:4:5:6:7:8::" has more'],
  ['1:2:3:4:5:6:7:8:9/128', 'address', 'an IPv6 address has 8 groups, and "1:2:3:4:5:6:7:8:9" has more'],
  ['10.0.0.0/', 'prefix', 'nothing follows the "/"'],
  ['10.0.0.0/+8', 'prefix', '"+8" is not a prefix length from 0 to 32'],
  ['10.0.0.0/-1', 'prefix', '"-1" is not a prefix length from 0 to 32'],
  ['0.0.0.0/0x1', 'prefix', '"0x1" is not a prefix length from 0 to 32'],
  ['1.2.3.4/8/8', 'prefix', '"8/8" is not a prefix length from 0 to 32'],
  ['10.0.0.0/255.0.0.0', 'prefix', '"255.0.0.0" is not a prefix length from 0 to 32'],
  ['10.0.0.0/33', 'prefix-range', '/33 is not a prefix length from 0 to 32'],
  ['10.0.0.0/99999999999999999999', 'prefix-range', '/99999999999999999999 is not a prefix length from 0 to 32'],
  ['2001:db8::/129', 'prefix-range', '/129 is not a prefix length from 0 to 128'],
];

test.each(invalid)('invalid: %j (%s)', (...[text, fault, reason, suggestion]) => {
  expect(parseCidr(text)).toEqual({ kind: 'invalid', fault, reason, ...(suggestion !== undefined && { suggestion }) });
});

describe('properties', () => {
  const blocks = fc.oneof(
    fc.tuple(fc.bigInt(0n, 0xffffffffn), fc.nat(32)).map(([address, prefix]) => cidrOf(4, address, prefix)),
    fc.tuple(fc.bigInt(0n, (1n << 128n) - 1n), fc.nat(128)).map(([address, prefix]) => cidrOf(6, address, prefix)),
    fc
      .tuple(fc.array(fc.constantFrom(0n, 0n, 1n, 0xdb8n, 0xffffn), { minLength: 8, maxLength: 8 }), fc.nat(128))
      .map(([groups, prefix]) =>
        cidrOf(
          6,
          groups.reduce<bigint>((address, group) => (address << 16n) | group, 0n),
          prefix,
        ),
      ),
  );

  test('the canonical text of a block reads back as the block', () => {
    fc.assert(
      fc.property(blocks, (cidr) => {
        const parsed = parseCidr(formatCidr(cidr));
        if (parsed.kind !== 'ipv4-mapped') expect(parsed).toEqual({ kind: 'canonical', cidr });
      }),
    );
  });

  test('every spelling of a block reads as the block', () => {
    fc.assert(
      fc.property(blocks, fc.boolean(), (cidr, isUpper) => {
        if (cidr.family === 4) return;
        const groups = Array.from({ length: 8 }, (_, i) => (cidr.first >> BigInt(112 - 16 * i)) & 0xffffn);
        const spelled = `${groups.map((group) => group.toString(16).padStart(4, '0')).join(':')}/${cidr.prefix}`;
        const parsed = parseCidr(isUpper ? spelled.toUpperCase() : spelled);
        if (parsed.kind === 'ipv4-mapped') return;
        expect(parsed.kind === 'canonical' || parsed.kind === 'spelling').toBe(true);
        if (parsed.kind !== 'invalid') expect(parsed.cidr).toEqual(cidr);
      }),
    );
  });

  test('no text makes it throw, and what is accepted has a canonical text that is', () => {
    const texts = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('0', '1', '10', '255', ':', '::', '.', '/', 'ffff', '%', ' ', '8', '128'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseCidr(text);
        if (parsed.kind !== 'invalid' && parsed.kind !== 'canonical')
          expect(parseCidr(parsed.canonical)).toEqual({ kind: 'canonical', cidr: parsed.cidr });
      }),
      { numRuns: 2000 },
    );
  });
});
