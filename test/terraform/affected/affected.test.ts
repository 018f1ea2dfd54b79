/** Which directories a change can touch. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { diskFileSystem, memoryFileSystem, overlayFileSystem } from '../../../src/files.ts';
import { affectedDirectories, filesToRun } from '../../../src/terraform/affected/affected.ts';
import { links } from '../../systems.ts';
import { affected, type Files, parse, partly, wholly } from './runs.ts';

/** The directories that a change of files touches; a file with undefined is deleted. */
function touched(files: Files, change: Readonly<Record<string, string | undefined>>): readonly string[] | string {
  const after = Object.fromEntries(
    Object.entries({ ...files, ...change }).filter(([, text]) => text !== undefined),
  ) as Files;
  const found = affected(files, after);
  return found.kind === 'some' ? found.directories : `everything: ${found.because}`;
}

const call = (source: string): string => `module "x" {\n  source = "${source}"\n}\n`;

describe('a change of', () => {
  const estate: Files = {
    'a/main.tf': call('../modules/web'),
    'b/main.tf': call('../modules/web') + call('../modules/other'),
    'c/main.tf': 'locals {\n  x = yamldecode(file("${path.module}/rules.yaml"))\n}\n',
    'd/main.tf':
      'locals {\n  x = { for f in fileset("${path.module}/rules", "*.yaml") : f => file("${path.module}/rules/${f}") }\n}\n',
    'e/main.tf': 'locals {\n  x = file(var.path)\n}\n',
    'modules/web/main.tf': call('./inner'),
    'modules/web/inner/main.tf': '',
    'modules/other/main.tf': '',
    'c/rules.yaml': '1',
    'd/rules/a.yaml': '1',
    'README.md': '1',
  };

  test.each<[string, readonly string[]]>([
    ['a/variables.tf', ['a']],
    ['a/new.tf', ['a']],
    ['modules/other/main.tf', ['b', 'modules/other']],
    ['modules/web/inner/main.tf', ['a', 'b', 'modules/other', 'modules/web', 'modules/web/inner']],
    ['c/rules.yaml', ['c', 'e']],
    ['d/rules/b.yaml', ['d', 'e']],
    ['a/x.auto.tfvars', ['a', 'e']],
    ['.tfsgrc.json', ['a', 'b', 'c', 'd', 'e', 'modules/other', 'modules/web', 'modules/web/inner']],
    ['modules/.tfsgrc.json', ['a', 'b', 'e', 'modules/other', 'modules/web', 'modules/web/inner']],
  ])('%s', (path, directories) => {
    const found = touched(estate, { [path]: 'locals {\n  new = 1\n}\n' });
    expect(found).toEqual(directories);
  });

  test('what is called on one side alone', () => {
    expect(touched(estate, { 'b/main.tf': call('../modules/web') })).toEqual(['b', 'modules/other']);
    expect(touched(estate, { 'b/main.tf': undefined })).toEqual(['b', 'modules/other']);
    expect(touched(estate, { 'modules/web/main.tf': undefined })).toEqual([
      'a',
      'b',
      'modules/other',
      'modules/web',
      'modules/web/inner',
    ]);
  });

  test('what nobody can tell', () => {
    expect(touched(estate, { '.gitmodules': '' })).toBe('everything: .gitmodules');
    expect(touched(estate, { 'a/.terraform/modules/x/main.tf': '' })).toMatch(/^everything: a\/\.terraform/);
    expect(touched(estate, { 'a/terragrunt.hcl': '' })).toBe('everything: a/terragrunt.hcl');
  });

  test('variable files that environments name', () => {
    const after = { ...estate, 'env/prod.tfvars': '1' };
    const found = affected(estate, after, (directory, path) => directory === 'b' && path === 'env/prod.tfvars');
    expect(found).toEqual({ kind: 'some', directories: ['b', 'e', 'modules/other'], others: 5 });
  });

  test('a state that others read', () => {
    const reader = (key: string) =>
      `data "terraform_remote_state" "x" {\n  backend = "s3"\n  config = {\n    bucket = "b"\n    key    = ${key}\n  }\n}\n`;
    const states: Files = {
      'vpc/main.tf': 'terraform {\n  backend "s3" {\n    bucket = "b"\n    key    = "prod/vpc"\n  }\n}\n',
      'dns/main.tf': 'terraform {\n  backend "s3" {\n    bucket = "b"\n    key    = "prod/dns"\n  }\n}\n',
      'literal/main.tf': reader('"prod/vpc"'),
      'template/main.tf': reader('"${var.environment}/vpc"'),
      'computed/main.tf': reader('var.key'),
      'other/main.tf': reader('"prod/other"'),
      'network/main.tf': '',
      'local/main.tf':
        'data "terraform_remote_state" "x" {\n  backend = "local"\n  config = {\n    path = "../network/terraform.tfstate"\n  }\n}\n',
    };
    expect(touched(states, { 'vpc/x.tf': '' })).toEqual(['computed', 'literal', 'template', 'vpc']);
    expect(touched(states, { 'dns/x.tf': '' })).toEqual(['computed', 'dns']);
    expect(touched(states, { 'network/x.tf': '' })).toEqual(['local', 'network']);
  });

  test('a template that another file is read in', () => {
    const files: Files = {
      'a/main.tf': 'locals {\n  x = templatefile("${path.module}/a.tftpl", {})\n}\n',
      'a/a.tftpl': '${file("b/inner.txt")}',
      'b/inner.txt': '1',
    };
    expect(touched(files, { 'b/inner.txt': '2' })).toEqual(['a']);
  });

  test("this repository's own modules, by their address", () => {
    const files: Files = {
      'a/main.tf': call('git::https://example.com/org/infra.git//modules/web?ref=v1'),
      'b/main.tf': call('git@example.com:org/infra.git?ref=v1'),
      'c/main.tf': call('terraform-aws-modules/vpc/aws'),
      'modules/web/main.tf': '',
      'main.tf': '',
    };
    expect(touched(files, { 'modules/web/main.tf': '1' })).toEqual(['a', 'modules/web']);
    expect(touched(files, { 'main.tf': '1' })).toEqual(['', 'b']);
  });

  test('helpers of tests', () => {
    const files: Files = {
      'main.tf': '',
      'tests/a.tftest.hcl': 'run "setup" {\n  module {\n    source = "./tests/setup"\n  }\n}\n',
      'tests/setup/main.tf': '',
    };
    expect(touched(files, { 'tests/setup/main.tf': '1' })).toEqual(['tests/setup']);
    expect(touched(files, { 'tests/a.tftest.hcl': undefined })).toEqual(['tests/setup']);
    const tree = memoryFileSystem(files);
    expect(filesToRun(tree, ['', 'tests/setup'], parse)).toEqual(['main.tf']);
  });

  test('files of Terragrunt', () => {
    const unit = (text: string): string => `include "root" {\n  path = find_in_parent_folders("root.hcl")\n}\n${text}`;
    const files: Files = {
      'live/root.hcl': 'locals {\n  account = read_terragrunt_config(find_in_parent_folders("account.hcl"))\n}\n',
      'live/dev/account.hcl': '',
      'live/dev/vpc/terragrunt.hcl': unit('terraform {\n  source = "../../../modules//vpc"\n}\n'),
      'live/dev/app/terragrunt.hcl': unit('dependency "vpc" {\n  config_path = "../vpc"\n}\n'),
      'live/prod/vpc/terragrunt.hcl': unit('terraform {\n  source = "../../../modules//vpc"\n}\n'),
      'live/prod/app/terragrunt.hcl': unit(
        'include "env" {\n  path = "../../../common/app.hcl"\n}\ninputs = yamldecode(file("rules.yaml"))\n',
      ),
      'common/app.hcl': 'dependency "vpc" {\n  config_path = "../vpc"\n}\n',
      'modules/vpc/main.tf': '',
      'alone/main.tf': '',
    };
    // A unit has the outputs of those that it depends on if they are in the run.
    const units = ['live/dev/app', 'live/dev/vpc', 'live/prod/app', 'live/prod/vpc'];
    expect(touched(files, { 'alone/main.tf': '1' })).toEqual(['alone']);
    expect(touched(files, { 'live/dev/vpc/terragrunt.hcl': '' })).toEqual(['live/dev/app', 'live/dev/vpc']);
    expect(touched(files, { 'live/prod/vpc/terragrunt.hcl': '' })).toEqual(['live/prod/app', 'live/prod/vpc']);
    expect(touched(files, { 'modules/vpc/main.tf': '1' })).toEqual([...units, 'modules/vpc']);
    expect(touched(files, { 'live/dev/account.hcl': '1' })).toEqual([...units, 'modules/vpc']);
    expect(touched(files, { 'live/prod/app/rules.yaml': '1' })).toEqual(['live/prod/app', 'live/prod/vpc']);
  });
});

links.test('a file or folder that a link leads to', () => {
  const root = mkdtempSync(join(tmpdir(), 'tfsg-affected-'));
  try {
    for (const folder of ['a', 'b', 'shared', 'other/inner']) mkdirSync(join(root, folder), { recursive: true });
    for (const file of ['shared/main.tf', 'other/inner/main.tf']) writeFileSync(join(root, file), '');
    writeFileSync(join(root, 'b/main.tf'), call('./modules/inner'));
    symlinkSync('../shared/main.tf', join(root, 'a/main.tf'));
    symlinkSync('../other', join(root, 'b/modules'));
    const after = diskFileSystem(root);
    const touchedBy = (path: string) =>
      affectedDirectories({
        before: overlayFileSystem(after, new Map([[path, '# before']])),
        after,
        changed: [path],
        isIncluded: () => true,
        readsVariables: () => false,
        isInstalled: () => false,
        parse,
      });
    expect(touchedBy('shared/main.tf')).toMatchObject({ kind: 'some', directories: ['a', 'shared'] });
    expect(touchedBy('other/inner/main.tf')).toMatchObject({ kind: 'some', directories: ['b', 'other/inner'] });
  } finally {
    rmSync(root, { recursive: true });
  }
});

/** Calls of one module have different names. */
const named = (text: string, name: string): string => text.replace('module "m"', `module "${name}"`);

test('a run over what a change touches differs as a run over everything does', async () => {
  const folders = ['a', 'b', 'c', 'm/one', 'm/two', 'm/two/inner'] as const;
  const rule = fc.constantFrom(
    '["10.0.0.0/8"]',
    '["0.0.0.0/0"]',
    'var.cidrs',
    'yamldecode(file("${path.module}/rules.yaml"))',
    'flatten([for f in fileset("${path.module}/rules", "*.yaml") : yamldecode(file("${path.module}/rules/${f}"))])',
    'jsondecode(templatefile("${path.module}/../shared/rules.tftpl", { x = 1 }))',
    'fileexists("${path.root}/rules.yaml") ? ["10.1.0.0/16"] : []',
    'yamldecode(file(local.path))',
    'data.terraform_remote_state.other.outputs.cidrs',
  );
  const source = fc.constantFrom('../m/one', '../m/two', './inner', '../one', '../../m/two/inner', '../a');
  const part = fc.oneof(
    {
      weight: 3,
      arbitrary: rule.map(
        (text) =>
          `resource "aws_security_group" "g" {\n  name = "g"\n  ingress {\n    from_port = 22\n    to_port = 22\n    protocol = "tcp"\n    cidr_blocks = ${text}\n  }\n}\n`,
      ),
    },
    {
      weight: 2,
      arbitrary: source.map((text) => `module "m" {\n  source = "${text}"\n  cidrs = ["10.2.0.0/16"]\n}\n`),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('a', 'b')
        .map(
          (key) =>
            `terraform {\n  backend "s3" {\n    bucket = "b"\n    key = "${key}"\n    region = "r"\n  }\n}\noutput "cidrs" {\n  value = ["10.3.0.0/16"]\n}\n`,
        ),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('"a"', '"b"', '"${local.key}"')
        .map(
          (key) =>
            `data "terraform_remote_state" "other" {\n  backend = "s3"\n  config = {\n    bucket = "b"\n    key = ${key}\n    region = "r"\n  }\n}\n`,
        ),
    },
  );
  const rest = 'variable "cidrs" {\n  default = []\n}\nlocals {\n  path = "shared/rules.yaml"\n  key = "b"\n}\n';
  const folder = fc.constantFrom(...folders);
  const list = fc.constantFrom('["10.0.0.0/8"]', '["0.0.0.0/0"]', '[]');
  const file = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(folder, fc.constantFrom('main', 'more'), part)
        .map(([at, name, text]) => [`${at}/${name}.tf`, named(text, name) + (name === 'main' ? rest : '')] as const),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(folder, fc.constantFrom('rules.yaml', 'rules/x.yaml', 'rules/y.yaml'), list)
        .map(([at, name, text]) => [`${at}/${name}`, text] as const),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('shared/rules.yaml', 'shared/rules.tftpl', 'm/shared/rules.tftpl'), list)
        .map(([path, text]) => [path, text] as const),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(folder, list).map(([at, text]) => [`${at}/terraform.tfvars`, `cidrs = ${text}\n`] as const),
    },
  );
  const files = fc.array(file, { minLength: 4, maxLength: 14 }).map((all): Files => Object.fromEntries(all));
  const change = fc.array(fc.tuple(file, fc.boolean()), { minLength: 1, maxLength: 2 });
  let differing = 0;
  await fc.assert(
    fc.asyncProperty(files, change, fc.nat(20), async (before, changes, deleted) => {
      const gone = Object.keys(before)[deleted];
      const kept = Object.fromEntries(Object.entries(before).filter(([path]) => path !== gone));
      const after: Files = { ...kept, ...Object.fromEntries(changes.map(([each]) => each)) };
      const found = affected(before, after);
      if (found.kind === 'everything') return;
      const whole = await wholly(before, after);
      differing += Object.keys(whole).length;
      const { directories } = found;
      expect({ directories, differs: await partly(before, after, directories) }).toEqual({
        directories,
        differs: whole,
      });
    }),
    { numRuns: 150 },
  );
  expect(differing).toBeGreaterThan(100);
}, 300_000);
