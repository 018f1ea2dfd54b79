/** What the internet reaches after a plan: resources that exist already have identifiers, which join them. */

import { expect, test } from '@jest/globals';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { exposure } from '../../src/lint.ts';
import { readPlan } from '../../src/plan/plan.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

type Values = Readonly<Record<string, unknown>>;

/** Resources as they are in AWS, by `type.name`. */
const network: Readonly<Record<string, Values>> = {
  'aws_vpc.main': { id: 'vpc-1', cidr_block: '10.0.0.0/16', default_route_table_id: 'rtb-0' },
  'aws_internet_gateway.main': { id: 'igw-1', vpc_id: 'vpc-1' },
  'aws_subnet.public': { id: 'subnet-1', vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24', map_public_ip_on_launch: true },
  'aws_route_table.public': { id: 'rtb-1', vpc_id: 'vpc-1', route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }] },
  'aws_route_table_association.public': { id: 'rtbassoc-1', subnet_id: 'subnet-1', route_table_id: 'rtb-1' },
  'aws_security_group.web': {
    id: 'sg-1',
    name: 'web',
    vpc_id: 'vpc-1',
    ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'], self: false }],
  },
  'aws_instance.web': { id: 'i-1', subnet_id: 'subnet-1', vpc_security_group_ids: ['sg-1'] },
};

const configuration = `
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}
resource "aws_subnet" "public" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "web" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.web.id]
}
`;

function planText(resources: Readonly<Record<string, Values>>, changed: Readonly<Record<string, Values>>): string {
  const resource_changes = Object.entries({ ...resources, ...changed }).map(([address, after]) => {
    const [type, name] = address.split('.');
    const before = resources[address] ?? null;
    const actions = before === null ? ['create'] : before === after ? ['no-op'] : ['update'];
    const change = { actions, before, after, after_unknown: {}, before_sensitive: {}, after_sensitive: {} };
    return { address, mode: 'managed', type, name, provider_name: 'registry.terraform.io/hashicorp/aws', change };
  });
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    resource_changes,
    configuration: { root_module: {} },
  });
}

async function answers(files: Readonly<Record<string, string>>, changed: Readonly<Record<string, Values>> = {}) {
  const { value } = readPlan(new SourceFile('plan.json', planText(network, changed)));
  const { roots } = await exposure(memoryFileSystem(files), [''], {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: noInputs,
    plans: [value!],
  });
  return roots.flatMap((root) =>
    root.exposure.services.flatMap(({ address, exposures }) =>
      exposures.map(({ family, answer, because }) => [address, family, answer, ...because].join(' ')),
    ),
  );
}

test.each([
  ['beside its configuration', { 'main.tf': configuration }],
  ['without its configuration', {}],
])('identifiers join what exists, %s', async (_, files) => {
  expect(await answers(files)).toEqual(['aws_instance.web 4 yes']);
});

test('the route is in the main table, which goes by the identifier that the VPC has', async () => {
  const route = { id: 'r-1', route_table_id: 'rtb-0', destination_cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' };
  const other = { ...network['aws_route_table_association.public'], subnet_id: 'subnet-2' };
  const changed = { 'aws_route.internet': route, 'aws_route_table_association.public': other };
  expect(await answers({}, changed)).toEqual(['aws_instance.web 4 yes']);
  const adopted = { id: 'rtb-0', default_route_table_id: 'rtb-0', route: [] };
  expect(await answers({}, { ...changed, 'aws_default_route_table.main': adopted })).toEqual([
    'aws_instance.web 4 yes',
  ]);
});

test('what the plan changes is what counts', async () => {
  const routes = {
    ...network['aws_route_table.public'],
    route: [{ cidr_block: '0.0.0.0/0', nat_gateway_id: 'nat-1' }],
  };
  expect(await answers({}, { 'aws_route_table.public': routes })).toEqual([
    'aws_instance.web 4 no aws_subnet.public has no route to an internet gateway',
  ]);
});
