/** Security groups of the awscc provider are groups and rules like any others. */

import { expect, test } from '@jest/globals';
import { placeOf } from '../../src/source/position.ts';
import { lintFiles } from '../checks/lint-files.ts';

const files = {
  'main.tf': `
resource "awscc_ec2_security_group" "g" {
  group_description = "G"
  security_group_ingress = [{
    ip_protocol = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_ip     = "0.0.0.0/0"
  }]
}

resource "awscc_ec2_security_group_ingress" "r" {
  group_id    = awscc_ec2_security_group.g.group_id
  ip_protocol = "tcp"
  from_port   = 3389
  to_port     = 3389
  cidr_ipv_6  = "::/0"
}

resource "awscc_ec2_security_group_ingress" "own" {
  group_id                 = awscc_ec2_security_group.g.id
  ip_protocol              = "tcp"
  from_port                = 8443
  to_port                  = 8443
  source_security_group_id = awscc_ec2_security_group.g.group_id
}

resource "awscc_ec2_security_group_egress" "none" {
  group_id    = awscc_ec2_security_group.g.id
  ip_protocol = "-1"
}
`,
};

test('what they open is found, and they have no problems', async () => {
  const { findings, problems } = await lintFiles(files, ['admin-port-open', 'missing-source', 'conflicting-rules']);
  expect(problems).toEqual([]);
  expect(findings.map(({ check, message }) => [check, message])).toEqual([
    ['admin-port-open', '0.0.0.0/0 opens SSH (22/tcp) to the whole IPv4 internet.'],
    ['admin-port-open', '::/0 opens RDP (3389/tcp) to the whole IPv6 internet.'],
    ['missing-source', 'The egress rule has no destination, so Terraform creates no rule: it allows nothing.'],
  ]);
});

test('a rule belongs to its group by each name of the identifier', async () => {
  const { findings } = await lintFiles(files, ['unused-group', 'not-a-group-id']);
  expect(findings.map(({ check }) => check)).toEqual(['unused-group']);
});

test('their arguments are those of the provider, whose objects are no blocks', async () => {
  const text = `
resource "awscc_ec2_security_group" "none" {
}

resource "awscc_ec2_security_group" "wrong" {
  group_description = "Web servers"
  description       = "Web servers"
  tags              = { Name = "web" }
  security_group_ingress {
    ip_protocol = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_ip     = "0.0.0.0/0"
  }
  security_group_egress = [{
    protocol    = "tcp"
    ip_protocol = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_ip     = "10.0.0.0/8"
  }]
}

resource "awscc_ec2_security_group_egress" "none" {
  ip_protocol = "tcp"
  from_port   = 443
  to_port     = 443
  cidr_ip     = awscc_ec2_security_group.wrong.cidr
}
`;
  const ids = ['admin-port-open', 'missing-group-description', 'unknown-attribute'];
  const rejections = ['invalid-expression', 'missing-argument', 'wrong-type'];
  const { findings, problems } = await lintFiles({ 'main.tf': text }, [...ids, ...rejections]);
  expect(problems).toEqual([]);
  expect(findings.map(({ check, span }) => `${placeOf(span)} ${check}`)).toEqual([
    'main.tf:2:1 missing-argument',
    'main.tf:7:3 unknown-attribute',
    'main.tf:8:23 wrong-type',
    'main.tf:9:3 unknown-attribute',
    'main.tf:13:19 admin-port-open',
    'main.tf:16:5 unknown-attribute',
    'main.tf:24:1 missing-argument',
    'main.tf:28:17 invalid-expression',
  ]);
});
