/** What the options of the checks change. */

import { describe, expect, test } from '@jest/globals';
import { type PortSpec, parsePortSpec, portSpecs } from '../../src/network/ports.ts';
import { lintWithOptions } from './lint-files.ts';

const ports = (...entries: readonly (number | string)[]) =>
  portSpecs(entries.map((entry) => parsePortSpec(entry) as PortSpec));

const rule = (arguments_: string): string => `
resource "aws_vpc_security_group_ingress_rule" "a" {
  security_group_id = "sg-1"
  ${arguments_}
}
`;

const open = (protocol: string, from: number, to = from): string =>
  rule(`ip_protocol = "${protocol}"\n  from_port = ${from}\n  to_port = ${to}\n  cidr_ipv4 = "0.0.0.0/0"`);

async function messages(text: string, id: string, options: Readonly<Record<string, unknown>>): Promise<string[]> {
  const report = await lintWithOptions({ 'main.tf': text }, id, options);
  expect(report.problems).toEqual([]);
  return report.findings.map(({ message }) => message);
}

describe.each(['admin-port-open', 'data-port-open', 'internal-port-open'])('%s: ports', (id) => {
  test('are asked about', async () => {
    expect(await messages(open('tcp', 4000), id, { ports: ports('4000-4010') })).toEqual([
      '0.0.0.0/0 opens port 4000/tcp to the whole IPv4 internet.',
    ]);
  });

  test('replace the defaults, by protocol', async () => {
    for (const port of [22, 5432, 2049, 4000]) {
      expect(await messages(open('tcp', port), id, { ports: ports('4000/udp') })).toEqual([]);
    }
  });
});

describe('port-open: allowed', () => {
  test('lets a range pass if all of it is allowed', async () => {
    expect(await messages(open('tcp', 8000, 8005), 'port-open', { allowed: ports('8000-8010') })).toEqual([]);
    expect(await messages(open('tcp', 8000, 8011), 'port-open', { allowed: ports('8000-8010') })).toHaveLength(1);
  });

  test('replaces the defaults', async () => {
    expect(await messages(open('tcp', 443), 'port-open', { allowed: ports(80) })).toEqual([
      '0.0.0.0/0 opens HTTPS (443/tcp) to the whole IPv4 internet.',
    ]);
  });
});

describe('icmp-open: allowedTypes', () => {
  test.each([
    ['icmp', 13, -1, ['icmp/13'], 0],
    ['icmp', 13, 0, ['icmp/13/0'], 0],
    ['icmp', 13, 1, ['icmp/13/0'], 1],
    ['icmp', 13, -1, ['icmpv6/13'], 1],
    ['icmp', 13, -1, ['13', 'icmp/256', 'icmp/13/256', 'tcp/13'], 1],
    ['icmp', 8, -1, [], 1],
    ['icmp', -1, -1, Array.from({ length: 256 }, (_, type) => `icmp/${type}`), 0],
  ])('%s %d %d with %j', async (protocol, type, code, allowedTypes, findings) => {
    expect(await messages(open(protocol, type, code), 'icmp-open', { allowedTypes })).toHaveLength(findings);
  });
});

describe('broad-port-range', () => {
  const range = (to: number, source: string): string =>
    rule(`ip_protocol = "tcp"\n  from_port = 1\n  to_port = ${to}\n  ${source}`);

  test('max is the most ports that pass', async () => {
    const source = 'cidr_ipv4 = "10.0.0.0/8"';
    expect(await messages(range(20, source), 'broad-port-range', { max: 20 })).toEqual([]);
    expect(await messages(range(21, source), 'broad-port-range', { max: 20 })).toEqual([
      'This rule opens ports 1-21/tcp (20-21 FTP and 19 more ports) to 10.0.0.0/8: 21 ports (limit: 20).',
    ]);
  });

  test('allowed ports do not count', async () => {
    const source = 'cidr_ipv4 = "10.0.0.0/8"';
    const found = async (...allowed: readonly string[]) =>
      (await messages(range(200, source), 'broad-port-range', { allowed: ports(...allowed) })).length;
    expect(await found()).toBe(1);
    expect(await found('1-100')).toBe(0);
    expect(await found('1-99')).toBe(1);
    expect(await found('1-100/udp')).toBe(1);
  });

  test('ignoreGroupSources asks about groups too where it is false', async () => {
    const text = range(1000, 'referenced_security_group_id = "sg-2"');
    expect(await messages(text, 'broad-port-range', { ignoreGroupSources: true })).toEqual([]);
    expect(await messages(text, 'broad-port-range', { ignoreGroupSources: false })).toEqual([
      'This rule opens ports 1-1000/tcp (22 SSH, 23 Telnet, 20-21 FTP and 996 more ports) to sg-2: 1,000 ports (limit: 100).',
    ]);
  });
});

describe.each([
  [
    'missing-group-description',
    'aws_security_group.a',
    (text: string) => `resource "aws_security_group" "a" {\n  ${text}\n}\n`,
  ],
  [
    'missing-rule-description',
    'aws_vpc_security_group_ingress_rule.a',
    (text: string) => rule(`ip_protocol = "-1"\n  ${text}`),
  ],
] as const)('%s', (id, what, described) => {
  test('pattern has to match', async () => {
    const options = { pattern: /^NET-[0-9]+: /u };
    expect(await messages(described('description = "NET-12: web"'), id, options)).toEqual([]);
    expect(await messages(described('description = "web"'), id, options)).toEqual([
      '"web" does not match /^NET-[0-9]+: /u, the required pattern of descriptions.',
    ]);
  });

  test('minLength counts characters, without the spaces at the ends', async () => {
    expect(await messages(described('description = "wéb🔒x"'), id, { minLength: 5 })).toEqual([]);
    expect(await messages(described('description = " web  "'), id, { minLength: 5 })).toEqual([
      `"web" is too short to explain ${what}: 3 of at least 5 characters.`,
    ]);
  });

  test('a text that is not known in full is undecided where it has to match', async () => {
    const text = `variable "team" {\n  type = string\n}\n${described('description = "Of ${var.team}"')}`;
    const undecided = async (options: Readonly<Record<string, unknown>>) =>
      (await lintWithOptions({ 'main.tf': text }, id, options)).undecided.map(({ because }) => because);
    expect(await undecided({})).toEqual([]);
    expect(await undecided({ minLength: 20 })).toEqual([['var.team']]);
    expect(await undecided({ pattern: /web/u })).toEqual([['var.team']]);
  });
});
