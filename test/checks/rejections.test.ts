/** What Terraform rejects: what is judged behind it, what it depends on, and where nothing is certain. */

import { expect, test } from '@jest/globals';
import { placeOf } from '../../src/source/position.ts';
import { lintFiles } from './lint-files.ts';

const ids = [
  'admin-port-open',
  'dependency-cycle',
  'failed-condition',
  'invalid-expression',
  'invalid-for-each',
  'invalid-value',
  'missing-argument',
  'undeclared-name',
  'wrong-type',
];

async function said(files: Readonly<Record<string, string>>): Promise<unknown> {
  const { findings, problems, undecided } = await lintFiles(files, ids);
  return [
    ...findings.map(({ check, span }) => `${check} ${placeOf(span)}`),
    ...problems.map(({ kind, span }) => `${kind} ${span && placeOf(span)}`),
    ...undecided.map(({ check, span }) => `undecided ${check} ${placeOf(span)}`),
  ].sort();
}

const ssh = (more: string): string =>
  `resource "aws_security_group_rule" "ssh" {\n${more}\n  security_group_id = "sg-0123456789abcdef0"\n  from_port = 22\n  to_port = 22\n}\n`;
const [type, protocol] = ['type = "ingress"', 'protocol = "tcp"'];
const open = 'cidr_blocks = ["0.0.0.0/0"]';

test.each([
  ['no brackets', `${ssh(`${type}\n${protocol}\ncidr_blocks = "0.0.0.0/0"`)}`, 'wrong-type main.tf:4:15', '4:15'],
  ['capitals', ssh(`type = "Ingress"\n${protocol}\n${open}`), 'invalid-value main.tf:2:8', '4:16'],
  ['no quotes', ssh(`type = ingress\n${protocol}\n${open}`), 'undeclared-name main.tf:2:8', '4:16'],
  ['no quotes there', ssh(`${type}\nprotocol = tcp\n${open}`), 'undeclared-name main.tf:3:12', '4:16'],
  [
    'a letter too many',
    `${ssh(`${type}\n${protocol}\ncidr_blocks = locals.all`)}locals {\n  all = ["0.0.0.0/0"]\n}\n`,
    'undeclared-name main.tf:4:15',
    '4:15',
  ],
])('what is open does not hide behind %s', async (_, text, rejected, place) => {
  expect(await said({ 'main.tf': text })).toEqual([`admin-port-open main.tf:${place}`, rejected]);
});

const module = `variable "name" {
  validation {
    condition     = var.name != "web"
    error_message = "Not web."
  }
}
variable "cidrs" {
  type = list(string)
}
variable "ports" {
  type = list(number)
}
${ssh(`${type}\n${protocol}\ncidr_blocks = var.cidrs\ndescription = "\${var.name} \${length(var.ports)}"`)}`;

test('in the arguments of a module call, once each', async () => {
  const call = 'module "m" {\n  source = "./m"\n  name = "web"\n  cidrs = "0.0.0.0/0"\n  port = 22\n}\n';
  expect(await said({ 'm/main.tf': module, 'main.tf': call })).toEqual([
    'admin-port-open main.tf:4:11',
    'failed-condition main.tf:3:10',
    'missing-argument main.tf:1:1',
    'undeclared-name main.tf:5:3',
    'wrong-type main.tf:4:11',
  ]);
});

test('a circle has the same place whatever the order of the blocks', async () => {
  const group = (name: string, other: string) =>
    `resource "aws_security_group" "${name}" {\n  name = "${name}"\n  ingress {\n    security_groups = [aws_security_group.${other}.id]\n  }\n}\n`;
  for (const [text, line] of [
    [group('a', 'b') + group('b', 'a'), 4],
    [group('b', 'a') + group('a', 'b'), 10],
  ] as const) {
    expect(await said({ 'main.tf': text })).toEqual([`dependency-cycle main.tf:${line}:24`]);
  }
});

test.each([
  ['another file of the module is broken', { 'other.tf': 'variable "x {' }],
  ['Terragrunt may write files', { 'terragrunt.hcl': '' }],
  ['a template may become a file', { 'variables.tf.tmpl': '' }],
])('names may be declared where %s', async (_, files) => {
  const text = ssh(`${type}\n${protocol}\ncidr_blocks = var.nowhere`);
  expect(await said({ 'main.tf': text, ...files })).not.toContainEqual(expect.stringMatching(/^undeclared-name/));
});

test.each([
  [
    'the branch that nobody knows to be taken',
    'variable "on" {\n  type = bool\n}\n',
    'var.on ? local.none[0] : ["10.0.0.0/8"]',
  ],
  ['what comes second', '', 'length(local.none) > 0 && local.none[0] == "" ? [] : ["10.0.0.0/8"]'],
  ['a default that is too short', 'variable "cidrs" {\n  default = []\n}\n', '[var.cidrs[0]]'],
  ['a file that may be written first', '', 'jsondecode(file("cidrs.json"))'],
])('nothing is certain of %s', async (_, more, cidrs) => {
  const text = `${ssh(`${type}\n${protocol}\ncidr_blocks = ${cidrs}`)}locals {\n  none = []\n}\n${more}`;
  expect(await said({ 'main.tf': text })).not.toContainEqual(expect.stringMatching(/^invalid-expression/));
});

test('a long circle names its first addresses, and counts the others', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `l${index}`);
  const locals = names.map((name, index) => `  ${name} = local.${names[(index + 1) % 8]}\n`).join('');
  const text = `${ssh(`${type}\n${protocol}\ncidr_blocks = local.l0`)}locals {\n${locals}}\n`;
  const { findings } = await lintFiles({ 'main.tf': text }, ['dependency-cycle']);
  expect(findings.map(({ message }) => message)).toEqual([
    'local.l0, local.l1, local.l2, local.l3, local.l4, local.l5 and 2 more depend on each other, so Terraform rejects the configuration (Cycle).',
  ]);
});

test('a Terraform before 0.12 takes what newer ones reject', async () => {
  const text = `terraform {\n  required_version = "< 0.12"\n}\n${ssh(`${type}\n${protocol}\ncidr_blocks = "0.0.0.0/0"`)}`;
  expect(await said({ 'main.tf': text })).toEqual(['admin-port-open main.tf:7:15', 'evaluation main.tf:7:15']);
});

test('a block of tags is of such a Terraform', async () => {
  const text = `resource "aws_vpc" "main" {\n  tags {\n    Name = "main"\n  }\n}\n${ssh(`${type}\n${protocol}\ncidr_blocks = "0.0.0.0/0"`)}`;
  expect(await said({ 'main.tf': text })).toEqual(['admin-port-open main.tf:9:15', 'evaluation main.tf:9:15']);
});

test('an output that a module may lack', async () => {
  const cidrs = 'try(module.m.cidrs, module.m.none ? [] : ["0.0.0.0/0"], ["0.0.0.0/0"])';
  const text = `module "m" {\n  source = "./m"\n}\n${ssh(`${type}\n${protocol}\ncidr_blocks = ${cidrs}`)}`;
  expect(await said({ 'm/main.tf': 'output "a" {\n  value = 1\n}\n', 'main.tf': text })).toEqual([
    expect.stringMatching(/^admin-port-open main\.tf:7:/),
  ]);
});

test('names may be declared where Terragrunt is configured beside the folders of modules', async () => {
  const text = ssh(`${type}\n${protocol}\ncidr_blocks = var.nowhere`);
  const found = (more: Readonly<Record<string, string>>) => said({ 'aws/eks/main.tf': text, ...more });
  for (const path of ['env/terragrunt.hcl', 'aws/root.hcl', 'aws/live/terragrunt.hcl']) {
    expect(await found({ [path]: '' })).not.toContainEqual(expect.stringMatching(/^undeclared-name/));
  }
  expect(await found({ 'other/live/terragrunt.hcl': '' })).toContainEqual('undeclared-name aws/eks/main.tf:4:15');
});

test('in JSON syntax as in any other, but in what the schema alone makes blocks', async () => {
  const rule = {
    type: 'ingress',
    security_group_id: '${aws_security_group.none.id}',
    cidr_blocks: ['${var.nowhere}'],
    lifecycle: { postcondition: { condition: '${self.id != ""}', error_message: 'x' } },
  };
  const group = { name: 'a', tags: { other: '${aws_security_group.b.id}' } };
  const resource = { aws_security_group_rule: { r: rule }, aws_security_group: { a: group } };
  const found = await said({ 'main.tf.json': JSON.stringify({ resource }, undefined, 1) });
  expect(found).toEqual([
    'undeclared-name main.tf.json:22:18',
    'undeclared-name main.tf.json:6:29',
    'undeclared-name main.tf.json:8:9',
  ]);
});

test('a file whose name ends in .tf.json is of the configuration, not what makes it', async () => {
  const text = ssh(`${type}\n${protocol}\ncidr_blocks = var.nowhere`);
  expect(await said({ 'main.tf': text, 'more.tf.json': '{}' })).toContainEqual('undeclared-name main.tf:4:15');
});

test('an index of a module that is called once', async () => {
  const called = 'output "cidrs" {\n  value = ["10.0.0.0/8"]\n}\n';
  const using = (reference: string) =>
    `module "m" {\n  source = "./m"\n}\n${ssh(`${type}\n${protocol}\ncidr_blocks = ${reference}`)}`;
  const files = (reference: string) => ({ 'm/main.tf': called, 'main.tf': using(reference) });
  expect(await said(files('module.m[0].cidrs'))).toEqual(['invalid-expression main.tf:7:15']);
  expect(await said(files('module.m["none"]'))).toEqual(['undeclared-name main.tf:7:15']);
  expect(await said(files('module.m["cidrs"]'))).toEqual([]);
  expect(await said(files('try(module.m[0].cidrs, ["10.0.0.0/8"])'))).toEqual([]);
});

test('JSON syntax has dynamic blocks without names', async () => {
  const dynamic = {
    ingress: { for_each: [22], content: { from_port: '${ingress.value}', to_port: '${ingress.value}' } },
  };
  const text = JSON.stringify({ resource: { aws_security_group: { a: { name: 'a', dynamic } } } });
  expect(await said({ 'main.tf.json': text })).toEqual([]);
});

test('in what takes groups, where the name is written', async () => {
  const instance = (groups: string) =>
    `resource "aws_instance" "a" {\n  ami = "ami-0123456789abcdef0"\n  vpc_security_group_ids = [${groups}]\n  dynamic "network_interface" {\n    for_each = ["sg-0123456789abcdef0"]\n    content {\n      security_groups = [network_interface.value]\n    }\n  }\n}\n`;
  const text = `${instance('aws_security_group.g[0].id, module.m.group')}resource "aws_security_group" "g" {\n  name = "g"\n}\nmodule "m" {\n  source = "./m"\n}\n`;
  const called = 'output "group_id" {\n  value = "sg-0123456789abcdef0"\n}\n';
  expect(await said({ 'm/main.tf': called, 'main.tf': text })).toEqual([
    'undeclared-name main.tf:3:29',
    'undeclared-name main.tf:3:57',
  ]);
});
