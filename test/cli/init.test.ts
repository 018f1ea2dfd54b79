/** `tfsg init`. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { open, type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const written = (path = '.tfsgrc.json'): string => readFileSync(join(shell.folder, path), 'utf8');
const estate = {
  '.git/': '',
  'net/main.tf': `${open}variable "more" {\n  default = "10.0.0.0/8"\n}\n`.replace(
    '"0.0.0.0/0"]',
    '"0.0.0.0/0", var.more]',
  ),
  'net/prod.tfvars': 'more = "203.0.113.0/99"\n',
  'net/examples/a/main.tf': open,
};

test('writes a configuration that fits, and says what it finds with it', async () => {
  shell = shellWith(estate);
  expect(await shell.tfsg('init')).toEqual({
    code: 0,
    stdout: '',
    stderr: `tfsg: found 2 files in 2 directories, with 2 security groups and 2 rules
tfsg: found variable files: prod.tfvars
tfsg: found examples and tests with findings: examples
tfsg: wrote .tfsgrc.json. A run with it reports: 1 critical, 1 high in 1 file (1 group, 1 rule); 1 file excluded
tfsg: next: record the 2 findings, so that only new ones fail: tfsg baseline
tfsg: next: add the hook "tfsg" to .pre-commit-config.yaml (docs/pre-commit.md)
tfsg: next: run tfsg in CI: docs/ci.md
`,
  });
  expect(
    written(),
  ).toBe(`// Configuration of tfsg. \`tfsg --print-config FILE\` prints the effective configuration for a file.
{
  // The enabled checks: tfsg:recommended, tfsg:strict, tfsg:cis or tfsg:off. \`tfsg checks\` lists them.
  "extends": ["tfsg:recommended"],
  // Examples and tests are not linted: 1 finding in examples.
  "exclude": ["**/examples/**"],
  // The lowest severity that fails the run (exit code 1): critical, high, medium, low or never.
  "failOn": "low",
  // Checks by id, tfsg's or another tool's: "off", a severity, or [severity, { options }].
  "checks": {},
  // Each root module is evaluated once for every environment whose files it has. Paths are relative to the module.
  "environments": {
    "prod": { "varFiles": ["prod.tfvars"] }
  }
}
`);
  expect((await shell.tfsg('-f unix')).stdout).toMatch(/^net\/main\.tf:10:/);
});

test('leaves a file that is there as it is', async () => {
  shell = shellWith({ '.tfsgrc.json': '{' });
  expect(await shell.tfsg('init')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'tfsg: .tfsgrc.json already exists here and was not changed. See tfsg --help.\n',
  });
  expect(written()).toBe('{');
});

test('writes nothing where there is no Terraform', async () => {
  shell = shellWith({ '.git/': '', 'notes.md': '' });
  expect(await shell.tfsg('init')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'tfsg: no Terraform files found. .tfsgrc.json was not written. See tfsg --help.\n',
  });
  expect(existsSync(join(shell.folder, '.tfsgrc.json'))).toBe(false);
});

test('proposes no environments that change nothing', async () => {
  shell = shellWith({ 'main.tf': open, 'env/dev_config.tfvars': 'x = 1\n', 'env/production_config.tfvars': 'x = 2\n' });
  expect((await shell.tfsg('init')).stderr).toContain(
    'tfsg: the variable files change no result, so no environments are proposed\n',
  );
  expect(written()).not.toContain('environments');
});

test('names environments without a word for what their files are', async () => {
  const files = { 'main.tf': `${open.replace('"0.0.0.0/0"', 'var.x')}variable "x" {}\n` };
  const values = { 'env/dev_config.tfvars': 'x = "10.0.0.0/8"\n', 'env/production-vars.tfvars': 'x = "0.0.0.0/0"\n' };
  shell = shellWith({ ...files, ...values });
  await shell.tfsg('init');
  expect(written()).toContain('    "dev": { "varFiles": ["env/dev_config.tfvars"] },\n    "production": { "varFiles"');
});

test.each([
  [{ 'lefthook.yml': '' }, 'add a command "tfsg -- {staged_files}" to lefthook.yml'],
  [{ '.github/workflows/x.yml': '' }, 'run tfsg in GitHub Actions: docs/ci/github.yml'],
  [{ '.gitlab-ci.yml': '', Jenkinsfile: '' }, 'run tfsg in Jenkins: docs/ci/Jenkinsfile'],
])('proposes what fits the files that are there: %j', async (files, step) => {
  shell = shellWith({ 'main.tf': open, ...(files as Record<string, string>) });
  expect((await shell.tfsg('init')).stderr).toContain(`tfsg: next: ${step}\n`);
});

test('where there is nothing to say, it is the defaults', async () => {
  shell = shellWith({ '.git/': '', 'main.tf': '', 'node_modules/tfsg/schema/tfsgrc.schema.json': '{}' });
  expect((await shell.tfsg('init --quiet')).stderr).toBe('');
  expect(written()).toContain('  "$schema": "./node_modules/tfsg/schema/tfsgrc.schema.json",\n');
  expect((await shell.tfsg('checks')).code).toBe(0);
});

describe('under another configuration', () => {
  test('it is extended, and what it says is not said again', async () => {
    shell = shellWith({
      ...estate,
      '.tfsgrc.json': '{ "failOn": "high", "exclude": ["**/x"], "checks": { "icmp-open": "off" } }',
    });
    await shell.tfsg('init', { cwd: 'net' });
    expect(written('net/.tfsgrc.json')).toContain('  "extends": ["../.tfsgrc.json"],\n');
    expect(written('net/.tfsgrc.json')).not.toMatch(/"failOn"|"exclude"/);
    expect((await shell.tfsg('checks', { cwd: 'net' })).stdout).toMatch(/^icmp-open +low +off/m);
  });

  test('its mistakes come first', async () => {
    shell = shellWith({ ...estate, '.tfsgrc.json': '{ "failOn": "hihg" }' });
    const { code, stderr } = await shell.tfsg('init', { cwd: 'net' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^\.\.\/\.tfsgrc\.json:1:13 error configuration\n/);
  });
});

describe('on a terminal', () => {
  const answer = async (...answers: string[]) => {
    shell = shellWith(estate);
    return (await shell.tfsg('init', { answers, columns: 100 })).stderr;
  };

  test('Enter takes the defaults', async () => {
    expect(await answer('', '', '')).toMatch(
      /^(?:tfsg: found .*\n){3}Which preset.*\[recommended\] Exclude .*\? \[Y\/n\] Check each environment separately \(prod\)\? \[Y\/n\] /,
    );
    expect(written()).toContain('"exclude"');
  });

  test('answers are taken, and what is none is asked again', async () => {
    await answer('all', 'strict', 'n', 'maybe', 'no');
    expect(written()).toContain('"extends": ["tfsg:strict"]');
    expect(written()).not.toMatch(/"exclude"|"environments"/);
  });
});
