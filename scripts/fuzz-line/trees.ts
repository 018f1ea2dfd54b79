/** Trees of files that a seed makes: configurations with modules, variable files, configurations of tfsg, comments, and much that is broken. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Edit, edited, type Files } from '../../test/projects/edits.ts';
import { makeProgram } from '../fuzz-terraform/program.ts';
import type { Random } from '../fuzz-terraform/random.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');

/** Files of the fixtures, by path below their folder. */
const corpus: readonly (readonly [string, string])[] = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(?:tf|tofu|tfvars|tf\.json|tfvars\.json|csv|tpl|tftpl|yaml)$|\.tfsgrc\.json$/.test(path))
  .sort()
  .map((path) => [path, readFileSync(join(fixtures, path), 'utf8')]);

const folders: readonly string[] = ['', 'a/', 'a/b/', 'modules/net/', 'ü b/', 'deep/er/and/er/', 'x[1]/'];

/** What is small and means much. */
const bombs: readonly string[] = [
  'count = 10000',
  'count = 1e9',
  'for_each = toset([for p in setproduct(range(300), range(300)) : join("-", p)])',
  'for_each = { for i in range(1000) : i => [for j in range(1000) : i] }',
  'count = sum([for a in range(1000) : sum([for b in range(1000) : a * b])])',
  'count = length(format("%99999999d", 1))',
];

const configurations: readonly string[] = [
  '{ "extends": ["tfsg:strict"] }',
  '{ "extends": ["tfsg:cis"], "exclude": ["**/x*"] }',
  '{ "environments": { "one": { "varFiles": ["one.tfvars"] }, "two": { "workspace": "two" } } }',
  '{ "checks": { "port-open": "critical", "broad-public-cidr": ["low", { "maxIpv4Prefix": 8 }] } }',
  '{ "checks": { "nothing": "high" } } // no JSON',
  '{ "extends": ["./.tfsgrc.json"] }',
  '{',
];

const comments: readonly string[] = [
  '# tfsg:ignore port-open -- known',
  '# tfsg:ignore * until=2020-01-01',
  '// tfsg:ignore-file missing-rule-description',
  '#tfsec:ignore:AWS006',
  '/* checkov:skip=CKV_AWS_24: fine */',
  '# tfsg:ignore\u202e \u001b[31m',
];

const odd: readonly string[] = [
  '\u0000',
  '\ufeff',
  '\u202e',
  '😀',
  '\r',
  '\\',
  '"',
  '${',
  '%{',
  '<<E\n',
  '}',
  '{',
  '[',
  '(',
  '*/',
  '\ud800',
];

export function makeTree(random: Random): Files {
  let files = random.pick([program, program, fromCorpus, fromCorpus, nest])(random);
  if (random.chance(0.3)) files = { ...files, [`${random.pick(folders)}.tfsgrc.json`]: random.pick(configurations) };
  if (random.chance(0.2)) files = { ...files, 'one.tfvars': 'extra = "10.0.0.0/8"\nv0 = 5\n' };
  if (random.chance(0.1)) files = { ...files, '.terraform/modules/modules.json': modulesFile(random) };
  for (let left = random.between(0, 3); left > 0; left--) files = edited(files, makeEdit(random));
  for (let left = random.chance(0.3) ? random.between(1, 4) : 0; left > 0; left--) files = broken(files, random);
  return files;
}

export function makeEdit(random: Random): Edit {
  return { file: random.between(0, 1e6), kind: random.between(0, 1e6), at: random.between(0, 1e6) };
}

function program(random: Random): Files {
  const files: Record<string, string> = {};
  const keep = 0.3 + 0.7 * random.fraction();
  for (const { path, text } of makeProgram(random.between(0, 2 ** 31))) {
    if (random.chance(keep)) files[path] = `${files[path] ?? ''}${text}\n`;
  }
  return files;
}

function fromCorpus(random: Random): Files {
  const files: Record<string, string> = {};
  const folder = random.pick(folders);
  for (let left = random.between(1, 6); left > 0; left--) {
    const [path, text] = random.pick(corpus);
    const name = path.slice(path.lastIndexOf('/') + 1);
    const place = random.chance(0.6) ? folder : random.pick(folders);
    files[place + (random.chance(0.3) ? `${left}${name}` : name)] = text;
  }
  return files;
}

/** Modules that call modules, with more or fewer instances each. */
function nest(random: Random): Files {
  const files: Record<string, string> = {};
  const depth = random.between(1, 12);
  for (let level = 0; level < depth; level++) {
    const calls = Array.from({ length: random.between(1, 2) }, (_, i) => {
      const to = random.chance(0.05) ? level : level + 1;
      return `module "m${i}" {\n  source = "${level === 0 ? '.' : '..'}/m${to}"\n  ${repetition(random)}\n  v = ${random.pick(['var.v', 'count.index', '[var.v, var.v]', '"x"'])}\n}\n`;
    });
    files[level === 0 ? 'main.tf' : `m${level}/main.tf`] =
      `variable "v" {\n  default = 1\n}\n${calls.join('')}${group(random)}`;
  }
  files[`m${depth}/main.tf`] = `variable "v" {\n  default = 1\n}\n${group(random)}`;
  return files;
}

function repetition(random: Random): string {
  if (random.chance(0.02)) return random.pick(bombs);
  return random.pick([
    '',
    '',
    '',
    'count = 2',
    'count = 0',
    'for_each = toset(["a", "b"])',
    'count = var.v',
    'count = length("ab")',
  ]);
}

function group(random: Random): string {
  const ports = random.pick(['22', '0', 'var.v', 'count.index', 'local.nothing', '"-1"']);
  return `resource "aws_security_group" "g" {
  ${repetition(random)}
  name = "sg-\${var.v}"
  dynamic "ingress" {
    for_each = ${random.pick(['[22, 80]', 'var.v', 'range(3)', '{ a = 1 }', 'setproduct(range(3), [1, 2])'])}
    content {
      from_port   = ${ports}
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [${random.pick(['"0.0.0.0/0"', '"10.0.0.0/8"', 'var.v', 'cidrsubnet("10.0.0.0/8", 8, count.index)'])}]
    }
  }
}
`;
}

function modulesFile(random: Random): string {
  const Modules = Array.from({ length: random.between(0, 4) }, (_, i) => ({
    Key: random.pick(['', 'm0', 'm1', 'm0.m1', 'single']),
    Source: './x',
    Dir: random.pick(['.', 'm1', 'modules/net', '../out', `.terraform/modules/${i}`]),
  }));
  return random.chance(0.1) ? '{' : JSON.stringify({ Modules });
}

/** One file with something put in, or taken out, somewhere. */
function broken(files: Files, random: Random): Files {
  const names = Object.keys(files);
  if (names.length === 0) return files;
  const name = random.pick(names);
  const text = files[name]!;
  const at = random.between(0, text.length);
  const end = random.chance(0.5) ? at : Math.min(text.length, at + random.between(0, 40));
  const put = random.pick([random.pick(odd), `\n${random.pick(comments)}\n`, random.pick(odd).repeat(20), '']);
  return { ...files, [name]: text.slice(0, at) + put + text.slice(end) };
}
