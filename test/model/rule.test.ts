/** What a rule lets through and which group owns it, as far as that is known. */

import { expect, test } from '@jest/globals';
import { mostTrafficOf, trafficOf } from '../../src/model/rule.ts';
import { formatTraffic } from '../../src/network/traffic.ts';
import { modelOf } from './model-of.ts';

const rule = (lines: readonly string[]): string =>
  `variable "x" {
  type = number
}
resource "aws_security_group" "g" {
}
resource "aws_vpc_security_group_ingress_rule" "r" {
  cidr_ipv4 = "10.0.0.0/8"
${lines.map((line) => `  ${line}\n`).join('')}}
`;

test.each([
  ['"tcp"', 'var.x', 'waits for var.x'],
  ['"50"', 'var.x', 'traffic'],
  ['"-1"', 'var.x', 'traffic'],
  ['"icmpv6"', 'var.x', 'waits for var.x'],
  ['"icmp"', 'var.x', 'waits for var.x'],
  ['"tcp"', '22', 'traffic'],
  ['"tcp"', '21', 'invalid'],
  ['"nothing"', '22', 'invalid'],
])('protocol %s from port 22 to %s: %s', async (protocol, to, expected) => {
  const text = rule(['security_group_id = "sg-1"', `ip_protocol = ${protocol}`, 'from_port = 22', `to_port = ${to}`]);
  const traffic = trafficOf((await modelOf({ 'main.tf': text })).rules[0]!);
  const names =
    traffic.kind === 'unknown' ? `waits for ${traffic.reasons.map(({ name }) => name).join()}` : traffic.kind;
  expect(names).toBe(expected);
});

test.each([
  ['"50"', 'traffic'],
  ['"-1"', 'traffic'],
  ['"tcp"', 'unknown'],
  ['"58"', 'unknown'],
])('protocol %s with unknown ports: %s', async (protocol, expected) => {
  const text = rule([
    'security_group_id = "sg-1"',
    `ip_protocol = ${protocol}`,
    'from_port = var.x',
    'to_port = var.x',
  ]);
  expect(trafficOf((await modelOf({ 'main.tf': text })).rules[0]!).kind).toBe(expected);
});

test.each([
  ['"icmpv6"', '137', 'ICMPv6 redirect'],
  ['"icmp"', '8', 'ICMP echo request'],
  ['"icmp"', '-1', 'ICMP'],
  ['"icmp"', '300', 'ICMP'],
  ['"tcp"', '22', 'TCP'],
  ['var.x', '22', 'all traffic'],
])('the most that protocol %s can be from %s to what is not known: %s', async (protocol, from, expected) => {
  const lines = ['security_group_id = "sg-1"', `ip_protocol = ${protocol}`, `from_port = ${from}`, 'to_port = var.x'];
  expect(formatTraffic(mostTrafficOf((await modelOf({ 'main.tf': rule(lines) })).rules[0]!))).toBe(expected);
});

test.each([
  ['aws_security_group.g.id', 'group'],
  ['aws_security_group.g.arn', 'unknown'],
  ['aws_security_group.g.vpc_id', 'unknown'],
  ['aws_vpc.none.id', 'unknown'],
  ['"sg-1"', 'id'],
])('security_group_id = %s: %s', async (id, expected) => {
  const text = rule([`security_group_id = ${id}`, 'ip_protocol = "-1"']);
  expect((await modelOf({ 'main.tf': text })).rules[0]!.owner.kind).toBe(expected);
});
