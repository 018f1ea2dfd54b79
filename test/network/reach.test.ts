/** The union of rules, by traffic and addresses at once. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AddressSet, addressSet, coversAddresses, noAddresses } from '../../src/network/address-set.ts';
import { cidrOf, parseCidr } from '../../src/network/cidr.ts';
import { portSet } from '../../src/network/ports.ts';
import { TCP, UDP } from '../../src/network/protocol.ts';
import { coversOpening, type Opening, openingsBehind, reachOf, trafficWhere } from '../../src/network/reach.ts';
import { coversInternet, publicAddresses } from '../../src/network/special-addresses.ts';
import { ALL_TRAFFIC, formatTraffic, trafficOfValues } from '../../src/network/traffic.ts';

function addresses(...texts: readonly string[]): AddressSet {
  const cidrs = texts.map((text) => {
    const parsed = parseCidr(text);
    if (parsed.kind === 'invalid') throw new TypeError(text);
    return parsed.cidr;
  });
  return addressSet(cidrs[0]!.family, cidrs);
}

function tcp(rule: string, first: number, last: number, ...cidrs: readonly string[]): Opening<string> {
  return { rule, traffic: trafficOfValues(TCP, portSet([{ first, last }])), addresses: addresses(...cidrs) };
}

const rulesOf = (openings: readonly Opening<string>[]) => openings.map(({ rule }) => rule).join(' ');

describe('reach', () => {
  test('joins two halves of the internet where their ports meet', () => {
    const reaches = reachOf(4, [tcp('low', 20, 30, '0.0.0.0/1'), tcp('high', 22, 80, '128.0.0.0/1')]);
    expect(reaches.map(({ traffic, openings }) => [formatTraffic(traffic), rulesOf(openings)])).toEqual([
      ['TCP 20-21', 'low'],
      ['TCP 22-30', 'low high'],
      ['TCP 31-80', 'high'],
    ]);
    expect(formatTraffic(trafficWhere(reaches, coversInternet))).toBe('TCP 22-30');
    expect(rulesOf(openingsBehind(reaches[1]!, publicAddresses(4)))).toBe('low high');
    expect(openingsBehind(reaches[0]!, publicAddresses(4))).toEqual([]);
  });

  test('blames who does it alone', () => {
    const reaches = reachOf(4, [
      tcp('office', 22, 22, '203.0.113.0/24'),
      tcp('all', 0, 65535, '0.0.0.0/0'),
      tcp('half', 22, 22, '0.0.0.0/1'),
    ]);
    expect(reaches.map(({ openings }) => rulesOf(openings))).toEqual(['all', 'office all half', 'all']);
    expect(rulesOf(openingsBehind(reaches[1]!, publicAddresses(4)))).toBe('all');
    expect(formatTraffic(trafficWhere(reaches, coversInternet))).toBe('TCP');
  });

  test('passes over private sources that add nothing', () => {
    const reaches = reachOf(4, [
      tcp('private', 22, 22, '10.0.0.0/8'),
      tcp('low', 22, 22, '0.0.0.0/1'),
      tcp('high', 22, 22, '128.0.0.0/1'),
    ]);
    expect(rulesOf(openingsBehind(reaches[0]!, publicAddresses(4)))).toBe('low high');
  });

  test('every protocol opens each port', () => {
    const everything = { rule: 'everything', traffic: ALL_TRAFFIC, addresses: addresses('::/0') };
    const reaches = reachOf(6, [everything, tcp('ssh', 22, 22, '2001:db8::/32')]);
    expect(reaches.map(({ openings }) => rulesOf(openings))).toEqual(['everything', 'everything ssh', 'everything']);
    expect(formatTraffic(trafficWhere(reaches, coversInternet))).toBe('all traffic');
  });

  test('keeps families apart, and has nothing of nothing', () => {
    const openings = [tcp('v4', 22, 22, '0.0.0.0/0'), tcp('v6', 22, 22, '::/0')];
    expect(reachOf(4, openings).map((reach) => rulesOf(reach.openings))).toEqual(['v4']);
    expect(reachOf(6, openings).map((reach) => rulesOf(reach.openings))).toEqual(['v6']);
    expect(reachOf(4, [{ ...openings[0]!, addresses: noAddresses(4) }])).toEqual([]);
  });

  test('covers what several rules open together', () => {
    const reaches = reachOf(4, [
      tcp('a', 20, 50, '10.0.0.0/9'),
      tcp('b', 20, 30, '10.128.0.0/9'),
      tcp('c', 31, 50, '10.0.0.0/8'),
    ]);
    expect(coversOpening(reaches, tcp('d', 20, 50, '10.0.0.0/8'))).toBe(true);
    expect(coversOpening(reaches, tcp('e', 20, 51, '10.0.0.0/8'))).toBe(false);
    expect(coversOpening(reaches, tcp('f', 20, 20, '10.0.0.0/7'))).toBe(false);
  });

  test('agrees with enumeration', () => {
    const openings = fc.array(
      fc.record({
        protocol: fc.constantFrom(TCP, UDP),
        ports: fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { minLength: 1, maxLength: 2 }),
        host: fc.nat(7),
        prefix: fc.integer({ min: 29, max: 32 }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(openings, (drawn) => {
        const rules = drawn.map(({ protocol, ports, host, prefix }, rule) => ({
          rule,
          traffic: trafficOfValues(
            protocol,
            portSet(ports.map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }))),
          ),
          addresses: addressSet(4, [cidrOf(4, host, prefix)]),
        }));
        const reaches = reachOf(4, rules);
        for (const protocol of [TCP, UDP])
          for (let port = 0; port < 8; port++) {
            const point = protocol * 65536 + port;
            const has = ({ traffic }: { traffic: Opening<number>['traffic'] }) =>
              traffic.points.some(({ first, last }) => first <= point && point <= last);
            const expected = rules.filter(has);
            const found = reaches.filter(has);
            expect(found.length).toBe(expected.length === 0 ? 0 : 1);
            expect(found.flatMap((reach) => reach.openings)).toEqual(expected);
            for (let host = 0; host < 8; host++) {
              const one = addressSet(4, [cidrOf(4, host, 32)]);
              const isOpen = expected.some((rule) => coversAddresses(rule.addresses, one));
              expect(found.some((reach) => coversAddresses(reach.addresses, one))).toBe(isOpen);
            }
          }
      }),
    );
  });

  test('thousands of rules', () => {
    const many = Array.from({ length: 5000 }, (_, i) => tcp(`${i}`, i, i + 5, `10.${i >> 8}.${i & 255}.0/24`));
    expect(reachOf(4, many).length).toBe(5005);
  });
});
