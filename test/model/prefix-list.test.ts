/** Prefix lists of the configuration are opened: what a rule that names one lets in. */

import { expect, test } from '@jest/globals';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { inspect } from '../../src/lint.ts';
import type { SecurityGroupModel } from '../../src/model/security-group-model.ts';
import { textOf } from '../../src/source/span.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

async function modelOf(files: Readonly<Record<string, string>>): Promise<SecurityGroupModel> {
  const { models, problems } = await inspect(memoryFileSystem(files), [''], {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: noInputs,
  });
  expect(problems).toEqual([]);
  return models[0]!;
}

const group = (list: string): string => `
resource "aws_security_group" "web" {
  ingress {
    from_port       = 22
    to_port         = 22
    protocol        = "tcp"
    prefix_list_ids = [${list}]
  }
}
`;

const halves = `
resource "aws_ec2_managed_prefix_list" "all" {
  name           = "all"
  address_family = "IPv4"
  max_entries    = 4
  dynamic "entry" {
    for_each = { low = "0.0.0.0/1" }
    content {
      cidr        = entry.value
      description = entry.key
    }
  }
}

resource "aws_ec2_managed_prefix_list_entry" "high" {
  cidr           = "128.0.0.0/1"
  prefix_list_id = aws_ec2_managed_prefix_list.all.id
}
`;

test('a list has the entries of its own block and those that are resources of their own', async () => {
  const { prefixLists } = await modelOf({ 'main.tf': halves });
  expect(prefixLists).toMatchObject([
    {
      address: 'aws_ec2_managed_prefix_list.all',
      maxEntries: { kind: 'known', value: 4 },
      entries: [
        { cidr: { kind: 'known', value: '0.0.0.0/1' }, description: { kind: 'known', value: 'low' } },
        { cidr: { kind: 'known', value: '128.0.0.0/1' }, description: { kind: 'known', value: null } },
      ],
    },
  ]);
});

test('its entries count as addresses of the rule, at the place of the peer', async () => {
  const model = await modelOf({ 'main.tf': halves + group('aws_ec2_managed_prefix_list.all.id') });
  const exposures = model.ruleSets.flatMap((set) => set.exposures('ingress'));
  expect(exposures).toHaveLength(1);
  const { answer, peer, partners } = exposures[0]!;
  expect(answer).toBe('yes');
  expect(partners).toHaveLength(1);
  expect(textOf(peer.text.span)).toBe('aws_ec2_managed_prefix_list.all.id');
  const entries = [peer, ...partners.map((partner) => partner.peer)].map(({ text }) => textOf(text.origin!.from!.span));
  expect(entries.sort()).toEqual(['"128.0.0.0/1"', 'entry.value']);
});

test('an entry that only apply knows leaves it open', async () => {
  const list = `
data "aws_vpc" "peer" {}
resource "aws_ec2_managed_prefix_list" "peers" {
  name           = "peers"
  address_family = "IPv6"
  max_entries    = 1
  entry {
    cidr = data.aws_vpc.peer.ipv6_cidr_block_association_id
  }
}
`;
  const model = await modelOf({ 'main.tf': list + group('aws_ec2_managed_prefix_list.peers.id') });
  const exposures = model.ruleSets.flatMap((set) => set.exposures('ingress'));
  expect(exposures.map(({ answer, peer }) => [answer, peer.family])).toEqual([['unknown', 6]]);
});

test('entries in JSON syntax, and a list that is not of this configuration', async () => {
  const json = JSON.stringify({
    resource: {
      aws_ec2_managed_prefix_list: {
        office: {
          name: 'office',
          address_family: 'IPv4',
          max_entries: 1,
          entry: [{ cidr: '${cidrsubnet("198.51.100.0/24", 1, 1)}' }],
        },
      },
    },
  });
  const { prefixLists, rules } = await modelOf({
    'main.tf.json': json,
    'web.tf': group('aws_ec2_managed_prefix_list.office.id, "pl-12345678"'),
  });
  expect(prefixLists[0]?.entries).toMatchObject([{ cidr: { kind: 'known', value: '198.51.100.128/25' } }]);
  expect(rules[0]?.peers).toMatchObject([
    {
      kind: 'prefix-list',
      entries: [{ kind: 'cidr', family: 4, text: { kind: 'known', value: '198.51.100.128/25' } }],
    },
    { kind: 'prefix-list', id: { kind: 'known', value: 'pl-12345678' } },
  ]);
  expect(rules[0]?.peers[1]).not.toHaveProperty('entries');
});
