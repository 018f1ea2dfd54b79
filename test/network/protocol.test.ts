/** Protocols as the AWS provider reads them. */

import { expect, test } from '@jest/globals';
import { describeProtocol, hasIcmpTypes, hasPorts, parseProtocol } from '../../src/network/protocol.ts';

test.each([
  ['-1', 'all', '-1'],
  [-1, 'all', '-1'],
  ['all', 'all', '-1'],
  ['ALL', 'all', '-1'],
  ['tcp', 6, 'tcp'],
  ['TCP', 6, 'tcp'],
  ['6', 6, 'tcp'],
  [6, 6, 'tcp'],
  ['06', 6, 'tcp'],
  ['+6', 6, 'tcp'],
  ['udp', 17, 'udp'],
  ['17', 17, 'udp'],
  ['icmp', 1, 'icmp'],
  ['1', 1, 'icmp'],
  ['icmpv6', 58, 'icmpv6'],
  ['ICMPv6', 58, 'icmpv6'],
  ['58', 58, 'icmpv6'],
  ['50', 50, '50'],
  ['0', 0, '0'],
  ['-0', 0, '-0'],
  ['255', 255, '255'],
])('%j', (text, protocol, canonical) => {
  expect(parseProtocol(text)).toEqual({ kind: 'protocol', protocol, canonical });
});

test.each([
  ['esp', '50'],
  ['GRE', '47'],
  ['ospf', '89'],
  ['ipv6-icmp', 'icmpv6'],
  ['icmp6', 'icmpv6'],
  ['icmpv4', 'icmp'],
  ['any', '-1'],
  ['*', '-1'],
  ['http', 'tcp'],
  ['tpc', 'tcp'],
  ['tccp', 'tcp'],
  ['tc', 'tcp'],
  ['upd', 'udp'],
  ['imcp', 'icmp'],
  ['al', '-1'],
  ['ucp', undefined],
  ['', undefined],
  ['256', undefined],
  ['-2', undefined],
  ['6.0', undefined],
  ['tcp udp', undefined],
])('%j is refused', (text, suggestion) => {
  expect(parseProtocol(text)).toEqual({
    kind: 'invalid',
    canonical: text.toLowerCase(),
    ...(suggestion !== undefined && { suggestion }),
  });
});

test('names in messages', () => {
  expect((['all', 6, 58, 50, 77] as const).map(describeProtocol)).toEqual([
    'all traffic',
    'TCP',
    'ICMPv6',
    'ESP (protocol 50)',
    'protocol 77',
  ]);
});

test('what ports are to a protocol', () => {
  expect((['all', 6, 17, 1, 58, 50] as const).filter(hasPorts)).toEqual([6, 17]);
  expect((['all', 6, 17, 1, 58, 50] as const).filter(hasIcmpTypes)).toEqual([1, 58]);
});
