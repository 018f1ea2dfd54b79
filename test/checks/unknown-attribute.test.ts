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
