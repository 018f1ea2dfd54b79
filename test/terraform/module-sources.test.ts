/** Which modules are called where their sources are expressions. */

import { describe, expect, test } from '@jest/globals';
import { QueryCache } from '../../src/collections/query-cache.ts';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { inspect } from '../../src/lint.ts';
import { inspectRules } from '../../src/report/inspected.ts';
import { type GivenInput, noInputs } from '../../src/terraform/instances/inputs.ts';

const group = (port: number): string => `
  variable "unused" {
    default = null
  }
  resource "aws_security_group" "g" {
    ingress {
      from_port   = ${port}
      to_port     = ${port}
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8"]
    }
  }`;

const kinds = { 'kinds/a/main.tf': group(1), 'kinds/b/main.tf': group(2) };

const kind = (attributes: string): string => `variable "kind" {\n  ${attributes}\n}\n`;
const call = (source: string): string => `module "net" {\n  source = ${source}\n}\n`;

/** The addresses of the rules' groups with their ports, of the root in `root/`; and what is wrong. */
async function rulesOf(
  files: Readonly<Record<string, string>>,
  variables: readonly GivenInput[] = [],
  cache?: QueryCache,
) {
  const { models, problems } = await inspect(memoryFileSystem({ ...kinds, ...files }), ['root'], {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: { ...noInputs, variables },
    cache,
  });
  return {
    rules: models.flatMap(inspectRules).map(({ group, from_port }) => `${group} ${from_port}`),
    problems: problems.map(({ message }) => message),
  };
}

const a = ['module.net.aws_security_group.g 1'];
const b = ['module.net.aws_security_group.g 2'];

describe('the source of a module', () => {
  const text = '"../kinds/${var.kind}"';
  const known: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['a default', { 'root/main.tf': kind('default = "a"') + call(text) }, a],
    ['a variable file', { 'root/main.tf': kind('default = "a"') + call(text), 'root/x.auto.tfvars': 'kind = "b"' }, b],
    ['a local', { 'root/main.tf': `locals {\n  k = lower("B")\n}\n${call('"../kinds/${local.k}"')}` }, b],
    ['a condition', { 'root/main.tf': kind('default = null') + call('var.kind == null ? "../kinds/a" : "x"') }, a],
    ['a file', { 'root/main.tf': call('"../kinds/${trimspace(file("kind"))}"'), 'root/kind': 'b\n' }, b],
    ['path.root', { 'root/main.tf': call('"${path.root}/../kinds/a"') }, a],
    [
      'JSON syntax',
      { 'root/main.tf.json': `{"locals": {"k": "a"}, "module": {"net": {"source": "../kinds/\${local.k}"}}}` },
      a,
    ],
  ];
  test.each(known)('is known through %s', async (_, files, expected) => {
    expect((await rulesOf(files)).rules).toEqual(expected);
  });

  test('is known through the command line', async () => {
    const files = { 'root/main.tf': kind('type = string') + call(text) };
    const { rules } = await rulesOf(files, [{ kind: 'var', name: 'kind', text: 'b' }]);
    expect(rules).toEqual(b);
  });

  const unknown: readonly (readonly [string, string])[] = [
    ['nobody gives', kind('type = string') + call(text)],
    ['are sensitive', kind('default = "a"\n  sensitive = true') + call(text)],
    ['are of resources', call('"../kinds/${aws_vpc.v.id}"')],
    ['are of each instance', `module "net" {\n  for_each = toset(["a"])\n  source = "../kinds/\${each.key}"\n}\n`],
    ['hang on themselves', `locals {\n  k = local.k\n}\n${call('"../kinds/${local.k}"')}`],
    ['are no text', `locals {\n  k = ["a"]\n}\n${call('local.k')}`],
  ];
  test.each(unknown)('is not known where its values %s', async (_, text) => {
    const { rules, problems } = await rulesOf({ 'root/main.tf': text });
    expect(rules).toEqual([]);
    expect(problems.join('\n')).toContain('called with a source that depends on unknown values');
  });

  test('may lead to another module in each call of its caller', async () => {
    const between = `${kind('type = string')}module "net" {\n  source = "../kinds/\${var.kind}"\n}\n`;
    const calls = ['a', 'b'].map((name) => `module "${name}" {\n  source = "../between"\n  kind = "${name}"\n}\n`);
    const { rules } = await rulesOf({ 'root/main.tf': calls.join(''), 'between/main.tf': between });
    expect(rules).toEqual(['module.a.module.net.aws_security_group.g 1', 'module.b.module.net.aws_security_group.g 2']);
  });

  test('may lead back: that is a circle', async () => {
    const { problems } = await rulesOf({ 'root/main.tf': kind('default = "root"') + call('"../${var.kind}"') });
    expect(problems.join('\n')).toContain('Terraform rejects modules that call themselves');
  });

  test('is followed from edit to edit', async () => {
    const memory = new QueryCache();
    const files = { 'root/main.tf': kind('type = string') + call(text) };
    const given = (name: string) => rulesOf({ ...files, 'root/terraform.tfvars': `kind = "${name}"` }, [], memory);
    expect((await given('a')).rules).toEqual(a);
    expect((await given('b')).rules).toEqual(b);
    expect((await given('a')).rules).toEqual(a);
  });
});
