/** Well-known ports. */

import { describe, expect, test } from '@jest/globals';
import { overlaps } from '../../src/network/interval.ts';
import { ALL_PORTS, parsePortSpec, portSet } from '../../src/network/ports.ts';
import {
  describePorts,
  portSpecsOfClass,
  SERVICES,
  type ServiceClass,
  servicesIn,
} from '../../src/network/services.ts';

describe('the table', () => {
  test('gives a port of a transport to one service', () => {
    for (const transport of ['tcp', 'udp'] as const) {
      const services = SERVICES.filter((service) => service.transports.includes(transport));
      for (const [index, a] of services.entries())
        for (const b of services.slice(index + 1))
          expect([a.name, b.name, overlaps([a.ports], [b.ports])]).toEqual([a.name, b.name, false]);
    }
  });

  test('is in order, with a source each', () => {
    for (const [index, service] of SERVICES.entries()) {
      expect(service.source).toMatch(/^https:\/\/\S+$/);
      const previous = SERVICES[index - 1];
      if (previous?.class === service.class) expect(service.ports.first).toBeGreaterThan(previous.ports.last);
    }
  });

  test.each<ServiceClass>(['admin', 'data', 'internal', 'other'])('gives options: %s', (serviceClass) => {
    const entries = portSpecsOfClass(serviceClass);
    expect(entries.length).toBeGreaterThan(5);
    for (const entry of entries) expect(parsePortSpec(entry)).toMatchObject({ kind: 'ports' });
  });

  test('has administration ports', () => {
    expect(portSpecsOfClass('admin')).toEqual([
      '22/tcp',
      '23/tcp',
      '512/tcp',
      '513/tcp',
      '514/tcp',
      '2222/tcp',
      3389,
      '5500/tcp',
      '5900-5909/tcp',
      '5985/tcp',
      '5986/tcp',
      '10000/tcp',
    ]);
  });
});

test('services come gravest first', () => {
  const names = servicesIn(portSet([{ first: 20, last: 25 }, 3306]), 'tcp').map(({ name }) => name);
  expect(names).toEqual(['SSH', 'Telnet', 'MySQL', 'FTP', 'SMTP']);
  expect(servicesIn(portSet([22]), 'udp')).toEqual([]);
});

test.each([
  [portSet([22]), '22 SSH'],
  [portSet([22, { first: 8000, last: 8010 }]), '22 SSH, 8000-8010'],
  [portSet([8444]), '8444'],
  [portSet([443, 80]), '80 HTTP, 443 HTTPS'],
  [portSet([{ first: 5902, last: 5920 }]), '5902-5909 VNC, 5910-5920'],
  [portSet([{ first: 20, last: 25 }]), '22 SSH, 23 Telnet, 20-21 FTP and 2 more ports'],
  [
    portSet([{ first: 22, last: 23 }, { first: 5000, last: 5001 }, 8444]),
    '22 SSH, 23 Telnet, 5000 container registry and 2 more ports',
  ],
  [portSet([{ first: 0, last: 1023 }]), '22 SSH, 23 Telnet, 512 rexec and 1,021 more ports'],
  [portSet([20001, 20003, 20005, 20007]), '20001, 20003, 20005 and 1 more port'],
  [ALL_PORTS, 'all ports'],
  [[], ''],
])('in messages: %j', (ports, text) => {
  expect(describePorts(ports, 'tcp')).toBe(text);
});
