/** Whatever makes "nothing found" less than the whole truth is said, in text and in JSON. */

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { formatNames } from '../../src/report/render.ts';
import { anyNames, links } from '../systems.ts';
import { closed, open, type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const only = '--check admin-port-open';
const registry = 'module "web" {\n  source = "acme/web/aws"\n}\n';
const maybe = `${open.replace('["0.0.0.0/0"]', '[var.office]')}variable "office" { type = string }\n`;
const off = open.replace('{\n', '{\n  count = 0\n');

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly options?: string;
  /** What text says, on standard output or error. */
  readonly text: RegExp;
  /** What of the JSON report says it. */
  readonly json: (report: {
    readonly problems: { message: string }[];
    readonly summary: Record<string, number>;
  }) => unknown;
}

const reasons: Readonly<Record<string, Case>> = {
  'there are no files': {
    files: { 'README.md': '' },
    text: /^tfsg: no Terraform files found\.$/m,
    json: ({ problems }) => problems[0]?.message === 'no Terraform files found.',
  },
  'files are excluded': {
    files: { 'a/main.tf': open, 'b/main.tf': closed, '.tfsgrc.json': '{ "exclude": ["a"] }' },
    text: /^tfsg: nothing found in 1 file .*; 1 file excluded$/m,
    json: ({ summary }) => summary['excluded'] === 1,
  },
  'all files are excluded': {
    files: { 'a/main.tf': open, '.tfsgrc.json': '{ "exclude": ["a"] }' },
    text: /^tfsg: no Terraform files were linted: the configuration excludes the only one\.$/m,
    json: ({ problems, summary }) => /excludes the only one/.test(problems[0]!.message) && summary['excluded'] === 1,
  },
  'a module was not read': {
    files: { 'main.tf': registry },
    text: /The module "acme\/web\/aws" is not installed/,
    json: ({ problems }) => /" is not installed/.test(problems[0]!.message),
  },
  'a block is switched off': {
    files: { 'main.tf': off },
    text: /; 2 groups and rules are switched off$/m,
    json: ({ summary }) => summary['switchedOff'] === 2 && summary['switchedOffByInputs'] === 0,
  },
  'a question is undecided': {
    files: { 'main.tf': maybe },
    text: /; 1 result left to whoever calls these modules \(list it with --unknown\)$/m,
    json: ({ summary }) => summary['undecided'] === 1,
  },
  'a comment suppresses it': {
    files: { 'main.tf': open.replace('["0.0.0.0/0"]', '["0.0.0.0/0"] # tfsg:ignore admin-port-open -- a test') },
    text: /; 1 suppressed$/m,
    json: ({ summary }) => summary['suppressed'] === 1,
  },
  'it is in the baseline': {
    files: { 'main.tf': open },
    options: '--baseline known.json',
    text: /; 1 in the baseline$/m,
    json: ({ summary }) => summary['baselined'] === 1,
  },
  'it is outside of the diff': {
    files: { 'main.tf': open, 'x.diff': '--- a/other.tf\n+++ b/other.tf\n@@ -0,0 +1 @@\n+x\n' },
    options: '--diff x.diff',
    text: /; 1 outside the diff$/m,
    json: ({ summary }) => summary['outsideDiff'] === 1,
  },
  'it is in a downloaded module': {
    files: {
      'main.tf': registry,
      '.terraform/modules/modules.json':
        '{ "Modules": [{ "Key": "web", "Source": "acme/web/aws", "Dir": ".terraform/modules/web" }] }',
      '.terraform/modules/web/main.tf': 'resource "aws_security_group" "web" {}\n',
    },
    options: '--check missing-group-description',
    text: /; 1 finding in downloaded modules is not shown$/m,
    json: ({ summary }) => summary['inDownloadedModules'] === 1,
  },
};

describe('nothing is found where', () => {
  test.each(Object.entries(reasons))('%s, which is said', async (_, { files, options = '', text, json }) => {
    shell = shellWith(files);
    const check = options.includes('--check') ? options : `${only} ${options}`;
    if (options.includes('--baseline'))
      await shell.tfsg(`${only.replace(/.*/, '')} --baseline known.json --update-baseline`);
    const shown = await shell.tfsg(check);
    expect([shown.code, `${shown.stdout}${shown.stderr}`]).toEqual([0, expect.stringMatching(text)]);
    const { stdout } = await shell.tfsg(`${check} -f json`);
    expect(JSON.parse(stdout).findings).toEqual([]);
    expect(json(JSON.parse(stdout))).toBe(true);
  });
});

describe('modules that were not read', () => {
  test.each(formatNames)('are named in %s, as the number of undecided questions is', async (format) => {
    shell = shellWith({ 'a/main.tf': registry, 'b/main.tf': maybe });
    const { stdout, stderr } = await shell.tfsg(`${only} -f ${format}`);
    expect(stdout).toContain('acme/web/aws');
    const number = /1 (?:check )?result (?:undecided|left)|"undecided": 1/;
    expect(format === 'pretty' ? stderr : stdout).toMatch(number);
    expect(stdout).toMatch(/terraform get/);
  });

  test('fail the run where that is asked for', async () => {
    shell = shellWith({ 'main.tf': registry });
    expect((await shell.tfsg('')).code).toBe(0);
    const failed = await shell.tfsg('--fail-on-unresolved --quiet');
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain('acme/web/aws');
    expect(failed.stderr).toBe('tfsg: this run fails because modules were not read.\n');
    writeFileSync(join(shell.folder, '.tfsgrc.json'), '{ "failOnUnresolved": true }');
    expect((await shell.tfsg('')).code).toBe(1);
  });

  test('are told by why they were not read, each with what brings them', async () => {
    shell = shellWith({
      '.git/': '',
      '.gitmodules': '[submodule "sub"]\n\tpath = modules/sub\n\turl = https://example.com/sub.git\n',
      'main.tf': [
        'module "a" { source = "acme/a/aws" }',
        'module "b" { source = "git::https://example.com/b.git" }',
        'module "sub" { source = "./modules/sub/network" }',
        'module "gone" { source = "./gone" }',
        'module "out" { source = "../out" }',
        'module "x" { source = var.x }',
      ].join('\n'),
    });
    const { problems } = JSON.parse((await shell.tfsg('-f json')).stdout);
    expect(problems.map(({ message, hint }: Record<string, string>) => `${message} ${hint}`)).toEqual([
      '2 called modules are not installed ("acme/a/aws", "git::https://example.com/b.git"), so their rules were not checked. Run "terraform get" in .; tfsg then reads .terraform/modules.',
      'The module "./modules/sub/network" is in a git submodule that is not checked out, so its rules were not checked. Run "git submodule update --init".',
      'The module "./gone" is missing, so its rules were not checked. Correct the source, or check out its directory.',
      'The module "../out" is outside the directories that tfsg reads, so its rules were not checked. Run tfsg on a directory, or in a repository, that contains the module too.',
      'The module is called with a source that depends on unknown values, so its rules were not checked. Give the variables in it a value (--var, --var-file), or write it as a plain string.',
    ]);
  });
});

describe('questions of exposure that are undecided', () => {
  test('fail the run where that is asked for, and are listed then', async () => {
    shell = shellWith({ 'main.tf': maybe });
    const { code, stdout, stderr } = await shell.tfsg('--fail-on-unresolved');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /undecided admin-port-open\n {2}Whoever calls this decides whether SSH \(22\/tcp\) is open to the internet: var\.office\./,
    );
    expect(stderr).toMatch(/^tfsg: this run fails because \d exposure results? (?:is|are) undecided\.$/m);
  });

  test('do not where their check is off, or of less than what fails', async () => {
    shell = shellWith({ 'main.tf': maybe });
    expect((await shell.tfsg('--fail-on-unresolved --check missing-rule-description')).code).toBe(0);
    expect((await shell.tfsg('--fail-on-unresolved --fail-on never')).code).toBe(0);
  });

  test('fail merged reports in the same way', async () => {
    shell = shellWith({ 'main.tf': maybe });
    await shell.tfsg('--shard 1/1 -o json=1.json');
    expect((await shell.tfsg('merge 1.json')).code).toBe(0);
    const { code, stderr } = await shell.tfsg('merge 1.json --fail-on-unresolved');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/this run fails because \d exposure result/)]);
  });
});

describe('a module above the working directory', () => {
  const files = {
    'live/main.tf': 'module "net" {\n  source = "../net"\n}\n',
    'net/main.tf': open.replace('["0.0.0.0/0"]', 'jsondecode(file("${path.module}/cidrs.json"))'),
    'net/cidrs.json': '["0.0.0.0/0"]',
    'secret.json': '["0.0.0.0/0"]',
  };

  test('is read where there is no repository, with the files in its folder', async () => {
    shell = shellWith(files);
    const { stdout } = await shell.tfsg(`${only} -f unix`, { cwd: 'live' });
    expect(stdout).toMatch(/^\.\.\/net\/main\.tf:10:\d+: critical: 0\.0\.0\.0\/0 opens SSH/);
  });

  test('is not read beyond the border of a repository', async () => {
    shell = shellWith({ ...files, 'live/.git/': '' });
    const { stdout } = await shell.tfsg(`${only} -f unix`, { cwd: 'live' });
    expect(stdout).toMatch(/The module "\.\.\/net" is outside the directories that tfsg reads/);
  });

  test('opens no other folder', async () => {
    shell = shellWith({ ...files, 'net/main.tf': files['net/main.tf'].replace('/cidrs.json', '/../secret.json') });
    const { stdout } = await shell.tfsg(`${only} -f unix --unknown`, { cwd: 'live' });
    expect(stdout).toMatch(/undecided: file\("\.\.\/net\/\.\.\/secret\.json"\) decides/);
  });
});

describe('a module that no caller makes an instance of', () => {
  const wrapper =
    'variable "items" {\n  default = {}\n}\nmodule "wrapper" {\n  source   = "../"\n  for_each = var.items\n}\n';

  test('is judged by itself', async () => {
    shell = shellWith({ 'main.tf': open, 'wrappers/main.tf': wrapper });
    const { code, stdout } = await shell.tfsg(`${only} -f unix`);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^main\.tf:10:20: critical: /)]);
  });

  test('is judged as its caller has it where another caller makes one', async () => {
    const called = `variable "cidr" {\n  default = "0.0.0.0/0"\n}\n${open.replace('"0.0.0.0/0"', 'var.cidr')}`;
    shell = shellWith({
      'main.tf': called,
      'wrappers/main.tf': wrapper,
      'live/main.tf': 'module "net" {\n  source = "../"\n  cidr   = "10.0.0.0/8"\n}\n',
    });
    for (const shard of ['', '--shard 1/2', '--shard 2/2']) {
      expect(await shell.tfsg(`${only} -f unix --worlds one ${shard}`)).toMatchObject({ code: 0, stdout: '' });
    }
    expect((await shell.tfsg(`${only} -f unix`)).stdout).toMatch(
      /^main\.tf:13:20: critical: Where var\.items is not empty: 0\.0\.0\.0\/0 opens SSH/,
    );
  });

  test('takes the modules that it calls along', async () => {
    shell = shellWith({
      'main.tf': 'module "outer" {\n  source = "./outer"\n  count  = 0\n}\n',
      'outer/main.tf': 'module "inner" {\n  source = "../inner"\n  cidr   = "10.0.0.0/8"\n}\n',
      'inner/main.tf': `variable "cidr" {\n  default = "0.0.0.0/0"\n}\n${open.replace('"0.0.0.0/0"', 'var.cidr')}`,
    });
    expect((await shell.tfsg(`${only} -f unix`)).stdout).toBe('');
  });
});

describe('a file that is named', () => {
  test.each([
    [
      'README.md',
      '',
      'this is not a Terraform file. tfsg reads .tf, .tofu, .tf.json, .tofu.json and .tfvars files, terragrunt.hcl and files of stacks.',
    ],
    ['main.tf~', open, 'Terraform ignores files with this name, and so does tfsg.'],
  ])('and can not be linted is an error: %s', async (name, text, message) => {
    shell = shellWith({ [name]: text, 'main.tf': closed });
    const { code, stdout } = await shell.tfsg(`${only} -f unix ${name} main.tf`);
    expect([code, stdout]).toEqual([2, `tfsg: error: ${name}: ${message} [file]\n`]);
  });

  test.each(['main.tf', 'prod.tfvars', 'x.auto.tfvars.json', 'a.tftest.hcl', '.tfsgrc.json'])(
    'stands for its folder: %s',
    async (name) => {
      const text = name.endsWith('.json') ? '{}' : '';
      shell = shellWith({ 'main.tf': open, ...(name !== 'main.tf' && { [name]: text }) });
      expect((await shell.tfsg(`${only} ${name}`)).code).toBe(1);
    },
  );
});

test('an empty folder fails the run where that is asked for', async () => {
  shell = shellWith({ 'a/': '' });
  expect((await shell.tfsg('a')).code).toBe(0);
  expect((await shell.tfsg('a --fail-on-empty')).code).toBe(2);
  expect((await shell.tfsg('a --quiet')).stderr).toBe('tfsg: no Terraform files found.\n');
});

describe('files that can not be read are said', () => {
  links.test('a link out of the tree', async () => {
    shell = shellWith({ 'tree/.git/': '', 'outside/main.tf': open, 'tree/terraform.tfvars': '' });
    symlinkSync('../outside/main.tf', join(shell.folder, 'tree/main.tf'));
    symlinkSync('../outside', join(shell.folder, 'tree/modules'));
    const { code, stdout } = await shell.tfsg('-f unix', { cwd: 'tree' });
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^main\.tf:1:1: error: Cannot read main\.tf: the symbolic link points outside the tree\. \[file\]$/m,
    );
    expect(stdout).toMatch(
      /^modules:1:1: warning: This symbolic link points to a directory outside the tree, which tfsg does not read\. \[unread\]$/m,
    );
  });

  anyNames.test('a folder whose name is not UTF-8', async () => {
    shell = shellWith({ 'main.tf': closed });
    const name = Buffer.from([0x64, 0xff]);
    const folder = Buffer.concat([Buffer.from(`${shell.folder}/`), name]);
    mkdirSync(folder);
    writeFileSync(Buffer.concat([folder, Buffer.from('/a.tf')]), open);
    const { code, stdout } = await shell.tfsg(`${only} -f unix`);
    expect([code, stdout]).toEqual([2, expect.stringMatching(/cannot read the directory: its name is not UTF-8\./)]);
  });
});

links.test('one file that several folders link to is one file, with its roots', async () => {
  shell = shellWith({ '.git/': '', 'common/sg.tf': open, 'one/main.tf': '', 'two/main.tf': '' });
  for (const folder of ['one', 'two']) symlinkSync('../common/sg.tf', join(shell.folder, `${folder}/sg.tf`));
  const { findings, summary } = JSON.parse((await shell.tfsg(`${only} -f json`)).stdout);
  expect(findings).toMatchObject([{ file: 'common/sg.tf', roots: ['common', 'one', 'two'] }]);
  expect(summary.files).toBe(3);
  expect((await shell.tfsg(only)).stdout).toContain('\n  in root modules common, one, two\n');
});

describe('values for variables that nobody declares', () => {
  const files = { 'main.tf': maybe.replace('"office"', '"office_cidr"').replace('var.office', 'var.office_cidr') };

  test('are an error on the command line', async () => {
    shell = shellWith(files);
    const { code, stdout } = await shell.tfsg(`${only} -f unix --var ofice_cidr=10.0.0.0/8`);
    expect([code, stdout]).toEqual([
      2,
      expect.stringContaining(
        'tfsg: error: --var ofice_cidr: no root module declares a variable "ofice_cidr". Did you mean "office_cidr"? [configuration]\n',
      ),
    ]);
  });

  test('are a warning in a variable file', async () => {
    const values = 'ofice_cidr = "10.0.0.0/8"\nregion = "eu-west-1"\n';
    shell = shellWith({ ...files, 'terraform.tfvars': values, 'other/main.tf': closed, 'prod.tfvars': 'regio = 1\n' });
    const { code, stdout } = await shell.tfsg(`${only} -f unix --var-file prod.tfvars`);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'prod.tfvars:1:1: warning: The variable "regio" is not declared, so Terraform ignores its value. [terraform]\n' +
        'terraform.tfvars:1:1: warning: The variables "ofice_cidr", "region" are not declared, so Terraform ignores their values. Did you mean "office_cidr"? [terraform]\n',
    );
  });

  test('are a warning in an environment', async () => {
    shell = shellWith({ ...files, '.tfsgrc.json': '{ "environments": { "prod": { "vars": { "x": 1 } } } }' });
    const { stdout } = await shell.tfsg(`${only} -f unix`);
    expect(stdout).toMatch(/No root module declares the variable "x", which the environment "prod" sets\./);
  });
});

describe('a configuration that has to do with nothing here', () => {
  const warnings = async (config: object, options = '') => {
    shell = shellWith({ '.git/': '', 'net/main.tf': open, '.tfsgrc.json': JSON.stringify(config) });
    const { stdout } = await shell.tfsg(`-f json ${options}`);
    return JSON.parse(stdout).problems.map(({ message, hint }: Record<string, string>) =>
      `${message} ${hint ?? ''}`.trim(),
    );
  };

  test.each([
    [{ policy: [{ groups: ['*-dbx'] }] }, 'No group matches "*-dbx", so this policy has no effect.'],
    [
      { policy: [{ groups: ['web'], ingress: [{ from: ['aws_security_group.wbe'] }] }] },
      'aws_security_group.wbe does not exist, so this entry has no effect. Did you mean "aws_security_group.web"?',
    ],
    [
      { policy: [{ groups: ['web'], ingress: [{ from: ['*-lb'] }] }] },
      'No group matches "*-lb", so this source has no effect.',
    ],
    [
      { roles: { app: [{ from: ['*-lb', '*web'] }] }, policy: [{ groups: ['web'], role: 'app' }] },
      'No group matches "*-lb", so this source has no effect.',
    ],
    [
      { trusted: { groups: ['aws_security_group.lb'] } },
      'aws_security_group.lb does not exist, so this entry has no effect. Did you mean "aws_security_group.web"?',
    ],
    [
      { overrides: [{ files: ['bastion/**'], checks: { 'port-open': 'off' } }] },
      'No file that was read matches "bastion/**", so this override has no effect.',
    ],
    [
      { overrides: [{ groups: ['bastion'], checks: { 'port-open': 'off' } }] },
      'No group matches "bastion", so this override has no effect.',
    ],
    [
      { checks: { 'icmp-open': ['low', { allowedTypes: ['ping'] }] } },
      '"ping" is not an ICMP type and has no effect. Write "icmp/8", "icmpv6/128" or "icmp/3/4".',
    ],
    [
      { checks: { 'broad-public-cidr': ['low', { trusted: ['office'] }] } },
      '"office" is not a CIDR block and has no effect. Write a block such as "203.0.113.0/24".',
    ],
  ])('is told: %j', async (config, message) => {
    expect(await warnings(config)).toEqual([message]);
  });

  test('is told of patterns without a fault alone', async () => {
    const faulty = ['', '[z-a]'];
    const told = await warnings({
      policy: [{ groups: faulty, role: 'web' }],
      overrides: [{ files: faulty, checks: { 'port-open': 'off' } }],
    });
    expect(told).toHaveLength(4);
    expect(told.join()).not.toContain('applies to nothing');
  });

  test('is not told of a run over a part of the tree', async () => {
    expect(await warnings({ policy: [{ groups: ['*-dbx'] }] }, 'net')).toEqual([]);
  });

  test.each(['.tfsgrc', '.tfsgrc.yaml', 'tfsg.json', '.tfsgrc.js'])(
    'is told where it has another name: %s',
    async (name) => {
      shell = shellWith({ 'main.tf': closed, [name]: '{}' });
      expect((await shell.tfsg(`${only} -f unix`)).stdout).toBe(
        `tfsg: warning: ${name} is ignored. Did you mean .tfsgrc.json? [configuration]\n`,
      );
      expect((await shell.tfsg(`${only} -f unix --no-config`)).stdout).toBe('');
      writeFileSync(join(shell.folder, '.tfsgrc.json'), '{}');
      expect((await shell.tfsg(`${only} -f unix`)).stdout).toBe('');
    },
  );

  test.each([
    [
      '{\n  "tfsg": { "failOn": "high" }\n}\n',
      ' "tfsg" in package.json is ignored. Did you mean .tfsgrc.json? [configuration]\n',
    ],
    ['{\n  "devDependencies": {\n    "tfsg": "1.0.0"\n  }\n}\n', ''],
  ])('is told where it is in a package.json: %s', async (text, message) => {
    shell = shellWith({ 'main.tf': closed, 'package.json': text });
    expect((await shell.tfsg(`${only} -f unix`)).stdout).toBe(message && `tfsg: warning:${message}`);
  });
});

describe('a downloaded module', () => {
  const files = (module: string) => ({
    'main.tf': `module "edge" {\n  source = "./edge"\n}\n`,
    'edge/main.tf': registry,
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [
        { Key: 'edge', Source: './edge', Dir: 'edge' },
        { Key: 'edge.web', Source: 'acme/web/aws', Dir: '.terraform/modules/edge.web' },
      ],
    }),
    '.terraform/modules/edge.web/main.tf': module,
  });

  test('has what it opens told where it is called', async () => {
    shell = shellWith(files(open));
    const { findings } = JSON.parse((await shell.tfsg(`${only} -f json`)).stdout);
    expect(findings).toMatchObject([
      {
        file: 'edge/main.tf',
        range: { start: { line: 2, column: 12 } },
        message: 'In module.edge.module.web: 0.0.0.0/0 opens SSH (22/tcp) to the whole IPv4 internet.',
        subject: 'module.edge.module.web.aws_security_group.web',
        related: [{ message: 'in the downloaded module', file: '.terraform/modules/edge.web/main.tf' }],
        fix: null,
      },
    ]);
  });

  test('has what will not apply told there too, and what can be suppressed there', async () => {
    shell = shellWith(files(open.replace('0.0.0.0/0', '10.1.2.3/8')));
    const check = '--check invalid-cidr -f unix';
    expect((await shell.tfsg(check)).stdout).toMatch(
      /^edge\/main\.tf:2:12: high: In module\.edge\.module\.web: "10\.1\.2\.3\/8" /,
    );
    writeFileSync(join(shell.folder, 'edge/main.tf'), `# tfsg:ignore invalid-cidr -- upstream\n${registry}`);
    expect((await shell.tfsg(check)).stdout).toBe('');
  });
});

describe('tfsg inspect', () => {
  test('says that there is nothing', async () => {
    shell = shellWith({ 'a/': '', 'b/main.tf': open, '.tfsgrc.json': '{ "exclude": ["b"] }' });
    expect(await shell.tfsg('inspect a')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'warning file\n  no Terraform files found.\n',
    });
    const { problems } = JSON.parse((await shell.tfsg('inspect -f json b')).stdout);
    expect(problems).toMatchObject([
      { message: 'no Terraform files were linted: the configuration excludes the only one.' },
    ]);
  });

  test('marks what may not exist', async () => {
    const dynamic = `variable "on" {
  type = bool
}
${open.replace('{\n', '{\n  count = var.on ? 1 : 0\n')}`;
    shell = shellWith({ 'main.tf': dynamic });
    const { groups, rules } = JSON.parse((await shell.tfsg('inspect -f json --worlds one')).stdout);
    expect([groups[0].exists, rules[0].exists]).toEqual(['unknown', 'unknown']);
    expect((await shell.tfsg('inspect')).stdout).toBe(
      [
        'aws_security_group.web[0]  where var.on is true  main.tf:4:1',
        '  in   TCP 22 (SSH)  from 0.0.0.0/0  where var.on is true  main.tf:9:3',
        '',
        '1 group, 1 rule',
        '',
      ].join('\n'),
    );
    expect((await shell.tfsg('inspect --worlds one')).stdout).toBe(
      [
        'aws_security_group.web  (may not exist)  main.tf:4:1',
        '  in   TCP 22 (SSH)  from 0.0.0.0/0  (may not exist)  main.tf:9:3',
        '',
        '1 group, 1 rule',
        '',
      ].join('\n'),
    );
  });
});
