/** The key `trusted`, from the file to the checks. */

import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { lint } from '../../src/lint.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

const everyCheck = Object.fromEntries(
  ['broad-public-cidr', 'broad-private-cidr', 'broad-port-range', 'admin-port-open', 'port-open'].map((id) => [
    id,
    'low',
  ]),
);

/** The ids of what is found, `?` behind what can't be decided. */
async function found(files: Readonly<Record<string, string | object>>): Promise<readonly string[]> {
  const texts = Object.entries(files).map(([name, text]) => [
    name,
    typeof text === 'string' ? text : JSON.stringify(text),
  ]);
  const fileSystem = memoryFileSystem(Object.fromEntries(texts));
  const { configFor, problems } = discoverConfigs(fileSystem, checks, noSelection);
  const { findings, undecided } = await lint(fileSystem, [''], { configFor, parser: 'native', inputs: noInputs });
  expect(problems).toEqual([]);
  return [...findings.map(({ check }) => check), ...undecided.map(({ check }) => `${check}?`)];
}

const rule = (source: string, ports = '8080'): string => `variable "office" {}
data "aws_prefix_list" "s3" {}
resource "aws_ec2_managed_prefix_list" "wide" {
  entry {
    cidr = "52.0.0.0/8"
  }
}
resource "aws_ec2_managed_prefix_list" "all" {
  entry {
    cidr = "0.0.0.0/0"
  }
}
resource "aws_security_group" "lb" {
  count = 2
}
resource "aws_security_group" "app" {
  name = "app"
  ingress {
    from_port = ${ports.split('-')[0]}
    to_port   = ${ports.split('-').at(-1)}
    protocol  = "tcp"
    ${source}
  }
}
`;

describe('what checks find', () => {
  const cidrs = (...blocks: string[]) => `cidr_blocks = ${JSON.stringify(blocks)}`;
  const lists = (...ids: string[]) => `prefix_list_ids = [${ids.join(', ')}]`;
  const wide = 'aws_ec2_managed_prefix_list.wide';

  test.each<[string, string, object, readonly string[], readonly string[]]>([
    ['a public block', cidrs('52.0.0.0/8'), { cidrs: ['52.0.0.0/8'] }, ['broad-public-cidr'], []],
    ['a block inside', cidrs('52.1.0.0/16'), { cidrs: ['52.0.0.0/8'] }, ['broad-public-cidr'], []],
    ['all but a few of it', cidrs('52.0.0.0/23'), { cidrs: ['52.0.1.0/24'] }, ['broad-public-cidr'], []],
    ['a part of it', cidrs('52.0.0.0/8'), { cidrs: ['52.0.1.0/24'] }, ['broad-public-cidr'], ['broad-public-cidr']],
    [
      'one of two',
      cidrs('52.0.0.0/16', '54.0.0.0/16'),
      { cidrs: ['52.0.0.0/8'] },
      ['broad-public-cidr', 'broad-public-cidr'],
      ['broad-public-cidr'],
    ],
    ['a block of IPv6', 'ipv6_cidr_blocks = ["2600::/16"]', { cidrs: ['2600::/12'] }, ['broad-public-cidr'], []],
    ['a private block', cidrs('10.0.0.0/8'), { cidrs: ['10.0.0.0/8'] }, ['broad-private-cidr'], []],
    ['a prefix list', lists(`${wide}.id`), { prefixLists: [wide] }, ['broad-public-cidr'], []],
    ['its entries', lists(`${wide}.id`), { cidrs: ['52.0.0.0/8'] }, ['broad-public-cidr'], []],
    [
      'another prefix list',
      lists(`${wide}.id`),
      { prefixLists: ['pl-0123'] },
      ['broad-public-cidr'],
      ['broad-public-cidr'],
    ],
    ['the whole internet', cidrs('0.0.0.0/0'), { cidrs: ['0.0.0.0/1'] }, ['port-open'], ['port-open']],
    [
      'a prefix list of the whole internet',
      lists('aws_ec2_managed_prefix_list.all.id'),
      { prefixLists: ['aws_ec2_managed_prefix_list.all'] },
      ['port-open'],
      ['port-open'],
    ],
    [
      'what is not known',
      'cidr_blocks = [var.office]',
      { cidrs: ['52.0.0.0/8'] },
      ['broad-private-cidr?', 'port-open?'],
      ['broad-private-cidr?', 'port-open?'],
    ],
  ])('%s', async (_, source, trusted, before, after) => {
    const configured = (more: object) =>
      found({ '.tfsgrc.json': { extends: ['tfsg:off'], checks: everyCheck, ...more }, 'main.tf': rule(source) });
    expect([...(await configured({}))].sort()).toEqual(before);
    expect([...(await configured({ trusted }))].sort()).toEqual(after);
  });
});

describe('a long range of ports', () => {
  const ports = async (source: string, trusted: object) =>
    found({
      '.tfsgrc.json': {
        extends: ['tfsg:off'],
        checks: { 'broad-port-range': ['low', { ignoreGroupSources: false }] },
        trusted,
      },
      'main.tf': rule(source, '1000-2000'),
    });

  test.each<[string, object]>([
    ['cidr_blocks = ["10.1.0.0/16"]', { cidrs: ['10.0.0.0/8'] }],
    ['prefix_list_ids = ["pl-0123"]', { prefixLists: ['pl-0123'] }],
    ['prefix_list_ids = [data.aws_prefix_list.s3.id]', { prefixLists: ['data.aws_prefix_list.s3'] }],
    ['security_groups = ["sg-0123"]', { groups: ['sg-0123'] }],
    ['security_groups = [aws_security_group.lb[1].id]', { groups: ['aws_security_group.lb'] }],
    ['security_groups = [aws_security_group.lb[1].id]', { groups: ['aws_security_group.lb[1]'] }],
  ])('for %s with %j trusted', async (source, trusted) => {
    expect(await ports(source, {})).toEqual(['broad-port-range']);
    expect(await ports(source, trusted)).toEqual([]);
  });

  test('is told where one of the sources is not trusted', async () => {
    const source = 'security_groups = ["sg-0123", "sg-0456"]';
    expect(await ports(source, { groups: ['sg-0123'] })).toEqual(['broad-port-range']);
    expect(
      await ports('security_groups = [aws_security_group.lb[1].id]', { groups: ['aws_security_group.lb[0]'] }),
    ).toEqual(['broad-port-range']);
  });
});

describe('a policy', () => {
  const beyond = (source: string, trusted: object, ingress: readonly object[] = []) =>
    found({
      '.tfsgrc.json': { extends: ['tfsg:off'], policy: [{ groups: ['app'], ingress }], trusted },
      'main.tf': rule(source),
    });

  test.each<[string, object]>([
    ['cidr_blocks = ["10.1.0.0/16"]', { cidrs: ['10.0.0.0/8'] }],
    ['prefix_list_ids = ["pl-0123"]', { prefixLists: ['pl-0123'] }],
    ['security_groups = ["sg-0123"]', { groups: ['sg-0123'] }],
    ['security_groups = [aws_security_group.lb[0].id]', { groups: ['aws_security_group.lb'] }],
  ])('lets %s in with %j trusted', async (source, trusted) => {
    expect(await beyond(source, {})).toEqual(['policy']);
    expect(await beyond(source, trusted)).toEqual([]);
  });

  test('and trusted addresses add up', async () => {
    const half = [{ ports: [8080], from: ['10.0.0.0/9'] }];
    expect(await beyond('cidr_blocks = ["10.0.0.0/8"]', { cidrs: ['10.128.0.0/9'] }, half)).toEqual([]);
    expect(await beyond('cidr_blocks = ["10.0.0.0/8"]', { cidrs: ['10.129.0.0/16'] }, half)).toEqual(['policy']);
    expect(await beyond('self = true', { groups: ['aws_security_group.lb'] })).toEqual(['policy']);
  });
});

test('of each key the last file that has it decides, and an empty list takes back', async () => {
  const base = { trusted: { cidrs: ['52.0.0.0/8'], prefixLists: ['aws_ec2_managed_prefix_list.wide'] } };
  const foundWith = (trusted: object, source: string) =>
    found({
      'base.json': base,
      '.tfsgrc.json': { extends: ['tfsg:off', './base.json'], checks: everyCheck, trusted },
      'main.tf': rule(source),
    });
  const block = 'cidr_blocks = ["52.0.0.0/8"]';
  const list = 'prefix_list_ids = [aws_ec2_managed_prefix_list.wide.id]';
  expect(await foundWith({}, block)).toEqual([]);
  expect(await foundWith({ groups: [] }, list)).toEqual([]);
  expect(await foundWith({ cidrs: [] }, block)).toEqual(['broad-public-cidr']);
  expect(await foundWith({ cidrs: [] }, list)).toEqual([]);
});
