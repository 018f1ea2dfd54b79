/** Traffic as one axis of protocols and ports. */

import { describe, expect, test } from '@jest/globals';
import { portSet } from '../../src/network/ports.ts';
import { ICMP, ICMPV6, type Protocol, TCP, UDP } from '../../src/network/protocol.ts';
import {
  ALL_TRAFFIC,
  coversTraffic,
  differenceOfTraffic,
  equalTraffic,
  formatTraffic,
  intersectionOfTraffic,
  isNoTraffic,
  NO_TRAFFIC,
  overlapsTraffic,
  protocolsOf,
  type Traffic,
  trafficOfProtocol,
  trafficOfRule,
  trafficOfValues,
  unionOfTraffic,
  valuesOf,
} from '../../src/network/traffic.ts';

function rule(protocol: Protocol, from?: number, to?: number): Traffic {
  const read = trafficOfRule(protocol, from, to);
  if (read.kind === 'invalid') throw new TypeError(read.reason);
  return read.traffic;
}

test.each<[Protocol, number | undefined, number | undefined, string]>([
  ['all', 0, 0, 'all traffic'],
  ['all', 443, 443, 'all traffic'],
  ['all', undefined, undefined, 'all traffic'],
  [TCP, 22, 22, 'TCP 22'],
  [TCP, 0, 0, 'TCP 0'],
  [TCP, 0, 65535, 'TCP'],
  [UDP, 1, 65535, 'UDP 1-65535'],
  [ICMP, 8, 0, 'ICMP echo request'],
  [ICMP, -1, -1, 'ICMP'],
  [ICMPV6, undefined, undefined, 'ICMPv6'],
  [ICMPV6, 128, -1, 'ICMPv6 echo request'],
  [50, 0, 0, 'ESP (protocol 50)'],
  [0, undefined, undefined, 'HOPOPT (protocol 0)'],
  [255, 443, 80, 'protocol 255'],
])('protocol %s from %s to %s: %s', (protocol, from, to, text) => {
  expect(formatTraffic(rule(protocol, from, to))).toBe(text);
});

test.each<[Protocol, number | undefined, number | undefined, string]>([
  [TCP, undefined, undefined, 'missing'],
  [TCP, -1, -1, 'outside'],
  [UDP, 2, 1, 'reversed'],
  [ICMP, undefined, undefined, 'missing'],
  [ICMP, 443, 443, 'type'],
  [ICMPV6, 128, undefined, 'missing'],
])('protocol %s from %s to %s is refused', (protocol, from, to, fault) => {
  expect(trafficOfRule(protocol, from, to)).toMatchObject({ kind: 'invalid', fault });
});

describe('sets', () => {
  test('hold protocols apart', () => {
    const tcp = trafficOfValues(TCP, portSet([22, { first: 65535, last: 65535 }]));
    const udp = trafficOfValues(UDP, portSet([0, 22]));
    const both = unionOfTraffic([tcp, udp, rule(50)]);
    expect(formatTraffic(both)).toBe('TCP 22, 65535; UDP 0, 22; ESP (protocol 50)');
    expect(valuesOf(both, TCP)).toEqual(portSet([22, 65535]));
    expect(valuesOf(both, UDP)).toEqual(portSet([0, 22]));
    expect(valuesOf(both, ICMP)).toEqual([]);
    expect(protocolsOf(both)).toEqual([TCP, UDP, 50]);
    expect(overlapsTraffic(tcp, udp)).toBe(false);
    expect(isNoTraffic(intersectionOfTraffic(tcp, udp))).toBe(true);
    expect(protocolsOf(NO_TRAFFIC)).toEqual([]);
  });

  test('of everything', () => {
    const protocols = Array.from({ length: 256 }, (_, protocol) => trafficOfProtocol(protocol));
    expect(equalTraffic(unionOfTraffic(protocols), ALL_TRAFFIC)).toBe(true);
    expect(coversTraffic(ALL_TRAFFIC, rule(TCP, 22, 22))).toBe(true);
    expect(coversTraffic(rule(TCP, 0, 65535), ALL_TRAFFIC)).toBe(false);
    expect(valuesOf(ALL_TRAFFIC, TCP)).toEqual([{ first: 0, last: 65535 }]);
    const rest = differenceOfTraffic(ALL_TRAFFIC, rule(TCP, 0, 65535));
    expect([isNoTraffic(intersectionOfTraffic(rest, trafficOfProtocol(TCP))), protocolsOf(rest).length]).toEqual([
      true,
      255,
    ]);
  });

  test('that reach over protocols name each once', () => {
    const points = {
      points: [
        { first: 5 * 65536 + 1, last: 7 * 65536 },
        { first: 7 * 65536 + 2, last: 7 * 65536 + 3 },
      ],
    };
    expect(protocolsOf(points)).toEqual([5, 6, 7]);
  });
});
