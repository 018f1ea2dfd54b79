/** Worlds with every check on: a narrower check speaks in the worlds where a wider one has nothing to say. */

import { expect, test } from '@jest/globals';
import { lintFiles } from '../checks/lint-files.ts';

const rule = (ports: string): string => `
variable "port" {
  type = string
}

resource "aws_security_group" "bastion" {
  name        = "bastion"
  description = "Bastion"

  dynamic "ingress" {
    for_each = ${ports}
    content {
      description = "Administration"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
`;

test.each([
  ['var.port == "ssh" ? [22] : []', ['admin-port-open Where var.port is "ssh": 0.0.0.0/0 opens SSH (22/tcp)']],
  [
    'var.port == "ssh" ? [22] : [5432]',
    [
      'admin-port-open Where var.port is "ssh": 0.0.0.0/0 opens SSH (22/tcp)',
      'data-port-open Where var.port is not "ssh": 0.0.0.0/0 opens PostgreSQL (5432/tcp)',
    ],
  ],
  ['var.port == "web" ? [80] : []', []],
])('ports of %s', async (ports, expected) => {
  const { findings, undecided } = await lintFiles({ 'main.tf': rule(ports) });
  const said = expected.map((each) => `${each} to the whole IPv4 internet.`);
  expect(findings.map(({ check, message }) => `${check} ${message}`)).toEqual(said);
  expect(undecided).toEqual([]);
});
