/** Files that are larger than anything that people write: each is an error, and the rest is linted. */

import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { open, type Shell, shellWith } from './shell.ts';

let shell: Shell | undefined;
afterEach(() => {
  shell?.remove();
  shell = undefined;
});

const MEBIBYTE = 1024 * 1024;

/** The example, which has a finding, and a file of a size, of which the disk holds nothing. */
function beside(path: string, bytes: number): Shell {
  shell = shellWith({ 'main.tf': open });
  const target = join(shell.folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, '');
  truncateSync(target, bytes);
  return shell;
}

test.each(['b.tf', 'b.tf.json', 'terraform.tfvars', 'x.auto.tfvars.json', '.terraform/modules/modules.json'])(
  '%s of 1 GiB is an error, and the finding is told',
  async (path) => {
    const { code, stdout } = await beside(path, 1024 * MEBIBYTE).tfsg('-f unix');
    expect(code).toBe(2);
    expect(stdout).toMatch(new RegExp(`Cannot read ${path}: it is larger than 64 MiB`));
    expect(stdout).toContain('admin-port-open');
  },
);

test.each([
  ['b.tf', 4],
  ['terraform.tfvars', 4],
])('%s of more than %i MiB is an error, and the finding is told', async (path, mebibytes) => {
  const { code, stdout } = await beside(path, mebibytes * MEBIBYTE + 1).tfsg('-f unix');
  expect(code).toBe(2);
  expect(stdout).toContain(`${path}:1:1: error: This file is larger than ${mebibytes} MiB and was not read.`);
  expect(stdout).toContain('admin-port-open');
});

test.each([
  [1, '.tfsgrc.json:1:1: error: This file is larger than 1 MiB and was not read.'],
  [1024, 'tfsg: error: Cannot read .tfsgrc.json: it is larger than 64 MiB.'],
])('.tfsgrc.json of more than %i MiB stops the run', async (mebibytes, message) => {
  const { code, stdout } = await beside('.tfsgrc.json', mebibytes * MEBIBYTE + 1).tfsg('-f unix');
  expect(code).toBe(2);
  expect(stdout.trimEnd().split('\n')).toEqual([expect.stringContaining(message)]);
});

test('a file of 4 MiB is read', async () => {
  shell = shellWith({ 'main.tf': open, 'b.tf': `#${'x'.repeat(4 * MEBIBYTE - 2)}\n` });
  expect((await shell.tfsg('-f unix')).code).toBe(1);
});

test('a file that an expression reads is an error at the call', async () => {
  const world = beside('big.txt', 65 * MEBIBYTE);
  writeFileSync(join(world.folder, 'main.tf'), open.replace('"0.0.0.0/0"', 'file("${path.module}/big.txt")'));
  const { stdout } = await world.tfsg('--unknown -f unix');
  expect(stdout).toMatch(/main\.tf:\d+:\d+: .*cannot read the file at .*: it is larger than 64 MiB/);
});

test.each([
  ['--diff', '--diff x.json'],
  ['--var-file', '--var-file x.json'],
  ['--config', '--config x.json'],
  ['merge', 'merge x.json'],
])('%s of 1 GiB is refused', async (option, command) => {
  const { code, stdout, stderr } = await beside('x.json', 1024 * MEBIBYTE).tfsg(command);
  expect([code, stdout, stderr]).toEqual([
    2,
    '',
    `tfsg: ${option} x.json: it is larger than 64 MiB. See tfsg --help.\n`,
  ]);
});

test('a baseline of more than 16 MiB is refused', async () => {
  const { code, stdout, stderr } = await beside('x.json', 16 * MEBIBYTE + 1).tfsg('--baseline x.json');
  expect([code, stdout, stderr]).toEqual([
    2,
    '',
    'tfsg: --baseline x.json: it is larger than 16 MiB. See tfsg --help.\n',
  ]);
});
