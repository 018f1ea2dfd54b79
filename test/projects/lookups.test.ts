/** Data sources that find a group, a VPC or a subnet of the tree. */

import { describe, expect, test } from '@jest/globals';
import { QueryCache } from '../../src/collections/query-cache.ts';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { inspect } from '../../src/lint.ts';
import { inspectRules } from '../../src/report/inspected.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

const group = (label: string, body: string): string => `resource "aws_security_group" "${label}" {\n  ${body}\n}\n`;

const vpc = (label: string, body: string): string => `resource "aws_vpc" "${label}" {\n  ${body}\n}\n`;

/** A data source `x` with these arguments, and a rule from the group that it finds. */
const groupFound = (body: string): string => `
data "aws_security_group" "x" {
  ${body}
}
resource "aws_security_group" "edge" {
  name = "edge"
}
resource "aws_vpc_security_group_ingress_rule" "x" {
  security_group_id            = aws_security_group.edge.id
  referenced_security_group_id = data.aws_security_group.x.id
  ip_protocol                  = "-1"
}
`;

/** The same for a rule from the block of a VPC or subnet. */
const blockFound = (type: string, body: string): string => `
data "${type}" "x" {
  ${body}
}
resource "aws_security_group" "edge" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [data.${type}.x.cidr_block]
  }
}
`;

/** Where the rule of the root in `app` is from; `?` for what is not known. */
async function sourcesIn(files: Readonly<Record<string, string>>, paths: readonly string[] = [''], cache?: QueryCache) {
  const { models } = await inspect(memoryFileSystem(files), paths, {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: noInputs,
    cache,
  });
  return models
    .filter(({ root }) => root === 'app')
    .flatMap(inspectRules)
    .flatMap(({ cidr_ipv4, security_group_refs, unknown }) => [
      ...cidr_ipv4,
      ...security_group_refs,
      ...unknown.filter((name) => name === 'cidr_ipv4').map(() => '?'),
    ]);
}

const nothing = ['data.aws_security_group.x'];

describe('a group', () => {
  const web = { 'net/main.tf': group('web', 'name = "web"\n  tags = { Name = "w", Team = "a" }') };
  const found: readonly (readonly [string, string])[] = [
    ['by its name', 'name = "web"'],
    ['by its name, in a VPC that is not known', 'name = "web"\n  vpc_id = data.aws_vpc.v.id'],
    ['by a tag', 'tags = { Name = "w" }'],
    ['by tags', 'tags = { Name = "w", Team = "a" }'],
    ['by a filter', 'filter {\n    name   = "group-name"\n    values = ["web", "other"]\n  }'],
    ['by a filter of a tag', 'filter {\n    name   = "tag:Team"\n    values = ["a"]\n  }'],
  ];
  test.each(found)('is found %s', async (_, body) => {
    const app = `data "aws_vpc" "v" {\n  default = true\n}\n${groupFound(body)}`;
    expect(await sourcesIn({ ...web, 'app/main.tf': app })).toEqual(['net: aws_security_group.web']);
  });

  const others: readonly (readonly [string, string])[] = [
    ['of another name', 'name = "web2"'],
    ['of another tag too', 'tags = { Name = "w", Team = "b" }'],
    ['by its VPC alone', 'vpc_id = "vpc-1"'],
    ['by a pattern', 'filter {\n    name   = "group-name"\n    values = ["w*"]\n  }'],
    ['by a filter that is not compared', 'name = "web"\n  filter {\n    name   = "owner-id"\n    values = ["1"]\n  }'],
    ['by a name that is not known', 'name = var.name'],
  ];
  test.each(others)('is not found %s', async (_, body) => {
    expect(await sourcesIn({ ...web, 'app/main.tf': `variable "name" {}\n${groupFound(body)}` })).toEqual(nothing);
  });

  test('of the same root has its own address', async () => {
    const app = group('web', 'name = "web"') + groupFound('name = "web"');
    expect(await sourcesIn({ 'app/main.tf': app })).toEqual(['aws_security_group.web']);
  });

  test('is not one of two', async () => {
    const files = { ...web, 'prod/main.tf': group('any', 'name = "web"'), 'app/main.tf': groupFound('name = "web"') };
    expect(await sourcesIn(files)).toEqual(nothing);
  });

  test('is not one that may be there, or may have that name', async () => {
    const app = { 'app/main.tf': groupFound('name = "web"') };
    const maybe = group('web', 'name = "web"\n  count = var.on ? 1 : 0');
    expect(await sourcesIn({ ...app, 'net/main.tf': `variable "on" {}\n${maybe}` })).toEqual(nothing);
    const named = `variable "name" {}\n${group('other', 'name = var.name')}`;
    expect(await sourcesIn({ ...app, 'net/main.tf': web['net/main.tf'] + named })).toEqual(nothing);
  });

  test('is not told from others where not all of the tree is linted', async () => {
    const files = { ...web, 'app/main.tf': groupFound('name = "web"') };
    expect(await sourcesIn(files, ['app', 'net'])).toEqual(nothing);
  });

  test('is found in a module', async () => {
    const files = {
      'net/main.tf': 'module "m" {\n  source = "../modules/m"\n  name   = "web"\n}\n',
      'modules/m/main.tf': `variable "name" {}\n${group('g', 'name = var.name')}`,
      'app/main.tf': groupFound('name = "web"'),
    };
    expect(await sourcesIn(files)).toEqual(['net: module.m.aws_security_group.g']);
  });
});

describe('a block', () => {
  const net = vpc('v', 'cidr_block = "10.7.0.0/16"\n  tags = { Name = "main" }');

  test('is that of a VPC by its tag', async () => {
    const app = blockFound('aws_vpc', 'tags = { Name = "main" }');
    expect(await sourcesIn({ 'net/main.tf': net, 'app/main.tf': app })).toEqual(['10.7.0.0/16']);
  });

  test('is that of a subnet by its tag', async () => {
    const subnet =
      'resource "aws_subnet" "s" {\n  cidr_block = "10.7.1.0/24"\n  vpc_id = aws_vpc.v.id\n  tags = { Name = "s" }\n}\n';
    const app = blockFound('aws_subnet', 'filter {\n    name   = "tag:Name"\n    values = ["s"]\n  }');
    expect(await sourcesIn({ 'net/main.tf': net + subnet, 'app/main.tf': app })).toEqual(['10.7.1.0/24']);
  });

  test('is that of a VPC by its identifier, from the same root or from a state', async () => {
    expect(await sourcesIn({ 'app/main.tf': net + blockFound('aws_vpc', 'id = aws_vpc.v.id') })).toEqual([
      '10.7.0.0/16',
    ]);
    const files = {
      'net/main.tf': `terraform {\n  backend "s3" {\n    bucket = "st"\n    key    = "net"\n  }\n}\n${net}output "vpc" {\n  value = aws_vpc.v.id\n}\n`,
      'app/main.tf': `data "terraform_remote_state" "net" {\n  backend = "s3"\n  config  = { bucket = "st", key = "net" }\n}\n${blockFound('aws_vpc', 'id = data.terraform_remote_state.net.outputs.vpc')}`,
    };
    expect(await sourcesIn(files)).toEqual(['10.7.0.0/16']);
  });

  test('is not that of the default VPC, or of one whose block is not known', async () => {
    const files = (body: string) => ({ 'net/main.tf': net, 'app/main.tf': blockFound('aws_vpc', body) });
    expect(await sourcesIn(files('default = true'))).toEqual(['?']);
    const open = `variable "b" {}\n${vpc('v', 'cidr_block = var.b\n  tags = { Name = "main" }')}`;
    expect(await sourcesIn({ ...files('tags = { Name = "main" }'), 'net/main.tf': open })).toEqual(['?']);
  });

  test('is that of now where an editor changes it', async () => {
    const cache = new QueryCache();
    const app = { 'app/main.tf': blockFound('aws_vpc', 'tags = { Name = "main" }') };
    for (const block of ['10.7.0.0/16', '10.8.0.0/16', '10.8.0.0/16'])
      expect(await sourcesIn({ ...app, 'net/main.tf': net.replace('10.7.0.0/16', block) }, [''], cache)).toEqual([
        block,
      ]);
    expect(await sourcesIn(app, [''], cache)).toEqual(['?']);
  });
});

test('lookups that depend on each other end', async () => {
  const round = (name: string, other: string) =>
    `data "aws_security_group" "${name}" {\n  name = data.aws_security_group.${other}.name\n}\n`;
  const app = groupFound('name = data.aws_security_group.a.name') + round('a', 'b') + round('b', 'a');
  expect(await sourcesIn({ 'net/main.tf': group('web', 'name = "web"'), 'app/main.tf': app })).toEqual(nothing);
});
