/** Where the fix of a CIDR block is made. */

import { expect, test } from '@jest/globals';
import type { Finding } from '../../src/findings/finding.ts';
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

/** The text after each of the suggestions of its only finding, which has no fix. */
async function suggested(text: string): Promise<readonly string[]> {
  const { findings } = await lintFiles({ 'main.tf': text }, ['invalid-cidr']);
  expect(findings).toHaveLength(1);
  const [finding] = findings as [Finding];
  expect(finding.fix).toBeNull();
  return finding.suggestions.map((fix) => applyFixes({ 'main.tf': text }, [{ ...finding, fix }])['main.tf']!);
}

test('at the literal in the rule', async () => {
  expect(await fixed({ 'main.tf': rule('"10.0.0.0/08"') })).toEqual({ 'main.tf': rule('"10.0.0.0/8"') });
});

test('at the default of a variable', async () => {
  const before = variable('  default = "10.0.0.0/08"\n');
  const after = variable('  default = "10.0.0.0/8"\n');
  expect(await fixed({ 'main.tf': before + rule('var.x') })).toEqual({ 'main.tf': after + rule('var.x') });
});

test('in the variable file that gives the value', async () => {
  const main = variable() + rule('var.x');
  expect(await fixed({ 'main.tf': main, 'terraform.tfvars': 'x = "10.0.0.0/08"\n' })).toEqual({
    'main.tf': main,
    'terraform.tfvars': 'x = "10.0.0.0/8"\n',
  });
});

test("at the caller's argument", async () => {
  const call = (value: string): string => `module "sg" {\n  source = "./sg"\n  x      = ${value}\n}\n`;
  const sg = variable() + rule('var.x');
  expect(await fixed({ 'main.tf': call('"10.0.0.0/08"'), 'sg/main.tf': sg })).toEqual({
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
  expect(await fixed({ 'main.tf': list('10.0.0.0/08', '172.16.0.0/012') + rules })).toEqual({
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
  ['10.1.2.3/8', ['10.1.2.3/32', '10.0.0.0/8']],
  ['172.16.5.0/12', ['172.16.5.0/32', '172.16.0.0/12']],
  ['52.1.2.3/6', ['52.1.2.3/32', '52.0.0.0/6']],
  ['::ffff:10.1.2.3/104', ['10.1.2.3/32', '10.0.0.0/8']],
  // A private address becomes no block with public ones.
  ['10.0.0.0/2', ['10.0.0.0/32']],
  ['192.168.1.1/0', ['192.168.1.1/32']],
  ['10.0.0.1/6', ['10.0.0.1/32']],
  ['10.1.2.3/7', ['10.1.2.3/32']],
])('host bits have no fix but suggestions, the narrowest first: %s', async (text, written) => {
  expect(await suggested(rule(`"${text}"`))).toEqual(written.map((block) => rule(`"${block}"`)));
});

test('host bits of IPv6 are suggested away alike', async () => {
  const ipv6 = (text: string): string => rule(`"${text}"`).replace('cidr_ipv4', 'cidr_ipv6');
  expect(await suggested(ipv6('2001:DB8::1/32'))).toEqual([ipv6('2001:db8::1/128'), ipv6('2001:db8::/32')]);
});

test('no suggestion is made where the text is put together, or of the other family', async () => {
  expect(await suggested(rule('"10.1.2.3/${4 + 4}"'))).toEqual([]);
  expect(await suggested(rule('"2001:db8::1/32"'))).toEqual([]);
  expect(await suggested(rule('"::ffff:10.1.2.3/104"').replace('cidr_ipv4', 'cidr_ipv6'))).toEqual([]);
});

test('values of several literals are suggested away together', async () => {
  const rules = (a: string, b: string): string =>
    rule('each.value').replace('  ip_protocol', `  for_each          = { a = "${a}", b = "${b}" }\n  ip_protocol`);
  expect(await suggested(rules('10.1.2.3/8', '192.168.5.5/16'))).toEqual([
    rules('10.1.2.3/32', '192.168.5.5/32'),
    rules('10.0.0.0/8', '192.168.0.0/16'),
  ]);
  // What has one suggestion has no second; what has a safe fix takes part.
  expect(await suggested(rules('10.1.2.3/8', '10.0.0.0/2'))).toEqual([rules('10.1.2.3/32', '10.0.0.0/32')]);
  expect(await suggested(rules('10.1.2.3/8', '10.0.0.0/08'))).toEqual([
    rules('10.1.2.3/32', '10.0.0.0/8'),
    rules('10.0.0.0/8', '10.0.0.0/8'),
  ]);
  // What can't be fixed at all takes the others with it.
  expect(await suggested(rules('10.1.2.3/8', 'my-office'))).toEqual([]);
});

test('0::/0 is public however it is written', async () => {
  const text = rule('"0::/0"').replace('cidr_ipv4', 'cidr_ipv6');
  expect(await fixed({ 'main.tf': text })).toEqual({ 'main.tf': text.replace('0::/0', '::/0') });
});
