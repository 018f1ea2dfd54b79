/** The commands beside lint. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { version } from '../../src/version.ts';
import { open, type Shell, shellWith } from './shell.ts';

let shell: Shell;
beforeAll(() => {
  const config = '{ "checks": { "icmp-open": "off", "port-open": "high" } }';
  shell = shellWith({
    '.git/': '',
    'main.tf': open,
    'public.tf': 'resource "aws_instance" "web" {\n  vpc_security_group_ids = [aws_security_group.web.id]\n}\n',
    'empty/': '',
    'b.tf': 'a = 1\n',
    'broken.tf.txt': 'a = = 1\n',
    'x.tf.json': '{ "a": 1 }',
    'sub/.tfsgrc.json': config,
  });
});
afterAll(() => shell.remove());

describe('inspect', () => {
  test('shows groups and rules', async () => {
    const { code, stdout, stderr } = await shell.tfsg('inspect main.tf');
    expect(code).toBe(0);
    expect(stdout).toContain('aws_security_group.web  main.tf:1:1\n  in   TCP 22 (SSH)  from 0.0.0.0/0');
    expect(stderr).toBe('');
  });

  test('prints JSON', async () => {
    const { stdout } = await shell.tfsg('inspect --format json --no-config main.tf');
    const { schemaVersion, groups, rules, problems } = JSON.parse(stdout);
    expect(schemaVersion).toBe(1);
    expect(groups).toMatchObject([{ address: 'aws_security_group.web', description: 'Web servers' }]);
    expect(rules).toMatchObject([
      { group: 'aws_security_group.web', direction: 'ingress', cidr_ipv4: ['0.0.0.0/0'], self: false },
    ]);
    expect(problems).toEqual([]);
  });
});

describe('exposure', () => {
  test('shows what the internet reaches', async () => {
    const { code, stdout, stderr } = await shell.tfsg('exposure public.tf');
    expect(code).toBe(0);
    expect(stdout).toMatch(/aws_instance\.web +TCP 22 \(SSH\) +from the internet/);
    expect(stderr).toBe('');
  });

  test('prints JSON', async () => {
    const { stdout } = await shell.tfsg('exposure --format json --no-config public.tf');
    const { schemaVersion, services, problems } = JSON.parse(stdout);
    expect(schemaVersion).toBe(1);
    expect(services).toMatchObject([
      {
        address: 'aws_instance.web',
        kind: 'compute',
        groups: ['aws_security_group.web'],
        exposures: [{ family: 4, protocol: 'tcp', from_port: 22, to_port: 22, answer: 'yes', hops: 1, because: [] }],
      },
    ]);
    expect(services[0].exposures[0].path.at(-1)).toMatchObject({ kind: 'service', file: 'public.tf' });
    expect(problems).toEqual([]);
  });

  test('says that there is nothing to look at', async () => {
    const { code, stdout, stderr } = await shell.tfsg('exposure empty');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('no Terraform files');
  });
});

describe('parse', () => {
  test('prints the JSON of a file, or several by path', async () => {
    expect(JSON.parse((await shell.tfsg('parse b.tf')).stdout)).toEqual({ a: 1 });
    const { stdout } = await shell.tfsg('parse b.tf x.tf.json');
    expect(JSON.parse(stdout)).toEqual({ 'b.tf': { a: 1 }, 'x.tf.json': { a: 1 } });
  });

  test("prints hcl2json's own with --parser hcl2json", async () => {
    expect(JSON.parse((await shell.tfsg('parse --parser hcl2json b.tf')).stdout)).toEqual({ a: 1 });
    expect((await shell.tfsg('parse --parser hcl2json broken.tf.txt')).code).toBe(2);
  });

  test('says what is wrong on stderr', async () => {
    const { code, stderr } = await shell.tfsg('parse broken.tf.txt gone.tf');
    expect(code).toBe(2);
    expect(stderr).toContain('broken.tf.txt:1:');
    expect(stderr).toContain('gone.tf: no such file.');
  });
});

describe('checks', () => {
  test('is a table of them, as they are here', async () => {
    const { stdout } = await shell.tfsg('checks', { cwd: 'sub' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(checks.length);
    expect(stdout).toMatch(/^icmp-open +low +off /m);
    expect(stdout).toMatch(/^port-open +high +on /m);
    expect((await shell.tfsg('checks')).stdout).toMatch(/^icmp-open +low +on /m);
  });

  test('has a form for programs', async () => {
    const rows = JSON.parse((await shell.tfsg('checks --format json')).stdout);
    expect(rows.map(({ id }: { id: string }) => id)).toEqual(checks.map(({ id }) => id));
    const row = rows.find(({ id }: { id: string }) => id === 'duplicate-rule');
    expect(row).toMatchObject({ on: true, options: {}, docs: 'docs/checks/duplicate-rule.md' });
  });
});

describe('explain', () => {
  test('prints the page of a check, without the markers of its parts', async () => {
    const { code, stdout } = await shell.tfsg('explain admin-port-open');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# admin-port-open\n/);
    expect(stdout).toContain('## How to fix');
    expect(stdout).not.toContain('<!--');
    expect(stdout).not.toContain('## Example');
    expect(stdout).toContain('## Sources');
    expect(stdout.split('\n').length).toBeLessThan(120);
  });

  test('has the examples with --examples', async () => {
    const { stdout } = await shell.tfsg('explain admin-port-open --examples');
    expect(stdout).toContain('\n## Example\n');
    expect(stdout).not.toContain('<!--');
  });

  test('takes several, each once', async () => {
    const { stdout } = await shell.tfsg('explain port-open CKV_AWS_260 rule-quota');
    expect(stdout.match(/^# .*/gm)).toEqual(['# port-open', '# rule-quota']);
  });

  test('has a form for programs', async () => {
    const [record] = JSON.parse((await shell.tfsg('explain port-open --format json')).stdout);
    expect(record).toMatchObject({
      id: 'port-open',
      severity: 'medium',
      set: 'recommended',
      aliases: ['CKV_AWS_260', 'EC2.18'],
    });
    expect(record.documentation).toBe((await shell.tfsg('explain port-open')).stdout);
  });

  test("takes other tools' ids, in any case", async () => {
    expect((await shell.tfsg('explain ckv_aws_24')).stdout).toMatch(/^# admin-port-open\n/);
  });

  test.each([
    'AVD-AWS-0099',
    'avd-aws-0099',
    'cb3f5ed6-0d18-40de-a93d-b3538db31e8c',
    'add-description-to-security-group',
  ])('knows a check by %s, whoever says so', async (name) => {
    expect((await shell.tfsg(`explain ${name}`)).stdout).toMatch(/^# missing-group-description\n/);
  });

  test('prints all pages of an id that stands for several checks', async () => {
    const { stdout } = await shell.tfsg('explain CKV_AWS_23');
    expect(stdout.match(/^# missing-(?:group|rule)-description$/gm)).toHaveLength(2);
  });

  test('names the nearest check for one that is not there', async () => {
    expect(await shell.tfsg('explain admin-port-opne')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'tfsg: Unknown check "admin-port-opne". Did you mean admin-port-open? See tfsg --help.\n',
    });
  });
});

test('--version and --help go to stdout', async () => {
  expect(await shell.tfsg('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  const { code, stdout } = await shell.tfsg('--help', { columns: 100 });
  expect(code).toBe(0);
  expect(stdout).toContain('--fail-on');
  expect((await shell.tfsg('inspect --help')).stdout).toContain('tfsg inspect');
});
