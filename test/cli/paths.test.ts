/** What the paths of a command line stand for. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closed, open, type Shell, shellWith } from './shell.ts';

let shell: Shell;
beforeAll(() => {
  shell = shellWith({
    '.git/': '',
    'a/main.tf': open,
    'a/other.tf': open.replace('"web"', '"other"'),
    'a/b/main.tf': closed,
    'a/b/x.tfvars': '',
    'c/notes.md': '',
    'lnt/main.tf': open,
  });
});
afterAll(() => shell.remove());

const only = '--check admin-port-open -f unix';
const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

describe('-', () => {
  test('is a configuration from standard input, by itself', async () => {
    const { code, stdout, stderr } = await shell.tfsg(`- ${only}`, { cwd: 'a', stdin: open });
    expect([code, linesOf(stdout)]).toEqual([1, [expect.stringMatching(/^stdin\.tf:10:20: critical: /)]]);
    expect(stderr).toBe('tfsg: 1 critical in 1 file (1 group, 1 rule)\n');
  });

  test('has the configuration of the working directory', async () => {
    const config = shellWith({ '.tfsgrc.json': '{ "checks": { "admin-port-open": "off" } }' });
    expect(await config.tfsg(['-', '--quiet'], { stdin: open })).toEqual({ code: 0, stdout: '', stderr: '' });
    config.remove();
  });

  test('may stand beside --stdin-filename', async () => {
    const { stdout } = await shell.tfsg(`--stdin-filename a/main.tf - ${only}`, { stdin: closed });
    expect(linesOf(stdout)).toEqual([expect.stringMatching(/^a\/other\.tf:10:20/)]);
  });

  test('is no plan', async () => {
    const { code, stderr } = await shell.tfsg('-', { stdin: '{"format_version":"1.2","planned_values":{}}' });
    expect([code, stderr]).toEqual([2, 'tfsg: Standard input is a plan: use "tfsg --plan -". See tfsg --help.\n']);
  });

  test('is what --fix gives back', async () => {
    const stdin = open.replace('0.0.0.0/0', '10.0.0.0/08');
    const { stdout } = await shell.tfsg('- --fix', { stdin });
    expect(stdout).toContain('resource "aws_security_group" "web"');
  });
});

describe('a pattern', () => {
  test.each([
    ['a/**/*.tf', 3],
    ['a/*.tf', 2],
    ['*/b', 1],
    ['{a,lnt}/main.tf', 3],
    ['a/b/*.tfvars', 1],
  ])('%s is what a shell would make of it, among Terraform files', async (pattern, files) => {
    const { stderr } = await shell.tfsg([pattern]);
    expect(stderr).toMatch(new RegExp(`in ${files} files? `));
  });

  test('starts at the working directory', async () => {
    expect((await shell.tfsg(['*/main.tf'], { cwd: 'a' })).stderr).toContain('in 1 file (');
    expect((await shell.tfsg(['../lnt/*.tf'], { cwd: 'a' })).stderr).toContain('in 1 file (');
  });

  test('that matches nothing is an error', async () => {
    const { code, stdout } = await shell.tfsg(['c/*', '-f', 'unix']);
    expect([code, stdout]).toEqual([2, 'tfsg: error: c/*: no Terraform files match this pattern. [file]\n']);
  });

  test('that nobody can read is a mistake', async () => {
    const { code, stderr } = await shell.tfsg(['a/+(b)*']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Parentheses are not supported in patterns')]);
  });
});

describe('--only-given', () => {
  test('reports what is in the files and directories of the command line', async () => {
    const { code, stdout, stderr } = await shell.tfsg(`--only-given a/main.tf ${only}`);
    expect([code, linesOf(stdout)]).toEqual([1, [expect.stringMatching(/^a\/main\.tf:10:20/)]]);
    expect(stderr).toContain('; 1 in files that were not given\n');
    expect(linesOf((await shell.tfsg(`--only-given a ${only}`)).stdout)).toHaveLength(2);
    expect((await shell.tfsg(`--only-given a/b ${only}`)).code).toBe(0);
  });

  test('has each finding once in runs of one file each', async () => {
    const runs = await Promise.all(
      ['a/main.tf', 'a/other.tf', 'a/b/main.tf'].map((path) => shell.tfsg(`--only-given ${path} -f unix`)),
    );
    const all = await shell.tfsg('a -f unix');
    const found = runs.flatMap(({ stdout }) => (stdout === '' ? [] : linesOf(stdout)));
    expect(found.sort()).toEqual([...linesOf(all.stdout)].sort());
  });

  test('fixes these files alone', async () => {
    const spelt = open.replace('"0.0.0.0/0"', '"0::0/0"').replace('cidr_blocks', 'ipv6_cidr_blocks');
    const two = shellWith({ 'x.tf': spelt, 'y.tf': spelt.replace('"web"', '"y"') });
    const { stdout } = await two.tfsg('--only-given x.tf --fix-dry-run');
    expect(stdout).toContain('+++ b/x.tf');
    expect(stdout).not.toContain('+++ b/y.tf');
    two.remove();
  });

  test('leaves no error out', async () => {
    const broken = shellWith({ 'x.tf': closed, 'y.tf': 'resource {' });
    expect(await broken.tfsg('--only-given x.tf -f unix')).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^y\.tf:1/),
    });
    broken.remove();
  });
});

describe('a file that is not Terraform', () => {
  test('is an error, or skipped with --allow-empty', async () => {
    expect(await shell.tfsg('c/notes.md')).toMatchObject({ code: 2 });
    const { code, stdout } = await shell.tfsg('--allow-empty c/notes.md a/b/main.tf -f unix');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^tfsg: warning: c\/notes\.md was skipped: this is not a Terraform file\./);
    expect((await shell.tfsg(['--allow-empty', 'c/*'])).code).toBe(0);
  });
});

describe('--chdir', () => {
  test('is as if tfsg was started there', async () => {
    const here = await shell.tfsg(only, { cwd: 'a' });
    expect(await shell.tfsg(`${only} -C a`)).toEqual(here);
    expect(await shell.tfsg(`--chdir a ${only}`)).toEqual(here);
  });

  test.each([
    ['nosuch', 'no such directory'],
    ['a/main.tf', 'it is not a directory'],
  ])('%s: %s', async (path, reason) => {
    expect(await shell.tfsg(`-C ${path}`)).toMatchObject({
      code: 2,
      stderr: `tfsg: --chdir ${path}: ${reason}. See tfsg --help.\n`,
    });
  });
});

describe('a word that is nearly a command', () => {
  test('is told so', async () => {
    expect(await shell.tfsg('inpsect')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'tfsg: inpsect: neither a file, a directory nor a command. Did you mean "tfsg inspect"? See tfsg --help.\n',
    });
  });

  test('is a path where there is one', async () => {
    expect((await shell.tfsg(`lnt ${only}`)).code).toBe(1);
    expect((await shell.tfsg('lint lnnt')).stdout).toContain('lnnt: no such file or directory.');
  });
});

test('variables of the environment that are no options are told', async () => {
  const { code, stderr } = await shell.tfsg('a/b', { environment: { TFSG_FORMT: 'json' } });
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(
      /^tfsg: The environment variable TFSG_FORMT is not an option of tfsg\. Did you mean TFSG_FORMAT\?\n/,
    ),
  ]);
});
