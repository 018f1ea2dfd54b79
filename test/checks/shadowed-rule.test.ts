/** Shadowed rules across modules, and which of several rules go. */

import { expect, test } from '@jest/globals';
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
