/** `tfsg changes` on the command line: exit codes, what fails, environments, and what is refused. */

import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Shell, shellWith } from '../cli/shell.ts';

let shell: Shell | undefined;
afterEach(() => shell?.remove());

const groupWith = (source: string): string => `resource "aws_security_group" "web" {
  name = "web"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [${source}]
  }
}
`;

function pair(before: string, after: string, files: Readonly<Record<string, string>> = {}): Shell {
  shell = shellWith({ 'before/main.tf': before, 'after/main.tf': after, ...files });
  return shell;
}

const sentence = (stdout: string): string => stdout.slice(0, stdout.indexOf('\n'));

describe('--no-new-access', () => {
  const office = pairOf('"10.0.0.0/8"', '"10.0.0.0/8", "203.0.113.0/24"');
  const internet = pairOf('"10.0.0.0/8"', '"0.0.0.0/0"');

  function pairOf(before: string, after: string) {
    return (config = '{}'): Shell => pair(groupWith(before), groupWith(after), { '.tfsgrc.json': config });
  }

  test.each([
    ['office', '', 0],
    ['office', '--no-new-access', 1],
    ['office', '--no-new-access any', 1],
    ['office', '--no-new-access=internet', 0],
    ['internet', '--no-new-access internet', 1],
    ['internet', '--no-new-access off', 0],
  ])('%s %s', async (which, option, code) => {
    const opened = (which === 'office' ? office : internet)();
    expect((await opened.tfsg(`changes --base before ${option} after`)).code).toBe(code);
  });

  test('as the configuration says, which the command line overrides', async () => {
    const opened = internet('{ "noNewAccess": "internet" }');
    expect((await opened.tfsg('changes --base before after')).code).toBe(1);
    expect((await opened.tfsg('changes --base before after --no-new-access off')).code).toBe(0);
  });

  test('not for trusted sources, nor what a policy allows', async () => {
    const trusted = await office('{ "trusted": { "cidrs": ["203.0.113.0/25", "203.0.113.128/25"] } }').tfsg(
      'changes --base before after --no-new-access',
    );
    expect(trusted.code).toBe(0);
    const policy = '{ "policy": [{ "groups": ["web"], "ingress": [{ "ports": ["ssh"], "from": ["internet"] }] }] }';
    expect((await internet(policy).tfsg('changes --base before after --no-new-access')).code).toBe(0);
    const other = policy.replace('ssh', 'https');
    expect((await internet(other).tfsg('changes --base before after --no-new-access')).code).toBe(1);
  });

  test('not for what is closed', async () => {
    const closed = pair(groupWith('"0.0.0.0/0"'), groupWith('"10.0.0.0/8"'));
    expect((await closed.tfsg('changes --base before after --no-new-access')).code).toBe(0);
  });
});

test('--fail-on-unresolved fails for what may be opened, and for modules that were not read', async () => {
  const unknown = `variable "office" {}\n${groupWith('"10.0.0.0/8", var.office')}`;
  const opened = pair(groupWith('"10.0.0.0/8"'), unknown);
  expect((await opened.tfsg('changes --base before after')).code).toBe(0);
  expect((await opened.tfsg('changes --base before after --fail-on-unresolved')).code).toBe(1);
  expect((await opened.tfsg('changes --base after before --fail-on-unresolved')).code).toBe(0);
  opened.remove();
  const module = pair(
    groupWith('"10.0.0.0/8"'),
    `${groupWith('"10.0.0.0/8"')}module "x" {\n  source = "git::https://example.com/x.git"\n}\n`,
  );
  expect((await module.tfsg('changes --base before after --fail-on-unresolved')).code).toBe(1);
});

test('what neither state could read is said once, wherever its lines are', async () => {
  const module = 'module "x" {\n  source = "git::https://example.com/x.git"\n}\n';
  const { stderr } = await pair(module, `# moved\n${module}`).tfsg('changes --base before after');
  expect(stderr.match(/warning module/g)).toHaveLength(1);
  expect(stderr).toContain('after/main.tf:3:12 warning module');
  shell?.remove();
  const mended = await pair(module, groupWith('"10.0.0.0/8"')).tfsg('changes --base before after');
  expect(mended.stderr).toContain('Before the change: The module');
});

test.each<[string, Readonly<Record<string, string>>, boolean]>([
  ['with variable files', { 'terraform.tfvars': 'x = 1' }, true],
  ['with a backend', { 'backend.tf': 'terraform {\n  backend "s3" {}\n}' }, true],
  ['in HCP Terraform', { 'backend.tf': 'terraform {\n  cloud {}\n}' }, true],
  ['that nothing says Terraform runs in', {}, false],
])('a root module %s that others call now is said', async (_, own, isSaid) => {
  const root = { 'main.tf': `variable "x" {\n  default = 0\n}\n${groupWith('"10.0.0.0/8"')}`, ...own };
  const below = (folder: string) => Object.entries(root).map(([name, text]) => [`${folder}/live/${name}`, text]);
  const files = Object.fromEntries([...below('before'), ...below('after')]);
  const caller = 'module "live" {\n  source = "./live"\n}\n';
  const { stdout, stderr } = await pair('', caller, files).tfsg('changes --base before after');
  expect(stderr.includes('after/live was a root module before the change, and others call or apply it now')).toBe(
    isSaid,
  );
  expect(stdout.includes('Not read in full')).toBe(isSaid);
  const same = await shell!.tfsg('changes --base after after');
  expect(same.stderr).toBe('');
});

test('an error in the newer state is exit code 2, and what was found is printed all the same', async () => {
  const { code, stdout, stderr } = await pair(groupWith('"10.0.0.0/8"'), `${groupWith('"0.0.0.0/0"')}}\n`).tfsg(
    'changes --base before after',
  );
  expect(code).toBe(2);
  expect(sentence(stdout)).toContain('Opens SSH to the internet on 1 group');
  expect(stderr).toContain('after/main.tf:11:1 error syntax');
});

test('environments are compared one by one', async () => {
  const root = `variable "office" {}\n${groupWith('var.office')}`;
  const files = {
    '.tfsgrc.json':
      '{ "environments": { "dev": { "varFiles": ["dev.tfvars"] }, "prod": { "varFiles": ["prod.tfvars"] } } }',
    'before/dev.tfvars': 'office = "10.0.0.0/8"\n',
    'before/prod.tfvars': 'office = "10.0.0.0/8"\n',
    'after/dev.tfvars': 'office = "0.0.0.0/0"\n',
    'after/prod.tfvars': 'office = "10.0.0.0/8"\n',
  };
  const { stdout } = await pair(root, root, files).tfsg('changes --base before after -f json');
  const { changes } = JSON.parse(stdout) as {
    readonly changes: readonly { readonly environments: unknown; readonly file: string }[];
  };
  expect(changes.map(({ environments, file }) => [environments, file])).toEqual([[['dev'], 'after/dev.tfvars']]);
});

test('reports are written to files', async () => {
  const opened = pair(groupWith('"10.0.0.0/8"'), groupWith('"0.0.0.0/0"'));
  const { stdout } = await opened.tfsg('changes --base before after -f json -o markdown=out/changes.md');
  expect(JSON.parse(stdout)).toHaveProperty('changes');
  expect(readFileSync(`${opened.folder}/out/changes.md`, 'utf8')).toContain('<!-- tfsg-changes');
});

test.each<[string, (rule: Record<string, unknown>) => void]>([
  ['a list that is none', (rule) => Object.assign(rule, { cidr_ipv4: 'x' })],
  ['worlds that are none', (rule) => Object.assign(rule, { when: ['x'] })],
  ['a line 0', (rule) => Object.assign(rule, { range: { start: { line: 0, column: 1, offset: 0 }, end: {} } })],
  ['no unknown', (rule) => delete rule['unknown']],
])('a report with %s is none', async (_, spoil) => {
  const opened = pair(groupWith('"10.0.0.0/8"'), groupWith('"0.0.0.0/0"'));
  const report = JSON.parse((await opened.tfsg('inspect before -f json')).stdout) as {
    readonly rules: Record<string, unknown>[];
  };
  spoil(report.rules[0]!);
  writeFileSync(`${opened.folder}/report.json`, JSON.stringify(report));
  const { code, stderr } = await opened.tfsg('changes --base report.json after');
  expect([code, stderr]).toEqual([
    2,
    'tfsg: --base report.json is not a report of "tfsg inspect --format json". See tfsg --help.\n',
  ]);
});

describe('what is refused, in one sentence', () => {
  test.each([
    ['changes', '--base is required'],
    ['changes --base before --plan plan.json', '--base cannot be used with --plan'],
    ['changes --base nowhere', 'No such file or directory'],
    ['changes --base before/main.tf after', 'is not'],
    ['changes --base before after before', 'name one directory'],
    ['changes --base before --staged after', '--staged needs a revision'],
    ['changes --plan plan.json --staged', '--staged cannot be used with --plan'],
    ['changes --base before --no-new-access=some after', '--no-new-access'],
    ['changes --base before -', 'not standard input'],
  ])('%s', async (line, message) => {
    const { code, stdout, stderr } = await pair(groupWith('"10.0.0.0/8"'), groupWith('"0.0.0.0/0"')).tfsg(line);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
