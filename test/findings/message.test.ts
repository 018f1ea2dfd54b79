/** Several messages of one check at one place. */

import { expect, test } from '@jest/globals';
import { joinMessages } from '../../src/findings/message.ts';
import { lintFiles } from '../checks/lint-files.ts';

test.each([
  [['A is open.'], 'A is open.'],
  [['A is open.', 'A is open.'], 'A is open.'],
  [['A is open.', 'B is open.', 'A is open.'], 'A is open. B is open.'],
  [['If this rule exists (var.on decides): A is open.', 'A is open.'], 'A is open.'],
  [['C.', 'A.', 'B.'], 'C. 2 more findings of this check are at this place.'],
  [Array.from({ length: 1001 }, (_, index) => `${index}.`), '0. 1,000 more findings of this check are at this place.'],
])('%j', (messages, joined) => {
  expect(joinMessages(messages)).toBe(joined);
});

const rule = (name: string, from: number, to: number): string => `
resource "aws_vpc_security_group_ingress_rule" "${name}" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = ${from}
  to_port           = ${to}
  cidr_ipv4         = var.cidr
}
`;

const call = 'module "sg" {\n  source = "./sg"\n  cidr   = "10.0.0.0/33"\n}\n';

test("rules that a caller's value is at fault in are one finding, which tells of each", async () => {
  const sg = `variable "cidr" {}\n${rule('a', 22, 22)}${rule('b', 3306, 3306)}`;
  const messages = async (cidr: string, id: string) => {
    const files = { 'main.tf': call.replace('10.0.0.0/33', cidr), 'sg/main.tf': sg };
    return (await lintFiles(files, [id])).findings.map(({ message }) => message);
  };
  // One message for the same fault in both.
  expect(await messages('10.0.0.0/33', 'invalid-cidr')).toEqual([
    '"10.0.0.0/33" is not a CIDR block, so Terraform rejects the rule: /33 is not a prefix length from 0 to 32.',
  ]);
  expect(await messages('10.0.0.0/8', 'broad-private-cidr')).toHaveLength(1);
});

test('messages that differ at one place are told together', async () => {
  const sg = `variable "ports" {}
${rule('a', 1, 2).replace('= 1\n', '= var.ports[0]\n').replace('= 2\n', '= var.ports[1]\n').replace('var.cidr', '"10.0.0.0/8"')}
${rule('b', 1, 2).replace('= 1\n', '= var.ports[0]\n').replace('= 2\n', '= var.ports[1]\n').replace('var.cidr', '"172.16.0.0/12"')}`;
  const main = 'module "sg" {\n  source = "./sg"\n  ports  = [9000, 9200]\n}\n';
  const { findings } = await lintFiles({ 'main.tf': main, 'sg/main.tf': sg }, ['broad-port-range']);
  expect(findings.map(({ message }) => message)).toEqual([
    'This rule opens ports 9000-9200/tcp (9000 ClickHouse, 9042 Cassandra, 9090 Prometheus and 198 more ports) to 10.0.0.0/8: 201 ports (limit: 100). This rule opens ports 9000-9200/tcp (9000 ClickHouse, 9042 Cassandra, 9090 Prometheus and 198 more ports) to 172.16.0.0/12: 201 ports (limit: 100).',
  ]);
});
