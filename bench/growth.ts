/** How time and memory grow with what there is more of: each row has twice as much as the one above it. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { checks } from '../src/checks/index.ts';
import { fixedConfig } from '../src/config/discover.ts';
import { noSelection } from '../src/config/resolve.ts';
import { listedOnce, memoryFileSystem } from '../src/files.ts';
import { lint } from '../src/lint.ts';
import { readPlan } from '../src/plan/plan.ts';
import { SourceFile } from '../src/source/source-file.ts';
import { noInputs } from '../src/terraform/instances/inputs.ts';

/** What a run reads: files by name, or the text of a plan. */
type Input = Readonly<Record<string, string>> | string;

interface Series {
  /** Of what there is more. */
  readonly what: string;
  /** How much there is in the first row; the last one has 64 times as much. */
  readonly first: number;
  readonly inputOf: (count: number) => Input;
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const ruleArguments = (index: number, source: string): string => `
    description = "Rule ${index}"
    from_port   = ${1024 + index}
    to_port     = ${1024 + index}
    protocol    = "tcp"
    cidr_blocks = [${source}]
`;

const blockOf = (index: number): string => `"10.${index >> 8}.${index & 255}.0/24"`;

const group = (name: string, rules: string): string => `resource "aws_security_group" "${name}" {
  name        = "${name}"
  description = "Group ${name}"
  vpc_id      = "vpc-0123456789abcdef0"
${rules}}
`;

const inline = (index: number, source: string): string => `  ingress {${ruleArguments(index, source)}  }\n`;

/** @param sourceOf of the rule with a number */
const oneGroup =
  (sourceOf: (index: number) => string) =>
  (count: number): Input => ({
    'main.tf': group(
      'web',
      numbers(count)
        .map((index) => inline(index, sourceOf(index)))
        .join(''),
    ),
  });

/** Each group lets the next one in, and has an instance. */
const groups = (count: number): Input => ({
  'main.tf': numbers(count)
    .map(
      (index) => `${group(`g${index}`, inline(index, blockOf(index)))}
resource "aws_vpc_security_group_ingress_rule" "r${index}" {
  security_group_id            = aws_security_group.g${index}.id
  description                  = "From the next one"
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
  referenced_security_group_id = aws_security_group.g${(index + 1) % count}.id
}

resource "aws_instance" "i${index}" {
  ami                    = "ami-0123456789abcdef0"
  vpc_security_group_ids = [aws_security_group.g${index}.id]
}
`,
    )
    .join('\n'),
});

/** A module. */
const called = `variable "name" {
  type = string
}

${group('this', inline(0, '"10.0.0.0/8"')).replace('"this"\n  desc', 'var.name\n  desc')}`;

const oneOf = (index: number): string => group(`g${index}`, inline(index, blockOf(index)));

/** Of one directory. */
const files = (count: number): Input =>
  Object.fromEntries(numbers(count).map((index) => [`f${index}.tf`, oneOf(index)]));

/** A directory each, all of which call one module. */
export const rootsOf = (count: number): Readonly<Record<string, string>> => ({
  'modules/group/main.tf': called,
  ...Object.fromEntries(
    numbers(count).map((index) => [
      `live/r${index}/main.tf`,
      `${oneOf(index)}\nmodule "m" {\n  source = "../../modules/group"\n  name   = "m${index}"\n}\n`,
    ]),
  ),
});

/** Units of Terragrunt, each of which asks the one before it for an output. */
const units = (count: number): Input => ({
  'modules/group/main.tf': `${called}\noutput "id" {\n  value = aws_security_group.this.id\n}\n`,
  'root.hcl': 'locals {\n  region = "eu-west-1"\n}\n',
  ...Object.fromEntries(
    numbers(count).map((index) => [
      `live/u${index}/terragrunt.hcl`,
      `include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "../../modules/group"
}

dependency "before" {
  config_path = "../u${Math.max(0, index - 1)}"
}

inputs = {
  name = "u${index}"
}
`.replace(/dependency[\s\S]*?\n}\n\n/, (block) => (index % 10 === 0 ? '' : block)),
    ]),
  ),
});

/** @param repeat the line that makes so many of them, and what tells them apart */
const instances =
  (repeat: (count: number) => string, number: string, more: (count: number) => string = () => '') =>
  (count: number): Input => ({
    'main.tf': `${more(count)}resource "aws_security_group" "web" {
  name        = "web"
  description = "Web"
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  ${repeat(count)}
  security_group_id = aws_security_group.web.id
  description       = "Rule"
  ip_protocol       = "tcp"
  from_port         = 1024 + ${number}
  to_port           = 1024 + ${number}
  cidr_ipv4         = "10.0.0.0/16"
}
`,
  });

const modules = (count: number): Input => ({
  'modules/group/main.tf': called,
  'main.tf': numbers(count)
    .map((index) => `module "m${index}" {\n  source = "./modules/group"\n  name   = "m${index}"\n}\n`)
    .join('\n'),
});

/** A variable of eight values, which give each group other sources. */
const worlds = (count: number): Input => ({
  'main.tf': `variable "environment" {
  type = string
}

locals {
  sources = {
${numbers(8)
  .map((index) => `    env-${index} = ${index % 4 === 0 ? '"0.0.0.0/0"' : blockOf(index)}\n`)
  .join('')}  }
}

${numbers(count)
  .map((index) => group(`g${index}`, inline(22 - 1024, 'local.sources[var.environment]')))
  .join('\n')}`,
});

/** Rules of a plan that makes them, 50 to a group. */
function planned(count: number): Input {
  const changes = numbers(count).flatMap((index) => {
    const owner = `g${Math.floor(index / 50)}`;
    const rule = {
      description: `Rule ${index}`,
      ip_protocol: 'tcp',
      from_port: 1024 + (index % 50_000),
      to_port: 1024 + (index % 50_000),
      cidr_ipv4: `10.${(index >> 8) & 255}.${index & 255}.0/24`,
    };
    const made = change('aws_vpc_security_group_ingress_rule', `r${index}`, rule, { security_group_id: true });
    const expressions = { security_group_id: { references: [`aws_security_group.${owner}.id`] } };
    return index % 50 === 0
      ? [
          change('aws_security_group', owner, { name: owner, description: owner }, { id: true }),
          { ...made, expressions },
        ]
      : [{ ...made, expressions }];
  });
  const resources = changes.map(({ address, type, name, expressions }) => ({ address, type, name, expressions }));
  return JSON.stringify({
    format_version: '1.2',
    resource_changes: changes.map(({ expressions: _, ...each }) => each),
    configuration: { root_module: { resources } },
  });
}

const change = (type: string, name: string, after: object, unknown: object) => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  change: { actions: ['create'], before: null, after, after_unknown: unknown },
  expressions: {},
});

const all: readonly Series[] = [
  { what: 'rules in one group', first: 125, inputOf: oneGroup(blockOf) },
  { what: 'rules in one group, open', first: 125, inputOf: oneGroup(() => '"0.0.0.0/0"') },
  { what: 'files of one root', first: 60, inputOf: files },
  { what: 'roots', first: 60, inputOf: rootsOf },
  { what: 'Terragrunt units', first: 60, inputOf: units },
  { what: 'groups', first: 60, inputOf: groups },
  { what: 'instances of count', first: 125, inputOf: instances((count) => `count = ${count}`, 'count.index') },
  {
    what: 'instances of for_each',
    first: 125,
    inputOf: instances(
      () => 'for_each = local.ports',
      'each.value',
      (count) =>
        `locals {\n  ports = {\n${numbers(count)
          .map((index) => `    r${index} = ${index}\n`)
          .join('')}  }\n}\n\n`,
    ),
  },
  { what: 'modules', first: 60, inputOf: modules },
  { what: 'groups in eight worlds', first: 30, inputOf: worlds },
  { what: 'rules in a plan', first: 500, inputOf: planned },
];

/**
 * @param wanted words in the names of the series; undefined for all
 * @returns lines to print: for each number processor time, the shorter of two runs, memory of what is known at its end, the larger, and by how much more that is
 */
export async function benchGrowth(wanted = ''): Promise<readonly string[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const lines: string[] = [];
  for (const { what, first, inputOf } of all.filter((series) => series.what.includes(wanted))) {
    await run(inputOf(first), () => {});
    let before: Cost | undefined;
    lines.push(what);
    for (let count = first; count <= 64 * first; count *= 2) {
      const costs = [await costOf(inputOf(count), collect), await costOf(inputOf(count), collect)];
      const cost = {
        time: Math.min(...costs.map(({ time }) => time)),
        memory: Math.max(...costs.map(({ memory }) => memory)),
      };
      const growth =
        before === undefined
          ? ''
          : `  x ${(cost.time / before.time).toFixed(1)} x ${(cost.memory / before.memory).toFixed(1)}`;
      const columns = [
        `${count}`.padStart(8),
        `${cost.time.toFixed(0)} ms`.padStart(10),
        `${cost.memory.toFixed(1)} MB`.padStart(10),
      ];
      lines.push(`${columns.join('')}${growth}`);
      before = cost;
    }
  }
  return lines;
}

interface Cost {
  /** Milliseconds, user and system. */
  readonly time: number;
  /** MB of heap. */
  readonly memory: number;
}

async function costOf(input: Input, collect: () => void): Promise<Cost> {
  const empty = await heapWhenSettled(collect);
  const start = process.cpuUsage();
  let memory = 0;
  let measuring = 0;
  await run(input, () => {
    const from = process.cpuUsage();
    collect();
    memory = (process.memoryUsage().heapUsed - empty) / 1e6;
    const { user, system } = process.cpuUsage(from);
    measuring = user + system;
  });
  const { user, system } = process.cpuUsage(start);
  return { time: (user + system - measuring) / 1000, memory };
}

/** Bytes: what the run before has left is let go of in the turns after it. */
async function heapWhenSettled(collect: () => void): Promise<number> {
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
    const { heapUsed } = process.memoryUsage();
    if (heapUsed > before - 10_000) return heapUsed;
    before = heapUsed;
  }
}

/** @param onEvaluated is called when all is evaluated and nothing is checked yet */
async function run(input: Input, onEvaluated: () => void): Promise<void> {
  const { configFor } = fixedConfig(undefined, checks, noSelection);
  const plan = typeof input === 'string' ? readPlan(new SourceFile('plan.json', input)).value : undefined;
  const disk = listedOnce(memoryFileSystem(typeof input === 'string' ? {} : input));
  await lint(disk, [''], {
    configFor,
    parser: 'native',
    inputs: noInputs,
    confirmSyntaxErrors: false,
    onEvaluated,
    ...(plan && { plans: [plan] }),
  });
}
