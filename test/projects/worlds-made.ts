/** Configurations in which inputs that nobody gives decide what is open, made from a seed. */

import fc from 'fast-check';

type Files = Readonly<Record<string, string>>;

/** What each input can be: values that configurations name, and some that they do not. */
export const inputValues: Readonly<Record<string, readonly string[]>> = {
  'var.env': ['dev', 'test', 'prod', 'other', 'develop', 'prow', 'x'],
  'var.tier': ['web', 'db'],
  'var.open': ['true', 'false'],
  'var.size': ['1', '2', '77'],
  'terraform.workspace': ['dev', 'test', 'prod', 'other'],
};

const variables = `
variable "env" {
  type = string
}

variable "tier" {
  type = string

  validation {
    condition     = contains(["web", "db"], var.tier)
    error_message = "A tier."
  }
}

variable "open" {
  type = bool
}

variable "size" {
  type = number
}
`;

const table = `
locals {
  cidrs = { dev = "0.0.0.0/0", test = "10.0.0.0/8", prod = "192.0.2.0/24" }
  ports = { dev = 22, test = 443, prod = 3389 }
  tiers = { web = { port = 443, cidr = "0.0.0.0/0" }, db = { port = 5432, cidr = "10.0.0.0/8" } }
  name  = "shop-\${var.env}"
}
`;

const conditions = [
  'var.open',
  '!var.open',
  'var.env == "dev"',
  'var.env != "prod"',
  'var.size == 1',
  'var.size == 2',
  'var.tier == "web"',
  'terraform.workspace == "dev"',
  'contains(["dev", "test"], var.env)',
  'local.name == "shop-dev"',
  'startswith(var.env, "pr")',
  'length(regexall("^dev|^test", var.env)) > 0',
  'can(regex("^p", var.env))',
  'var.open && var.env == "dev"',
  'var.open || var.tier == "db"',
  'upper(var.env) == "PROD"',
  'format("%s-%s", "x", var.tier) == "x-db"',
  'lookup({ dev = true, prod = true }, var.env, false)',
];

const condition = fc.constantFrom(...conditions);

const cidrs = [
  '"0.0.0.0/0"',
  '"10.0.0.0/8"',
  'local.tiers[var.tier].cidr',
  'lookup(local.cidrs, var.env, "10.1.0.0/16")',
  'try(local.cidrs[var.env], "10.2.0.0/16")',
  'lookup(local.cidrs, terraform.workspace, "10.3.0.0/16")',
];

const cidr = fc.oneof(
  fc.constantFrom(...cidrs),
  condition.map((each) => `${each} ? "0.0.0.0/0" : "10.0.0.0/8"`),
  condition.map((each) => `(${each}) ? "10.9.0.0/16" : "0.0.0.0/0"`),
);

const ports = ['22', '443', 'local.tiers[var.tier].port', 'lookup(local.ports, var.env, 8080)'];

const port = fc.oneof(
  fc.constantFrom(...ports),
  condition.map((each) => `${each} ? 22 : 443`),
);

const count = fc.oneof(
  fc.constantFrom('1', 'var.open ? 1 : 0'),
  condition.map((each) => `${each} ? 1 : 0`),
);

const items = fc.oneof(
  fc.constantFrom('toset(["a"])', 'local.cidrs'),
  condition.map((each) => `toset(${each} ? ["a", "b"] : [])`),
  condition.map((each) => `{ for name, cidr in local.cidrs : name => cidr if ${each} }`),
);

const body = (arguments_: { readonly cidr: string; readonly port: string }): string => `
    from_port   = ${arguments_.port}
    to_port     = ${arguments_.port}
    protocol    = "tcp"
    cidr_blocks = [${arguments_.cidr}]
`;

const rule = fc.record({ cidr, port });

/** A group, in one of the ways in which it can depend on inputs. */
const group = fc.oneof(
  fc.record({ rule, count }).map(
    (of) => (name: string) =>
      `
resource "aws_security_group" "${name}" {
  count       = ${of.count}
  name        = "${name}"
  description = "Made"

  ingress {${body(of.rule)}  }
}
`,
  ),
  fc.record({ rule, items }).map(
    (of) => (name: string) =>
      `
resource "aws_security_group" "${name}" {
  name        = "${name}"
  description = "Made"

  dynamic "ingress" {
    for_each = ${of.items}
    content {${body(of.rule)}    }
  }
}
`,
  ),
  fc.record({ rule, items }).map(
    (of) => (name: string) =>
      `
resource "aws_security_group" "${name}" {
  name        = "${name}"
  description = "Made"
}

resource "aws_security_group_rule" "${name}" {
  for_each          = ${of.items}
  security_group_id = aws_security_group.${name}.id
  type              = "ingress"
  description       = each.key
${body(of.rule)}}
`,
  ),
  fc.record({ rule, count }).map(
    (of) => (name: string) =>
      `
module "${name}" {
  source = "./net"
  count  = ${of.count}
  name   = "${name}"
  cidr   = ${of.rule.cidr}
  port   = ${of.rule.port}
}
`,
  ),
);

const module = `
variable "name" {}

variable "cidr" {}

variable "port" {}

resource "aws_security_group" "inner" {
  name        = var.name
  description = "Made"

  ingress {${body({ cidr: 'var.cidr', port: 'var.port' })}  }
}
`;

/** A configuration whose `local.all` is the JSON of the values that the groups are made of. */
export const valuesConfiguration = `${variables}${table}
locals {
  all = jsonencode([${[...conditions, ...cidrs, ...ports].join(', ')}])
}
`;

/** One to three groups. */
export const madeConfigurations: fc.Arbitrary<Files> = fc
  .array(group, { minLength: 1, maxLength: 3 })
  .map((groups) => ({
    'main.tf': `${variables}${table}\n# Groups\n${groups.map((make, index) => make(`g${index}`)).join('')}`,
    'net/main.tf': module,
  }));
