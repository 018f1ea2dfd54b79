/** Rules written as objects of an attribute: what Terraform says where one lacks something. */

import { expect, test } from '@jest/globals';
import { placeOf } from '../../src/source/position.ts';
import { lintFiles } from '../checks/lint-files.ts';

const whole =
  'from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = ["10.0.0.0/8"], ipv6_cidr_blocks = null, prefix_list_ids = null, security_groups = null, self = null, description = null';

async function said(ingress: string, more = ''): Promise<unknown> {
  const text = `resource "aws_security_group" "a" {\n  ingress = ${ingress}\n}\n${more}`;
  const { findings, problems } = await lintFiles({ 'main.tf': text }, ['incomplete-rule-object']);
  return [...findings, ...problems].map(({ message, span }) => [span && placeOf(span), message]);
}

const missing = (attributes: string): string =>
  `Inappropriate value for "ingress": ${attributes} required, so Terraform rejects the group: set every attribute in each rule of the list, to null where it is not used.`;

test.each([
  [`[{ ${whole} }]`, []],
  [`[{ ${whole}, extra = 1 }]`, []],
  [`[{ ${whole.replace(', description = null', '')} }]`, [['main.tf:2:14', missing('attribute "description" is')]]],
  [
    `[{ ${whole} }, { ${whole.replace('protocol', 'portocol').replace('self = null, ', '')} }]`,
    [[`main.tf:2:${18 + whole.length + 2}`, missing('attributes "protocol" and "self" are')]],
  ],
  [
    '[{ from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = ["0.0.0.0/0"] }]',
    [
      [
        'main.tf:2:14',
        missing('attributes "description", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups", and "self" are'),
      ],
    ],
  ],
  ['[tomap({ from_port = "1" })]', [['main.tf:2:20', missing('object')]]],
])('%s', async (ingress, expected) => {
  expect(await said(ingress)).toEqual(expected);
});

test('at the expression where the objects come from elsewhere', async () => {
  const variable = 'variable "rules" {\n  default = [{ from_port = 22 }]\n}\n';
  expect(await said('var.rules', variable)).toEqual([
    ['main.tf:2:13', expect.stringMatching(/^Inappropriate value for "ingress": attributes "cidr_blocks", /)],
  ]);
});

test('JSON syntax has no blocks there either', async () => {
  const ingress = [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'] }];
  const text = JSON.stringify({ resource: { aws_security_group: { a: { ingress } } } });
  const report = await lintFiles({ 'main.tf.json': text }, ['incomplete-rule-object']);
  expect(report.findings.map(({ message }) => message)).toEqual([
    missing('attributes "description", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups", and "self" are'),
  ]);
});
