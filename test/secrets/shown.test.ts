/** What stands in the place of sensitive values, and what of the text around them is shown. */

import { afterEach, describe, expect, test } from '@jest/globals';
import { open, type Shell, shellWith } from '../cli/shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const lint = ['--no-config', '--unknown', '--check', 'admin-port-open', '--check', 'invalid-cidr'];

const secret = `variable "source" {
  type      = string
  sensitive = true
}

`;

const rule = open.replace('"0.0.0.0/0"', 'var.source');

describe('findings stay', () => {
  test('a sensitive 0.0.0.0/0 is the internet', async () => {
    shell = shellWith({ '.git/': '', 'main.tf': secret + rule });
    const { stdout } = await shell.tfsg([...lint, '-f', 'unix', '--var', 'source=0.0.0.0/0']);
    expect(stdout).toBe(
      'main.tf:15:20: critical: (sensitive value) opens SSH (22/tcp) to the whole IPv4 internet. [admin-port-open]\n',
    );
  });

  test('a sensitive port is what it is', async () => {
    const port = 'variable "port" {\n  type      = number\n  sensitive = true\n}\n\n';
    shell = shellWith({ '.git/': '', 'main.tf': port + open.replaceAll(' 22', ' var.port') });
    const { stdout } = await shell.tfsg([...lint, '-f', 'unix', '--var', 'port=22']);
    expect(stdout).toBe(
      'main.tf:15:20: critical: 0.0.0.0/0 opens (sensitive value) to the whole IPv4 internet. [admin-port-open]\n',
    );
  });

  test('rules that differ in sensitive values alone stay apart', async () => {
    const two = `${secret}variable "other" {\n  sensitive = true\n}\n${open.replace('"0.0.0.0/0"', 'var.source, var.other')}`;
    shell = shellWith({ '.git/': '', 'main.tf': two });
    const values = ['--var', 'source=192.0.2.0/32', '--var', 'other=198.51.100.0/32'];
    const { stdout } = await shell.tfsg(['inspect', '--no-config', ...values]);
    expect(stdout).toContain('in   TCP 22 (SSH)  from (sensitive value), (sensitive value)  main.tf');
    const { stdout: found } = await shell.tfsg(['--no-config', '--check', 'duplicate-rule', ...values]);
    expect(found).toBe('');
  });

  test('instances with sensitive keys are told apart', async () => {
    const groups = 'resource "aws_security_group" "g" {\n  for_each = toset([var.source, "known"])\n}\n';
    shell = shellWith({ '.git/': '', 'main.tf': secret + groups });
    const { stdout } = await shell.tfsg(['inspect', '--no-config', '--var', 'source=hunter2']);
    expect(stdout).toBe(
      'aws_security_group.g[(sensitive value) 2]  main.tf:6:1\naws_security_group.g[(sensitive value)]  main.tf:6:1\n\n2 groups, 0 rules\n',
    );
  });
});

describe('the text of files', () => {
  test('of a configuration is shown as it is written', async () => {
    shell = shellWith({ '.git/': '', 'main.tf': secret.replace('true', 'true\n  default = "0.0.0.0/0"') + rule });
    const { stdout } = await shell.tfsg(lint);
    expect(stdout).toContain('4 |   default = "0.0.0.0/0"');
    const { stdout: report } = await shell.tfsg([...lint, '-f', 'sarif']);
    expect(report.slice(report.indexOf('"results"'))).not.toContain('0.0.0.0');
  });

  test('of a variable file is shown where nothing of it is sensitive', async () => {
    shell = shellWith({
      '.git/': '',
      'main.tf': `variable "source" {}\n${secret.replace('source', 'token')}${rule}`,
      'terraform.tfvars': 'source = "0.0.0.0/0" # of the office\ntoken = "hunter2"\n',
    });
    expect((await shell.tfsg(lint)).stdout).toContain('1 | source = "0.0.0.0/0" # of the office');
  });

  test.each([
    ['of a sensitive variable', secret + rule],
    [
      'that the root does not call sensitive, and the configuration does',
      `variable "source" {}\n${open.replace('"0.0.0.0/0"', 'sensitive(var.source)')}`,
    ],
  ])('of a variable file is not shown %s', async (_, main) => {
    shell = shellWith({ '.git/': '', 'main.tf': main, 'terraform.tfvars': 'source = "0.0.0.0/0"\n' });
    const { stdout } = await shell.tfsg(lint);
    expect(stdout).toContain('terraform.tfvars:1:10: value of var.source\n');
    expect(stdout).not.toContain('0.0.0.0');
  });

  test('of a variable file on one line is shown only if all of it may be', async () => {
    const main = `variable "source" {}\n${secret.replace('source', 'token')}${rule}`;
    shell = shellWith({
      '.git/': '',
      'main.tf': main,
      'terraform.tfvars.json': '{"source":"0.0.0.0/0","token":"hunter2"}',
    });
    const { stdout } = await shell.tfsg(lint);
    expect(stdout).toContain('terraform.tfvars.json:1:11: value of var.source');
    expect(stdout).not.toContain('hunter2');
  });
});

describe('problems', () => {
  const broken = [
    'source = "hunter2\n',
    'source = hunter2 hunter2\n',
    'source = [hunter2\n',
    '"hunter2" = 1\n',
    'hunter2',
  ];

  test.each(broken)('of a variable file with %j quote nothing', async (text) => {
    shell = shellWith({ '.git/': '', 'main.tf': secret + rule, 'x.tfvars': text });
    for (const format of ['pretty', 'json']) {
      const { code, stdout, stderr } = await shell.tfsg([...lint, '-f', format, '--var-file', 'x.tfvars']);
      expect(code).toBe(2);
      expect(stdout).toContain('x.tfvars');
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });

  test.each(['["hunter2"', 'hunter2', 'upper("hunter2")', '{ hunter2 = ', '"hunter2" "hunter2"'])(
    'of a value %j quote nothing',
    async (value) => {
      shell = shellWith({ '.git/': '', 'main.tf': secret.replace('string', 'list(string)') + rule });
      for (const [argv, environment] of [
        [['--var', `source=${value}`], {}],
        [['--tf-var-env'], { TF_VAR_source: value }],
      ] as const) {
        const { stdout, stderr } = await shell.tfsg([...lint, ...argv], { environment });
        expect(stdout).toMatch(/TF_VAR_source|--var source/);
        expect(stdout + stderr).not.toContain('hunter2');
      }
    },
  );

  test('of a module variable that is sensitive do not show what the root gives', async () => {
    shell = shellWith({
      '.git/': '',
      'main.tf': 'variable "p" {}\nmodule "m" {\n  source = "./m"\n  port   = var.p\n}\n',
      'm/main.tf': `variable "port" {\n  type      = number\n  sensitive = true\n}\n${open.replaceAll(' 22', ' var.port')}`,
      'terraform.tfvars': 'p = "hunter2"\n',
    });
    const { stdout } = await shell.tfsg(lint);
    expect(stdout).toContain('This value is not suitable for var.port: a number is required.');
    expect(stdout).not.toContain('hunter2');
  });

  test('of a command line do not echo a value without a name', async () => {
    shell = shellWith({ 'main.tf': '' });
    const { code, stderr } = await shell.tfsg(['--var', 'hunter2']);
    expect(code).toBe(2);
    expect(stderr).toBe('tfsg: --var needs NAME=VALUE, but the given value has no "=". See tfsg --help.\n');
  });
});

describe('fixes', () => {
  test('are not offered for sensitive values', async () => {
    shell = shellWith({ '.git/': '', 'main.tf': secret + rule, 'terraform.tfvars': 'source = "0.0.0.0/00"\n' });
    const { stdout } = await shell.tfsg([...lint, '--fix-dry-run']);
    expect(stdout).toBe('');
  });

  test('of a variable file with secrets are made, and not printed', async () => {
    const main = `variable "source" {}\n${secret.replace('source', 'token')}${rule}`;
    shell = shellWith({
      '.git/': '',
      'main.tf': main,
      'terraform.tfvars': 'token = "hunter2"\nsource = "0.0.0.0/00"\n',
    });
    const { stdout, stderr } = await shell.tfsg([...lint, '--fix-dry-run']);
    expect(stdout).toBe('');
    expect(stderr).toContain(
      'tfsg: the diff of terraform.tfvars is not shown because the file contains sensitive values.\n',
    );
  });
});
