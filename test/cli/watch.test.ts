/** `tfsg --watch`: runs that follow changes, and how a process sees them. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { modes } from '../systems.ts';
import { closed, open, type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const write = (path: string, text: string): void => {
  const file = join(shell.folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
};

const only = '--check admin-port-open -f unix';

describe('a run after each change', () => {
  test('reports what is there then', async () => {
    shell = shellWith({ 'main.tf': open });
    const changes = [
      () => write('main.tf', closed),
      () => write('more/main.tf', open),
      () => write('.tfsgrc.json', '{ "failOn": "hihg" }'),
      () => write('.tfsgrc.json', '{ "checks": { "admin-port-open": "low" } }'),
    ];
    const { code, stdout, stderr } = await shell.tfsg(`--watch ${only}`, { changes });
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^main\.tf:10:20: critical/),
      expect.stringMatching(/^more\/main\.tf:10:20: critical/),
      expect.stringMatching(/^\.tfsgrc\.json:1:13: error/),
      expect.stringMatching(/^more\/main\.tf:10:20: low/),
    ]);
    expect(stderr.match(/^tfsg: watching for changes; press Ctrl\+C to stop$/gm)).toHaveLength(5);
    expect(code).toBe(1);
  });

  test('clears the screen on a terminal alone', async () => {
    shell = shellWith({ 'main.tf': closed });
    const clear = '\u001b[2J\u001b[3J\u001b[H';
    const changes = [() => write('main.tf', open)];
    const { stdout } = await shell.tfsg(`-w ${only}`, { changes, columns: 80 });
    expect(stdout.split(clear)).toEqual(['', '', expect.stringMatching(/^main\.tf:10:20/)]);
    expect((await shell.tfsg(`-w ${only}`, { changes })).stdout).not.toContain('\u001b');
  });

  test('goes on where a file of the command line is gone for a while', async () => {
    shell = shellWith({ 'main.tf': `${open.replace('["0.0.0.0/0"]', '[var.x]')}variable "x" {}\n`, 'x.tfvars': '' });
    const changes = [() => rmSync(join(shell.folder, 'x.tfvars')), () => write('x.tfvars', 'x = "0.0.0.0/0"\n')];
    const { stdout, stderr } = await shell.tfsg(`--watch --var-file x.tfvars ${only}`, { changes });
    expect(stderr).toContain('tfsg: --var-file x.tfvars: no such file or directory.\n');
    expect(stdout).toMatch(/^main\.tf:10:20: critical/m);
  });

  test('fixes what changes', async () => {
    const spelt = open.replace('cidr_blocks = ["0.0.0.0/0"]', 'ipv6_cidr_blocks = ["0::/0"]');
    shell = shellWith({ 'main.tf': closed });
    const { stderr } = await shell.tfsg('--watch --fix', { changes: [() => write('main.tf', spelt)] });
    expect(stderr).toContain('tfsg: fixed 1 finding in main.tf.\n');
  });

  test.each(['-', '--stdin-filename main.tf', '--diff -', '--plan -'])('needs files: %s', async (input) => {
    shell = shellWith({ 'main.tf': open });
    expect(await shell.tfsg(`--watch ${input}`)).toMatchObject({
      code: 2,
      stderr: 'tfsg: --watch cannot be used with standard input. See tfsg --help.\n',
    });
  });
});

modes.describe('dist/cli.js --watch', () => {
  let child: ChildProcess | undefined;
  afterEach(() => {
    child?.kill('SIGKILL');
  });

  test('sees changed, new and deleted files, and not its own reports', async () => {
    shell = shellWith({ '.git/': '', 'net/main.tf': open });
    const program = join(import.meta.dirname, '../../dist/cli.js');
    const argv = [program, '--watch', '--check', 'admin-port-open', '-f', 'unix', '-o', 'json=report.json'];
    child = spawn(process.execPath, argv, { cwd: shell.folder });
    let output = '';
    let runs = 0;
    let wake = (): void => {};
    const take = (data: Buffer): void => {
      output += data;
      runs = output.split('watching for changes').length - 1;
      wake();
    };
    child.stdout!.on('data', take);
    child.stderr!.on('data', take);
    const until = async (isThere: () => boolean): Promise<void> => {
      while (!isThere()) await new Promise<void>((resolve) => (wake = resolve));
    };
    /** Waits, from a change on, for the end of the run that prints a line. */
    const after = async (change: () => void, line: string): Promise<void> => {
      const from = output.length;
      change();
      await until(() => {
        const at = output.indexOf(line, from);
        return at !== -1 && output.includes('watching for changes', at);
      });
    };
    await until(() => runs === 1);
    await after(() => write('net/main.tf', closed), 'nothing found in 1 file');
    await after(() => write('net/deep/er/main.tf', open), 'net/deep/er/main.tf:10:20');
    await after(() => write('net/deep/er/more.tf', open.replace('"web"', '"b"')), 'net/deep/er/more.tf:10:20');
    await after(() => rmSync(join(shell.folder, 'net/deep'), { recursive: true }), 'nothing found in 1 file');
    const before = runs;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(runs).toBe(before);
    child.kill('SIGINT');
    // A process that has written a file ends by itself, with the code of a shell.
    expect(await new Promise((resolve) => child!.on('close', (code) => resolve(code)))).toBe(130);
  });
});
