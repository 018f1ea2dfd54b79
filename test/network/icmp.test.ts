/** ICMP types and codes in the place of ports. */

import { expect, test } from '@jest/globals';
import { ALL_ICMP, formatIcmp, icmpName, icmpOf, icmpRange } from '../../src/network/icmp.ts';
import { union } from '../../src/network/interval.ts';

test.each([
  [-1, -1, 'all types', 'all types'],
  [8, -1, 'echo request', 'type 8'],
  [8, 0, 'echo request', 'type 8 code 0'],
  [128, 0, 'type 128 code 0', 'echo request'],
  [3, 4, 'destination unreachable (fragmentation needed)', 'time exceeded code 4'],
  [3, -1, 'destination unreachable', 'time exceeded'],
  [11, 0, 'time exceeded (time to live exceeded in transit)', 'type 11 code 0'],
  [2, -1, 'type 2', 'packet too big'],
  [255, 255, 'type 255 code 255', 'type 255 code 255'],
])('type %s code %s', (type, code, name4, name6) => {
  const range = icmpRange(type, code);
  expect(range.kind).toBe('icmp');
  if (range.kind === 'icmp') expect([formatIcmp(4, range.icmp), formatIcmp(6, range.icmp)]).toEqual([name4, name6]);
});

test.each([
  [443, 443, 'type', '443 is not an ICMP type from 0 to 255, nor -1 for all'],
  [-2, -1, 'type', '-2 is not an ICMP type from 0 to 255, nor -1 for all'],
  [8, 256, 'code', '256 is not an ICMP code from 0 to 255, nor -1 for all'],
  [-1, 0, 'code-without-type', 'code 0 is not allowed with type -1 (all types), which needs code -1'],
  [undefined, -1, 'missing', 'from_port, the ICMP type, is missing'],
  [8, undefined, 'missing', 'to_port, the ICMP code, is missing'],
])('type %s code %s is refused', (type, code, fault, reason) => {
  expect(icmpRange(type, code)).toEqual({ kind: 'invalid', fault, reason });
});

test('several types', () => {
  const set = union([icmpOf(8), icmpOf(3, 4), [{ first: 40 * 256 + 1, last: 40 * 256 + 3 }]]);
  expect(formatIcmp(4, set)).toBe('destination unreachable (fragmentation needed), echo request, type 40 codes 1-3');
  expect(formatIcmp(4, [])).toBe('');
  expect(union(Array.from({ length: 256 }, (_, type) => icmpOf(type)))).toEqual(ALL_ICMP);
  expect([icmpName(4, 8), icmpName(6, 128), icmpName(4, 200)]).toEqual(['echo request', 'echo request', undefined]);
});
