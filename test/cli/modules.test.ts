/** `tfsg modules`: what was read for each call, the command that gets the rest, and the exit code. */

import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const group = 'resource "aws_security_group" "g" {}\n';

const call = (name: string, source: string, version?: string): string =>
  `module "${name}" {\n  source = "${source}"\n${version === undefined ? '' : `  version = "${version}"\n`}}\n`;

const manifest = (Version: string): string =>
  JSON.stringify({
    Modules: [{ Key: 'sg', Source: 'registry.terraform.io/acme/sg/aws', Version, Dir: '.terraform/modules/sg' }],
  });

const estate = {
  '.git/config': '[remote "origin"]\n\turl = git@github.com:acme/estate.git\n',
  '.gitmodules': '[submodule "vendor/lb"]\n\tpath = vendor/lb\n\turl = https://example.com/lb.git\n',
  '.tfsgrc.json': '{ "modules": { "acme/vpc/aws": "vendor/vpc" } }',
  'vendor/vpc/main.tf': group,
  'modules/net/main.tf': group,
  'live/web/main.tf': [
    call('net', '../../modules/net'),
    call('own', 'git::https://github.com/acme/estate.git//modules/net?ref=v1.2.0'),
    call('vpc', 'acme/vpc/aws', '~> 2.0'),
    call('sg', 'acme/sg/aws', '~> 5.0'),
  ].join(''),
  'live/web/.terraform/modules/modules.json': manifest('5.3.0'),
  'live/web/.terraform/modules/sg/main.tf': group,
  'live/db/main.tf': [
    call('sg', 'acme/sg/aws', '>= 5.1'),
    call('rds', 'acme/rds/aws', '1.0.0'),
    call('lb', '../../vendor/lb'),
    call('gone', '../../modules/gone'),
    'variable "kind" {}\nmodule "any" {\n  source = "../$' + '{var.kind}"\n}\n',
  ].join(''),
};

test('a stack component whose directory is missing or empty is a call that was not read', async () => {
  const component = (name: string, source: string) => `component "${name}" {\n  source = "${source}"\n}\n`;
  shell = shellWith({
    'app/a.tfcomponent.hcl': component('gone', '../gone') + component('empty', '../empty'),
    'app/d.tfdeploy.hcl': 'deployment "prod" {\n  inputs = {}\n}\n',
    'empty/readme.md': '',
  });
  const { stdout } = await shell.tfsg('modules');
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    '../gone   not read: missing  app/a.tfcomponent.hcl:2:12',
    '../empty  not read: missing  app/a.tfcomponent.hcl:5:12',
  ]);
});

test('each call has a line, what was not read last', async () => {
  shell = shellWith(estate);
  expect(await shell.tfsg('modules')).toEqual({
    code: 1,
    stderr: '',
    stdout: [
      'acme/sg/aws >= 5.1   live/web/.terraform/modules/sg (5.3.0, installed elsewhere)  live/db/main.tf:2:12',
      'git::https://github.com/acme/estate.git//modules/net?ref=v1.2.0  modules/net (working tree, not v1.2.0)                       live/web/main.tf:5:12',
      'acme/vpc/aws ~> 2.0  vendor/vpc (configured)                                      live/web/main.tf:8:12',
      'acme/sg/aws ~> 5.0   live/web/.terraform/modules/sg (5.3.0)                       live/web/main.tf:12:12',
      'acme/rds/aws 1.0.0   not read: not installed                                      live/db/main.tf:6:12',
      '../../vendor/lb      not read: in a git submodule that is not checked out         live/db/main.tf:10:12',
      '../../modules/gone   not read: missing                                            live/db/main.tf:13:12',
      'module "any"         not read: called with a source that depends on unknown values  live/db/main.tf:17:12',
      '',
      '9 module calls, 4 not read (1 local module not listed)',
      'Run: git submodule update --init && terraform -chdir=live/db get',
      '',
    ].join('\n'),
  });
});

test('as JSON, as the schema has it', async () => {
  shell = shellWith(estate);
  const { code, stdout, stderr } = await shell.tfsg('modules -f json live');
  const document = JSON.parse(stdout);
  const validate = new Ajv().compile(JSON.parse(readFileSync('schema/modules.schema.json', 'utf8')));
  expect([code, stderr, validate(document), validate.errors]).toEqual([1, '', true, null]);
  const rows = document.modules.map((each: Record<string, unknown>) =>
    [each['name'], each['from'] ?? each['unread'], each['directory'], each['found'], each['roots']].flat().join(' '),
  );
  expect(rows).toEqual([
    'sg elsewhere live/web/.terraform/modules/sg 5.3.0 live/db',
    'rds remote   live/db',
    'lb submodule   live/db',
    'gone missing   live/db',
    'any computed   live/db',
    'own repository modules/net v1.2.0 live/web',
    'vpc mapped vendor/vpc  live/web',
    'sg installed live/web/.terraform/modules/sg 5.3.0 live/web',
  ]);
  expect([document.local, document.command]).toEqual([
    1,
    'git submodule update --init && terraform -chdir=live/db get',
  ]);
});

test('local modules are listed if they are asked for', async () => {
  shell = shellWith({ '.git/': '', 'main.tf': call('a', './a'), 'a/main.tf': group });
  expect(await shell.tfsg('modules')).toEqual({
    code: 0,
    stderr: '',
    stdout: '1 module call, all read (1 local module not listed)\n',
  });
  const { stdout } = await shell.tfsg('modules --all');
  expect(stdout).toBe('./a  a  main.tf:2:12\n\n1 module call, all read\n');
});

test('the command is for as few root modules as it takes, from the working directory', async () => {
  shell = shellWith({
    '.git/': '',
    'live/a/main.tf': call('s', '../../shared') + call('x', 'acme/x/aws'),
    'live/b/main.tf': call('s', '../../shared'),
    "live/it's/main.tofu": call('y', 'acme/y/aws'),
    'shared/main.tf': call('z', 'acme/z/aws'),
  });
  const command = async (cwd: string) => (await shell.tfsg('modules ..', { cwd })).stdout.match(/^Run: (.*)$/m)?.[1];
  expect(await command('live/b')).toBe(`for root in ../a '../it'\\''s'; do tofu -chdir="$root" get; done`);
  shell.remove();
  shell = shellWith({ '.git/': '', 'live/main.tf': call('x', 'acme/x/aws') });
  expect((await shell.tfsg('modules', { cwd: 'live' })).stdout).toMatch(/^Run: terraform get$/m);
});

test('TF_DATA_DIR is where Terraform has installed modules', async () => {
  const files = {
    '.git/': '',
    'live/main.tf': call('sg', 'acme/sg/aws', '~> 5.0'),
    'live/.data/modules/modules.json': manifest('5.3.0').replace('.terraform/', '.data/'),
    'live/.data/modules/sg/main.tf': group,
  };
  shell = shellWith(files);
  const from = async (environment: Record<string, string>) =>
    (await shell.tfsg('modules', { environment })).stdout.split('\n').filter((line) => line.includes('acme/sg'));
  expect(await from({})).toEqual([expect.stringContaining('not read')]);
  expect(await from({ TF_DATA_DIR: '.data' })).toEqual([
    'acme/sg/aws ~> 5.0  live/.data/modules/sg (5.3.0)  live/main.tf:2:12',
  ]);
  expect(await from({ TF_DATA_DIR: `${shell.folder}/live/.data` })).toEqual([expect.stringContaining('(5.3.0)')]);
  // Their findings are the module's, not the user's.
  const { stdout } = await shell.tfsg('--check missing-group-description -f json', {
    environment: { TF_DATA_DIR: '.data' },
  });
  expect(JSON.parse(stdout).summary).toMatchObject({ inDownloadedModules: 1 });
});

test('what can be read of nothing is an error, and no Terraform is said', async () => {
  shell = shellWith({ '.git/': '', 'broken/main.tf': 'module "a" {', 'empty/README.md': '' });
  expect(await shell.tfsg('modules broken')).toMatchObject({ code: 2 });
  expect(await shell.tfsg('modules empty')).toMatchObject({ code: 0, stdout: '' });
  expect((await shell.tfsg('modules empty')).stderr).toMatch(/no Terraform files found/);
  expect(await shell.tfsg('modules --al')).toMatchObject({ code: 2 });
});

test('what Terragrunt applies is got by Terragrunt', async () => {
  shell = shellWith({
    '.git/': '',
    'live/web/terragrunt.hcl': 'terraform {\n  source = "../../modules/web"\n}\n',
    'modules/web/main.tf': call('x', 'acme/x/aws'),
  });
  const { code, stdout } = await shell.tfsg('modules');
  expect([code, stdout.match(/^Run: (.*)$/m)?.[1]]).toEqual([1, '(cd live/web && terragrunt init -backend=false)']);
  shell.remove();
  const source = 'git::https://example.com/x.git//web';
  shell = shellWith({ '.git/': '', 'live/web/terragrunt.hcl': `terraform {\n  source = "${source}"\n}\n` });
  expect(await shell.tfsg('modules')).toMatchObject({ code: 1, stdout: expect.stringContaining(source) });
});

test('what a stand-in is checked for was not read', async () => {
  shell = shellWith({
    'main.tf': call('vpc', 'terraform-aws-modules/vpc/aws'),
    'live/vpc/terragrunt.hcl': 'terraform {\n  source = "tfr:///terraform-aws-modules/vpc/aws?version=5.1.0"\n}\n',
  });
  const { code, stdout } = await shell.tfsg('modules -f json');
  const listed = (JSON.parse(stdout) as { readonly modules: readonly Record<string, unknown>[] }).modules;
  expect(code).toBe(1);
  expect(listed.map(({ file, unread, standIn }) => [file, unread, standIn])).toEqual([
    ['live/vpc/terragrunt.hcl', 'remote', '5.x'],
    ['main.tf', 'remote', '6.x'],
  ]);
});
