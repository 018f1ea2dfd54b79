/** What does not hold any more where inputs are others. */

import { expect, test } from '@jest/globals';
import { parseHcl } from '../../src/hcl/native/parser.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { AskedStale, MarkedStale, type ReferencesOf, usersIn } from '../../src/terraform/instances/earlier.ts';
import { entryKeys, referencesOf, referencesOfCall } from '../../src/terraform/instances/references.ts';
import type { LoadedModule } from '../../src/terraform/modules/load.ts';
import { type Declaration, decodeModule } from '../../src/terraform/modules/module.ts';

interface Instance {
  readonly module: LoadedModule;
  readonly calledBy: { readonly instance: Instance; readonly name: string } | undefined;
  made(call: string): readonly Instance[];
}

function moduleOf(directory: string, text: string): LoadedModule {
  const tree = parseHcl(new SourceFile(`${directory}/main.tf`, text)).value;
  return { ...decodeModule(directory, [{ tree, isOverride: false }]).value, calls: new Map(), problems: [] };
}

const called = moduleOf(
  'net',
  `variable "cidr" {}
variable "name" { default = "net" }
resource "aws_vpc" "main" {
  cidr_block = var.cidr
  tags       = { Name = local.name }
}
locals { name = "\${var.name}-\${terraform.workspace}" }
output "vpc" { value = aws_vpc.main.id }
output "label" { value = var.name }
`,
);

const root = moduleOf(
  '',
  `variable "env" { default = "dev" }
variable "office" { default = "203.0.113.0/24" }
locals {
  cidr  = local.cidrs[var.env]
  cidrs = { dev = "10.0.0.0/16", prod = "10.1.0.0/16" }
  loop  = local.back
  back  = [local.loop, data.aws_ami.app.id]
}
data "aws_ami" "app" { most_recent = true }
module "net" {
  source = "./net"
  count  = var.office == "" ? 0 : 1
  cidr   = local.cidr
}
module "none" { source = "./none" }
resource "aws_security_group" "web" { vpc_id = module.net[0].vpc }
resource "aws_security_group_rule" "web" {
  cidr_blocks       = [var.office]
  security_group_id = aws_security_group.web.id
}
resource "aws_instance" "app" { ami = data.aws_ami.app.id }
output "loop" { value = local.loop }
`,
);

const top: Instance = { module: root, calledBy: undefined, made: (call) => (call === 'net' ? [inner] : []) };
const inner: Instance = { module: called, calledBy: { instance: top, name: 'net' }, made: () => [] };

const ask: ReferencesOf = (declaration, isCall) =>
  isCall ? referencesOfCall(declaration as Declaration) : referencesOf(declaration);

const keysOf = ({ variables, locals, outputs, moduleCalls, resources }: LoadedModule): readonly string[] => [
  ...[...variables.keys()].map(entryKeys.variable),
  ...[...locals.keys()].map(entryKeys.local),
  ...[...outputs.keys()].map(entryKeys.output),
  ...[...moduleCalls.keys()].flatMap((name) => [entryKeys.call(name), entryKeys.module(name)]),
  ...[...resources.keys()].map(entryKeys.resource),
];

const everything = [top, inner].flatMap((instance) => keysOf(instance.module).map((key) => ({ instance, key })));

const nameOf = ({ instance, key }: (typeof everything)[number]): string => (instance === top ? key : `net ${key}`);

const inputs = [
  [],
  ['var.env'],
  ['var.office'],
  ['terraform.workspace'],
  ['data.aws_ami.app.id'],
  ['var.env', 'var.office'],
];

test.each(inputs.map((each) => [each]))('the same is stale for %j whether it is marked or asked for', (changed) => {
  const marked = new MarkedStale<Instance>(
    top,
    root,
    changed,
    (module) => usersIn(module, ask),
    () => [],
  );
  const isMarked = everything.filter(({ instance, key }) => marked.has(instance, key)).map(nameOf);
  // In any order: what was found for one is taken for the next.
  for (const order of [everything, [...everything].reverse()]) {
    const asked = new AskedStale<Instance>(changed, ask);
    const isAsked = order.filter(({ instance, key }) => asked.has(instance, key)).map(nameOf);
    expect([...isAsked].sort()).toEqual([...isMarked].sort());
  }
});

test('what a caller gives is stale in the module, and so is what that makes', () => {
  const asked = new AskedStale<Instance>(['var.env'], ask);
  expect(everything.filter(({ instance, key }) => asked.has(instance, key)).map(nameOf)).toEqual([
    'var.env',
    'local.cidr',
    'module.net',
    'resource aws_security_group.web',
    'resource aws_security_group_rule.web',
    'net var.cidr',
    'net output.vpc',
    'net resource aws_vpc.main',
  ]);
});
