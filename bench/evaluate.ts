/** What evaluating a large root costs: 200 files, 2,000 rules from for_each, dynamic blocks, locals and modules. */

import { configOf } from '../src/config/config.ts';
import { memoryFileSystem } from '../src/files.ts';
import { inspect } from '../src/lint.ts';
import { noInputs } from '../src/terraform/instances/inputs.ts';

/** A root whose rules come from every form of expansion. */
export function largeRoot(files = 200, rulesPerFile = 10): Readonly<Record<string, string>> {
  const sources: Record<string, string> = {
    'variables.tf':
      'variable "office" {\n  type    = list(string)\n  default = ["203.0.113.0/24", "198.51.100.0/24"]\n}\n',
    'modules/group/main.tf': `variable "name" { type = string }
variable "rules" {
  type = map(object({ port = number, cidrs = optional(list(string), ["10.0.0.0/8"]) }))
}
resource "aws_security_group" "this" {
  name        = var.name
  description = "Group \${var.name}"
  dynamic "ingress" {
    for_each = var.rules
    content {
      description = "Rule \${ingress.key}"
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = ingress.value.cidrs
    }
  }
}
`,
  };
  const half = rulesPerFile / 2;
  for (let file = 0; file < files - 2; file++) {
    sources[`group-${file}.tf`] = `locals {
  rules_${file} = { for port in range(8000, ${8000 + half}) : "p\${port}" => { port = port, cidrs = concat(var.office, [cidrsubnet("10.0.0.0/8", 8, ${file})]) } }
}
module "group_${file}" {
  source = "./modules/group"
  name   = "group-${file}"
  rules  = local.rules_${file}
}
resource "aws_security_group_rule" "extra_${file}" {
  for_each          = toset([for port in range(9000, ${9000 + half}) : tostring(port)])
  type              = "ingress"
  description       = format("Extra rule %s", each.key)
  from_port         = tonumber(each.value)
  to_port           = tonumber(each.value)
  protocol          = "tcp"
  cidr_blocks       = var.office
  security_group_id = "sg-0123456789abcdef0"
}
`;
  }
  return sources;
}

/** @returns lines to print: milliseconds of processor time of the first evaluation in a process, and of a later one */
export async function benchEvaluate(): Promise<readonly string[]> {
  const files = memoryFileSystem(largeRoot());
  const configFor = () => configOf(new Map());
  const run = async () => {
    const before = process.cpuUsage();
    const { models } = await inspect(files, [''], { configFor, parser: 'native', inputs: noInputs });
    const { user, system } = process.cpuUsage(before);
    return { time: (user + system) / 1000, rules: models.reduce((sum, model) => sum + model.rules.length, 0) };
  };
  const first = await run();
  let later = first;
  for (let turn = 0; turn < 4; turn++) later = await run();
  return [
    `${Object.keys(largeRoot()).length} files, ${first.rules} rules`,
    `first evaluation in a process  ${first.time.toFixed(0).padStart(6)} ms of processor time`,
    `fifth                          ${later.time.toFixed(0).padStart(6)} ms`,
  ];
}
