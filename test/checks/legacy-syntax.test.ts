/** Old spellings where a fix has to look at what stands around them. */

import { describe, expect, test } from '@jest/globals';
import { applyFixes, lintFiles } from './lint-files.ts';

/** What Terraform accepts, and what it does not. */
const both = ['legacy-syntax', 'removed-syntax'];

const group = (inside: string): string => `resource "aws_security_group" "a" {\n${inside}\n}\n`;

async function fixed(inside: string): Promise<string> {
  const files = { 'main.tf': group(inside) };
  const { findings } = await lintFiles(files, both);
  const after = applyFixes(files, findings);
  const again = await lintFiles(after, both);
  expect(again.problems.filter(({ kind }) => kind === 'syntax')).toEqual([]);
  expect(again.findings).toEqual([]);
  return after['main.tf']!.slice(group('').indexOf('\n') + 1, -'\n}\n'.length);
}

describe('a single expression in quotes', () => {
  test.each([
    ['  a = "${var.x}"', '  a = var.x'],
    ['  a = "${ var.x }" # of x', '  a = var.x # of x'],
    ['  a = "${~ var.x ~}"', '  a = var.x'],
    ['  a = ["${var.x}", "${var.y ? 1 : 2}"]', '  a = [var.x, var.y ? 1 : 2]'],
    ['  a = f("${var.x}")', '  a = f(var.x)'],
    ['  a = { "${var.x}" = "${var.y}" }', '  a = { (var.x) = var.y }'],
    ['  a = "${var.x ? 1 : 2}" == "${var.y}"', '  a = (var.x ? 1 : 2) == var.y'],
    ['  a = "${cidrsubnet("${var.x}", 8, 1)}"', '  a = cidrsubnet(var.x, 8, 1)'],
    ['  a = "x${"${var.x}"}"', '  a = "x${var.x}"'],
    ['  a = var.x["${var.y}"]', '  a = var.x[var.y]'],
    ['  a = "${\n    var.x # why\n  }"', '  a = (\n    var.x # why\n  )'],
  ])('%s', async (before, after) => {
    expect(await fixed(before)).toBe(after);
  });

  test.each([
    '  a = "x${var.x}"',
    '  a = "${var.x}${var.y}"',
    '  a = "%{ if var.x }1%{ endif }"',
    '  a = <<E\n${var.x}\nE',
    '  a = "$${x}"',
  ])('is not %s', async (inside) => {
    expect((await lintFiles({ 'main.tf': group(inside) }, both)).findings).toEqual([]);
  });
});

describe('tags as a block', () => {
  test.each([
    [
      '  tags {\n    # Shown.\n    Name = "a" # and this\n  }',
      '  tags = {\n    # Shown.\n    Name = "a" # and this\n  }',
    ],
    ['  tags{ Name = "a" }', '  tags = { Name = "a" }'],
    ['  tags {}', '  tags = {}'],
  ])('%s', async (before, after) => {
    expect(await fixed(before)).toBe(after);
  });

  test.each([
    '  tags {\n    inner {\n    }\n  }',
    '  tags {\n    Name = "a"\n  }\n  tags {\n    Name = "b"\n  }',
    '  tags {\n    Name = "a"',
  ])('has no safe fix in %s', async (inside) => {
    const { findings } = await lintFiles({ 'main.tf': group(inside) }, both);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.every(({ fix }) => fix === null)).toBe(true);
  });
});

describe('a type in quotes', () => {
  const variable = (type: string): string => `variable "x" {\n  type = ${type}\n}\n`;
  const fixOf = async (type: string, user: string): Promise<readonly unknown[]> => {
    const files = { 'variables.tf': variable(type), 'main.tf': user };
    const { findings } = await lintFiles(files, both);
    return findings.map(({ subject, fix }) => [subject, fix?.edits[0]?.text]);
  };

  test.each([
    ['"string"', 'string'],
    ['"list"', 'list(any)'],
    ['"map"', 'map(any)'],
    ['"bool"', undefined],
  ])('%s', async (type, today) => {
    expect(await fixOf(type, group('  name = var.x'))).toEqual([['var.x', today]]);
  });

  test('counts where a group refers to it through locals', async () => {
    const locals = 'locals {\n  a = local.b\n  b = [var.x, local.a]\n}\n';
    expect(await fixOf('"string"', locals + group('  name = local.a[0]'))).toEqual([['var.x', 'string']]);
  });

  test('counts not where no group refers to it', async () => {
    expect(await fixOf('"string"', `${group('  name = "a"')}output "x" {\n  value = var.x\n}\n`)).toEqual([]);
  });

  test('is of the variable of the module', async () => {
    const files = {
      'main.tf': 'module "sg" {\n  source = "./sg"\n  x = "a"\n}\n\nvariable "x" {\n  type = "string"\n}\n',
      'sg/main.tf': variable('"string"') + group('  name = var.x'),
    };
    const { findings } = await lintFiles(files, both);
    expect(findings.map(({ subject, span }) => [subject, span.file.path])).toEqual([['module.sg.var.x', 'sg/main.tf']]);
  });
});

test('JSON syntax has its quotes by right', async () => {
  const json = JSON.stringify({
    variable: { x: { type: 'string' } },
    resource: { aws_security_group: { a: { name: '${var.x}', tags: [{ Name: 'a' }] } } },
  });
  expect((await lintFiles({ 'main.tf.json': json }, both)).findings).toEqual([]);
});

describe('required_version', () => {
  const checked = async (version: string, at = 'main.tf'): Promise<number> => {
    const files = { 'main.tf': 'module "m" {\n  source = "./m"\n}\n', 'm/main.tf': group('  a = "${var.x}"') };
    const pin = `terraform {\n  required_version = ${version}\n}\n`;
    const { findings } = await lintFiles({ ...files, [at]: `${files[at as keyof typeof files]}${pin}` }, both);
    return findings.length;
  };

  test.each([
    '"< 0.12"',
    '"< 0.12.0"',
    '">= 0.11.0, < 0.12.0"',
    '"~> 0.11.3"',
    '"0.11.14"',
    '"= 0.11.14"',
    '"<= 0.11.14"',
  ])("of %s excludes today's Terraform: its syntax is right there", async (version) => {
    expect(await checked(version)).toBe(0);
    expect(await checked(version, 'm/main.tf')).toBe(0);
  });

  test.each([
    '">= 0.11"',
    '"~> 0.11"',
    '"< 0.13"',
    '"~> 0.12.0"',
    '"> 0.11.0"',
    '"!= 0.11.1"',
    'local.version',
    '"< 1.0"',
    '""',
  ])('of %s does not', async (version) => {
    expect(await checked(version)).toBe(1);
  });
});
