/** Terragrunt's units and stacks on the command line. */

import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { formatNames } from '../../src/report/render.ts';
import { type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const module = `variable "cidrs" {
  type = list(string)
}

resource "aws_security_group" "this" {
  name        = "group"
  description = "SSH"

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.cidrs
  }
}
`;

const unit = (source: string, more = '') =>
  `terraform {\n  source = "${source}"\n}\n\ninputs = {\n  cidrs = ["0.0.0.0/0"]\n}\n${more}`;
const component = (source: string) =>
  `component "group" {\n  source = "${source}"\n  inputs = {\n    cidrs = ["0.0.0.0/0"]\n  }\n}\n`;

test('files behind links out of the tree are not read, which is said', async () => {
  shell = shellWith({
    'tree/.git/': '',
    'tree/module/main.tf': module,
    'tree/linked/': '',
    'tree/broken/': '',
    'tree/stack/': '',
    'tree/including/terragrunt.hcl': unit('../module', 'include "root" {\n  path = "../root.hcl"\n}\n'),
    'tree/above/terragrunt.hcl': unit('../module', 'include "root" {\n  path = "../../outside/terragrunt.hcl"\n}\n'),
    'outside/terragrunt.hcl': unit('../module'),
    'outside/a.tfcomponent.hcl': component('../module'),
  });
  const tree = join(shell.folder, 'tree');
  symlinkSync('../../outside/terragrunt.hcl', join(tree, 'linked/terragrunt.hcl'));
  symlinkSync('nowhere', join(tree, 'broken/terragrunt.hcl'));
  symlinkSync('../../outside/a.tfcomponent.hcl', join(tree, 'stack/a.tfcomponent.hcl'));
  symlinkSync('../outside/terragrunt.hcl', join(tree, 'root.hcl'));
  const { stdout } = await shell.tfsg('-f unix', { cwd: 'tree' });
  expect(stdout.trimEnd().split('\n')).toEqual([
    'above/terragrunt.hcl:8:1: warning: The included file ../../outside/terragrunt.hcl is outside the directories that tfsg reads, so its inputs are unknown. [evaluation]',
    'broken/terragrunt.hcl:1:1: error: Cannot read broken/terragrunt.hcl: broken symbolic link. [file]',
    "including/terragrunt.hcl:8:1: warning: The included file ../root.hcl can't be read: the symbolic link points outside the tree, so its inputs are unknown. [evaluation]",
    'linked/terragrunt.hcl:1:1: error: Cannot read linked/terragrunt.hcl: the symbolic link points outside the tree. [file]',
    'stack/a.tfcomponent.hcl:1:1: error: Cannot read stack/a.tfcomponent.hcl: the symbolic link points outside the tree. [file]',
    expect.stringMatching(/^module\/main\.tf:14:19: critical: /),
  ]);
});

test.each(['/etc', 'file:///etc', '../../../..', '../module//../../../etc', 'git::file:///etc', 'file://../../..'])(
  'the source %s leads to nothing',
  async (source) => {
    shell = shellWith({
      '.git/': '',
      'unit/terragrunt.hcl': unit(source),
      'stack/a.tfcomponent.hcl': component(source),
    });
    const { code, stdout, stderr } = await shell.tfsg('-f unix');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^tfsg: nothing found in 2 files .*; 2 warnings\n$/)]);
    const reason = 'The module of this .* is (?:outside the directories that tfsg reads|not in this repository) .*';
    expect(stdout).toMatch(new RegExp(`^stack/a.*: warning: ${reason}\nunit/terragrunt.*: warning: ${reason}\n$`));
  },
);

test('names cannot give commands to a CI', async () => {
  const hostile = 'x\n::error::y\n##vso[task.z]';
  const given = `include ${JSON.stringify(hostile)} {\n  path = ${JSON.stringify(hostile)}\n}\n`;
  shell = shellWith({
    '.git/': '',
    'module/main.tf': module,
    [`${hostile}/terragrunt.hcl`]: unit('../module', given),
    'live/terragrunt.stack.hcl': `unit "u" {\n  source = "../${JSON.stringify(hostile).slice(1, -1)}"\n  path   = ${JSON.stringify(hostile)}\n}\n`,
    'stack/a.tfcomponent.hcl': `component "c" {\n  source = "../module"\n  for_each = toset([${JSON.stringify(hostile)}])\n  inputs = { cidrs = ["0.0.0.0/0"] }\n}\n`,
    'stack/a.tfdeploy.hcl': `deployment "d" {\n  inputs = {}\n}\n`,
  });
  for (const format of formatNames) {
    const { stdout, stderr } = await shell.tfsg(['-f', format, '--unknown']);
    expect(stderr).not.toContain('internal error');
    expect(`${stdout}${stderr}`).not.toMatch(/^\s*(?:::error::y|##vso)/m);
  }
});

test('no fix is written for a file that Terragrunt generates', async () => {
  const generated = `resource "aws_security_group" "this" {
  name        = "group"
  description = "SSH"

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.1/8"]
  }
}
`;
  const block = `generate "group" {\n  path      = "group.tf"\n  if_exists = "overwrite"\n  contents  = <<EOF\n${generated}EOF\n}\n`;
  shell = shellWith({
    '.git/': '',
    'module/main.tf': module,
    'new/terragrunt.hcl': unit('../module', block),
    'kept/terragrunt.hcl': unit('../module', block),
    'kept/group.tf': `# Not what is generated, and longer than that ${'.'.repeat(1000)}\n`,
  });
  const { stdout } = await shell.tfsg('--fix --unsafe-fixes -f unix');
  expect(stdout).toContain('new/group.tf:10:20: high:');
  expect(() => readFileSync(join(shell.folder, 'new/group.tf'))).toThrow(/ENOENT/);
  expect(readFileSync(join(shell.folder, 'kept/group.tf'), 'utf8')).toMatch(/^# Not what is generated/);
  expect(readFileSync(join(shell.folder, 'new/terragrunt.hcl'), 'utf8')).toBe(unit('../module', block));
});

test('a pattern matches units and files of stacks', async () => {
  shell = shellWith({
    '.git/': '',
    'module/main.tf': module,
    'live/web/terragrunt.hcl': unit('../../module'),
    'stack/a.tfcomponent.hcl': component('../module'),
    'stack/notes.hcl': '',
  });
  const rootsOf = async (pattern: string): Promise<unknown> => {
    const { stdout } = await shell.tfsg(['-f', 'json', '--check', 'admin-port-open', pattern]);
    return JSON.parse(stdout).findings[0]?.roots;
  };
  expect(await rootsOf('**/*.hcl')).toEqual(['live/web', 'stack/component.group']);
  expect(await rootsOf('live/*/terragrunt.hcl')).toEqual(['live/web']);
});

test('shards come to the report of the whole run', async () => {
  shell = shellWith({
    '.git/': '',
    'module/main.tf': module,
    'live/web/terragrunt.hcl': unit('../../module'),
    'live/db/terragrunt.hcl': unit(
      '../../module',
      'dependency "web" {\n  config_path = "../web"\n}\nlocals {\n  open = read_terragrunt_config("../web/terragrunt.hcl")\n}\n',
    ),
    'live/off/terragrunt.hcl': unit('git::https://git.example.com/acme/modules.git'),
    'stack/a.tfcomponent.hcl': component('../module'),
  });
  const whole = (await shell.tfsg('-f json')).stdout;
  for (const count of [2, 3, 5]) {
    const shards = [...Array(count).keys()].map((index) => index + 1);
    for (const index of shards) await shell.tfsg(`--shard ${index}/${count} -o json=${index}.json`);
    const { stdout } = await shell.tfsg(['merge', '-f', 'json', ...shards.map((index) => `${index}.json`)]);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(whole));
  }
});

test('a comment in a module holds for all units, and one in a unit for that one', async () => {
  const ignored = (text: string, line: string): string =>
    text.replace(line, `${line} # tfsg:ignore admin-port-open -- a honeypot`);
  const files = {
    '.git/': '',
    'module/main.tf': module,
    'live/web/terragrunt.hcl': unit('../../module'),
    'live/db/terragrunt.hcl': ignored(unit('../../module'), 'cidrs = ["0.0.0.0/0"]'),
  };
  shell = shellWith({ ...files, 'module/main.tf': ignored(module, 'cidr_blocks = var.cidrs') });
  expect(await shell.tfsg('--check admin-port-open')).toMatchObject({ code: 0, stdout: '' });
  shell.remove();
  shell = shellWith(files);
  const { stdout } = await shell.tfsg('-f json --check admin-port-open');
  expect(JSON.parse(stdout)).toMatchObject({ findings: [{ roots: ['live/web'] }], summary: { suppressed: 1 } });
  const file = join(shell.folder, 'live/db/terragrunt.hcl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('0.0.0.0/0', '10.0.0.0/8'));
  const { stdout: unused } = await shell.tfsg('-f unix --check admin-port-open --report-unused-suppressions');
  expect(unused).toContain(
    'live/db/terragrunt.hcl:6:40: warning: Unused suppression: there is no finding of admin-port-open here.',
  );
});
