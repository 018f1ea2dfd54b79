/** `tfsg lint`: what goes where, exit codes, configuration and input. */

import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { links } from '../systems.ts';
import { closed, open, type Shell, shellWith } from './shell.ts';

let shell: Shell | undefined;
function inFolder(files: Readonly<Record<string, string>>): Shell {
  shell = shellWith(files);
  return shell;
}
afterEach(() => {
  shell?.remove();
  shell = undefined;
});

const only = '--check admin-port-open';

describe('exit codes', () => {
  test('0 for nothing found, with the summary on stderr and nothing on stdout', async () => {
    const result = await inFolder({ '.git/': '', 'main.tf': closed }).tfsg('');
    expect(result).toEqual({ code: 0, stdout: '', stderr: 'tfsg: nothing found in 1 file (1 group, 1 rule)\n' });
  });

  test('0 and silence with --quiet', async () => {
    expect(await inFolder({ 'main.tf': closed }).tfsg('--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('1 for findings', async () => {
    const { code, stdout, stderr } = await inFolder({ 'main.tf': open }).tfsg(`-f unix ${only}`);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^main\.tf:10:20: critical: .* \[admin-port-open\]\n$/);
    expect(stderr).toBe('tfsg: 1 critical in 1 file (1 group, 1 rule)\n');
  });

  test('2 for a syntax error, with the findings of the rest', async () => {
    const { code, stdout } = await inFolder({ 'main.tf': open, 'broken.tf': 'a = = 1\n' }).tfsg(`-f unix ${only}`);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^broken\.tf:1:\d+: error: /m);
    expect(stdout).toMatch(/\[admin-port-open\]$/m);
  });

  test('2 for a path that does not exist', async () => {
    const { code, stdout } = await inFolder({ 'main.tf': closed }).tfsg('-f unix main.tf ../x/gone.tf');
    expect(code).toBe(2);
    expect(stdout).toBe('tfsg: error: ../x/gone.tf: no such file or directory. [file]\n');
  });

  test('0 where there are no Terraform files, which stderr says', async () => {
    const result = await inFolder({ 'readme.txt': '' }).tfsg('');
    expect(result).toEqual({ code: 0, stdout: '', stderr: 'tfsg: no Terraform files found.\n' });
  });

  test.each([
    ['--fail-on never', 0],
    ['--fail-on critical', 1],
    ['--fail-on low', 1],
  ])('%s', async (options, expected) => {
    expect((await inFolder({ 'main.tf': open }).tfsg(`${options} ${only}`)).code).toBe(expected);
  });
});

describe('what is shown', () => {
  test('--min-severity hides findings but not what they mean', async () => {
    const files = { 'main.tf': open.replace('"Web servers"', '""') };
    const options = '-f unix --check admin-port-open --check missing-group-description --min-severity high';
    const { stdout, stderr } = await inFolder(files).tfsg(options);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain('1 finding hidden (show with --min-severity info)');
  });

  test('--quiet shows what fails, and no summary', async () => {
    const { stdout, stderr } = await inFolder({ 'main.tf': open }).tfsg(`--quiet -f unix ${only}`);
    expect(stdout).toContain('admin-port-open');
    expect(stderr).toBe('');
    for (const format of ['pretty', 'unix', 'github', 'markdown']) {
      const quiet = await shell!.tfsg(`--quiet --fail-on never -f ${format} ${only}`);
      expect(quiet.stdout).not.toContain('admin-port-open');
    }
    expect((await shell!.tfsg(`--quiet --fail-on never -f gitlab ${only}`)).stdout).toContain('admin-port-open');
  });

  test('--unknown lists what waits for apply', async () => {
    const unset = `provider "aws" {}\nvariable "office" {}\n${open.replace('"0.0.0.0/0"', 'var.office')}`;
    const { code, stderr } = await inFolder({ 'main.tf': unset }).tfsg(only);
    expect(code).toBe(0);
    expect(stderr).toContain('1 result undecided because of unknown values (list it with --unknown)');
    const listed = await shell!.tfsg(`--unknown ${only}`);
    expect(listed.stdout).toContain('var.office decides whether SSH (22/tcp) is open to the internet');
    expect(listed.stderr).not.toContain('--unknown');
  });

  test('--output writes another report', async () => {
    const { stdout } = await inFolder({ 'main.tf': open }).tfsg(
      `-f unix -o json=out/report.json -o pretty=p.txt ${only}`,
    );
    expect(stdout).toContain('main.tf:10:20: critical');
    expect(JSON.parse(readFileSync(join(shell!.folder, 'out/report.json'), 'utf8')).summary.critical).toBe(1);
    expect(readFileSync(join(shell!.folder, 'p.txt'), 'utf8')).toContain('^^^');
  });

  test('--output that can not be written is exit code 2', async () => {
    const { code, stderr } = await inFolder({ 'main.tf': closed }).tfsg('-o json=main.tf/x.json');
    expect(code).toBe(2);
    expect((await shell!.tfsg('-o json=/proc/x/y.json')).code).toBe(2);
    expect(stderr).toMatch(/^tfsg: --output main\.tf\/x\.json: /);
  });

  test.each([
    ['', {}, undefined, false],
    ['', {}, 100, true],
    ['', { NO_COLOR: '1' }, 100, false],
    ['', { TERM: 'dumb' }, 100, false],
    ['', { FORCE_COLOR: '1' }, undefined, true],
    ['', { FORCE_COLOR: '0' }, 100, false],
    ['--color always', { NO_COLOR: '1' }, undefined, true],
    ['--color never', { FORCE_COLOR: '1' }, 100, false],
  ] as const)('colour: %s %j %s', async (option, environment, columns, expected) => {
    const world = columns === undefined ? { environment } : { environment, columns };
    const { stdout } = await inFolder({ 'main.tf': open }).tfsg(`${option} ${only}`, world);
    expect(stdout.includes('\u001b[')).toBe(expected);
  });
});

describe('paths', () => {
  const files = { '.git/': '', 'net/a/main.tf': open, 'net/b/main.tf': open, 'checks/main.tf': open };
  const places = (stdout: string) =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(':')[0]);

  test.each([
    ['net', '.', ['net/a/main.tf', 'net/b/main.tf']],
    ['a', 'net', ['a/main.tf']],
    ['main.tf', 'net/a', ['main.tf']],
    ['../b', 'net/a', ['../b/main.tf']],
    ['lint ../b/main.tf main.tf', 'net/a', ['main.tf', '../b/main.tf']],
    ['./checks', '.', ['checks/main.tf']],
    ['lint checks', '.', ['checks/main.tf']],
    ['-- checks', '.', ['checks/main.tf']],
  ])('tfsg %s in %s', async (paths, cwd, expected) => {
    const { stdout } = await inFolder(files).tfsg(`${only} -f unix ${paths}`, { cwd });
    expect(places(stdout)).toEqual(expected);
  });

  test('of reports for programs are relative to the root of the repository', async () => {
    const { stdout } = await inFolder(files).tfsg(`${only} -f json a`, { cwd: 'net' });
    expect(JSON.parse(stdout).findings[0].file).toBe('net/a/main.tf');
    for (const format of ['sarif', 'gitlab', 'github', 'junit', 'checkstyle', 'rdjson', 'markdown']) {
      expect((await shell!.tfsg(`${only} -f ${format} a`, { cwd: 'net' })).stdout).toContain('net/a/main.tf');
    }
  });

  test('without a repository are relative to the working directory too', async () => {
    const inside = await inFolder({ 'x/y/main.tf': open, 'x/z/': '' }).tfsg(`${only} -f unix`, { cwd: 'x' });
    expect(places(inside.stdout)).toEqual(['y/main.tf']);
    const outside = await shell!.tfsg(`${only} -f unix ../y`, { cwd: 'x/z' });
    expect(places(outside.stdout)).toEqual(['../y/main.tf']);
    const json = await shell!.tfsg(`${only} -f json ../y`, { cwd: 'x/z' });
    expect(JSON.parse(json.stdout).findings[0].file).toBe('y/main.tf');
  });

  test('in another repository', async () => {
    const { stdout } = await inFolder({ 'here/.git/': '', 'there/.git/': '', 'there/a/main.tf': open }).tfsg(
      `${only} -f unix ../there/a`,
      { cwd: 'here' },
    );
    expect(places(stdout)).toEqual(['../there/a/main.tf']);
  });

  links.test('through links inside the tree are followed', async () => {
    const { folder, tfsg } = inFolder({ '.git/': '', 'real/main.tf': open });
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    expect(places((await tfsg(`${only} -f unix link`)).stdout)).toEqual(['link/main.tf']);
  });
});

describe('configuration', () => {
  test('of the nearest .tfsgrc.json holds, with its failOn', async () => {
    const config = '{ "failOn": "never", "checks": { "admin-port-open": "low" } }';
    const { code, stdout } = await inFolder({ 'a/main.tf': open, 'a/.tfsgrc.json': config }).tfsg(`${only} -f unix`);
    expect(code).toBe(0);
    expect(stdout).toContain(': low: ');
    expect((await shell!.tfsg(`${only} --no-config`)).code).toBe(1);
    expect((await shell!.tfsg(`${only} --fail-on low`)).code).toBe(1);
  });

  test.each(['.tfsgrc.json', 'a/.tfsgrc.json'])('with mistakes stops the run: %s', async (path) => {
    const config = '{ "failon": "never", "checks": { "admin-port-open": "low" } }';
    const files = { 'main.tf': open, 'a/main.tf': open, [path]: config };
    const mistake = `${path}:1:3: error: "failon" is not a key of .tfsgrc.json. Did you mean "failOn"? [configuration]\n`;
    expect(await inFolder(files).tfsg('-f unix')).toEqual({
      code: 2,
      stdout: mistake,
      stderr: 'tfsg: nothing was checked because the configuration has errors.\n',
    });
    expect(await shell!.tfsg('--fix --baseline b.json --update-baseline')).toMatchObject({ code: 2 });
    expect(await shell!.tfsg('--fix')).toMatchObject({ code: 2, stdout: expect.not.stringContaining('main.tf:') });
    expect(existsSync(join(shell!.folder, 'b.json'))).toBe(false);
    expect(JSON.parse((await shell!.tfsg('-f json')).stdout)).toMatchObject({
      findings: [],
      problems: [{ kind: 'configuration' }],
    });
  });

  test('that is named replaces the nearest', async () => {
    const files = { 'main.tf': open, '.tfsgrc.json': '{ "failOn": "never" }', 'ci/c.json': '{ "failOn": "high" }' };
    expect((await inFolder(files).tfsg(`${only} -c ci/c.json`)).code).toBe(1);
  });

  test('that is named but missing is a plain message', async () => {
    const { code, stdout, stderr } = await inFolder({ 'main.tf': open }).tfsg('--config gone.json');
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'tfsg: --config gone.json: no such file or directory. See tfsg --help.\n',
    });
  });

  test('excludes files', async () => {
    const files = { 'a/main.tf': open, 'b/main.tf': open, '.tfsgrc.json': '{ "exclude": ["a"] }' };
    const { stdout } = await inFolder(files).tfsg(`${only} -f unix`);
    expect(stdout).not.toContain('a/main.tf');
    expect(stdout).toContain('b/main.tf');
  });

  test("--check takes other tools' ids, --disable wins", async () => {
    expect((await inFolder({ 'main.tf': open }).tfsg('--check CKV_AWS_24')).code).toBe(1);
    expect((await shell!.tfsg('--check ckv_aws_24 --disable admin-port-open')).code).toBe(0);
    const { code, stderr } = await shell!.tfsg('--check admin-prt-open');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'tfsg: Unknown check "admin-prt-open". Did you mean admin-port-open? See tfsg --help.\n',
    });
  });
});

describe('input', () => {
  const variable = `variable "source" {}\n${open.replace('"0.0.0.0/0"', 'var.source')}`;
  const files = { 'main.tf': variable, 'open.tfvars': 'source = "0.0.0.0/0"\n' };

  test.each([
    ['--var source=0.0.0.0/0', 1],
    ['--var source=10.0.0.0/8', 0],
    ['--var-file open.tfvars', 1],
    ['--var-file open.tfvars --var source=10.0.0.0/8', 0],
    ['--var source=10.0.0.0/8 --var-file=open.tfvars', 1],
    ['--tf-var-env', 1],
    ['', 0],
  ])('%s: %s', async (options, code) => {
    const environment = { TF_VAR_source: '0.0.0.0/0' };
    expect((await inFolder(files).tfsg(`${only} ${options}`, { environment })).code).toBe(code);
  });

  test('--stdin-filename lays standard input over its directory', async () => {
    const { code, stdout } = await inFolder({ '.git/': '', 'net/main.tf': closed, 'net/other.tf': '' }).tfsg(
      `${only} -f unix --stdin-filename net/main.tf`,
      { stdin: open },
    );
    expect(code).toBe(1);
    expect(stdout).toContain('net/main.tf:10:20');
    expect((await shell!.tfsg(`${only} -f unix --stdin-filename new/main.tf`, { stdin: open })).code).toBe(1);
  });

  test('--var-file that is missing is a plain message', async () => {
    const { code, stderr } = await inFolder(files).tfsg('--var-file gone.tfvars');
    expect(code).toBe(2);
    expect(stderr).toBe('tfsg: --var-file gone.tfvars: no such file or directory. See tfsg --help.\n');
  });

  test('--parser hcl2json finds the same', async () => {
    const { code, stdout } = await inFolder({ 'main.tf': open }).tfsg(`${only} -f unix --parser hcl2json`);
    expect(code).toBe(1);
    expect(stdout).toContain('admin-port-open');
  });
});

describe('findings that can never fail a run', () => {
  const egress = `resource "aws_security_group" "web" {
  description = "Web servers"
  egress {
    description = "Out"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`;
  const config = '{ "checks": { "all-traffic-egress": "info" } }';

  test('are counted, and shown to people who ask for them', async () => {
    const shell = inFolder({ 'main.tf': egress, '.tfsgrc.json': config });
    const brief = await shell.tfsg('-f unix -o json=report.json');
    expect(brief).toEqual({
      code: 0,
      stdout: '',
      stderr: 'tfsg: 1 info in 1 file (1 group, 1 rule); 1 finding hidden (show with --min-severity info)\n',
    });
    expect(JSON.parse(readFileSync(join(shell.folder, 'report.json'), 'utf8')).findings).toHaveLength(1);
    expect((await shell.tfsg('-f unix --min-severity info')).stdout).toMatch(/^main\.tf:8:20: info: /);
    expect((await shell.tfsg('-f unix --check all-traffic-egress')).stdout).toMatch(/^main\.tf:8:20: info: /);
  });
});
