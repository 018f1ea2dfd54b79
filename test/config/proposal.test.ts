/** What `tfsg init` proposes for the trees in fixtures/init. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { decodeConfigFile } from '../../src/config/decode.ts';
import { fixedConfig } from '../../src/config/discover.ts';
import { foundEnvironments } from '../../src/config/init/found-environments.ts';
import { type Proposal, proposalText } from '../../src/config/init/proposal.ts';
import { survey } from '../../src/config/init/survey.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { diskFileSystem, memoryFileSystem } from '../../src/files.ts';
import { lint } from '../../src/lint.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { expectGolden, fixtures } from '../golden.ts';

describe('the proposal for', () => {
  test.each(readdirSync(join(fixtures, 'init')))('%s', async (scenario) => {
    const fileSystem = diskFileSystem(join(fixtures, 'init', scenario, 'tree'));
    const { configFor } = fixedConfig(undefined, checks, noSelection);
    const { findings } = await lint(fileSystem, [''], { configFor, parser: 'native', inputs: noInputs });
    const found = survey(
      fileSystem,
      '',
      findings.map(({ span }) => span.file.path),
    );
    const text = proposalText({ ...found, extends: 'tfsg:recommended', schema: undefined, findings: findings.length });
    expectGolden(`init/${scenario}/proposed.jsonc`, text);
    expect(decodeConfigFile(new SourceFile('.tfsgrc.json', text), checks).problems).toEqual([]);
    const given = { path: '.tfsgrc.json', bytes: new TextEncoder().encode(text), fileSystem };
    const configured = fixedConfig(given, checks, noSelection);
    const after = await lint(fileSystem, [''], { configFor: configured.configFor, parser: 'native', inputs: noInputs });
    expect(after.problems.filter(({ kind }) => kind === 'configuration')).toEqual([]);
  });
});

describe('environments are found', () => {
  const found = (...paths: string[]) =>
    foundEnvironments(paths).map(({ name, varFiles }) => `${name}: ${varFiles.join(' ')}`);

  test.each([
    [
      'beside a root module',
      ['main.tf', 'prod.tfvars', 'dev-eu.tfvars'],
      ['dev-eu: dev-eu.tfvars', 'prod: prod.tfvars'],
    ],
    ['with Terraform before the name', ['main.tf', 'terraform.prod.tfvars'], ['prod: terraform.prod.tfvars']],
    ['in a folder for them', ['a/main.tf', 'a/env/blue.tfvars'], ['blue: env/blue.tfvars']],
    ['above all root modules', ['a/main.tf', 'env/prod.tfvars'], ['prod: env/prod.tfvars']],
    [
      'under other paths',
      ['a/main.tf', 'a/env/prod.tfvars', 'b/main.tf', 'b/prod.tfvars'],
      ['b/prod: prod.tfvars', 'prod: env/prod.tfvars'],
    ],
    ['not in what Terraform loads by itself', ['prod/main.tf', 'prod/terraform.tfvars', 'prod/x.auto.tfvars'], []],
    ['not in what all share', ['main.tf', 'env/common.tfvars', 'example.tfvars'], []],
    ['not in words that only hold one', ['main.tf', 'products.tfvars', 'latest.tfvars'], []],
  ])('%s', (_, paths, expected) => {
    const names = found(...paths);
    expect(names).toEqual(expected);
  });
});

test('comments of other tools count, and folders that Terraform or tools have made do not', () => {
  const fileSystem = memoryFileSystem({
    'main.tf':
      '# kics-scan ignore-line\n# checkov:skip=CKV_AWS_24:x\n# checkov:skip=CKV_AWS_25:x\n# checkov is a tool\n',
    '.terraform/modules/a/main.tf': '# trivy:ignore:AVD-AWS-0107\n',
    'README.md': 'tfsec:ignore:x',
  });
  expect(survey(fileSystem, '', []).tools).toEqual([
    { tool: 'checkov', comments: 2 },
    { tool: 'kics', comments: 1 },
  ]);
});

test('many findings ask for a baseline', () => {
  const plain: Proposal = {
    extends: 'tfsg:recommended',
    schema: undefined,
    fixtures: [],
    environments: [],
    tools: [],
    findings: 19,
  };
  expect(proposalText(plain)).not.toContain('--baseline');
  expect(proposalText({ ...plain, findings: 20 })).toContain('// There are 20 findings now.');
});
