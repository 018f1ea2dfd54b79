/** Stand-ins, for modules of the registry that are not there. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { inspectWorlds, lint } from '../../src/lint.ts';
import { readPlan } from '../../src/plan/plan.ts';
import { documentOf } from '../../src/report/document.ts';
import { renderInspection } from '../../src/report/inspect.ts';
import { placeOf } from '../../src/source/position.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { moduleAddress } from '../../src/terraform/modules/sources/address.ts';
import { standInFor } from '../../src/terraform/stand-ins/stand-in.ts';
import { allowsLine } from '../../src/terraform/stand-ins/versions.ts';
import { expectGolden, fixtures } from '../golden.ts';

type Files = Readonly<Record<string, string>>;

function setUp(files: Files) {
  const fileSystem = memoryFileSystem(files);
  const { configFor } = discoverConfigs(fileSystem, checks, noSelection);
  return { fileSystem, options: { configFor, parser: 'native', inputs: noInputs, baseline: false } as const };
}

async function linted(files: Files) {
  const { fileSystem, options } = setUp(files);
  return lint(fileSystem, [''], options);
}

async function found(files: Files): Promise<readonly string[]> {
  const { findings, problems } = await linted(files);
  return [
    ...findings.map(({ check, span, subject }) => `${placeOf(span)} ${check} ${subject}`),
    ...problems.map(({ severity, message }) => `${severity} ${message}`),
  ];
}

describe('what stands for a module makes the same groups and rules', () => {
  test.each(readdirSync(join(fixtures, 'stand-ins')))('%s', async (name) => {
    const main = readFileSync(join(fixtures, 'stand-ins', name, 'main.tf'), 'utf8');
    const { fileSystem, options } = setUp({ 'main.tf': main });
    const { findings, problems, undecided } = await lint(fileSystem, [''], options);
    const { roots } = await inspectWorlds(fileSystem, [''], options);
    const lines = [
      ...findings.map(({ check, span, message }) => `${placeOf(span)} ${check}: ${message}`),
      ...undecided.map(({ check, span }) => `${placeOf(span)} ${check} is undecided`),
      ...problems.map(({ span, message }) => `${span === undefined ? '' : `${placeOf(span)} `}${message}`),
    ];
    const text = `${lines.join('\n')}\n${renderInspection(roots)}`;
    expect(text).not.toContain('/stand-in/');
    expectGolden(`stand-ins/${name}/expected.txt`, text);
  });
});

const call = `module "sg" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "~> 5.0"

  name                = "bastion"
  ingress_cidr_blocks = ["0.0.0.0/0"]
  ingress_rules       = ["ssh-tcp"]
}
`;
const installed = `variable "name" {}
variable "ingress_cidr_blocks" {}
variable "ingress_rules" {}

resource "aws_security_group" "own" {
  name        = "own"
  description = "Own"

  ingress {
    description = "RDP"
    from_port   = 3389
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`;
const opensSsh = 'main.tf:6:26 admin-port-open module.sg.aws_security_group_rule.ingress_rules';
const notInstalled =
  'warning The module "terraform-aws-modules/security-group/aws" is not installed, so tfsg checked its stand-in for 5.x.';

test('a finding stands at the argument of the call, with what makes it', async () => {
  const report = await linted({ 'main.tf': call });
  expect(report.findings.map(({ span, related }) => [placeOf(span), related.map(({ message }) => message)])).toEqual([
    ['main.tf:6:26', ['as terraform-aws-modules/security-group/aws 5.x makes it']],
  ]);
  expect(report.summary).toMatchObject({ files: 1, directories: 1, groups: 1, rules: 1, inDownloadedModules: 0 });
  expect(JSON.stringify(documentOf(report))).not.toContain('/stand-in/');
});

test('what no argument says stands at the source of the call', async () => {
  const database = `module "db" {
  source  = "terraform-aws-modules/security-group/aws//modules/ssh"
  version = "5.3.1"
  name    = "db"
  vpc_id  = "vpc-1"

  ingress_cidr_blocks = ["10.0.0.0/24"]
}
`;
  const { findings } = await linted({
    'main.tf': database,
    '.tfsgrc.json': JSON.stringify({ checks: { 'all-traffic-egress': 'low' } }),
  });
  expect(findings.map(({ span, message }) => `${placeOf(span)} ${message}`)).toEqual([
    expect.stringMatching(
      /^main\.tf:2:13 In module\.db, as terraform-aws-modules\/security-group\/aws 5\.x makes it: /,
    ),
  ]);
});

test('the module itself counts where it is installed or mapped', async () => {
  const registry = 'registry.terraform.io/terraform-aws-modules/security-group/aws';
  const manifest = { Modules: [{ Key: 'sg', Source: registry, Version: '5.3.1', Dir: '.terraform/modules/sg' }] };
  const opensRdp = expect.stringMatching(/ admin-port-open module\.sg\.aws_security_group\.own$/);
  const asInstalled = {
    'main.tf': call,
    '.terraform/modules/modules.json': JSON.stringify(manifest),
    '.terraform/modules/sg/main.tf': installed,
  };
  expect((await found(asInstalled))[0]).toEqual(opensRdp);
  const asMapped = {
    'live/main.tf': call,
    'vendor/sg/main.tf': installed,
    '.tfsgrc.json': JSON.stringify({ modules: { 'terraform-aws-modules/security-group/aws': 'vendor/sg' } }),
  };
  expect((await found(asMapped))[0]).toEqual(opensRdp);
  const asNamed = { 'main.tf': call, '.tfsgrc.json': '{}' };
  expect(await found(asNamed)).toEqual([opensSsh, notInstalled]);
});

test('"standIns": false leaves such modules unread', async () => {
  expect(await found({ 'main.tf': call, '.tfsgrc.json': '{ "standIns": false }' })).toEqual([
    'warning The module "terraform-aws-modules/security-group/aws" is not installed, so its rules were not checked.',
  ]);
});

test('a plan says itself what such a module makes', async () => {
  const group = 'module.sg.aws_security_group.this_name_prefix[0]';
  const made = (address: string, type: string, name: string, after: object) => ({
    address,
    module_address: 'module.sg',
    mode: 'managed',
    type,
    name,
    index: 0,
    change: { actions: ['create'], before: null, after, after_unknown: { id: true }, after_sensitive: {} },
  });
  const rule = { type: 'ingress', from_port: 3389, to_port: 3389, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] };
  const text = JSON.stringify({
    format_version: '1.2',
    resource_changes: [
      made(group, 'aws_security_group', 'this_name_prefix', { name_prefix: 'bastion-', description: 'Bastion' }),
      made('module.sg.aws_security_group_rule.ingress_rules[0]', 'aws_security_group_rule', 'ingress_rules', rule),
    ],
  });
  const { value: plan } = readPlan(new SourceFile('plan.json', text));
  const { fileSystem, options } = setUp({ 'main.tf': call });
  const { findings, problems } = await lint(fileSystem, [''], { ...options, plans: [plan!] });
  expect(findings.map(({ check, message }) => `${check}: ${message}`)).toContainEqual(
    expect.stringMatching(/^admin-port-open: .* RDP/),
  );
  expect(JSON.stringify([findings, problems].flat().map(({ message }) => message))).not.toMatch(/SSH|stand-in/);
});

test('modules of several stand-ins are told together, and those without one apart', async () => {
  const text = `module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "6.0.1"
}

module "label" {
  source = "cloudposse/label/null"
}

module "later" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 99.0"
}

variable "version_of_label" {}

module "computed" {
  source  = "cloudposse/label/null"
  version = var.version_of_label
}
`;
  expect((await found({ 'main.tf': text })).filter((each) => each.startsWith('warning'))).toEqual([
    'warning 2 called modules are not installed ("terraform-aws-modules/vpc/aws" 6.x, "cloudposse/label/null" 0.25.x), so tfsg checked its stand-ins.',
    'warning 2 called modules are not installed ("terraform-aws-modules/vpc/aws", "cloudposse/label/null"), so their rules were not checked.',
  ]);
});

test('an argument that the module needs is missed', async () => {
  const text =
    'module "ssh" {\n  source = "terraform-aws-modules/security-group/aws//modules/ssh"\n  vpc_id = "vpc-1"\n}\n';
  const { findings } = await linted({ 'main.tf': text });
  expect(findings.filter(({ severity }) => severity === 'high').map(({ message }) => message)).toContain(
    'The argument "name" of module "ssh" is missing, so Terraform rejects it.',
  );
});

test('what a stand-in leaves out is unknown, and no fault', async () => {
  const text = `module "vpc" {
  source         = "terraform-aws-modules/vpc/aws"
  version        = "6.6.0"
  vpn_gateway_az = "eu-central-1a"
}

resource "aws_security_group" "vpn" {
  name        = "vpn"
  description = "VPN"
  vpc_id      = module.vpc.vpc_id

  ingress {
    description = "SSH"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = [module.vpc.vgw_address]
  }
}
`;
  const { findings, undecided } = await linted({ 'main.tf': text });
  expect(findings).toEqual([]);
  expect(undecided.map(({ check, because }) => [check, because])).toContainEqual([
    'admin-port-open',
    ['module.vpc.vgw_address'],
  ]);
});

describe('which stand-in a source has', () => {
  const vpc = 'terraform-aws-modules/vpc/aws';
  const cases: readonly (readonly [string, string | undefined, string | undefined])[] = [
    [vpc, undefined, '6.x'],
    [vpc, '5.1.0', '5.x'],
    [vpc, '>= 3.0, < 5.0', '4.x'],
    [vpc, '~> 2.0', undefined],
    [vpc, 'latest', undefined],
    [`registry.terraform.io/${vpc}`, '~> 4.0.1', '4.x'],
    [`registry.opentofu.org/${vpc}//modules/vpc-endpoints`, '6.0.0', '6.x'],
    [`${vpc}//modules/none`, '6.0.0', undefined],
    [`registry.example.com/${vpc}`, '5.0.0', undefined],
    ['acme/vpc/aws', '5.0.0', undefined],
    ['git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=v5.8.1', undefined, '5.x'],
    ['github.com/terraform-aws-modules/terraform-aws-vpc?ref=v3.2.0', undefined, '3.x'],
    ['github.com/terraform-aws-modules/terraform-aws-vpc//.?ref=v3.19.0', undefined, '3.x'],
    ['git@github.com:cloudposse/terraform-null-label.git?ref=tags/0.24.1', undefined, '0.24.x'],
    ['git::https://github.com/cloudposse/terraform-null-label.git?ref=tags/0.11.0', undefined, undefined],
    ['git::ssh://git@github.com/terraform-aws-modules/terraform-aws-vpc.git', undefined, '6.x'],
    ['git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=26c38a6', undefined, undefined],
    ['git::https://github.com/acme/terraform-aws-vpc.git?ref=v5.8.1', undefined, undefined],
    ['git::https://git.example.com/terraform-aws-modules/terraform-aws-vpc.git?ref=v5.8.1', undefined, undefined],
  ];
  test.each(cases)('%s %s: %s', async (source, version, expected) => {
    expect((await standInFor(moduleAddress(source), version))?.versions).toBe(expected);
  });
});

describe('a constraint allows some version of a line', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['5.1.0', '5', true],
    ['= 5.1.0', '4', false],
    ['~> 5', '5', true],
    ['~> 5', '6', true],
    ['~> 5.1', '6', false],
    ['~> 5.1.2', '5', true],
    ['> 5.9.9', '5', true],
    ['>= 6', '5', false],
    ['< 5.0.0', '5', false],
    ['< 5.0.1', '5', true],
    ['<= 5.0.0', '5', true],
    ['!= 5.0.0', '5', true],
    ['>= 4.2, != 5.1.0, < 6', '5', true],
    ['>= 5.2, < 5.1', '5', false],
    ['0.25.0', '0.25', true],
    ['0.24.1', '0.25', false],
    ['~> 0.24', '0.25', true],
    ['v5.0.0', '5', true],
    ['5.0.0-rc.1', '5', true],
    ['newest', '5', false],
    ['', '5', false],
  ];
  test.each(cases)('%s, of %s.x: %s', (constraint, line, expected) => {
    expect(allowsLine(constraint, line)).toBe(expected);
  });
});
