/** --fix and --fix-dry-run on a disk. */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { links, modes } from '../systems.ts';
import { type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const rule = (source: string, name = 'a'): string => `resource "aws_vpc_security_group_ingress_rule" "${name}" {
  description       = "Web"
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "${source}"
}
`;
const faulty = rule('10.0.0.0/08');
const repaired = rule('10.0.0.0/8');

const read = (path: string): string => readFileSync(join(shell.folder, path), 'utf8');

describe('--fix', () => {
  test('writes the files and reports what is left', async () => {
    shell = shellWith({ '.git/': '', 'net/main.tf': faulty, 'good.tf': rule('192.168.0.0/16', 'b') });
    const result = await shell.tfsg('--fix');
    expect(result).toEqual({
      code: 0,
      stdout: '',
      stderr: 'tfsg: fixed 1 finding in net/main.tf.\ntfsg: nothing found in 2 files (0 groups, 2 rules)\n',
    });
    expect(read('net/main.tf')).toBe(repaired);
    expect(readdirSync(join(shell.folder, 'net'))).toEqual(['main.tf']);
  });

  test('says what it does not fix, and why', async () => {
    const used = 'variable "x" {\n  default = "10.0.0.0/08"\n}\n\noutput "x" {\n  value = split("/", var.x)\n}\n\n';
    const text = `${used}resource "aws_instance" "a" {\n  private_ip = split("/", var.x)[1]\n}\n\n${faulty.replace('"10.0.0.0/08"', 'var.x')}`;
    shell = shellWith({ 'main.tf': text });
    const { code, stdout, stderr } = await shell.tfsg('--fix -f unix');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^main\.tf:19:23: high: .* \[invalid-cidr\]$/m);
    expect(stderr).toContain(
      'tfsg: main.tf:19:23 invalid-cidr was not fixed: aws_instance.a would change in meaning.\n',
    );
    expect(stderr).toContain('tfsg: fixed 0 findings in 0 files.\n');
    expect(read('main.tf')).toBe(text);
  });

  test('keeps what any environment means', async () => {
    const instance = `resource "aws_instance" "a" {
  count      = terraform.workspace == "prod" ? 1 : 0
  private_ip = split("/", var.x)[1]
}
`;
    const variable = 'variable "x" {\n  default = "10.0.0.0/08"\n}\n\n';
    const text = variable + instance + faulty.replace('"10.0.0.0/08"', 'var.x');
    const environments = { test: { workspace: 'test' }, prod: { workspace: 'prod' } };
    shell = shellWith({ 'main.tf': text, '.tfsgrc.json': JSON.stringify({ environments }) });
    const { stderr } = await shell.tfsg('--fix');
    expect(stderr).toContain('was not fixed: aws_instance.a[0] would change in meaning.');
    expect(read('main.tf')).toBe(text);
    await shell.tfsg('--fix --env test');
    expect(read('main.tf')).toBe(text.replace('/08', '/8'));
  });

  test('fixes only what is reported', async () => {
    shell = shellWith({ 'main.tf': faulty, '.tfsgrc.json': '{ "checks": { "invalid-cidr": "low" } }' });
    await shell.tfsg('--fix --min-severity medium');
    expect(read('main.tf')).toBe(faulty);
    await shell.tfsg('--fix --disable invalid-cidr');
    expect(read('main.tf')).toBe(faulty);
    await shell.tfsg('--fix --quiet');
    expect(read('main.tf')).toBe(repaired);
    const accepted = faulty.replace('/08"', '/08" # tfsg:ignore invalid-cidr -- The plan has to fail.');
    writeFileSync(join(shell.folder, 'main.tf'), accepted);
    await shell.tfsg('--fix');
    expect(read('main.tf')).toBe(accepted);
  });

  modes.test('keeps bytes that it does not fix, and permissions', async () => {
    const text = `\uFEFF# é\n${faulty}# end`.replaceAll('\n', '\r\n');
    shell = shellWith({ 'main.tf': text });
    chmodSync(join(shell.folder, 'main.tf'), 0o640);
    await shell.tfsg('--fix');
    expect(read('main.tf')).toBe(text.replace('/08', '/8'));
    expect(statSync(join(shell.folder, 'main.tf')).mode & 0o7777).toBe(0o640);
  });

  links.test('follows links inside the tree, and leaves them links', async () => {
    shell = shellWith({ '.git/': '', 'shared/rule.tf': faulty, 'one/': '', 'two/': '' });
    for (const name of ['one', 'two']) symlinkSync('../shared/rule.tf', join(shell.folder, name, 'rule.tf'));
    const { code } = await shell.tfsg('--fix one two');
    expect(code).toBe(0);
    expect(read('shared/rule.tf')).toBe(repaired);
    expect(lstatSync(join(shell.folder, 'one/rule.tf')).isSymbolicLink()).toBe(true);
  });

  modes.test('leaves read-only files and folders alone, and goes on with the others', async () => {
    shell = shellWith({ 'a/main.tf': faulty, 'b/main.tf': faulty });
    chmodSync(join(shell.folder, 'a/main.tf'), 0o444);
    const { code, stderr } = await shell.tfsg('--fix');
    expect(code).toBe(1);
    expect(stderr).toContain('invalid-cidr was not fixed: cannot change a/main.tf: it is read-only.');
    expect(stderr).toContain('tfsg: fixed 1 finding in b/main.tf.');
    expect([read('a/main.tf'), read('b/main.tf')]).toEqual([faulty, repaired]);
  });

  test('fixes variable files of the command line', async () => {
    const variable = `variable "x" {\n  type = string\n}\n\n${faulty.replace('"10.0.0.0/08"', 'var.x')}`;
    shell = shellWith({ 'main.tf': variable, 'env/prod.tfvars': 'x = "10.0.0.0/08"\n' });
    const { code, stderr } = await shell.tfsg('--fix --var-file env/prod.tfvars');
    expect(stderr).toContain('fixed 1 finding in env/prod.tfvars');
    expect(code).toBe(0);
    expect(read('env/prod.tfvars')).toBe('x = "10.0.0.0/8"\n');
  });

  test('gives text from standard input back on standard output, and the report on stderr', async () => {
    shell = shellWith({ 'main.tf': 'something else', 'other.tf': rule('192.168.0.0/016', 'b') });
    const { code, stdout, stderr } = await shell.tfsg('--fix --stdin-filename main.tf', { stdin: faulty });
    expect(stdout).toBe(repaired);
    expect(code).toBe(1);
    expect(stderr).toContain('tfsg: fixed 1 finding.');
    expect(stderr).toContain('cannot change other.tf: only the file from standard input can be changed.');
    expect(stderr).toMatch(/^other\.tf:7:23 high invalid-cidr \[fix\] in sg-/m);
    expect(read('main.tf')).toBe('something else');
  });

  test('gives text that it can not read back as it is', async () => {
    shell = shellWith({ 'main.tf': '' });
    const { code, stdout } = await shell.tfsg('--fix --stdin-filename main.tf', { stdin: 'resource {{{\n' });
    expect([code, stdout]).toEqual([2, 'resource {{{\n']);
  });
});

describe('--fix-dry-run', () => {
  const hasGit = spawnSync('git', ['--version']).error === undefined;
  const git = (...argv: string[]) => spawnSync('git', argv, { cwd: shell.folder, encoding: 'utf8' });

  test('prints a diff, writes nothing, and exits as without it', async () => {
    shell = shellWith({ 'main.tf': faulty });
    const { code, stdout, stderr } = await shell.tfsg('--fix-dry-run');
    expect(stdout).toBe(`diff --git a/main.tf b/main.tf
--- a/main.tf
+++ b/main.tf
@@ -4,5 +4,5 @@
   ip_protocol       = "tcp"
   from_port         = 443
   to_port           = 443
-  cidr_ipv4         = "10.0.0.0/08"
+  cidr_ipv4         = "10.0.0.0/8"
 }
`);
    expect(code).toBe(1);
    expect(stderr).toContain('tfsg: would fix 1 finding in main.tf.\n');
    expect(read('main.tf')).toBe(faulty);
  });

  test('prints nothing where nothing is to be fixed', async () => {
    shell = shellWith({ 'main.tf': repaired });
    expect(await shell.tfsg('--fix-dry-run --quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('prints what git applies', async () => {
    if (!hasGit) {
      console.warn('skipped: there is no git');
      shell = shellWith({});
      return;
    }
    const files = {
      'main.tf': faulty,
      'the net/caf\u00e9 "x".tf': rule('10.0.0.0/08', 'b').trimEnd(),
      'tab\there/main.tf': faulty.replaceAll('\n', '\r\n'),
      'b/main.tf': `\uFEFF${faulty}`,
      'back\\slash.tf': rule('10.0.0.0/08', 'c').replaceAll('\n', '\r\n').trimEnd(),
      'rules.tf.json':
        '{ "resource": { "aws_vpc_security_group_ingress_rule": { "j": { "cidr_ipv4": "10.0.0.0/08" } } } }',
      'two.tf': `${rule('10.0.0.0/08', 'd')}${'# far\n'.repeat(20)}${rule('10.0.0.0/08', 'e')}`,
    };
    shell = shellWith(files);
    git('init', '-q');
    mkdirSync(join(shell.folder, 'sub'));
    const { stdout } = await shell.tfsg(['--fix-dry-run', '..'], { cwd: 'sub' });
    writeFileSync(join(shell.folder, 'fixes.patch'), stdout);
    expect(git('apply', '--check', 'fixes.patch')).toMatchObject({ status: 0, stderr: '' });
    expect(git('apply', '--whitespace=nowarn', 'fixes.patch')).toMatchObject({ status: 0, stderr: '' });
    for (const [path, text] of Object.entries(files)) {
      expect(read(path)).toBe(text.replaceAll('/08', '/8'));
    }
  });
});

describe('--unsafe-fixes', () => {
  const open = rule('10.1.2.3/8');

  test('is what host bits need: --fix alone leaves them, and says so', async () => {
    shell = shellWith({ 'main.tf': open + rule('192.168.0.0/016', 'b') });
    const { code, stdout, stderr } = await shell.tfsg('--fix -f unix');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^main\.tf:7:23: high: "10\.1\.2\.3\/8" .* \[invalid-cidr\]\n$/);
    expect(stdout).toContain('write 10.0.0.0/8 for the network or 10.1.2.3/32 for the host');
    expect(stderr).toContain(
      'tfsg: fixed 1 finding in main.tf. 1 more can be fixed with --unsafe-fixes, which may change the allowed traffic.\n',
    );
    expect(read('main.tf')).toBe(open + rule('192.168.0.0/16', 'b'));
  });

  test('writes what lets in least, and says what it wrote in place of what', async () => {
    shell = shellWith({ 'main.tf': open, 'b.tf': rule('192.168.0.0/016', 'b') });
    expect(await shell.tfsg('--fix --unsafe-fixes')).toEqual({
      code: 0,
      stdout: '',
      stderr: `tfsg: main.tf:7:23 invalid-cidr, unsafe fix: Write 10.1.2.3/32, the host. Alternative: Write 10.0.0.0/8, the network.
tfsg: changed b.tf
tfsg: changed main.tf
tfsg: fixed 2 findings in 2 files, 1 unsafe (review the allowed traffic).
tfsg: nothing found in 2 files (0 groups, 2 rules)
`,
    });
    expect([read('main.tf'), read('b.tf')]).toEqual([rule('10.1.2.3/32'), rule('192.168.0.0/16', 'b')]);
  });

  test('prints it in a dry run', async () => {
    shell = shellWith({ 'main.tf': open });
    const { code, stdout, stderr } = await shell.tfsg('--fix-dry-run --unsafe-fixes');
    expect(code).toBe(1);
    expect(stdout).toContain('-  cidr_ipv4         = "10.1.2.3/8"\n+  cidr_ipv4         = "10.1.2.3/32"\n');
    expect(stderr).toContain('tfsg: would fix 1 finding in main.tf, 1 unsafe (review the allowed traffic).\n');
    expect(read('main.tf')).toBe(open);
  });

  test('changes nothing but what is let in', async () => {
    const variable = 'variable "x" {\n  default = "10.1.2.3/8"\n}\n\n';
    const instance = 'resource "aws_instance" "a" {\n  tags = { Network = var.x }\n}\n\n';
    const text = variable + instance + open.replace('"10.1.2.3/8"', 'var.x');
    shell = shellWith({ 'main.tf': text });
    const { code, stderr } = await shell.tfsg('--fix --unsafe-fixes');
    expect(code).toBe(1);
    expect(stderr).toContain('invalid-cidr was not fixed: aws_instance.a would change in meaning.');
    expect(read('main.tf')).toBe(text);
  });

  test('makes of text from standard input what it makes of a file', async () => {
    shell = shellWith({ 'main.tf': '' });
    const { stdout, stderr } = await shell.tfsg('--fix --unsafe-fixes --stdin-filename main.tf', { stdin: open });
    expect(stdout).toBe(rule('10.1.2.3/32'));
    expect(stderr).toContain('tfsg: fixed 1 finding, 1 unsafe (review the allowed traffic).\n');
  });

  test('makes what the findings shown have, and no other', async () => {
    shell = shellWith({ 'main.tf': open, '.tfsgrc.json': '{ "checks": { "invalid-cidr": "low" } }' });
    await shell.tfsg('--fix --unsafe-fixes --min-severity medium');
    expect(read('main.tf')).toBe(open);
  });

  test('needs --fix or --fix-dry-run', async () => {
    shell = shellWith({ 'main.tf': open });
    const { code, stdout, stderr } = await shell.tfsg('--unsafe-fixes');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--unsafe-fixes needs --fix or --fix-dry-run.');
    expect(read('main.tf')).toBe(open);
  });
});

describe('does not go with', () => {
  test.each([
    ['--fix --fix-dry-run', '--fix cannot be used with --fix-dry-run.'],
    ['--fix-dry-run --shard 1/2', '--fix-dry-run cannot be used with --shard.'],
    ['--fix --diff x.diff', '--fix cannot be used with --diff.'],
    ['--diff x.diff --shard 1/2', '--shard cannot be used with --diff.'],
  ])('%s', async (argv, message) => {
    shell = shellWith({ 'main.tf': faulty });
    const { code, stderr } = await shell.tfsg(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(read('main.tf')).toBe(faulty);
  });
});
