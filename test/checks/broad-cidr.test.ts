/** The limits and exceptions of the checks of broad sources. */

import { expect, test } from '@jest/globals';
import { parsePortSpec, portSpecs } from '../../src/network/ports.ts';
import { lintFiles, lintWithOptions } from './lint-files.ts';

const rule = (sources: readonly string[], port = 22): Record<string, string> => ({
  'main.tf': `
resource "aws_vpc_security_group_ingress_rule" "one" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = ${port}
  to_port           = ${port}
  ${sources.map((source) => `${source.includes(':') ? 'cidr_ipv6' : 'cidr_ipv4'} = "${source}"`).join('\n')}
}
`,
});

const several = (sources: readonly string[]): Record<string, string> => ({
  'main.tf': `
resource "aws_security_group_rule" "one" {
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ${JSON.stringify(sources)}
}
`,
});

test.each([
  ['52.0.0.0/24', {}, 0],
  ['52.0.0.0/23', {}, 1],
  ['52.0.0.0/23', { maxPrefix4: 23 }, 0],
  ['52.0.0.0/32', { maxPrefix4: 32 }, 0],
  ['52.0.0.0/31', { maxPrefix4: 32 }, 1],
  ['2600::/48', {}, 0],
  ['2600::/47', {}, 1],
  ['2600::/47', { maxPrefix6: 32 }, 0],
  ['52.0.0.0/8', { trusted: ['52.0.0.0/8'] }, 0],
  ['52.1.0.0/16', { trusted: ['52.0.0.0/8', '2600::/16'] }, 0],
  ['52.0.0.0/8', { trusted: ['52.1.0.0/16'] }, 1],
  ['52.0.0.0/23', { trusted: ['52.0.1.0/24'] }, 0],
  ['52.0.0.0/8', { trusted: ['everybody'] }, 1],
  ['0.0.0.0/0', { trusted: [] }, 0],
  ['::/0', { trusted: [] }, 0],
  ['2000::/3', { trusted: [] }, 0],
  ['10.0.0.0/8', { trusted: [] }, 0],
  ['192.0.0.0/2', { trusted: [] }, 1],
])('broad-public-cidr: %s with %j: %i', async (source, options, count) => {
  expect((await lintWithOptions(rule([source]), 'broad-public-cidr', options)).findings).toHaveLength(count);
});

test.each([
  [443, [443], 0],
  [443, [], 1],
  [22, ['22/tcp'], 0],
  [22, ['22/udp'], 1],
])('broad-public-cidr: port %i with %j allowed: %i', async (port, allowed, count) => {
  const specs = allowed.map((entry) => parsePortSpec(entry)).filter((spec) => spec.kind === 'ports');
  const options = { allowed: portSpecs(specs) };
  expect((await lintWithOptions(rule(['52.0.0.0/8'], port), 'broad-public-cidr', options)).findings).toHaveLength(
    count,
  );
});

test.each([
  [['52.0.0.0/24', '52.0.1.0/24'], ['52.0.0.0/24 and 52.0.1.0/24 together open SSH (22/tcp) to 512 public addresses']],
  [['52.0.0.0/24', '52.0.2.0/24'], []],
  [['52.0.0.0/24', '52.0.0.0/25'], []],
  [['9.0.0.0/8', '10.0.0.0/8'], ['9.0.0.0/8 opens SSH (22/tcp) to 16,777,216 public addresses']],
  // Terraform refuses the rule, which invalid-cidr tells.
  [['52.0.0.1/8'], []],
  [['9.0.0.0/8', ''], []],
  [['52.0.0.0/08'], ['52.0.0.0/08 opens SSH (22/tcp) to 16,777,216 public addresses']],
])('broad-public-cidr: %j together', async (sources, messages) => {
  const { findings } = await lintWithOptions(several(sources), 'broad-public-cidr', {});
  expect(findings.map(({ message }) => message.replace(/ \(limit: 256, \/24\)\.$/, ''))).toEqual(messages);
});

test.each([
  ['10.0.0.0/16', {}, 0],
  ['10.0.0.0/15', {}, 1],
  ['10.0.0.0/15', { maxPrefix4: 8 }, 0],
  ['8.0.0.0/5', {}, 0],
  ['52.0.0.0/8', {}, 0],
])('broad-private-cidr: %s with %j: %i', async (source, options, count) => {
  expect((await lintWithOptions(rule([source]), 'broad-private-cidr', options)).findings).toHaveLength(count);
});

test('all protocols from a network are no fewer ports than all of TCP', async () => {
  const rule = (source: string): string => `resource "aws_vpc_security_group_ingress_rule" "all" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "-1"
  ${source}
}
`;
  const messagesOf = async (source: string): Promise<readonly string[]> => {
    const { findings } = await lintFiles({ 'main.tf': rule(source) }, ['broad-port-range']);
    return findings.map(({ message }) => message);
  };
  expect(await messagesOf('cidr_ipv4 = "10.0.0.0/16"')).toEqual([
    'This rule opens all protocols and ports to 10.0.0.0/16 (limit: 100 ports).',
  ]);
  expect(await messagesOf('cidr_ipv4 = "10.0.0.7/32"')).toEqual([]);
  expect(await messagesOf('referenced_security_group_id = "sg-0123456789abcdef1"')).toEqual([]);
});
