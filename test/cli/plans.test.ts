/** Plans on the command line. */

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { formatNames } from '../../src/report/render.ts';
import { fixtures } from '../golden.ts';
import { type Shell, shellWith } from './shell.ts';

const changes = join(fixtures, 'plans/changes');
const plan = readFileSync(join(changes, 'plan.json'), 'utf8');
const configuration = readFileSync(join(changes, 'main.tf'), 'utf8');

let shell: Shell;
beforeEach(() => {
  shell = shellWith({ 'main.tf': configuration, 'plan.json': plan, 'elsewhere/': '', '.git/': '' });
});
afterEach(() => shell.remove());

const places = (stdout: string): readonly string[] => stdout.match(/^main\.tf:\d+:\d+: critical/gm) ?? [];
const opened = ['main.tf:44:20: critical', 'main.tf:88:23: critical', 'main.tf:98:23: critical'];

test('a plan is read by its option, by its content and from standard input', async () => {
  for (const [line, stdin] of [
    ['--plan plan.json', ''],
    ['plan.json', ''],
    ['plan.json .', ''],
    ['--plan -', plan],
  ] as const) {
    const { stdout, stderr, code } = await shell.tfsg(`lint -f unix ${line}`, { stdin });
    expect({ places: places(stdout), code }).toEqual({ places: opened, code: 1 });
    expect(stderr).toContain('the plan deletes 1 group or rule');
    expect(stderr).toContain('3 findings that the plan does not change are not shown (show with --plan-scope all)');
  }
});

test('PowerShell writes UTF-16', async () => {
  writeFileSync(join(shell.folder, 'plan.json'), Buffer.from(`\ufeff${plan}`, 'utf16le'));
  expect(places((await shell.tfsg('lint -f unix plan.json')).stdout)).toEqual(opened);
});

test('all that is there after it', async () => {
  expect(places((await shell.tfsg('lint -f unix --plan plan.json --plan-scope all')).stdout)).toHaveLength(6);
});

test('a plan of another directory has its places in the plan', async () => {
  const { stdout } = await shell.tfsg('lint -f unix --plan plan.json elsewhere');
  expect(stdout).toMatch(/^plan\.json:1:\d+: critical/m);
});

test('the rules after it', async () => {
  const { stdout } = await shell.tfsg('inspect --format json --plan plan.json');
  const rules = (JSON.parse(stdout) as { rules: { from_port: number }[] }).rules;
  expect(rules.map((rule) => rule.from_port)).toEqual([22, 6379, 5432, 3389, 3306, 22]);
});

describe('a binary plan', () => {
  const inModule = /^main\.tf:8:13: critical/m;

  beforeEach(() => {
    // What is on the disk is not what was planned.
    writeFileSync(join(shell.folder, 'main.tf'), '');
    writeFileSync(join(shell.folder, 'later.tf'), 'resource "aws_security_group" "later" {}\n');
    copyFileSync(join(fixtures, 'plans/binary/plan.tfplan'), join(shell.folder, 'tfplan'));
  });

  test('has the configuration that it was made of, modules included', async () => {
    const { stdout, stderr, code } = await shell.tfsg('lint -f unix tfplan');
    expect(stdout).toMatch(inModule);
    expect(stdout).toContain('its configuration was checked, and not its values');
    expect(stderr).toContain('(1 group, 1 rule)');
    expect(code).toBe(1);
  });

  test('gives the places of the values that are in JSON', async () => {
    copyFileSync(join(fixtures, 'plans/binary/plan.json'), join(shell.folder, 'plan.json'));
    const { stdout } = await shell.tfsg('lint -f unix tfplan plan.json');
    expect(stdout).toMatch(inModule);
    expect(stdout).not.toContain('warning');
  });

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, 200), 'it is not a complete zip archive'],
    ['of something else', () => Buffer.from(zipSync({ 'a.txt': new Uint8Array(3) })), 'it is not a Terraform plan'],
    [
      'with a module out of the tree',
      () =>
        Buffer.from(
          zipSync({
            'tfconfig/modules.json': strToU8('[{"Key":"","Dir":"."},{"Key":"a.b","Source":"x","Dir":"../../../out"}]'),
            'tfconfig/m-a.b/main.tf': strToU8(''),
          }),
        ),
      'module.a.module.b lies outside the tree and was not read',
    ],
  ])('%s', async (_, change, message) => {
    const path = join(shell.folder, 'tfplan');
    writeFileSync(path, change(readFileSync(path)));
    expect((await shell.tfsg('lint -f unix tfplan')).stdout).toContain(message);
  });
});

test('a sensitive value is in no format, in a place of the plan neither', async () => {
  const rule = {
    protocol: 'tcp',
    from_port: 22,
    to_port: 48765,
    cidr_blocks: ['0.0.0.0/0'],
    description: 'Kept secret',
  };
  const change = (name: string, parts: object) => ({
    ...{ address: `aws_security_group.${name}`, mode: 'managed', type: 'aws_security_group', name },
    change: { before: null, after: null, after_unknown: {}, ...parts },
  });
  const state = { description: 'x', ingress: [rule] };
  const text = JSON.stringify({
    format_version: '1.2',
    resource_changes: [
      change('a', { actions: ['create'], after: state, after_sensitive: { ingress: true } }),
      change('b', { actions: ['create'], after: state, after_sensitive: true }),
      change('c', { actions: ['forget'], before: state, before_sensitive: true }),
    ],
    resource_drift: [change('d', { actions: ['update'], before: {}, after: state, after_sensitive: true })],
    configuration: { root_module: { resources: [{ address: 'aws_security_group.a' }] } },
  });
  writeFileSync(join(shell.folder, 'plan.json'), text);
  writeFileSync(join(shell.folder, 'main.tf'), 'resource "aws_security_group" "a" {\n  ingress = []\n}\n');
  for (const where of ['.', 'elsewhere']) {
    for (const format of formatNames) {
      const { stdout, stderr } = await shell.tfsg(`lint -f ${format} --unknown --plan plan.json ${where}`);
      expect(stdout).toContain('admin-port-open');
      expect({ format, leaks: /48765|Kept secret/.test(stdout + stderr) }).toEqual({ format, leaks: false });
    }
    const { stdout } = await shell.tfsg(`inspect --format json --plan plan.json ${where}`);
    expect(stdout).not.toMatch(/48765|Kept secret/);
  }
});

test('what other root modules have is not counted', async () => {
  writeFileSync(join(shell.folder, 'elsewhere/main.tf'), 'resource "aws_security_group" "other" {}\n');
  const { stderr } = await shell.tfsg('lint -f unix --plan plan.json .');
  expect(stderr).toContain('3 critical in 2 files (4 groups, 6 rules)');
  expect(stderr).not.toContain('switched off');
});

test('what is no plan is an error', async () => {
  writeFileSync(join(shell.folder, 'state.json'), '{"format_version":"1.0","values":{}}');
  const { code, stdout } = await shell.tfsg('lint -f unix --plan state.json');
  expect({ code, stdout }).toMatchObject({ code: 2, stdout: expect.stringContaining('This is a state, not a plan.') });
  expect(await shell.tfsg('lint --plan nowhere.json')).toMatchObject({
    code: 2,
    stderr: 'tfsg: --plan nowhere.json: no such file or directory. See tfsg --help.\n',
  });
});

test('fixes and shards have no plan', async () => {
  for (const option of ['--fix', '--fix-dry-run', '--shard 1/2']) {
    expect(await shell.tfsg(`lint plan.json ${option}`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be used with a plan'),
    });
  }
});
