/** Environments: each root module is evaluated once for each, and what is the same is one finding. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const main = `
variable "office" {
  type    = string
  default = "10.0.0.0/8"
}
resource "aws_security_group" "web" {
  description = "Web servers of \${terraform.workspace}"
  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.office]
  }
  ingress {
    description = "RDP"
    from_port   = 3389
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`;
const config = `{
  "environments": {
    "prod": { "varFiles": ["env/prod.tfvars"] },
    "test": { "vars": { "office": "0.0.0.0/0" }, "workspace": "test" }
  }
}`;
const files = {
  '.git/': '',
  '.tfsgrc.json': config,
  'app/main.tf': main,
  'app/env/prod.tfvars': 'office = "198.51.100.0/28"\n',
};

const found = async (options = ''): Promise<string[]> => {
  const { stdout } = await shell.tfsg(`-f json --check admin-port-open ${options}`);
  return JSON.parse(stdout).findings.map(
    (finding: { message: string; environments: string[]; related: { message: string }[] }) =>
      [
        finding.environments.join('+'),
        finding.message.match(/SSH|RDP/)?.[0],
        ...finding.related.map((each) => each.message),
      ].join(' '),
  );
};

describe('findings', () => {
  test('are labelled with the environments where they hold', async () => {
    shell = shellWith(files);
    expect(await found()).toEqual(['test SSH', 'prod+test RDP']);
  });

  test('of one environment', async () => {
    shell = shellWith(files);
    expect(await found('--env prod')).toEqual(['prod RDP']);
    expect(await found('--env test')).toEqual(['test SSH', 'test RDP']);
  });

  test('name the environments in every format', async () => {
    shell = shellWith(files);
    const outputs = ['unix', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'markdown', 'rdjson'];
    await shell.tfsg(`--check admin-port-open ${outputs.map((name) => `-o ${name}=${name}.out`).join(' ')}`);
    for (const name of outputs) {
      const text = readFileSync(join(shell.folder, `${name}.out`), 'utf8');
      expect([name, text]).toEqual([name, expect.stringMatching(/\(prod, test\)|Environments: prod, test/)]);
    }
  });

  test('name the environments in text', async () => {
    shell = shellWith(files);
    const { stdout } = await shell.tfsg('--check admin-port-open');
    expect(stdout).toMatch(/\n {2}for prod, test\n {2}help: .*\n$/);
  });
});

test('the command line goes before an environment', async () => {
  shell = shellWith(files);
  const args = ['-f', 'json', '--check', 'admin-port-open', '--env', 'test', '--var', 'office=10.0.0.0/8'];
  expect(JSON.parse((await shell.tfsg(args)).stdout).findings).toHaveLength(1);
});

test('files are looked for in the root module, then beside the configuration; a root without them has no such environment', async () => {
  shell = shellWith({
    ...files,
    '.tfsgrc.json':
      '{ "environments": { "prod": { "varFiles": ["env/prod.tfvars"] }, "all": { "varFiles": ["all.tfvars"] } } }',
    'all.tfvars': 'office = "0.0.0.0/0"\n',
    'other/main.tf': main.replace('0.0.0.0/0', '10.1.0.0/16'),
    'plain/.tfsgrc.json': '{}',
    'plain/main.tf': main,
  });
  expect(await found()).toEqual(['all SSH value of var.office', 'all+prod RDP', 'all SSH value of var.office', ' RDP']);
});

describe('problems', () => {
  const problemsOf = async (own: object, options = '', more: Record<string, string> = {}) => {
    shell = shellWith({ ...files, ...more, '.tfsgrc.json': JSON.stringify({ environments: own }) });
    return (await shell.tfsg(`-f unix --check policy ${options}`)).stdout;
  };

  test('a name that there is not', async () => {
    expect(await problemsOf({ prod: {}, test: {} }, '--env prd')).toBe(
      'tfsg: error: Unknown environment "prd"; known: prod, test. [configuration]\n',
    );
  });

  test('files that no root module has', async () => {
    expect(await problemsOf({ gone: { varFiles: ['gone.tfvars'] } })).toBe(
      '.tfsgrc.json:1:18: warning: No root module has the variable files of the environment "gone": gone.tfvars. [configuration]\n',
    );
  });

  test('some of several files that are missing', async () => {
    expect(await problemsOf({ prod: { varFiles: ['env/prod.tfvars', 'env/more.tfvars'] } })).toBe(
      '.tfsgrc.json:1:18: error: env/more.tfvars of the environment "prod" is missing for the root module app, although its other files exist. [configuration]\n',
    );
  });

  test('a mistake in a file', async () => {
    const output = await problemsOf({ prod: { varFiles: ['env/prod.tfvars'] } }, '', {
      'app/env/prod.tfvars': 'office = = 1\n',
    });
    expect(output).toMatch(/^app\/env\/prod\.tfvars:1:10: error: /);
  });
});

test('inspect takes one environment, or none', async () => {
  shell = shellWith(files);
  const cidrs = async (options: string) =>
    JSON.parse((await shell.tfsg(`inspect --format json ${options}`)).stdout).rules.flatMap(
      (rule: { cidr_ipv4: string | null }) => rule.cidr_ipv4 ?? [],
    );
  expect(await cidrs('')).toEqual(['10.0.0.0/8', '0.0.0.0/0']);
  expect(await cidrs('--env prod')).toEqual(['198.51.100.0/28', '0.0.0.0/0']);
});
