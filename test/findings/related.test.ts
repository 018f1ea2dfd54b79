/** The places behind a finding. */

import { expect, test } from '@jest/globals';
import { textOf } from '../../src/source/span.ts';
import { lintFiles } from '../checks/lint-files.ts';

const relatedOf = async (text: string) => {
  const { findings } = await lintFiles({ 'main.tf': text }, ['admin-port-open']);
  expect(findings).toHaveLength(1);
  return findings[0]!.related.map(({ message, span, isSource }) => [message, textOf(span), isSource ?? false]);
};

const rule = (values: string): string => `resource "aws_security_group_rule" "a" {
  for_each          = ${values}
  type              = "ingress"
  security_group_id = "sg-1"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = each.value.from
}
`;

test('a declaration that a value came through is one place, and its literal is marked', async () => {
  const locals = `locals {
  groups = { dc = { ssh = { from = ["0.0.0.0/0"] } } }
  rules  = merge([for g, v in local.groups : { for k, r in v : "\${g}-\${k}" => merge(r, { name = k }) }]...)
}
`;
  expect(await relatedOf(locals + rule('local.rules'))).toEqual([
    ['"for_each" of aws_security_group_rule.a', 'local.rules', false],
    ['local.rules', 'local.groups', false],
    ['local.groups', '"0.0.0.0/0"', true],
  ]);
});

test('a value that is written out in the rule has nothing behind it', async () => {
  expect(await relatedOf(rule('{ ssh = { from = [] } }').replace('each.value.from', '["0.0.0.0/0"]'))).toEqual([]);
});
