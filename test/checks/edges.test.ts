/** The last value that a check accepts, the first that it doesn't, and what it leaves to apply. */

import { describe, expect, test } from '@jest/globals';
import { lintFiles } from './lint-files.ts';

/** What a check says of a text: `found` or `undecided`, with the line. */
async function said(id: string, text: string): Promise<readonly string[]> {
  const variables = 'variable "x" {\n}\n';
  const { findings, undecided, problems } = await lintFiles({ 'main.tf': text, 'variables.tf': variables }, [id]);
  expect(problems).toEqual([]);
  return [...findings.map(({ message }) => message), ...undecided.map(({ because }) => `undecided: ${because.join()}`)];
}

const named = (name: string): string => `resource "aws_security_group" "a" {\n  ${name}\n  description = "A"\n}\n`;

const standalone = (type: string, lines: readonly string[]): string =>
  `resource "${type}" "a" {\n  security_group_id = "sg-1"\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;

const classic = (protocol: string, from: string, to: string): string =>
  standalone('aws_security_group_rule', [
    'type = "ingress"',
    `protocol = ${protocol}`,
    `from_port = ${from}`,
    `to_port = ${to}`,
    'cidr_blocks = ["10.0.0.0/8"]',
  ]);

describe('reserved-name', () => {
  test.each([
    [`name = "${'n'.repeat(255)}"`, 0],
    [`name = "${'n'.repeat(256)}"`, 1],
    [`name_prefix = "${'n'.repeat(229)}"`, 0],
    [`name_prefix = "${'n'.repeat(230)}"`, 1],
  ])('%s', async (name, count) => {
    expect(await said('reserved-name', named(name))).toHaveLength(count);
  });
});

describe('invalid-port-range', () => {
  test.each([
    ['a port -1 of an unknown protocol, which may be ICMP', classic('var.x', '-1', '-1'), []],
    ['a port -2 of an unknown protocol', classic('var.x', '-2', '-2'), ['undecided: var.x']],
    ['the last port', classic('"tcp"', '65535', '65535'), []],
  ])('%s', async (_, text, expected) => {
    expect(await said('invalid-port-range', text)).toEqual(expected);
  });

  test('the first that is none', async () => {
    expect(await said('invalid-port-range', classic('"tcp"', '65535', '65536'))).toHaveLength(1);
  });
});

describe('ignored-ports', () => {
  test.each([
    ['0', '65534', 1],
    ['0', '65535', 0],
    ['0', '65536', 0],
    ['2', '65535', 1],
  ])('every protocol with %s-%s', async (from, to, count) => {
    expect(await said('ignored-ports', classic('"-1"', from, to))).toHaveLength(count);
  });
});

describe('broad-port-range', () => {
  test('one unknown port', async () => {
    expect(await said('broad-port-range', classic('"tcp"', 'var.x', 'var.x'))).toEqual([]);
  });

  test('rules of which nothing is known', async () => {
    const text = `resource "aws_security_group" "a" {
  dynamic "ingress" {
    for_each = var.x
    content {
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = ["10.0.0.0/8"]
    }
  }
  ingress = var.x
}
`;
    expect(await said('broad-port-range', text)).toEqual(['undecided: var.x']);
  });
});

describe('conflicting-rules', () => {
  test.each([
    ['', 1],
    ['lifecycle {\n    ignore_changes = [tags]\n  }', 1],
    ['lifecycle {\n    ignore_changes = [ingress]\n  }', 0],
    ['lifecycle {\n    ignore_changes = [egress]\n  }', 1],
    ['lifecycle {\n    ignore_changes = all\n  }', 0],
  ])('a group with %j', async (lifecycle, count) => {
    const group = `resource "aws_security_group" "a" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["10.0.0.0/8"]
  }
  ${lifecycle}
}
`;
    const rule = classic('"tcp"', '443', '443').replace('"sg-1"', 'aws_security_group.a.id');
    expect(await said('conflicting-rules', group + rule)).toHaveLength(count);
  });
});
