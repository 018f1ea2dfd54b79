/** Units and stacks that would take endless work, and what is said of it. */

import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { lint } from '../../src/lint.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

const module = `
variable "cidrs" { type = list(string) }
resource "aws_security_group" "this" {
  name        = "group"
  description = "SSH"
  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.cidrs
  }
}
output "cidrs" { value = var.cidrs }
`;

const numbers = (count: number): readonly number[] => [...Array(count).keys()];

/** Findings by the number of units that have them, and different problems. */
async function said(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const tree = memoryFileSystem({ ...files, 'module/main.tf': module, '.git/HEAD': 'ref: refs/heads/main\n' });
  const only = new Set(['admin-port-open']);
  const { configFor } = discoverConfigs(tree, checks, { only, disabled: new Set() });
  const { findings, problems } = await lint(tree, [''], { configFor, parser: 'native', inputs: noInputs });
  const found = findings.map(({ check, roots }) => `${check} in ${roots.length}`);
  return [...new Set([...found, ...problems.map(({ severity, message }) => `${severity}: ${message}`)])].sort();
}

test('files that read others twice, differently for each unit', async () => {
  const reading = (next: string): string => `
    locals {
      unit = get_original_terragrunt_dir()
      one  = read_terragrunt_config("${next}")
      two  = read_terragrunt_config("${next}")
    }
  `;
  const files = numbers(30).map((index) => [`read/${index}.hcl`, reading(`${index + 1}.hcl`)]);
  const unit = `
    terraform { source = "../module" }
    inputs = { cidrs = ["0.0.0.0/0"] }
  `;
  expect(
    await said({ ...Object.fromEntries(files), 'unit/terragrunt.hcl': `${unit}${reading('../read/0.hcl')}` }),
  ).toEqual(['admin-port-open in 1']);
  const used = `${unit.replace('cidrs', 'read = local.one, cidrs')}${reading('../read/0.hcl')}`;
  const lines = await said({ ...Object.fromEntries(files), 'unit/terragrunt.hcl': used });
  expect(lines).toContain('admin-port-open in 1');
  expect(lines).toContain('warning: Files read one another more than 20 levels deep here.');
});

const doubling = numbers(40).map((index) => `l${index + 1} = concat(local.l${index}, local.l${index})\n`);
const locals = `locals {\nl0 = ["0.0.0.0/0"]\n${doubling.join('')}}\n`;

test.each([
  ['unit/terragrunt.hcl', `terraform { source = "../module" }\n${locals}inputs = { cidrs = local.l40 }`],
  ['stack/a.tfcomponent.hcl', `component "a" {\nsource = "../module"\ninputs = { cidrs = local.l40 }\n}\n${locals}`],
])('values that double, in %s', async (path, text) => {
  expect(await said({ [path]: text })).toEqual([expect.stringMatching(/^error: Evaluation stopped here after /)]);
});

test('a long chain of units', async () => {
  const units = numbers(150).map((index) => {
    const after = `dependency "next" { config_path = "../${index + 1}" }\ninputs = { cidrs = dependency.next.outputs.cidrs }`;
    const inputs = index === 149 ? 'inputs = { cidrs = ["0.0.0.0/0"] }' : after;
    return [`units/${index}/terragrunt.hcl`, `terraform { source = "../../module" }\n${inputs}`];
  });
  expect(await said(Object.fromEntries(units))).toContain(
    'warning: Units depend on one another more than 100 levels deep here.',
  );
});

test('a long chain of components', async () => {
  const components = numbers(2_000).map((index) => {
    const inputs = index === 1_999 ? '["0.0.0.0/0"]' : `component.c${index + 1}.cidrs`;
    return `component "c${index}" {\nsource = "../module"\ninputs = { cidrs = ${inputs} }\n}\n`;
  });
  expect(await said({ 'stack/a.tfcomponent.hcl': components.join('') })).toContain(
    'warning: Components depend on one another more than 100 levels deep here.',
  );
});

test('stacks that make two others each', async () => {
  const stacks = numbers(19).map((index) => {
    const made = ['a', 'b'].map(
      (name) => `stack "${name}" {\nsource = "\${get_repo_root()}/stack-${index + 1}"\npath = "${name}"\n}\n`,
    );
    return [`stack-${index}/terragrunt.stack.hcl`, made.join('')];
  });
  expect(await said({ ...Object.fromEntries(stacks), 'stack-19/terragrunt.stack.hcl': '' })).toEqual([
    'warning: Stacks make more than 10,000 units and stacks, so what this stack makes was not checked.',
  ]);
});
