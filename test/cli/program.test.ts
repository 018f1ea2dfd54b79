/** The built program as a process: dist/cli.js, which `npm run build` makes. */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { version } from '../../src/version.ts';
import { open, type Shell, shellWith } from './shell.ts';

const root = join(import.meta.dirname, '../..');
const program = join(root, 'dist/cli.js');

let shell: Shell;
beforeAll(() => {
  shell = shellWith({ '.git/': '', 'main.tf': open, 'many.tf': open.replace('"web"', '"many"') });
});
afterAll(() => shell.remove());

function tfsg(...argv: string[]) {
  return spawnSync(process.execPath, [program, ...argv], { cwd: shell.folder, encoding: 'utf8' });
}

describe('dist/cli.js', () => {
  test('is executable and says its version', () => {
    accessSync(program, constants.X_OK);
    expect(execFileSync(program, ['--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
  });

  test('lints', () => {
    const { status, stdout, stderr } = tfsg('--check', 'admin-port-open', '-f', 'unix', 'main.tf');
    expect(status).toBe(1);
    expect(stdout).toContain('main.tf:10:20: critical: ');
    expect(stderr).toMatch(/^tfsg: 2 critical in 2 files/);
  });

  test('reads standard input', () => {
    const argv = [program, '--check', 'admin-port-open', '-f', 'unix', '--stdin-filename', 'new/main.tf'];
    const { status, stdout } = spawnSync(process.execPath, argv, { cwd: shell.folder, input: open, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('new/main.tf:10:20') });
  });

  test('finds the pages of the checks', () => {
    expect(tfsg('explain', 'CKV_AWS_24').stdout).toMatch(/^# admin-port-open\n/);
  });

  test('ends quietly where nobody reads any more', async () => {
    const child = spawn(process.execPath, [program, 'checks'], { cwd: shell.folder });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('writes more than a pipe holds, whole', () => {
    const { stdout } = tfsg('parse', ...Array.from({ length: 200 }, () => ['main.tf', 'many.tf']).flat(), '--quiet');
    expect(() => JSON.parse(stdout)).not.toThrow();
  });
});

describe('what is loaded', () => {
  /** The files of dist/cli that a run loads, by their first names. */
  function loadedBy(...argv: string[]): string[] {
    const { stderr } = spawnSync(process.execPath, [program, ...argv], {
      cwd: shell.folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_DEBUG: 'esm' },
    });
    return readdirSync(join(root, 'dist/cli')).filter((name) => stderr.includes(name));
  }

  test('for linting: neither the whole of yargs nor other commands and formats', () => {
    const names = loadedBy('main.tf').map((name) => name.replace(/-.*/, ''));
    expect(names).toContain('process');
    for (const lazy of ['full', 'inspect', 'parse', 'explain', 'json', 'unix', 'reference'])
      expect(names).not.toContain(lazy);
  });

  test('needs no ajv', () => {
    const texts = readdirSync(join(root, 'dist/cli')).map((name) => readFileSync(join(root, 'dist/cli', name), 'utf8'));
    expect(texts.join('')).not.toContain('ajv');
  });
});

test('dist/licenses.txt has the license of every bundled package', () => {
  const text = readFileSync(join(root, 'dist/licenses.txt'), 'utf8');
  for (const name of ['yargs', 'yargs-parser', 're2js', 'jsonc-parser', 'get-east-asian-width'])
    expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
  expect(text).not.toMatch(/^(?:string-width|ajv) \d/m);
});
