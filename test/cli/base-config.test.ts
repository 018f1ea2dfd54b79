/** Configurations for many repositories: packages, files outside of the tree, and --base-config. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { open, type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const only = '--check admin-port-open -f unix';
const level = (stdout: string): string | undefined => /^main\.tf:10:20: (\w+)/m.exec(stdout)?.[1];
const ssh = (to: string): string => `{ "checks": { "admin-port-open": "${to}" } }`;

describe('extends', () => {
  test.each([
    ['a package', '@acme/tfsg-config', 'node_modules/@acme/tfsg-config/.tfsgrc.json'],
    ['a file of a package', '@acme/tfsg-config/lib/strict.json', 'node_modules/@acme/tfsg-config/lib/strict.json'],
    ['a package without a scope', 'tfsg-config-acme', 'node_modules/tfsg-config-acme/.tfsgrc.json'],
    ['a package of a folder above', 'tfsg-config-acme', '../node_modules/tfsg-config-acme/.tfsgrc.json'],
  ])('takes %s', async (_, name, file) => {
    shell = shellWith({
      '.git/': '',
      'net/main.tf': open,
      'net/.tfsgrc.json': `{ "extends": ["${name}"] }`,
      [join('net', file).replaceAll('\\', '/')]: ssh('low'),
    });
    expect(level((await shell.tfsg(only, { cwd: 'net' })).stdout)).toBe('low');
  });

  test('takes what the file of a package extends, and lets patterns start at the root', async () => {
    shell = shellWith({
      '.git/': '',
      'main.tf': open,
      'old/main.tf': open,
      '.tfsgrc.json': '{ "extends": ["@acme/config"] }',
      'node_modules/@acme/config/.tfsgrc.json': '{ "extends": ["./more.json", "other"], "exclude": ["old"] }',
      'node_modules/@acme/config/more.json': ssh('high'),
      'node_modules/other/.tfsgrc.json': ssh('medium'),
    });
    const { stdout } = await shell.tfsg(only);
    expect([level(stdout), stdout.trimEnd().split('\n').length]).toEqual(['medium', 1]);
  });

  test.each([
    ['@acme/none', 'The package @acme/none is in no node_modules here or above. Install it, or write a path'],
    ['base.json', 'The package base.json is in no node_modules here or above. Did you mean "./base.json"?'],
    ['@acme/config/nosuch.json', 'File not found: node_modules/@acme/config/nosuch.json.'],
    ['@acme/config/../../x.json', 'is not a preset, a file path such as "./base.tfsgrc.json", or a package.'],
    ['https://example.com/x.json', 'is not a preset, a file path such as "./base.tfsgrc.json", or a package.'],
    ['../base.json', '../base.json is outside the tree.'],
  ])('%s: %s', async (name, message) => {
    shell = shellWith({
      '.git/': '',
      'main.tf': open,
      'base.json': '{}',
      '.tfsgrc.json': `{ "extends": ["${name}"] }`,
      'node_modules/@acme/config/.tfsgrc.json': '{}',
    });
    const { code, stdout } = await shell.tfsg(only);
    expect([code, stdout]).toEqual([2, expect.stringContaining(message)]);
  });
});

/** A repository beside the folder of an organization. */
const files = (own: string): Readonly<Record<string, string>> => ({
  'repository/.git/': '',
  'repository/main.tf': open,
  'repository/.tfsgrc.json': own,
  'org/base.json': '{ "extends": ["./more.json"], "failOn": "high" }',
  'org/more.json': ssh('high'),
});
const here = { cwd: 'repository' };

describe('a file outside of the tree', () => {
  test('that the command line names may extend others there', async () => {
    shell = shellWith(files('{}'));
    expect(level((await shell.tfsg(`${only} --config ../org/base.json`, here)).stdout)).toBe('high');
  });
});

describe('--base-config', () => {
  test('lies below the configuration of the repository, which may only tighten it', async () => {
    shell = shellWith(files(ssh('off')));
    const { code, stdout } = await shell.tfsg('--base-config ../org/base.json -f unix', here);
    expect([code, level(stdout)]).toEqual([1, 'high']);
    expect(stdout).toMatch(/^\.tfsgrc\.json:1:34: warning: admin-port-open at high is locked by .*org\/base\.json/m);
    writeFileSync(join(shell.folder, 'repository/.tfsgrc.json'), ssh('critical'));
    expect(level((await shell.tfsg('--base-config ../org/base.json -f unix', here)).stdout)).toBe('critical');
  });

  test('comes from the environment too, and holds without a configuration', async () => {
    shell = shellWith(files(ssh('off')));
    const environment = { TFSG_BASE_CONFIG: '../org/base.json' };
    expect(level((await shell.tfsg('-f unix', { ...here, environment })).stdout)).toBe('high');
    rmSync(join(shell.folder, 'repository/.tfsgrc.json'));
    expect(level((await shell.tfsg('-f unix', { ...here, environment })).stdout)).toBe('high');
    expect(level((await shell.tfsg('-f unix --no-config', { ...here, environment })).stdout)).toBe('high');
  });

  test('is what --config lies on', async () => {
    shell = shellWith(files('{}'));
    mkdirSync(join(shell.folder, 'repository/ci'));
    writeFileSync(join(shell.folder, 'repository/ci/c.json'), ssh('off'));
    const { stdout } = await shell.tfsg('--base-config ../org/base.json --config ci/c.json -f unix', here);
    expect(level(stdout)).toBe('high');
  });

  test('is printed as what it gives', async () => {
    shell = shellWith(files(ssh('off')));
    const { stdout } = await shell.tfsg('--base-config ../org/base.json --print-config main.tf', here);
    expect(stdout).toMatch(
      /^\/\/ Merged from tfsg:recommended, .*org\/more\.json, .*org\/base\.json, \.tfsgrc\.json;/m,
    );
    expect(stdout).toMatch(/"admin-port-open": \[\n {6}"high", \/\/ .*org\/more\.json:1:34/);
  });

  test('that is missing or mistaken stops the run', async () => {
    shell = shellWith(files('{}'));
    expect(await shell.tfsg('--base-config ../org/none.json', here)).toMatchObject({ code: 2 });
    writeFileSync(join(shell.folder, 'org/more.json'), ssh('hihg'));
    const { code, stdout } = await shell.tfsg('--base-config ../org/base.json -f unix', here);
    expect([code, stdout]).toEqual([2, expect.stringMatching(/org\/more\.json:1:34: error: /)]);
  });
});
