/** Environments that variable files of a root module suggest, without a config. */

import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { defaultLayers, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { type LintOptions, lint } from '../../src/lint.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

const only = new Set(['admin-port-open']);
const config = resolveConfig(defaultLayers, checks, { only, disabled: new Set() });

const root = `variable "cidrs" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

resource "aws_security_group" "this" {
  name        = "this"
  description = "SSH"

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.cidrs
  }
}
`;

/** Environments of the finding; undefined where nothing is found. */
async function foundIn(files: Readonly<Record<string, string>>, options: Partial<LintOptions> = {}) {
  const tree = memoryFileSystem({ 'net/main.tf': root, ...files });
  const { findings, problems } = await lint(tree, [''], {
    configFor: () => config,
    parser: 'native',
    inputs: noInputs,
    ...options,
  });
  expect(problems).toEqual([]);
  expect(findings.length).toBeLessThan(2);
  return findings[0]?.environments;
}

const closed = 'cidrs = ["10.0.0.0/8"]\n';
const open = 'cidrs = ["0.0.0.0/0"]\n';

test.each([
  ['env/dev.tfvars', 'env/prod.tfvars'],
  ['dev.tfvars', 'prod.tfvars'],
  ['dev_config.tfvars', 'prod_config.tfvars'],
  ['vars/dev.tfvars', 'vars/prod.tfvars'],
  ['environments/dev/terraform.tfvars', 'environments/prod/terraform.tfvars'],
])('%s and %s are environments', async (dev, prod) => {
  expect(await foundIn({ [`net/${dev}`]: open, [`net/${prod}`]: closed })).toEqual(['dev']);
  expect(await foundIn({ [`net/${dev}`]: closed, [`net/${prod}`]: closed })).toBeUndefined();
});

test.each<readonly [string, Readonly<Record<string, string>>, Partial<LintOptions>]>([
  ['one alone is evaluated beside the defaults', { 'net/prod.tfvars': closed }, {}],
  [
    'files that set nothing of the root are none',
    { 'net/dev.tfvars': 'region = "a"\n', 'net/prod.tfvars': 'region = "b"\n' },
    {},
  ],
  [
    'files of another root are none',
    { 'net/app/main.tf': '', 'net/app/dev.tfvars': closed, 'net/app/prod.tfvars': closed },
    {},
  ],
  ['those of examples are none', { 'net/examples/dev.tfvars': closed, 'net/tests/fixtures/prod.tfvars': closed }, {}],
  [
    'there are none where Terraform would plan now',
    { 'net/dev.tfvars': closed, 'net/prod.tfvars': closed },
    { worlds: 'one' },
  ],
])('%s', async (_, files, options) => {
  expect(await foundIn(files, options)).toEqual([]);
});

test('--env chooses one of them', async () => {
  const files = { 'net/env/dev.tfvars': open, 'net/env/prod.tfvars': open };
  expect(await foundIn(files, { environment: 'prod' })).toEqual(['prod']);
});

test('the workspace has their name', async () => {
  const switched = root.replace(
    'cidr_blocks = var.cidrs',
    'cidr_blocks = terraform.workspace == "dev" ? var.cidrs : []',
  );
  const files = { 'net/main.tf': switched, 'net/vars/dev.tfvars': open, 'net/vars/prod.tfvars': open };
  expect(await foundIn(files)).toEqual(['dev']);
});
