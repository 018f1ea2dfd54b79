/** What conditions answer: yes at a place, nothing for no, and what an unknown answer depends on. */

import { describe, expect, test } from '@jest/globals';
import { answers, lintWith, ruleText, standaloneRule } from './rule-text.ts';

const ingress = (cidrs: string, ports = 'from_port = 22\n    to_port = 22\n    protocol = "tcp"') => `
variable "office" { type = string }
variable "port" { type = number }
resource "aws_security_group" "app" {
  name = "shop-app"
}
resource "aws_security_group" "db" {
  name = "db"
  tags = { tier = "data" }
  ingress {
    ${ports}
    ${cidrs}
  }
}
`;

const blocks = (...texts: readonly string[]) =>
  ingress(`cidr_blocks = [${texts.map((text) => (text.startsWith('var.') ? text : `"${text}"`)).join(', ')}]`);

describe('sources', () => {
  test.each<[string, string, readonly string[]]>([
    ['within(rule.sources, "10.0.0.0/8")', blocks('10.1.0.0/16'), ['"10.1.0.0/16"']],
    ['within(rule.sources, ["10.0.0.0/9", "10.128.0.0/9"])', blocks('10.0.0.0/8'), ['"10.0.0.0/8"']],
    ['!within(rule.sources, "10.0.0.0/8")', blocks('10.1.0.0/16', '192.168.0.0/16'), ['"192.168.0.0/16"']],
    ['overlaps(rule.sources, "internet")', blocks('10.0.0.0/8'), []],
    ['overlaps(rule.sources, "internet")', blocks('0.0.0.0/1', '128.0.0.0/1'), ['"0.0.0.0/1"', '"128.0.0.0/1"']],
    ['overlaps(rule.sources, "private")', blocks('0.0.0.0/0'), ['"0.0.0.0/0"']],
    ['overlaps(rule.sources, "internet")', blocks('var.office'), ['? var.office']],
    ['overlaps(rule.sources, "0.0.0.0/0")', blocks('var.office'), ['var.office']],
    ['!within(rule.sources, "10.0.0.0/8")', blocks('var.office', '192.0.2.0/24'), ['"192.0.2.0/24"']],
    [
      'within(rule.sources, "*-app")',
      ingress('security_groups = [aws_security_group.app.id]'),
      ['aws_security_group.app.id'],
    ],
    [
      'within(rule.sources, "aws_security_group.app")',
      ingress('security_groups = [aws_security_group.app.id]'),
      ['aws_security_group.app.id'],
    ],
    ['within(rule.sources, ["*-web", "private"])', ingress('security_groups = [aws_security_group.app.id]'), []],
    ['within(rule.sources, "groups")', ingress('security_groups = ["sg-0123"]'), ['"sg-0123"']],
    ['within(rule.sources, "self")', ingress('self = true'), ['true']],
    ['within(rule.sources, "*-app")', ingress('security_groups = [var.office]'), ['? var.office']],
    ['overlaps(rule.sources, "10.0.0.0/8")', ingress('prefix_list_ids = ["pl-0123"]'), ['? pl-0123']],
    ['overlaps(rule.sources, "pl-0123")', ingress('prefix_list_ids = ["pl-0123"]'), ['"pl-0123"']],
    ['anytrue([for cidr in rule.cidrs : endswith(cidr, "/0")])', blocks('0.0.0.0/0'), ['"0.0.0.0/0"']],
    [
      'anytrue([for g in rule.source_groups : g.name == "shop-app"])',
      ingress('security_groups = [aws_security_group.app.id]'),
      ['aws_security_group.app.id'],
    ],
  ])('%s', async (when, configuration, expected) => {
    expect(await answers(when, configuration)).toEqual(expected);
  });
});

describe('ports', () => {
  const with_ = (ports: string) => ingress('cidr_blocks = ["10.0.0.0/8"]', ports);
  const tcp = (from: string, to: string, protocol = 'tcp') =>
    with_(`from_port = ${from}\n    to_port = ${to}\n    protocol = "${protocol}"`);

  test.each<[string, string, readonly string[]]>([
    ['overlaps(rule.ports, 22)', tcp('0', '65535'), ['ingress']],
    ['overlaps(rule.ports, ["ssh", 5432])', tcp('5432', '5432'), ['ingress']],
    ['overlaps(rule.ports, "22/udp")', tcp('22', '22'), []],
    ['overlaps(rule.ports, "22/udp")', tcp('0', '0', '-1'), ['ingress']],
    ['within(rule.ports, "8000-8010")', tcp('8000', '8005'), ['ingress']],
    ['within(rule.ports, "https")', tcp('443', '443'), ['ingress']],
    ['within("https", rule.ports)', tcp('443', '443'), ['ingress']],
    ['within("udp", rule.ports)', tcp('0', '65535'), []],
    ['overlaps(rule.ports, "icmp")', tcp('8', '-1', 'icmp'), ['ingress']],
    ['overlaps(rule.ports, 22)', tcp('var.port', 'var.port'), ['? var.port']],
    ['overlaps(rule.ports, "icmp")', tcp('var.port', 'var.port'), []],
    ['within(rule.ports, "tcp")', tcp('var.port', 'var.port'), ['ingress']],
    ['port_count(rule.ports) > 1000', tcp('0', '2000'), ['ingress']],
    ['rule.protocol == "all"', tcp('0', '0', '-1'), ['ingress']],
    ['rule.protocol == "tcp"', tcp('1', '1', '6'), ['ingress']],
    ['contains(rule.ports, "22/tcp")', tcp('22', '22'), ['ingress']],
  ])('%s', async (when, configuration, expected) => {
    expect(await answers(when, configuration)).toEqual(expected);
  });
});

describe('groups', () => {
  const group = blocks('10.0.0.0/8');
  const app = 'resource "aws_security_group" "app"';
  const db = 'resource "aws_security_group" "db"';

  test.each<[string, readonly string[]]>([
    ['group.tags["tier"] == "data"', [db]],
    ['group.tags["tier"] == null', [app]],
    ['lookup(group.tags, "tier", "none") == "none"', [app]],
    ['contains(keys(group.tags), "tier")', [db]],
    ['length(group.rules) == 0', [app]],
    ['anytrue(group.rules[*].direction == "ingress" ? [true] : [])', []],
    ['alltrue([for r in group.rules : r.group.name == "db"])', [app, db]],
    ['like(group.name, "*-app")', [app]],
    ['group.description == null && like(group.description, "*") == false', [app, db]],
    ['length(group.attached_to) > 0', []],
    ['group.module == "" && group.file == "main.tf" && group.folder == ""', [app, db]],
  ])('%s', async (when, expected) => {
    expect(await answers(when, group, 'group')).toEqual(expected);
  });

  test('from elsewhere have unknown attributes', async () => {
    const rule = standaloneRule();
    expect(await answers('group.tags["tier"] == "data"', rule)).toEqual(['? sg-0123']);
    expect(await answers('group.address == "sg-0123"', rule)).toEqual(['resource "aws_security_group_rule" "x"']);
  });
});

test('what may not exist is said to be found if it does', async () => {
  const { findings } = await lintWith(ruleText('overlaps(rule.ports, 22)'), {
    'main.tf': `${standaloneRule({ first: '\n  count = tonumber(data.http.on.response_body)' })}
data "http" "on" { url = "https://example.com" }`,
  });
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringContaining('If this rule exists (data.http.on.response_body'),
  ]);
});

test('inputs are asked in all their worlds', async () => {
  const { findings, undecided } = await lintWith(ruleText('group.tags["env"] == "dev"', { of: 'group' }), {
    'main.tf': `variable "env" {
  type = string
  validation {
    condition     = contains(["dev", "prod"], var.env)
    error_message = "Expected dev or prod."
  }
}
resource "aws_security_group" "x" {
  name = "x"
  tags = { env = var.env }
}`,
  });
  expect(undecided).toEqual([]);
  expect(findings.map(({ when }) => when)).toEqual([[{ 'var.env': 'dev' }]]);
});

test('a message shows values, and of sensitive ones nothing', async () => {
  const message = '"From ${rule.sources} on ${rule.ports}: ${rule.description}, ${group.name}."'.replaceAll(
    '${',
    '$' + '{',
  );
  const { findings } = await lintWith(ruleText('rule.direction == "ingress"', { message }), {
    'main.tf': `variable "secret" {
  type      = string
  default   = "10.9.8.0/24"
  sensitive = true
}
resource "aws_security_group" "x" {
  name = "web"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", var.secret]
  }
}`,
  });
  expect(findings.map((each) => each.message)).toEqual(['From 10.0.0.0/8 and (sensitive value) on 22/tcp: null, web.']);
});
