/** Where unknown attributes are found, beyond what the fixtures show. */

import { expect, test } from '@jest/globals';
import { cite, type Files, lintFiles } from './lint-files.ts';

async function places(files: Files): Promise<string[]> {
  const { findings } = await lintFiles(files, ['unknown-attribute']);
  return findings.map((finding) => cite(finding).place);
}

test('in JSON syntax, where blocks look like attributes and "//" is a comment', async () => {
  const group = {
    '//': 'a comment',
    name: 'web',
    tagz: {},
    timeouts: { create: '5m' },
    lifecycle: { create_before_destroy: true },
  };
  const text = JSON.stringify({ resource: { aws_security_group: { web: group } } });
  expect(await places({ 'main.tf.json': text })).toEqual([`main.tf.json:1:${text.indexOf('"tagz"') + 1}`]);
});

test('in the content of a dynamic block that makes nothing', async () => {
  const text = `resource "aws_security_group" "web" {
  dynamic "ingress" {
    for_each = []
    content {
      portocol = "tcp"
    }
  }
}
`;
  expect(await places({ 'main.tf': text })).toEqual(['main.tf:5:7']);
});

test('once for all instances of a block', async () => {
  const text = `resource "aws_vpc_security_group_ingress_rule" "web" {
  count    = 3
  protocol = "tcp"
}
`;
  expect(await places({ 'main.tf': text })).toEqual(['main.tf:3:3']);
});

test('not among names that every object has', async () => {
  const text = `resource "aws_security_group" "web" {
  constructor {}
  ingress {
    toString = 1
  }
}
`;
  expect(await places({ 'main.tf': text })).toEqual(['main.tf:2:3', 'main.tf:4:5']);
});

test('in an object of its own, whatever the others have, and what it is meant for is not missing too', async () => {
  const peers =
    'ipv6_cidr_blocks = null, prefix_list_ids = null, security_groups = null, self = null, description = "a"';
  const object = (protocol: string): string =>
    `{ from_port = 22, to_port = 22, ${protocol} = "tcp", cidr_blocks = ["10.0.0.0/8"], ${peers} }`;
  const text = `resource "aws_security_group" "web" {
  ingress = [
    ${object('protocol')},
    ${object('portocol')},
  ]
}
`;
  const { findings } = await lintFiles({ 'main.tf': text }, ['unknown-attribute', 'invalid-protocol']);
  expect(findings.map(({ message }) => message)).toEqual([
    'The ingress rules of aws_security_group have no attribute "portocol", so Terraform ignores it; did you mean protocol?',
  ]);
});
