/** Where the fix of a CIDR block is made. */

import { expect, test } from '@jest/globals';
import { applyFixes, type Files, lintFiles } from './lint-files.ts';

const rule = (source: string): string => `resource "aws_vpc_security_group_ingress_rule" "a" {
  security_group_id = "sg-1"
  ip_protocol       = "-1"
  cidr_ipv4         = ${source}
}
`;

const variable = (value = ''): string => `variable "x" {\n  type = string\n${value}}\n`;

async function fixed(files: Files): Promise<Files> {
  const { findings } = await lintFiles(files, ['invalid-cidr']);
  expect(findings).toHaveLength(1);
  return findings[0]!.fix === null ? {} : applyFixes(files, findings);
}

test('at the literal in the rule', async () => {
  expect(await fixed({ 'main.tf': rule('"10.1.2.3/8"') })).toEqual({ 'main.tf': rule('"10.0.0.0/8"') });
});

test('at the default of a variable', async () => {
  const before = variable('  default = "10.1.2.3/8"\n');
  const after = variable('  default = "10.0.0.0/8"\n');
  expect(await fixed({ 'main.tf': before + rule('var.x') })).toEqual({ 'main.tf': after + rule('var.x') });
});

test('in the variable file that gives the value', async () => {
  const main = variable() + rule('var.x');
  expect(await fixed({ 'main.tf': main, 'terraform.tfvars': 'x = "10.1.2.3/8"\n' })).toEqual({
    'main.tf': main,
    'terraform.tfvars': 'x = "10.0.0.0/8"\n',
  });
});

test("at the caller's argument", async () => {
  const call = (value: string): string => `module "sg" {\n  source = "./sg"\n  x      = ${value}\n}\n`;
  const sg = variable() + rule('var.x');
  expect(await fixed({ 'main.tf': call('"10.1.2.3/8"'), 'sg/main.tf': sg })).toEqual({
    'main.tf': call('"10.0.0.0/8"'),
    'sg/main.tf': sg,
  });
});

test('at each literal of a list', async () => {
  const list = (a: string, b: string): string => `variable "x" {\n  default = ["${a}", "192.168.0.0/16", "${b}"]\n}\n`;
  const rules = `resource "aws_security_group_rule" "a" {
  type              = "ingress"
  security_group_id = "sg-1"
  protocol          = "-1"
  cidr_blocks       = var.x
}
`;
  expect(await fixed({ 'main.tf': list('10.1.2.3/8', '172.16.5.0/12') + rules })).toEqual({
    'main.tf': list('10.0.0.0/8', '172.16.0.0/12') + rules,
  });
});

test.each([
  'join("/", ["10.1.2.3", "8"])',
  '"10.1.2.3/${4 + 4}"',
  'cidrhost("10.0.0.0/8", 5) == "" ? "" : "10.1.2.3${"/8"}"',
])('nowhere for %s, which is put together', async (source) => {
  expect(await fixed({ 'main.tf': rule(source) })).toEqual({});
});

test.each([
  ['10.0.0.0/2', false],
  ['192.168.1.1/0', false],
  ['10.0.0.1/6', false],
  ['10.1.2.3/7', false],
  ['10.1.2.3/8', true],
  ['172.16.5.0/12', true],
  ['52.1.2.3/6', true],
])('a private address becomes no block with public ones: %s', async (text, isFixed) => {
  expect(Object.keys(await fixed({ 'main.tf': rule(`"${text}"`) }))).toEqual(isFixed ? ['main.tf'] : []);
});

test('0::/0 is public however it is written', async () => {
  const text = rule('"0::/0"').replace('cidr_ipv4', 'cidr_ipv6');
  expect(await fixed({ 'main.tf': text })).toEqual({ 'main.tf': text.replace('0::/0', '::/0') });
});
