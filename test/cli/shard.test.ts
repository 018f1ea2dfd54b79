/** `--shard` and `tfsg merge`: the shards of a run together say what the run says. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

/** Opens the ports that it is called with, so that its one source has findings of every root. */
const module = `
variable "ports" { type = map(number) }
variable "cidr" { default = "0.0.0.0/0" }
variable "office" { default = null }
resource "aws_security_group" "this" {
  for_each    = var.ports
  name        = each.key
  description = "For \${each.key}"
  ingress {
    description = "In"
    from_port   = each.value
    to_port     = each.value
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }
  ingress {
    description = "Twice"
    from_port   = each.value + 1
    to_port     = each.value + 1
    protocol    = "tcp"
    cidr_blocks = [var.cidr, var.office]
  }
  ingress {
    from_port   = each.value + 2
    to_port     = each.value + 2
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
  ingress {
    from_port   = each.value + 3
    to_port     = each.value + 3
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
`;
const root = (ports: string, more = '') => `
module "edge" {
  source = "../../modules/edge"
  ports  = ${ports}
  ${more}
}
`;
const estate = {
  '.git/': '',
  'modules/edge/main.tf': module,
  'roots/a/main.tf': root('{ ssh = 22, web = 443 }'),
  'roots/b/main.tf': root('{ rdp = 3389 }', 'cidr = "0.0.0.0/0"'),
  'roots/c/main.tf': root('{ ssh = 22 }', 'office = aws_eip.office.public_ip'),
  'roots/c/broken.tf': 'resource "aws_security_group" "x" {\n  name =\n}\n',
  'roots/d/main.tf': `${root('{ mysql = 3306 }')}
resource "aws_security_group" "alone" {
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0", "0.0.0.0/0"]
  }
  egress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
`,
  'roots/e/main.tf': 'module "gone" {\n  source = "hashicorp/none/aws"\n}\n',
};

const at = (name: string): string => readFileSync(join(shell.folder, name), 'utf8');

describe.each(['json', 'sarif'])('%s', (format) => {
  test.each([1, 2, 3, 7])('%i shards, joined in any order, are the whole report', async (count) => {
    shell = shellWith(estate);
    const whole = await shell.tfsg(`--unknown -f ${format} -o unix=whole.txt`);
    expect(whole.code).toBe(2);
    const names: string[] = [];
    for (let index = 1; index <= count; index++) {
      await shell.tfsg(`--shard ${index}/${count} -f unix -o ${format}=${index}.out`);
      names.unshift(`${index}.out`);
    }
    const merged = await shell.tfsg(`merge --unknown ${names.join(' ')} -o unix=merged.txt`);
    expect(merged).toEqual(whole);
    expect(at('merged.txt')).toBe(at('whole.txt'));
  });
});

test('the roots are split, and each is in one shard', async () => {
  shell = shellWith(estate);
  const findings = await Promise.all(
    [1, 2].map(async (index) => JSON.parse((await shell.tfsg(`--shard ${index}/2 -f json`)).stdout).summary.groups),
  );
  const whole = JSON.parse((await shell.tfsg('-f json')).stdout).summary.groups;
  expect(Math.min(...findings)).toBeGreaterThan(0);
  expect(findings[0] + findings[1]).toBe(whole);
});

test('modules that call one another, and no root calls, are in one shard', async () => {
  const call = (name: string) => `module "${name}" {\n  source = "../${name}"\n}\n`;
  const installed = (name: string) => JSON.stringify({ Modules: [{ Key: name, Dir: `../${name}` }] });
  shell = shellWith({
    ...estate,
    'ring/a/main.tf': call('b') + module,
    'ring/a/.terraform/modules/modules.json': installed('b'),
    'ring/b/main.tf': call('a') + module,
    'ring/b/.terraform/modules/modules.json': installed('a'),
  });
  const problemsOf = async (more: string): Promise<readonly string[]> =>
    JSON.parse((await shell.tfsg(`-f json ${more}`)).stdout).problems.map(
      ({ file, message }: { file: string; message: string }) => `${file}: ${message}`,
    );
  const whole = await problemsOf('');
  expect(whole.filter((each) => each.includes('call themselves')).length).toBeGreaterThan(0);
  const shards = (await Promise.all([1, 2, 3].map((index) => problemsOf(`--shard ${index}/3`)))).flat();
  expect(shards.sort()).toEqual([...whole].sort());
});

describe('merge', () => {
  test('takes --min-severity, --fail-on and another format', async () => {
    shell = shellWith({ ...estate, 'roots/c/broken.tf': '' });
    await shell.tfsg('--shard 1/1 -o json=1.json');
    const merged = await shell.tfsg('merge 1.json -f unix --min-severity critical --fail-on never');
    expect(merged.code).toBe(0);
    expect(merged.stdout).toMatch(/^modules\/edge\/main\.tf:14:20: critical: /m);
    expect(merged.stdout).not.toMatch(/ low: /);
    expect(merged.stderr).toMatch(/hidden \(show with --min-severity info\)/);
  });

  test('keeps the worlds of findings, which are told once', async () => {
    const worlds = readFileSync('fixtures/baseline/worlds/recorded.tf', 'utf8');
    shell = shellWith({ 'main.tf': worlds });
    const alone = JSON.parse((await shell.tfsg('-f json -o json=a.json --check admin-port-open')).stdout);
    expect(alone.findings.map((finding: { when: unknown }) => finding.when)).toEqual([
      [{ 'var.environment': 'dev' }, { 'var.environment': 'qa' }],
    ]);
    expect(JSON.parse((await shell.tfsg('merge a.json -f json')).stdout).findings).toEqual(alone.findings);
  });

  test('joins reports of different folders, which have no shards', async () => {
    shell = shellWith(estate);
    await shell.tfsg('roots/a -o json=a.json');
    await shell.tfsg('roots/d -o json=d.json');
    const { findings } = JSON.parse((await shell.tfsg('merge a.json d.json')).stdout);
    const shared = findings.find(({ check }: { check: string }) => check === 'admin-port-open');
    expect(shared.instances).toEqual(['module.edge.aws_security_group.this["ssh"]']);
    expect(findings.map(({ file }: { file: string }) => file)).toContain('roots/d/main.tf');
  });

  test.each([
    ['{', /^tfsg: x\.json is not JSON: .+\./],
    ['[]', /^tfsg: x\.json is not a report of this version of tfsg\./],
    ['{"schemaVersion":1}', /^tfsg: x\.json is not a report/],
    ['{"runs":[{}]}', /^tfsg: x\.json is SARIF without the data to merge it: write it with --shard\./],
  ])('refuses %s', async (text, expected) => {
    shell = shellWith({ 'x.json': text });
    const { code, stdout, stderr } = await shell.tfsg('merge x.json');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(expected);
  });

  test('says which shard is missing', async () => {
    shell = shellWith(estate);
    await shell.tfsg('--shard 2/3 -o json=2.json');
    expect((await shell.tfsg('merge 2.json')).stderr).toMatch(/^tfsg: Missing shards: 1, 3 of 3\./);
    await shell.tfsg('-o json=all.json');
    expect((await shell.tfsg('merge 2.json all.json')).stderr).toMatch(/some are not\./);
  });

  test('names ten of many missing shards, and takes no more shards than runs have', async () => {
    shell = shellWith(estate);
    await shell.tfsg('--shard 2/1000 -o json=2.json');
    expect((await shell.tfsg('merge 2.json')).stderr).toMatch(
      /^tfsg: Missing shards: 1, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 989 more of 1000\./,
    );
    const report = JSON.parse(readFileSync(join(shell.folder, '2.json'), 'utf8'));
    report.shard.count = 2_000_000_000;
    writeFileSync(join(shell.folder, '2.json'), JSON.stringify(report));
    expect((await shell.tfsg('merge 2.json')).stderr).toMatch(
      /^tfsg: 2\.json is not a report .*: see \/shard\/count\./,
    );
  });
});

test.each(['0/2', '3/2', '1', 'a/b', '1/0'])('--shard %s is refused', async (text) => {
  shell = shellWith({});
  const { code, stderr } = await shell.tfsg(`--shard ${text}`);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^tfsg: --shard needs I\/N with I from 1 to N, not "/);
});

test('--shard takes 1,000 parts at most', async () => {
  shell = shellWith({});
  expect((await shell.tfsg('--shard 1/1001')).stderr).toMatch(
    /^tfsg: --shard needs I\/N with N up to 1000, not "1\/1001"\./,
  );
});

describe('--shard ci', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['GitLab', { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' }, '2/3'],
    ['GitLab without parallel', { CI_NODE_TOTAL: '1' }, '1/1'],
    ['Azure Pipelines', { SYSTEM_JOBPOSITIONINPHASE: '3', SYSTEM_TOTALJOBSINPHASE: '3' }, '3/3'],
    ['CircleCI', { CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: '2' }, '1/2'],
    ['Buildkite', { BUILDKITE_PARALLEL_JOB: '1', BUILDKITE_PARALLEL_JOB_COUNT: '2' }, '2/2'],
  ])('is the part of a job of %s', async (_, environment, shard) => {
    shell = shellWith(estate);
    expect(await shell.tfsg('--shard ci -f json', { environment })).toEqual(
      await shell.tfsg(`--shard ${shard} -f json`),
    );
  });

  test.each<[Readonly<Record<string, string>>, RegExp]>([
    [{}, /^tfsg: --shard ci needs the variables of a CI job, but none is set: CI_NODE_TOTAL, /],
    [{ CI_NODE_TOTAL: '2' }, /^tfsg: --shard ci cannot use CI_NODE_INDEX= and CI_NODE_TOTAL=2: write --shard I\/N\./],
    [{ CI_NODE_INDEX: '0', CI_NODE_TOTAL: '2' }, /cannot use CI_NODE_INDEX=0 and CI_NODE_TOTAL=2/],
    [{ CI_NODE_INDEX: '3', CI_NODE_TOTAL: '2' }, /cannot use CI_NODE_INDEX=3 and CI_NODE_TOTAL=2/],
    [{ CIRCLE_NODE_INDEX: '2', CIRCLE_NODE_TOTAL: '2' }, /cannot use CIRCLE_NODE_INDEX=2 and CIRCLE_NODE_TOTAL=2/],
    [{ CI_NODE_INDEX: 'a', CI_NODE_TOTAL: '1e9' }, /cannot use CI_NODE_INDEX=a and CI_NODE_TOTAL=1e9/],
  ])('is an error with %j', async (environment, expected) => {
    shell = shellWith(estate);
    const { code, stdout, stderr } = await shell.tfsg('--shard ci', { environment });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(expected);
  });

  test('is asked for: nothing reads the variables of a job otherwise', async () => {
    shell = shellWith(estate);
    const environment = { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' };
    expect(await shell.tfsg('-f json', { environment })).toEqual(await shell.tfsg('-f json'));
  });
});

describe('merge --repositories', () => {
  const repositories = {
    'one/.git/': '',
    'one/main.tf': root('{ ssh = 22 }').replace('../../modules', './modules'),
    'one/modules/edge/main.tf': module,
    'two/.git/': '',
    'two/live/main.tf': root('{ ssh = 22 }').replace('../../modules', '../modules'),
    'two/modules/edge/main.tf': module,
    'two/live/gone.tf': 'module "gone" {\n  source = "hashicorp/none/aws"\n}\n',
  };

  test('is all reports, with the name of its repository before each path', async () => {
    shell = shellWith(repositories);
    const reports = await Promise.all(
      ['one', 'two'].map(async (name) =>
        JSON.parse((await shell.tfsg(`--chdir ${name} -f json -o json=../reports/org/${name}.json`)).stdout),
      ),
    );
    const merged = JSON.parse(
      (await shell.tfsg('merge --repositories reports/org/two.json reports/org/one.json')).stdout,
    );
    const all = (key: string) => reports.flatMap((report) => report[key]);
    expect(merged.findings).toHaveLength(all('findings').length);
    expect(new Set(merged.findings.map(({ file }: { file: string }) => file))).toEqual(
      new Set(['one/modules/edge/main.tf', 'two/modules/edge/main.tf']),
    );
    expect(new Set(merged.findings.flatMap(({ roots }: { roots: string[] }) => roots))).toEqual(
      new Set(['one', 'two/live']),
    );
    // The same fault in the same file of two repositories is two.
    const fingerprints = merged.findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
    expect(merged.problems).toEqual([expect.objectContaining({ file: 'two/live/gone.tf' })]);
    expect(merged.summary.files).toBe(5);
    const text = JSON.stringify(merged);
    for (const [, file] of text.matchAll(/"file":"([^"]*)"/g)) expect(file).toMatch(/^(?:one|two)\//);
    const again = await shell.tfsg('merge --repositories reports/org/one.json -f json');
    expect(JSON.parse(again.stdout).findings).toHaveLength(reports[0].findings.length);
  });

  test('names them by their folders where the reports are in several', async () => {
    shell = shellWith(repositories);
    for (const name of ['one', 'two']) await shell.tfsg(`--chdir ${name} -o json=../reports/${name}/tfsg.json`);
    const { stdout } = await shell.tfsg('merge --repositories reports/one/tfsg.json reports/two/tfsg.json -f unix');
    expect(stdout).toMatch(/^one\/tfsg\/modules\/edge\/main\.tf:\d+:\d+: critical: /m);
  });

  test('takes each repository once, and no shards', async () => {
    shell = shellWith(repositories);
    await shell.tfsg('--chdir one -o json=../one.json -o sarif=../one.sarif');
    expect((await shell.tfsg('merge --repositories one.json ./one.json')).stderr).toBe(
      'tfsg: Two reports are of the repository one. See tfsg --help.\n',
    );
    await shell.tfsg('--chdir one --shard 1/1 -o json=../two.json');
    expect((await shell.tfsg('merge --repositories one.json two.json')).stderr).toMatch(
      /^tfsg: two\.json is from a run with --shard: merge the shards of each repository first\./,
    );
  });
});
