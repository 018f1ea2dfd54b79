/** --diff: what a change touches. */

import { afterEach, describe, expect, test } from '@jest/globals';
import { type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const main = `resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers"

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  ingress {
    description = "Redis"
    from_port   = 6379
    to_port     = 6379
    protocol    = "tcp"
    cidr_blocks = [local.everybody]
  }
}

locals {
  everybody = "0.0.0.0/0"
  nobody    = "127.0.0.1/32"
}
`;

/** A diff of main.tf in which a line is new. */
const added = (line: number): string => `--- a/main.tf\n+++ b/main.tf\n@@ -${line - 1},0 +${line} @@\n+x\n`;
const deleted = (behind: number): string => `--- a/main.tf\n+++ b/main.tf\n@@ -${behind + 1} +${behind},0 @@\n-x\n`;

async function found(diff: string): Promise<string[]> {
  shell = shellWith({ '.git/': '', 'net/': '', 'main.tf': main, 'x.diff': diff });
  const { stdout, code } = await shell.tfsg('-f unix --diff ../x.diff ..', { cwd: 'net' });
  expect(code).toBe(stdout === '' ? 0 : 1);
  return stdout.split('\n').flatMap((line) => /^\.\.\/(main\.tf:\d+)/.exec(line)?.[1] ?? []);
}

describe('a finding is kept where', () => {
  test.each([
    ['its own line is new', added(10), ['main.tf:10']],
    ['another line of its rule is, which may be what opens it', added(7), ['main.tf:10']],
    ['a line of its rule is gone', deleted(8), ['main.tf:10']],
    ['the value that it is about is new', added(23), ['main.tf:18']],
    ['all of the file is', '--- /dev/null\n+++ b/main.tf\n@@ -0,0 +1 @@\n+x\n', ['main.tf:10', 'main.tf:18']],
  ])('%s', async (_, diff, places) => {
    expect(await found(diff)).toEqual(places);
  });
});

describe('a finding is left out where', () => {
  test.each([
    ['nothing changed', ''],
    ['the group changed around its rules', added(2)],
    ['a rule beside it is gone', deleted(11)],
    ['another local changed', added(24)],
    ['another file of the same name changed', added(10).replaceAll('main.tf', 'net/main.tf')],
  ])('%s', async (_, diff) => {
    expect(await found(diff)).toEqual([]);
  });
});

test('a diff from standard input; the summary counts what is left', async () => {
  shell = shellWith({ 'main.tf': main });
  const { code, stderr } = await shell.tfsg('--diff -', { stdin: added(9) });
  expect(code).toBe(1);
  expect(stderr).toBe('\ntfsg: 1 critical in 1 file (1 group, 2 rules); 1 outside the diff\n');
});

test('errors stay', async () => {
  shell = shellWith({ 'main.tf': main, 'broken.tf': 'resource {{{', 'x.diff': '' });
  const { code, stdout } = await shell.tfsg('--diff x.diff');
  expect(code).toBe(2);
  expect(stdout).toContain('broken.tf:1');
  expect(stdout).not.toContain('main.tf');
});

test('what is no diff, or not there, is told with its line', async () => {
  shell = shellWith({ 'main.tf': main, 'x.diff': '--- a/main.tf\n+++ b/main.tf\n@@ -1,2 +1,2 @@\n a\n' });
  expect((await shell.tfsg('--diff x.diff')).stderr).toBe(
    'tfsg: --diff x.diff, line 3: the diff ends before the end of this hunk. See tfsg --help.\n',
  );
  expect((await shell.tfsg('--diff y.diff')).stderr).toContain('--diff y.diff: no such file or directory.');
  const revision = '--diff origin/main: no such file. For a revision, run "git diff origin/main | tfsg --diff -".';
  expect((await shell.tfsg('--diff origin/main')).stderr).toContain(revision);
  const { code, stderr } = await shell.tfsg('--diff - --stdin-filename main.tf');
  expect([code, stderr]).toEqual([
    2,
    'tfsg: --diff - and the text of a file cannot both come from standard input. See tfsg --help.\n',
  ]);
});
