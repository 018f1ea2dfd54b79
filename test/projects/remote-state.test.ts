/** `terraform_remote_state` of a root module in the tree: when it is that root's, and what its outputs are. */

import { describe, expect, test } from '@jest/globals';
import { QueryCache } from '../../src/collections/query-cache.ts';
import { type Config, configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { inspect } from '../../src/lint.ts';
import { inspectRules } from '../../src/report/inspected.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

/** A root whose output `cidr` is this, with this in its `terraform` block. */
const net = (backend: string, cidr = '"10.7.0.0/16"'): string =>
  `terraform {\n  ${backend}\n}\noutput "cidr" {\n  value = ${cidr}\n}\n`;

const group = (name: string, cidr: string): string =>
  `resource "aws_security_group" "${name}" {\n  ingress {\n    from_port   = 443\n    to_port     = 443\n    protocol    = "tcp"\n    cidr_blocks = [${cidr}]\n  }\n}\n`;

/** A data source `net` with these arguments, and a group that lets in what its output `cidr` is. */
const reader = (backend: string, config: string, more = ''): string =>
  `data "terraform_remote_state" "net" {\n  backend = "${backend}"\n  config  = { ${config} }\n  ${more}\n}\n${group('edge', 'data.terraform_remote_state.net.outputs.cidr')}`;

interface Run {
  readonly config?: Partial<Config>;
  readonly environment?: string;
  readonly cache?: QueryCache;
  readonly paths?: readonly string[];
}

/** The blocks that the rules of the root in `app` let in; `?` for what is not known. */
async function blocksIn(
  files: Readonly<Record<string, string>>,
  { config, environment, cache, paths = [''] }: Run = {},
) {
  const { models } = await inspect(memoryFileSystem(files), paths, {
    configFor: () => ({ ...configOf(new Map()), ...config }),
    parser: 'native',
    inputs: noInputs,
    environment,
    cache,
  });
  return models
    .filter(({ root }) => root === 'app')
    .flatMap(inspectRules)
    .flatMap(({ cidr_ipv4, unknown }) => [...cidr_ipv4, ...unknown.map(() => '?')]);
}

const s3 = 'backend "s3" {\n    bucket = "st"\n    key    = "net/terraform.tfstate"\n  }';
const ofS3 = 'bucket = "st", key = "net/terraform.tfstate", region = "eu-west-1"';

describe('a state is that of a root', () => {
  const same: readonly (readonly [string, string, string, string, string])[] = [
    ['s3', s3, 's3', ofS3, ''],
    ['s3, of a workspace', s3, 's3', ofS3, 'workspace = "prod"'],
    ['gcs', 'backend "gcs" {\n    bucket = "st"\n    prefix = "net"\n  }', 'gcs', 'bucket = "st", prefix = "net"', ''],
    [
      'azurerm',
      'backend "azurerm" {\n    storage_account_name = "a"\n    container_name       = "c"\n    key                  = "k"\n  }',
      'azurerm',
      'storage_account_name = "a", container_name = "c", key = "k", resource_group_name = "r"',
      '',
    ],
    ['local', 'backend "local" {\n    path = "x.tfstate"\n  }', 'local', 'path = "../net/x.tfstate"', ''],
    ['local, by default', 'required_version = ">= 1.0"', 'local', 'path = "../net/terraform.tfstate"', ''],
    [
      'remote',
      'backend "remote" {\n    organization = "acme"\n    workspaces {\n      name = "net"\n    }\n  }',
      'remote',
      'organization = "acme", workspaces = { name = "net" }',
      '',
    ],
    [
      'cloud',
      'cloud {\n    organization = "acme"\n    workspaces {\n      name = "net"\n    }\n  }',
      'remote',
      'hostname = "app.terraform.io", organization = "acme", workspaces = { name = "net" }',
      '',
    ],
    [
      'remote, with a prefix',
      'backend "remote" {\n    organization = "acme"\n    workspaces {\n      prefix = "net-"\n    }\n  }',
      'remote',
      'organization = "acme", workspaces = { name = "net-prod" }',
      '',
    ],
  ];
  test.each(same)('%s', async (_, backend, kind, config, more) => {
    const files = { 'net/main.tf': net(backend), 'app/main.tf': reader(kind, config, more) };
    expect(await blocksIn(files)).toEqual(['10.7.0.0/16']);
  });

  test('that is not linted', async () => {
    const files = { 'net/main.tf': net(s3), 'app/main.tf': reader('s3', ofS3) };
    expect(await blocksIn(files, { paths: ['app'] })).toEqual(['10.7.0.0/16']);
  });

  test('in JSON syntax', async () => {
    const json = {
      terraform: { backend: { s3: { bucket: 'st', key: 'net/terraform.tfstate' } } },
      output: { cidr: { value: '10.8.0.0/16' } },
    };
    const files = { 'net/main.tf.json': JSON.stringify(json), 'app/main.tf': reader('s3', ofS3) };
    expect(await blocksIn(files)).toEqual(['10.8.0.0/16']);
  });
});

describe('a state is not that of a root', () => {
  const others: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['of another key', { 'net/main.tf': net(s3.replace('net/', 'other/')) }, ofS3],
    ['of another bucket', { 'net/main.tf': net(s3.replace('"st"', '"other"')) }, ofS3],
    ['whose bucket is given elsewhere', { 'net/main.tf': net(s3.replace('bucket = "st"', '')) }, ofS3],
    ['where the bucket asked for is not known', { 'net/main.tf': net(s3) }, ofS3.replace('"st"', 'var.bucket')],
    ['of two roots', { 'net/main.tf': net(s3), 'copy/main.tf': net(s3) }, ofS3],
    ['without that output', { 'net/main.tf': net(s3).replace('"cidr"', '"other"') }, ofS3],
    ['whose output is null', { 'net/main.tf': net(s3, 'null') }, ofS3],
    ['whose output is not known', { 'net/main.tf': `variable "x" {}\n${net(s3, 'var.x')}` }, ofS3],
    ['whose output has a fault', { 'net/main.tf': net(s3, 'local.none') }, ofS3],
  ];
  test.each(others)('%s', async (_, files, config) => {
    const app = `variable "bucket" {}\n${reader('s3', config)}`;
    expect(await blocksIn({ ...files, 'app/main.tf': app })).toEqual(['?']);
  });

  test('in another directory of workspaces', async () => {
    const backend = s3.replace('key', 'workspace_key_prefix = "w"\n    key');
    const files = (more: string) => ({ 'net/main.tf': net(backend), 'app/main.tf': reader('s3', ofS3, more) });
    expect(await blocksIn(files('workspace = "prod"'))).toEqual(['?']);
    expect(await blocksIn(files(''))).toEqual(['10.7.0.0/16']);
  });

  test('if it is the one that reads it', async () => {
    const app = net(s3, 'data.terraform_remote_state.net.outputs.cidr') + reader('s3', ofS3);
    expect(await blocksIn({ 'app/main.tf': app })).toEqual(['?']);
  });
});

describe('the outputs', () => {
  test('are of the workspace that is read', async () => {
    const cidr = '"10.${terraform.workspace == "prod" ? 1 : 2}.0.0/16"';
    const files = (more: string) => ({ 'net/main.tf': net(s3, cidr), 'app/main.tf': reader('s3', ofS3, more) });
    expect(await blocksIn(files('workspace = "prod"'))).toEqual(['10.1.0.0/16']);
    expect(await blocksIn(files(''))).toEqual(['10.2.0.0/16']);
  });

  test('are of the environment that reads them', async () => {
    const environment = (name: string, cidr: string) => ({
      name,
      varFiles: [],
      variables: [{ name: 'cidr', text: cidr }],
      workspace: undefined,
      folder: '',
      span: { file: undefined as never, start: 0, end: 0 },
    });
    const environments = [environment('prod', '10.1.0.0/16'), environment('test', '10.2.0.0/16')];
    const files = {
      'net/main.tf': `variable "cidr" {\n  type = string\n}\n${net(s3, 'var.cidr')}`,
      'app/main.tf': reader('s3', ofS3),
    };
    expect(await blocksIn(files, { config: { environments } as never, environment: 'test' })).toEqual(['10.2.0.0/16']);
  });

  test('may be whole resources, and may be looked up', async () => {
    const vpc = 'resource "aws_vpc" "v" {\n  cidr_block = "10.9.0.0/16"\n}\noutput "vpc" {\n  value = aws_vpc.v\n}\n';
    const outputs = 'data.terraform_remote_state.net.outputs';
    const ways = [
      `${outputs}.vpc.cidr_block`,
      `${outputs}["cidr"]`,
      `lookup(${outputs}, "cidr", "0.0.0.0/0")`,
      `try(${outputs}.cidr, "0.0.0.0/0")`,
    ];
    const app = reader('s3', ofS3) + ways.map((way, at) => group(`g${at}`, way)).join('');
    const blocks = await blocksIn({ 'net/main.tf': net(s3) + vpc, 'app/main.tf': app });
    expect(blocks).toEqual(['10.7.0.0/16', '10.9.0.0/16', ...Array(3).fill('10.7.0.0/16')]);
  });

  test('come through a third root, and through roots that read each other', async () => {
    const of = (name: string) => s3.replace('net/', `${name}/`);
    const ask = (name: string) =>
      `data "terraform_remote_state" "${name}" {\n  backend = "s3"\n  config  = { ${ofS3.replace('net/', `${name}/`)} }\n}\n`;
    const files = {
      'net/main.tf': `${net(s3, 'data.terraform_remote_state.far.outputs.cidr')}${ask('far')}`,
      'far/main.tf': `${net(of('far'), '"10.3.0.0/16"')}${ask('net')}output "back" {\n  value = data.terraform_remote_state.net.outputs.cidr\n}\noutput "loop" {\n  value = data.terraform_remote_state.net.outputs.loop\n}\n`,
      'app/main.tf': `${reader('s3', ofS3)}${ask('far')}${group('back', 'data.terraform_remote_state.far.outputs.back')}${group('loop', 'data.terraform_remote_state.far.outputs.loop')}`,
    };
    const net2 = `${files['net/main.tf']}output "loop" {\n  value = data.terraform_remote_state.far.outputs.loop\n}\n`;
    expect(await blocksIn({ ...files, 'net/main.tf': net2 })).toEqual(['10.3.0.0/16', '10.3.0.0/16', '?']);
  });

  test('of chains in several roots do not run out of stack', async () => {
    const length = 290;
    const chain = (first: string) =>
      `locals {\n  c0 = ${first}\n${Array.from({ length }, (_, at) => `  c${at + 1} = local.c${at}\n`).join('')}}\n`;
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const files = Object.fromEntries(
      names.map((name, at) => {
        const before = names[at - 1];
        const ask =
          before === undefined
            ? ''
            : `data "terraform_remote_state" "s" {\n  backend = "s3"\n  config  = { ${ofS3.replace('net/', `${before}/`)} }\n}\n`;
        const first = before === undefined ? '"10.7.0.0/16"' : 'data.terraform_remote_state.s.outputs.cidr';
        return [`${name}/main.tf`, `${net(s3.replace('net/', `${name}/`), `local.c${length}`)}${ask}${chain(first)}`];
      }),
    );
    const blocksOf = (name: string) =>
      blocksIn({ ...files, 'app/main.tf': reader('s3', ofS3.replace('net/', `${name}/`)) });
    expect(await blocksOf('a')).toEqual(['10.7.0.0/16']);
    expect(await blocksOf('f')).toEqual(['?']);
  });

  test('are those of now where an editor changes the other root', async () => {
    const cache = new QueryCache();
    const app = { 'app/main.tf': reader('s3', ofS3) };
    for (const cidr of ['10.1.0.0/16', '10.2.0.0/16', '10.2.0.0/16', '10.3.0.0/16'])
      expect(await blocksIn({ ...app, 'net/main.tf': net(s3, `"${cidr}"`) }, { cache })).toEqual([cidr]);
    expect(await blocksIn(app, { cache })).toEqual(['?']);
    expect(await blocksIn({ ...app, 'net/main.tf': net(s3) }, { cache })).toEqual(['10.7.0.0/16']);
  });
});

test('a group that a root reads from its own state is that group', async () => {
  const text = `${net('required_version = ">= 1.0"')}
data "terraform_remote_state" "own" {
  backend = "local"
  config  = { path = "../app/terraform.tfstate" }
}
resource "aws_security_group" "web" {
  name = "web"
}
output "web" {
  value = aws_security_group.web.id
}
resource "aws_vpc_security_group_ingress_rule" "x" {
  security_group_id            = data.terraform_remote_state.own.outputs.web
  referenced_security_group_id = data.terraform_remote_state.own.outputs.web
  ip_protocol                  = "-1"
}
`;
  const { models } = await inspect(memoryFileSystem({ 'app/main.tf': text }), [''], {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: noInputs,
  });
  expect(models.flatMap(inspectRules).map(({ group: of, security_group_refs: from }) => [of, from])).toEqual([
    ['aws_security_group.web', ['aws_security_group.web']],
  ]);
});

test('the state of a Terragrunt unit is where its remote_state says', async () => {
  const root =
    'remote_state {\n  backend = "s3"\n  config = {\n    bucket = "st"\n    key    = "${path_relative_to_include()}/terraform.tfstate"\n  }\n}\n';
  const files = {
    'root.hcl': root,
    'net/terragrunt.hcl':
      'include "root" {\n  path = find_in_parent_folders("root.hcl")\n}\ninputs = {\n  cidr = "10.5.0.0/16"\n}\n',
    'net/main.tf': 'variable "cidr" {}\noutput "cidr" {\n  value = var.cidr\n}\n',
    'app/main.tf': reader('s3', ofS3),
  };
  expect(await blocksIn(files)).toEqual(['10.5.0.0/16']);
});

test('a group of the other root is another one than that of the same address here', async () => {
  const web = 'resource "aws_security_group" "web" {\n  name = "web"\n}\n';
  const rule = (name: string, from: string) =>
    `resource "aws_vpc_security_group_ingress_rule" "${name}" {\n  security_group_id            = aws_security_group.web.id\n  referenced_security_group_id = ${from}\n  ip_protocol                  = "-1"\n}\n`;
  const files = {
    'net/main.tf': `${net(s3)}${web}output "web" {\n  value = aws_security_group.web.id\n}\n`,
    'app/main.tf': `${reader('s3', ofS3)}${web}${rule('other', 'data.terraform_remote_state.net.outputs.web')}${rule('own', 'aws_security_group.web.id')}
resource "aws_vpc_security_group_ingress_rule" "theirs" {
  security_group_id = data.terraform_remote_state.net.outputs.web
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "-1"
}
`,
  };
  const { models } = await inspect(memoryFileSystem(files), [''], {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: noInputs,
  });
  const rules = models.filter(({ root }) => root === 'app').flatMap(inspectRules);
  expect(rules.map(({ group: of, unknown }) => [of, unknown])).toContainEqual(['net: aws_security_group.web', []]);
  expect(rules.flatMap(({ security_group_refs }) => security_group_refs)).toEqual([
    'net: aws_security_group.web',
    'aws_security_group.web',
  ]);
});
