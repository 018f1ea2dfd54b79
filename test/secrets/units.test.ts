/** No format says what a sensitive variable is that a Terragrunt unit or a stack gives. */

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { formatNames } from '../../src/report/render.ts';
import { type Shell, shellWith } from '../cli/shell.ts';

const variable = (name: string, type: string): string =>
  `variable "${name}" {\n  type      = ${type}\n  sensitive = true\n}\n`;

const module = `${variable('word', 'string')}${variable('cidr', 'string')}${variable('ports', 'list(number)')}
${variable('count_of', 'number')}${variable('tags', 'map(string)')}
resource "aws_security_group" "this" {
  name        = "sg-\${var.word}"
  description = var.word
  tags        = var.tags

  ingress {
    description = var.word
    from_port   = var.ports[0]
    to_port     = var.ports[1]
    protocol    = var.word
    cidr_blocks = [var.cidr, "0.0.0.0/0"]
  }

  ingress {
    from_port   = 22
    to_port     = var.count_of
    protocol    = "tcp"
    cidr_blocks = [var.cidr]
  }
}

output "word" {
  value     = var.word
  sensitive = true
}
`;

let shell: Shell;
beforeAll(() => {
  shell = shellWith({
    '.git/': '',
    '.tfsgrc.json': '{ "extends": ["tfsg:strict"] }',
    'module/main.tf': module,
    'live/one/terragrunt.hcl': `terraform {
  source = "../../module"
}
inputs = {
  word     = "oneSECRET"
  cidr     = "203.77.99.0/99SECRET"
  ports    = [44444, 33333]
  count_of = "numberSECRET"
  tags     = { keySECRET = "valueSECRET" }
}
`,
    'live/two/terragrunt.hcl': `terraform {
  source = "../../module"
}
dependency "one" {
  config_path = "../one"
}
locals {
  word = "localSECRET"
}
inputs = merge({ cidr = "203.77.99.0/8" }, {
  word     = "\${local.word}\${dependency.one.outputs.word}"
  ports    = ["portSECRET", 33333]
  count_of = ["listSECRET"]
  tags     = "textSECRET"
})
`,
    'live/three/terragrunt.hcl': 'terraform {\n  source = "../../module"\n}\n',
    'live/three/terragrunt.rendered.json':
      '{ "terraform": { "source": "../../module" }, "inputs": { "word": "renderedSECRET", "cidr": "203.77.99.0/8", "ports": [44444, 1], "count_of": "SECRET", "tags": {} } }',
    'stack/a.tfcomponent.hcl': `${variable('word', 'string')}${variable('count_of', 'number')}
component "group" {
  source = "../module"
  inputs = {
    word     = var.word
    cidr     = var.word
    ports    = [1, 2]
    count_of = var.count_of
    tags     = { (var.word) = var.word }
  }
}
`,
    'stack/a.tfdeploy.hcl':
      'deployment "prod" {\n  inputs = {\n    word     = "stackSECRET"\n    count_of = "countSECRET"\n  }\n}\n',
  });
});
afterAll(() => shell.remove());

test.each([
  ...formatNames.map((format) => ['-f', format, '--unknown', '--min-severity', 'info']),
  ['--shard', '1/1', '-f', 'json'],
  ['--fix-dry-run', '--unknown'],
  ['inspect'],
  ['inspect', '-f', 'json'],
  ['modules', '--all'],
])('%s %s %s', async (...command) => {
  const { stdout, stderr } = await shell.tfsg(command);
  expect(stderr).not.toContain('internal error');
  expect(`${stdout}${stderr}`.replace(/[0-9a-f]{32,}/g, '')).not.toMatch(/SECRET|44,?444|33,?333|203\.77/);
});
