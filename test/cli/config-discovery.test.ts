/** Which configuration holds for which of the linted files, from wherever tfsg is run. */

import { afterEach, describe, expect, test } from '@jest/globals';
import { open, type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const own = (settings: object): string => JSON.stringify({ extends: ['tfsg:off'], ...settings });
const only = (severity: string): string => own({ checks: { 'admin-port-open': severity } });
const tree = {
  '.git/': '',
  '.tfsgrc.json': only('low'),
  'a/main.tf': open,
  'b/.tfsgrc.json': only('high'),
  'b/main.tf': open,
  'b/deep/er/main.tf': open,
  'c/.tfsgrc.json': own({}),
  'c/main.tf': open,
};

const found = async (argv: string, cwd = '.'): Promise<string[]> => {
  const { stdout } = await shell.tfsg(`-f json ${argv}`, { cwd });
  return JSON.parse(stdout).findings.map((each: { file: string; severity: string }) => `${each.file} ${each.severity}`);
};

describe('the nearest file upwards from each linted file holds', () => {
  const all = ['a/main.tf low', 'b/deep/er/main.tf high', 'b/main.tf high'];

  test('for all of them in one run', async () => {
    shell = shellWith(tree);
    expect(await found('')).toEqual(all);
    expect(await found('c b/deep a/main.tf b/main.tf')).toEqual(all);
  });

  test('wherever tfsg is run', async () => {
    shell = shellWith(tree);
    expect(await found('../../.. .', 'b/deep/er')).toEqual(all);
    expect(await found('../a', 'c')).toEqual(['a/main.tf low']);
  });

  test('and its failOn counts for what is found in them', async () => {
    shell = shellWith({
      ...tree,
      'b/.tfsgrc.json': own({ failOn: 'critical', checks: { 'admin-port-open': 'high' } }),
      'a/.tfsgrc.json': own({ failOn: 'low', checks: { 'admin-port-open': 'info' } }),
    });
    expect((await shell.tfsg('a b')).code).toBe(0);
    expect((await shell.tfsg('a b --fail-on high')).code).toBe(1);
  });

  test('and its patterns start at its folder', async () => {
    shell = shellWith({
      ...tree,
      'b/.tfsgrc.json': own({ exclude: ['deep/**', 'a/**'], checks: { 'admin-port-open': 'high' } }),
    });
    expect(await found('.')).toEqual(['a/main.tf low', 'b/main.tf high']);
    expect(await found('.', 'b')).toEqual(['b/main.tf high']);
  });

  test("for a module's file its own, whichever root calls it", async () => {
    shell = shellWith({
      ...tree,
      'c/main.tf': 'module "b" {\n  source = "../b"\n}\n',
      'a/main.tf': 'module "b" {\n  source = "../b"\n}\n',
    });
    expect(await found('a c')).toEqual(['b/main.tf high']);
  });
});

describe('it is looked for', () => {
  test('up to the repository, not above', async () => {
    shell = shellWith({ '.tfsgrc.json': only('low'), 'repo/.git/': '', 'repo/main.tf': open });
    expect(await found('--check admin-port-open', 'repo')).toEqual(['main.tf critical']);
  });

  test('without a repository up to the working directory', async () => {
    shell = shellWith({ '.tfsgrc.json': only('low'), 'a/b/main.tf': open });
    expect(await found('a/b')).toEqual(['a/b/main.tf low']);
    expect(await found('b --check admin-port-open', 'a')).toEqual(['b/main.tf critical']);
  });

  test('from the file whose text is on standard input', async () => {
    shell = shellWith(tree);
    const { stdout } = await shell.tfsg('-f json --stdin-filename b/deep/new.tf', { stdin: open });
    expect(JSON.parse(stdout).findings[0]).toMatchObject({ file: 'b/deep/new.tf', severity: 'high' });
  });
});

describe('an explicit one replaces them', () => {
  test('whatever they say', async () => {
    shell = shellWith({ ...tree, 'b/.tfsgrc.json': '{', 'ci/all.json': only('medium') });
    const result = await shell.tfsg('-f json --config ../ci/all.json ..', { cwd: 'a' });
    const { findings, problems } = JSON.parse(result.stdout);
    expect(findings.map((each: { severity: string }) => each.severity)).toEqual([
      'medium',
      'medium',
      'medium',
      'medium',
    ]);
    expect([result.code, problems]).toEqual([1, []]);
    expect(await found('--no-config --check admin-port-open c')).toEqual(['c/main.tf critical']);
  });

  test('and its mistakes are named', async () => {
    shell = shellWith({ ...tree, 'ci/all.json': '{ "failOn": "hihg" }' });
    const { code, stdout } = await shell.tfsg('-f unix --config ci/all.json c');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^ci\/all\.json:1:13: error: /);
  });
});

test('tfsg checks shows what is on for files here, overrides of files included', async () => {
  shell = shellWith({
    '.git/': '',
    '.tfsgrc.json': own({
      overrides: [
        { files: ['a/**'], checks: { 'port-open': 'high' } },
        { groups: ['*-web'], checks: { 'icmp-open': 'high' } },
      ],
    }),
    'a/main.tf': open,
  });
  expect((await shell.tfsg('checks')).stdout).toMatch(/^port-open +medium +off /m);
  const { stdout } = await shell.tfsg('checks', { cwd: 'a' });
  expect(stdout).toMatch(/^port-open +high +on /m);
  expect(stdout).toMatch(/^icmp-open +low +off /m);
});
