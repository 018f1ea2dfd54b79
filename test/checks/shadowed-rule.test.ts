/** Shadowed rules across modules, and which of several rules go. */

import { describe, expect, test } from '@jest/globals';
import { placeOf } from '../../src/source/position.ts';
import { cite, lintFiles } from './lint-files.ts';

const rule = (name: string, ports: string, source: string): string => `resource "aws_security_group_rule" "${name}" {
  type              = "ingress"
  security_group_id = aws_security_group.a.id
  protocol          = "tcp"
  from_port         = ${ports.split('-')[0]}
  to_port           = ${ports.split('-').at(-1)}
  cidr_blocks       = ${source}
}
`;

const group = 'resource "aws_security_group" "a" {}\n';

const placesIn = async (files: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
  const { findings } = await lintFiles(files, ['shadowed-rule']);
  return findings.map((finding) => [
    cite(finding).place,
    finding.subject,
    ...finding.related.map(({ span }) => placeOf(span)),
  ]);
};

test('of rules that shadow one another the widest stays', async () => {
  const text = `${group}${rule('whole', '1-15', '["10.0.0.0/8"]')}${rule('low', '1-10', '["10.0.0.0/8"]')}${rule('high', '5-15', '["10.0.0.0/8"]')}`;
  expect(await placesIn({ 'main.tf': text })).toEqual([
    ['main.tf:10:1', 'aws_security_group_rule.low', 'main.tf:2:1'],
    ['main.tf:18:1', 'aws_security_group_rule.high', 'main.tf:2:1'],
  ]);
});

test("stands at the caller's argument that makes the difference", async () => {
  const sg = `variable "wide" {}\nvariable "narrow" {}\n${group}${rule('wide', '443', 'var.wide')}${rule('narrow', '443', 'var.narrow')}`;
  const main = 'module "sg" {\n  source = "./sg"\n  wide   = ["10.0.0.0/8"]\n  narrow = ["10.1.0.0/16"]\n}\n';
  expect(await placesIn({ 'main.tf': main, 'sg/main.tf': sg })).toEqual([
    ['main.tf:4:13', 'module.sg.aws_security_group_rule.narrow', 'main.tf:3:13', 'sg/main.tf:18:23'],
  ]);
});

test('stands at the rule where the module alone makes the difference', async () => {
  const sg = `variable "from" {}\n${group}${rule('wide', '0-1024', 'var.from')}${rule('narrow', '443', 'var.from')}`;
  const main = 'module "sg" {\n  source = "./sg"\n  from   = ["10.0.0.0/8"]\n}\n';
  const [finding] = await placesIn({ 'main.tf': main, 'sg/main.tf': sg });
  expect(finding).toEqual(expect.arrayContaining(['sg/main.tf:11:1', 'module.sg.aws_security_group_rule.narrow']));
});

test('stands at the module call that the other rules do not come by', async () => {
  const one = (ports: string): string => `variable "group" {}
resource "aws_security_group_rule" "a" {
  type              = "ingress"
  security_group_id = var.group
  protocol          = "${ports === '0' ? '-1' : 'tcp'}"
  from_port         = ${ports}
  to_port           = ${ports}
  cidr_blocks       = ["10.0.0.0/8"]
}
`;
  const call = (name: string): string =>
    `module "${name}" {\n  source = "./${name}"\n  group  = aws_security_group.a.id\n}\n`;
  const files = { 'main.tf': group + call('all') + call('ssh'), 'all/main.tf': one('0'), 'ssh/main.tf': one('22') };
  expect(await placesIn(files)).toEqual([
    ['main.tf:6:1', 'module.ssh.aws_security_group_rule.a', 'main.tf:2:1', 'ssh/main.tf:2:1'],
  ]);
});

describe('in a module that makes rules of lists', () => {
  const sg = `variable "ports" {}
variable "rules" { default = [] }
${group}resource "aws_security_group_rule" "by_port" {
  count             = length(var.ports)
  type              = "ingress"
  security_group_id = aws_security_group.a.id
  protocol          = "tcp"
  from_port         = { http = 80, web = 443 }[var.ports[count.index]]
  to_port           = { http = 80, web = 443 }[var.ports[count.index]]
  cidr_blocks       = ["10.0.0.0/8"]
}
resource "aws_security_group_rule" "by_object" {
  count             = length(var.rules)
  type              = "ingress"
  security_group_id = aws_security_group.a.id
  description       = lookup(var.rules[count.index], "description", "Something")
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.0.0.0/7"]
}
`;
  const call = (source: string): string => `module "sg" {
  source = "${source}"
  ports  = ["http", "web"]
  rules  = [{ description = "HTTPS" }]
}
`;

  test("stands at the caller's list, where the rule has nothing else from the caller", async () => {
    expect(await placesIn({ 'main.tf': call('./sg'), 'sg/main.tf': sg })).toEqual([
      ['main.tf:3:12', 'module.sg.aws_security_group_rule.by_port', 'main.tf:4:29', 'sg/main.tf:5:23'],
    ]);
  });

  test('stands there for downloaded modules too', async () => {
    const installed = '{"Modules":[{"Key":"sg","Source":"registry.terraform.io/a/b/c","Dir":".terraform/modules/sg"}]}';
    const files = {
      'main.tf': call('a/b/c'),
      '.terraform/modules/modules.json': installed,
      '.terraform/modules/sg/main.tf': sg,
    };
    expect((await placesIn(files)).map((places) => (places as string[])[0])).toEqual(['main.tf:3:12']);
  });
});

test('a rule beside one that opens the port to everybody stays, and one beside what everybody may reach goes', async () => {
  const open = `${group}${rule('api', '8000', '["10.20.0.0/16"]')}${rule('debug', '0-65535', '["0.0.0.0/0"]')}`;
  expect(await placesIn({ 'main.tf': open })).toEqual([]);
  const web = `${group}${rule('inner', '443', '["10.20.0.0/16"]')}${rule('all', '443', '["0.0.0.0/0"]')}`;
  expect(await placesIn({ 'main.tf': web })).toEqual([
    ['main.tf:2:1', 'aws_security_group_rule.inner', 'main.tf:10:1'],
  ]);
});
