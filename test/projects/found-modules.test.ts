/** Modules of registries and repositories that are somewhere in the tree: where they are looked for, and what fits. */

import { describe, expect, test } from '@jest/globals';
import { configOf } from '../../src/config/config.ts';
import { type FileSystem, memoryFileSystem } from '../../src/files.ts';
import { inspect } from '../../src/lint.ts';
import { inspectRules } from '../../src/report/inspected.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import type { DataDirectory } from '../../src/terraform/modules/sources/installed.ts';

/** A module whose only rule has this port. */
const group = (port: number): string => `
  resource "aws_security_group" "g" {
    ingress {
      from_port   = ${port}
      to_port     = ${port}
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8"]
    }
  }`;

const call = (source: string, version?: string): string =>
  `module "net" {\n  source = "${source}"\n${version === undefined ? '' : `  version = "${version}"\n`}}\n`;

interface Entry {
  readonly Key: string;
  readonly Source: string;
  readonly Version?: string;
  readonly Dir: string;
}

const manifest = (...entries: readonly Entry[]): string =>
  JSON.stringify({ Modules: [{ Key: '', Source: '', Dir: '.' }, ...entries] });

/** What `terraform init` leaves of a module of the registry. */
const installed = (root: string, version: string, port: number, name = 'net') => ({
  [`${root}/.terraform/modules/modules.json`]: manifest({
    Key: name,
    Source: 'registry.terraform.io/acme/sg/aws',
    Version: version,
    Dir: `.terraform/modules/${name}`,
  }),
  [`${root}/.terraform/modules/${name}/main.tf`]: group(port),
});

/** The ports of all rules of the root in `app`, and the first words of what is wrong. */
async function portsIn(files: Readonly<Record<string, string>> | FileSystem, dataDirectory?: DataDirectory) {
  const fileSystem = 'read' in files ? (files as FileSystem) : memoryFileSystem(files as Record<string, string>);
  const { models, problems } = await inspect(fileSystem, ['app'], {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: noInputs,
    dataDirectory,
  });
  return {
    ports: models.flatMap(inspectRules).map(({ from_port }) => from_port),
    problems: problems.map(({ message }) => message),
  };
}

const notInstalled = (source: string) => [`The module "${source}" is not installed, so its rules were not checked.`];

describe('a module of the registry', () => {
  const app = (version?: string) => ({ 'app/main.tf': call('acme/sg/aws', version) });

  test('is read where it is installed for another root', async () => {
    const files = { ...app('~> 5.1'), ...installed('live/net', '5.3.0', 1, 'other') };
    expect(await portsIn(files)).toEqual({ ports: [1], problems: [] });
  });

  test('is the latest that fits, whatever the order', async () => {
    const found = { ...installed('a', '5.10.0', 10), ...installed('b', '5.9.0', 9), ...installed('c', '6.0.0', 6) };
    expect((await portsIn({ ...app('~> 5.1'), ...found })).ports).toEqual([10]);
    expect((await portsIn({ ...app('< 5.10'), ...found })).ports).toEqual([9]);
    expect((await portsIn({ ...app(), ...found })).ports).toEqual([6]);
  });

  test('is not read in a version that the call does not allow', async () => {
    const files = { ...app('~> 4.0'), ...installed('live', '5.3.0', 1) };
    expect(await portsIn(files)).toEqual({ ports: [], problems: notInstalled('acme/sg/aws') });
  });

  test('is not read in a version that may not be the right one', async () => {
    const text = `variable "v" {}\nmodule "net" {\n  source  = "acme/sg/aws"\n  version = var.v\n}\n`;
    const files = { 'app/main.tf': text, ...installed('live', '5.3.0', 1) };
    expect((await portsIn(files)).ports).toEqual([]);
  });

  test('is what was installed for this root, if that is what the call asks for now', async () => {
    const found = { ...installed('app', '5.3.0', 5), ...installed('b', '6.1.0', 6) };
    expect((await portsIn({ ...app('>= 5.0'), ...found })).ports).toEqual([5]);
    expect((await portsIn({ ...app('>= 6.0'), ...found })).ports).toEqual([6]);
    expect((await portsIn({ 'app/main.tf': call('acme/other/aws'), ...found })).ports).toEqual([]);
  });

  test('is read in a subdirectory of a package that was installed for another one', async () => {
    const files = {
      'app/main.tf': call('acme/sg/aws//modules/ssh', '5.3.0'),
      ...installed('live', '5.3.0', 1),
      'live/.terraform/modules/net/modules/ssh/main.tf': group(22),
    };
    expect((await portsIn(files)).ports).toEqual([22]);
  });

  test('is another one on a host of its own', async () => {
    const files = { 'app/main.tf': call('registry.example.com/acme/sg/aws', '5.3.0'), ...installed('b', '5.3.0', 1) };
    expect((await portsIn(files)).ports).toEqual([]);
  });

  test('brings the modules that it calls', async () => {
    const files = {
      ...app('5.3.0'),
      'live/.terraform/modules/modules.json': manifest(
        {
          Key: 'net',
          Source: 'registry.terraform.io/acme/sg/aws',
          Version: '5.3.0',
          Dir: '.terraform/modules/net',
        },
        { Key: 'net.deep', Source: 'git::https://example.com/x.git?ref=a', Dir: '.terraform/modules/net.deep' },
      ),
      'live/.terraform/modules/net/main.tf': 'module "deep" {\n  source = "git::https://example.com/x.git?ref=a"\n}\n',
      'live/.terraform/modules/net.deep/main.tf': group(7),
    };
    expect(await portsIn(files)).toEqual({ ports: [7], problems: [] });
  });

  test('that calls itself is not read for ever', async () => {
    const itself = `${group(1)}\n${call('acme/sg/aws', '5.3.0')}`;
    const files = { ...app('5.3.0'), ...installed('live', '5.3.0', 1), 'live/.terraform/modules/net/main.tf': itself };
    const { ports, problems } = await portsIn(files);
    expect(ports).toEqual([1]);
    expect(problems).toEqual([expect.stringContaining('Terraform rejects modules that call themselves')]);
  });

  test('is read in a cache of Terragrunt', async () => {
    const below = 'units/web/.terragrunt-cache/k3/f8/modules/web';
    expect((await portsIn({ ...app('5.3.0'), ...installed(below, '5.3.0', 8) })).ports).toEqual([8]);
  });

  test('is read where checkov has put it', async () => {
    const host = '.external_modules/app.terraform.io/acme/sg/aws';
    const github = '.external_modules/github.com/acme/terraform-aws-sg';
    expect((await portsIn({ ...app('~> 5.0'), [`${host}/5.2.0/main.tf`]: group(2) })).ports).toEqual([2]);
    expect((await portsIn({ ...app('~> 5.0'), [`${github}/v5.4.0/main.tf`]: group(4) })).ports).toEqual([4]);
    // A commit does not say which version it is.
    const commit = { [`${github}/573f574c922782bc658f05523d0c902a4792b0a8/main.tf`]: group(5) };
    expect((await portsIn({ ...app('~> 5.0'), ...commit })).ports).toEqual([]);
    expect((await portsIn({ ...app(), ...commit })).ports).toEqual([5]);
  });
});

describe('a module of a repository', () => {
  const source = 'git::ssh://git@git.example.com/acme/sg.git?ref=v1';
  const elsewhere = (found: string) => ({
    'live/.terraform/modules/modules.json': manifest({ Key: 'x', Source: found, Dir: '.terraform/modules/x' }),
    'live/.terraform/modules/x/main.tf': group(1),
  });

  test.each([
    [source, [1]],
    ['git@git.example.com:acme/sg.git?ref=v1', [1]],
    ['git::https://git.example.com/acme/sg?ref=v1&depth=1', [1]],
    ['git::https://git.example.com/acme/sg.git?ref=v2', []],
    ['git::https://git.example.com/acme/sg.git', []],
    ['git::https://git.example.com/acme/other.git?ref=v1', []],
  ])('of the source %s is the same at the same ref', async (written, ports) => {
    expect((await portsIn({ 'app/main.tf': call(written), ...elsewhere(source) })).ports).toEqual(ports);
  });

  test('is read where checkov has put it', async () => {
    const files = { '.external_modules/git.example.com/acme/sg/v1/main.tf': group(3) };
    expect((await portsIn({ 'app/main.tf': call(source), ...files })).ports).toEqual([3]);
  });

  test('of GitHub needs no scheme', async () => {
    const found = elsewhere('git::https://github.com/acme/sg.git?ref=v1');
    expect((await portsIn({ 'app/main.tf': call('github.com/acme/sg?ref=v1'), ...found })).ports).toEqual([1]);
  });
});

describe('the data directory', () => {
  const entry = { Key: 'net', Source: 'registry.terraform.io/acme/sg/aws', Version: '5.3.0' };
  const app = { 'app/main.tf': call('acme/sg/aws', '~> 5.0') };

  test('may be another one in each root', async () => {
    const files = {
      ...app,
      'app/.tf/prod/modules/modules.json': manifest({ ...entry, Dir: '.tf/prod/modules/net' }),
      'app/.tf/prod/modules/net/main.tf': group(1),
    };
    expect((await portsIn(files)).problems).toEqual(notInstalled('acme/sg/aws'));
    expect(await portsIn(files, { path: '.tf/prod', isShared: false })).toEqual({ ports: [1], problems: [] });
    const others = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path.replace('app/.tf', 'b/.tf'), text]),
    );
    expect((await portsIn(others, { path: '.tf/prod', isShared: false })).ports).toEqual([1]);
  });

  test('may be one for all roots, with the paths of the machine that it is of', async () => {
    const files = {
      ...app,
      '.tf/modules/modules.json': manifest({ ...entry, Dir: '/builds/acme/.tf/modules/net' }),
      '.tf/modules/net/main.tf': group(1),
    };
    expect((await portsIn(files, { path: '.tf', isShared: true })).ports).toEqual([1]);
  });
});

test('a tree without calls to search for is not searched', async () => {
  const files = memoryFileSystem({
    ...installed('app', '5.3.0', 1),
    'app/main.tf': call('acme/sg/aws', '5.3.0'),
    'far/away/main.tf': group(1),
  });
  const listed: string[] = [];
  const watched: FileSystem = {
    ...files,
    list(path) {
      listed.push(path);
      return files.list(path);
    },
  };
  expect((await portsIn(watched)).ports).toEqual([1]);
  expect(listed).not.toContain('far/away');
});

describe("a module of the tree's own repository", () => {
  const config = '[remote "origin"]\n\turl = git@github.com:acme/estate.git\n';
  const source = 'git::https://github.com/acme/estate.git//modules/net?ref=v1';
  const files = { '.git/config': config, 'app/main.tf': call(source), 'modules/net/main.tf': group(1) };

  test('is read from the working tree', async () => {
    expect(await portsIn(files)).toEqual({ ports: [1], problems: [] });
  });

  test('is read from what is installed, if that is of the same ref', async () => {
    const entry = { Key: 'net', Source: source, Dir: '.terraform/modules/net/modules/net' };
    const found = {
      'app/.terraform/modules/modules.json': manifest(entry),
      'app/.terraform/modules/net/modules/net/main.tf': group(2),
    };
    expect((await portsIn({ ...files, ...found })).ports).toEqual([2]);
    const old = {
      ...found,
      'app/.terraform/modules/modules.json': manifest({ ...entry, Source: source.replace('v1', 'v0') }),
    };
    expect((await portsIn({ ...files, ...old })).ports).toEqual([1]);
  });

  test('is not read where the working tree has no such directory', async () => {
    const { 'modules/net/main.tf': _, ...others } = files;
    expect(await portsIn(others)).toEqual({ ports: [], problems: notInstalled(source) });
  });

  test('cannot call itself', async () => {
    const itself = call('git::https://github.com/acme/estate.git//app');
    const { problems } = await portsIn({ ...files, 'modules/net/main.tf': itself });
    expect(problems).toEqual([expect.stringContaining('Terraform rejects modules that call themselves')]);
  });
});
