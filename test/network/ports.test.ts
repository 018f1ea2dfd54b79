/** Ports as rules and options give them. */

import { describe, expect, test } from '@jest/globals';
import {
  ALL_PORTS,
  formatPorts,
  numberOfPorts,
  parsePortSpec,
  portRange,
  portSet,
  portSpecs,
} from '../../src/network/ports.ts';

test.each([
  [22, 22, { kind: 'ports', ports: { first: 22, last: 22 } }],
  [0, 65535, { kind: 'ports', ports: { first: 0, last: 65535 } }],
  [0, 0, { kind: 'ports', ports: { first: 0, last: 0 } }],
  [80, 79, { kind: 'invalid', fault: 'reversed', reason: '80 is greater than 79' }],
  [-1, -1, { kind: 'invalid', fault: 'outside', reason: '-1 is not a port from 0 to 65535' }],
  [0, 65536, { kind: 'invalid', fault: 'outside', reason: '65536 is not a port from 0 to 65535' }],
  [1.5, 2, { kind: 'invalid', fault: 'outside', reason: '1.5 is not a port from 0 to 65535' }],
  [undefined, 80, { kind: 'invalid', fault: 'missing', reason: 'from_port is missing' }],
  [80, undefined, { kind: 'invalid', fault: 'missing', reason: 'to_port is missing' }],
])('from %s to %s', (from, to, expected) => {
  expect(portRange(from, to)).toEqual(expected);
});

describe('options', () => {
  test.each([
    [80, { ports: { first: 80, last: 80 } }],
    ['80', { ports: { first: 80, last: 80 } }],
    ['8000-8010', { ports: { first: 8000, last: 8010 } }],
    ['51820/udp', { ports: { first: 51820, last: 51820 }, protocol: 'udp' }],
    ['60000-61000/tcp', { ports: { first: 60000, last: 61000 }, protocol: 'tcp' }],
  ])('%j', (entry, expected) => {
    expect(parsePortSpec(entry)).toEqual({ kind: 'ports', ...expected });
  });

  test.each([
    ['http', '"http" is not a port (80) or range (8000-8010), optionally with a protocol (53/udp).'],
    ['', '"" is not a port (80) or range (8000-8010), optionally with a protocol (53/udp).'],
    [' 80', '" 80" is not a port (80) or range (8000-8010), optionally with a protocol (53/udp).'],
    [-1, '-1 is not a port (80) or range (8000-8010), optionally with a protocol (53/udp).'],
    [80.5, '80.5 is not a port (80) or range (8000-8010), optionally with a protocol (53/udp).'],
    ['80-', '"80-" is not a port (80) or range (8000-8010), optionally with a protocol (53/udp).'],
    ['53/icmp', '"53/icmp" has the protocol "icmp"; only tcp and udp have ports.'],
    ['53/', '"53/" has the protocol ""; only tcp and udp have ports.'],
    ['53/UDP', '"53/UDP" has the protocol "UDP"; only tcp and udp have ports.'],
    [65536, '65536 is not a port range: 65536 is not a port from 0 to 65535.'],
    ['8010-8000', '"8010-8000" is not a port range: 8010 is greater than 8000.'],
  ])('%j is refused', (entry, message) => {
    expect(parsePortSpec(entry)).toEqual({ kind: 'invalid', message });
  });

  test('without a protocol they are of both', () => {
    const entries = [80, '53/udp', '81-90/tcp'].map((entry) => parsePortSpec(entry));
    const specs = portSpecs(entries.filter((entry) => entry.kind === 'ports'));
    expect([formatPorts(specs.tcp), formatPorts(specs.udp)]).toEqual(['80-90', '53, 80']);
  });
});

test('sets of ports', () => {
  expect(formatPorts(portSet([8000, 22, { first: 8001, last: 8010 }, 80]))).toBe('22, 80, 8000-8010');
  expect(formatPorts(ALL_PORTS)).toBe('0-65535');
  expect(formatPorts([])).toBe('');
  expect([numberOfPorts(ALL_PORTS), numberOfPorts([]), numberOfPorts(portSet([22, 22, 80]))]).toEqual([65536, 0, 2]);
});
