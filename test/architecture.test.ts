/** The direction of imports, who may touch Node, and what names mean. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'));

/** What serves every room above. */
const ground = ['text', 'collections', 'source'];

/**
 * What each room and wing may import besides itself, as rooms (`terraform` stands for all of its wings), wings and files of the top level. A room whose
 * wings are named is its own files without them.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  text: [],
  collections: [],
  network: ['text'],
  source: ['collections'],
  hcl: [...ground],
  'hcl/native': [...ground, 'hcl'],
  'hcl/json': [...ground, 'hcl', 'hcl/native'],
  'hcl/hcl2json': [...ground, 'hcl', 'hcl/native', 'hcl/json'],
  'terraform/values': [...ground],
  'terraform/functions': [...ground, 'terraform/values', 'files.ts'],
  'terraform/expressions': [...ground, 'hcl', 'hcl/native', 'terraform/values', 'terraform/functions', 'files.ts'],
  'terraform/modules': [
    ...ground,
    'hcl',
    'hcl/json',
    'terraform/values',
    'terraform/functions',
    'terraform/expressions',
    'terraform/stand-ins',
    'files.ts',
  ],
  'terraform/affected': [...ground, 'hcl', 'terraform/functions', 'terraform/modules', 'files.ts'],
  'terraform/stand-ins': [],
  'terraform/instances': [
    ...ground,
    'hcl',
    'hcl/native',
    'hcl/json',
    'terraform/values',
    'terraform/functions',
    'terraform/expressions',
    'terraform/modules',
    'terraform/stand-ins',
    'files.ts',
  ],
  units: [...ground, 'terraform', 'files.ts'],
  'units/terragrunt': [...ground, 'hcl', 'hcl/native', 'hcl/json', 'terraform', 'units', 'files.ts'],
  'units/stacks': [...ground, 'hcl', 'hcl/native', 'hcl/json', 'terraform', 'units', 'files.ts'],
  model: [...ground, 'hcl', 'network', 'terraform', 'model/aws', 'model/aws/adapters', 'model/questions'],
  'model/aws': [...ground, 'network', 'terraform', 'model'],
  'model/aws/adapters': [...ground, 'network', 'terraform', 'model', 'model/aws'],
  'model/questions': [...ground, 'network', 'terraform', 'model', 'model/aws'],
  'model/faults': [...ground, 'network', 'terraform', 'model', 'model/aws'],
  'model/written': [...ground, 'hcl', 'terraform', 'model', 'model/aws', 'model/aws/adapters', 'model/questions'],
  exposure: [...ground, 'network', 'terraform', 'model', 'model/aws', 'model/questions', 'model/written'],
  changes: [...ground, 'hcl', 'network', 'terraform', 'model', 'model/aws', 'model/questions', 'exposure', 'findings'],
  plan: [...ground, 'network', 'terraform'],
  findings: [...ground, 'hcl', 'hcl/native', 'network', 'terraform', 'model', 'model/questions', 'exposure', 'site.ts'],
  'findings/suppress': [...ground, 'hcl', 'hcl/json', 'terraform', 'findings', 'config'],
  'findings/baseline': [
    ...ground,
    'hcl',
    'network',
    'terraform',
    'findings',
    'findings/suppress',
    'config',
    'files.ts',
  ],
  checks: [
    ...ground,
    'network',
    'model',
    'model/aws',
    'model/questions',
    'model/faults',
    'model/written',
    'exposure',
    'findings',
    'checks/shared',
  ],
  'checks/shared': [...ground, 'network', 'model', 'model/questions', 'model/written', 'exposure', 'findings'],
  rules: [
    ...ground,
    'hcl',
    'hcl/native',
    'network',
    'terraform',
    'model',
    'model/aws',
    'model/questions',
    'exposure',
    'findings',
    'config/patterns',
    'files.ts',
  ],
  config: [
    'network',
    ...ground,
    'rules',
    'terraform',
    'model',
    'model/questions',
    'findings',
    'report',
    'config/keys',
    'config/patterns',
    'files.ts',
  ],
  'config/keys': [
    ...ground,
    'network',
    'terraform',
    'model/aws',
    'model/questions',
    'findings',
    'config',
    'config/patterns',
    'files.ts',
  ],
  'config/patterns': [...ground, 'terraform'],
  report: [
    ...ground,
    'network',
    'terraform',
    'model',
    'model/aws',
    'model/questions',
    'exposure',
    'changes',
    'findings',
    'report/formats',
    'site.ts',
    'version.ts',
  ],
  'report/formats': [...ground, 'findings', 'report', 'site.ts'],
  'files.ts': ['collections'],
  'version.ts': [],
  'site.ts': ['version.ts'],
  'build-root.ts': [...ground, 'hcl', 'terraform', 'model', 'model/aws', 'config', 'files.ts'],
  'build-states.ts': [...ground, 'terraform', 'model/aws', 'config'],
  applied: [...ground, 'hcl', 'terraform', 'units', 'units/terragrunt', 'units/stacks', 'config', 'files.ts'],
  'build-planned.ts': [...ground, 'terraform', 'model', 'plan', 'files.ts', 'build-root.ts'],
  'build.ts': [
    ...ground,
    'hcl',
    'hcl/native',
    'hcl/hcl2json',
    'terraform',
    'plan',
    'findings',
    'config',
    'files.ts',
    'build-root.ts',
    'build-planned.ts',
    'build-states.ts',
    'applied',
  ],
  'lint-planned.ts': ['source', 'model', 'findings', 'checks', 'build-root.ts'],
  'exposure-worlds.ts': [...ground, 'terraform', 'model', 'exposure', 'findings', 'build-root.ts', 'world-runs.ts'],
  'lint-reach.ts': ['collections', 'terraform', 'model', 'model/written', 'exposure', 'findings', 'build-root.ts'],
  'lint.ts': [
    ...ground,
    'terraform',
    'model',
    'findings',
    'findings/baseline',
    'checks',
    'config',
    'exposure',
    'report',
    'build.ts',
    'build-root.ts',
    'lint-planned.ts',
    'lint-reach.ts',
    'exposure-worlds.ts',
    'files.ts',
    'world-runs.ts',
  ],
  'access-in-worlds.ts': [
    ...ground,
    'terraform',
    'model',
    'exposure',
    'changes',
    'findings',
    'report',
    'build.ts',
    'build-root.ts',
    'exposure-worlds.ts',
    'files.ts',
    'world-runs.ts',
  ],
  'lint-changes.ts': [
    ...ground,
    'network',
    'terraform',
    'model/questions',
    'changes',
    'config',
    'access-in-worlds.ts',
    'build.ts',
    'files.ts',
    'lint.ts',
    'lint-opened.ts',
  ],
  'lint-opened.ts': [
    ...ground,
    'terraform',
    'model',
    'exposure',
    'changes',
    'checks',
    'findings',
    'findings/baseline',
    'config',
    'report',
    'build.ts',
  ],
  'world-runs.ts': [...ground, 'terraform', 'model', 'findings', 'build-root.ts'],
  'index.ts': [
    ...ground,
    'terraform',
    'findings',
    'checks',
    'config',
    'exposure',
    'report',
    'files.ts',
    'lint.ts',
    'version.ts',
  ],
  git: [...ground, 'files.ts'],
  'rule-examples.ts': [
    ...ground,
    'terraform',
    'findings',
    'changes',
    'config',
    'rules',
    'files.ts',
    'lint.ts',
    'lint-changes.ts',
  ],
  fix: [
    ...ground,
    'network',
    'terraform',
    'model',
    'model/aws/adapters',
    'model/questions',
    'findings',
    'report',
    'files.ts',
  ],
  diff: [...ground, 'hcl', 'hcl/native', 'hcl/json', 'findings', 'report'],
  lsp: [
    ...ground,
    'hcl',
    'hcl/json',
    'hcl/native',
    'network',
    'terraform',
    'model',
    'model/questions',
    'model/written',
    'findings',
    'findings/suppress',
    'checks',
    'checks/shared',
    'config',
    'exposure',
    'report',
    'fix',
    'files.ts',
    'lint.ts',
    'lint-reach.ts',
    'version.ts',
  ],
  cli: [
    ...ground,
    'hcl',
    'hcl/native',
    'hcl/json',
    'hcl/hcl2json',
    'terraform',
    'plan',
    'findings',
    'findings/baseline',
    'checks',
    'config',
    'config/patterns',
    'rules',
    'rule-examples.ts',
    'report',
    'report/formats',
    'fix',
    'diff',
    'git',
    'changes',
    'lsp',
    'files.ts',
    'lint.ts',
    'lint-changes.ts',
    'version.ts',
    'site.ts',
  ],
};

/** Node's modules that may be imported outside files.ts, git/ and cli/; the disk, the network and processes are not among them. */
const pureModules: ReadonlySet<string> = new Set(['node:crypto', 'node:zlib', 'node:buffer', 'node:module']);

/** The innermost room or wing of `allowed` that a file is in. */
function wingOf(path: string): string {
  for (let folder = path; folder.includes('/'); ) {
    folder = folder.slice(0, folder.lastIndexOf('/'));
    if (folder in allowed) return folder;
  }
  return roomOf(path);
}

const roomOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : path);

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

const importsOf = (path: string): string[] =>
  [...textOf(path).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);

test('imports go one way', () => {
  const faults = files.flatMap((path) => {
    const wing = wingOf(path);
    const mayImport = (target: string) =>
      target === wing ||
      allowed[wing]?.some((other) => other === target || (!(other in allowed) && roomOf(target) === other));
    return importsOf(path)
      .filter((target) => target.startsWith('.'))
      .map((target) => wingOf(normalize(join(dirname(path), target)).replaceAll('\\', '/')))
      .filter((target) => !mayImport(target))
      .map((target) => `${path} imports ${target}`);
  });
  expect(faults).toEqual([]);
});

test('a check asks the model, not what it was read from', () => {
  const code = (path: string): string => textOf(path).replace(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, '');
  const asking = files
    .filter((path) => roomOf(path) === 'checks' && /\b(?:instance|trees|content)\b/.test(code(path)))
    .map((path) => `${path} reaches for a resource or a tree`);
  expect(asking).toEqual([]);
});

test('what runs checks knows no resource type', () => {
  const general = files.filter((path) => /^(?:findings|config)\/[^/]*\.ts$/.test(path));
  const knowing = general.flatMap((path) =>
    importsOf(path)
      .filter((target) => /security-group|\/aws\//.test(target))
      .map((target) => `${path} imports ${target}`),
  );
  expect(knowing).toEqual([]);
});

test('only files.ts, git/ and cli/ touch the disk and the process', () => {
  const touching = files
    .filter((path) => !['files.ts', 'git', 'cli'].includes(roomOf(path)))
    .flatMap((path) => [
      ...importsOf(path)
        .filter((target) => target.startsWith('node:') && !pureModules.has(target))
        .map((target) => `${path} imports ${target}`),
      ...(/\bprocess\.(?!getBuiltinModule)/.test(textOf(path)) ? [`${path} uses process`] : []),
    ]);
  // hcl2json runs in a thread of its own.
  expect(touching).toEqual(['hcl/hcl2json/thread.ts imports node:worker_threads']);
});

test('what is printed goes through one door', () => {
  const makers: Readonly<Record<string, RegExp>> = {
    'report/escape.ts': /\bas (?:SafeText|PlainText)\b/,
    'cli/fix.ts': /\bverbatim\(/,
  };
  const around = files.filter(
    (path) =>
      Object.entries(makers).some(
        ([maker, door]) => path !== maker && path !== 'report/escape.ts' && door.test(textOf(path)),
      ) ||
      /(?<!\.)\bconsole\.|process\.std(?:out|err)\.write/.test(
        textOf(path).replace('console.error(`tfsg: Node.js', ''),
      ),
  );
  expect(around).toEqual([]);
});

test('no folder is too large to look through', () => {
  const large = ['checks', 'terraform/functions'];
  const folders = [...new Set(files.map((path) => dirname(path)))];
  const sizeOf = (folder: string) => files.filter((path) => dirname(path) === folder).length;
  expect(folders.filter((folder) => !large.includes(folder) && sizeOf(folder) > 25)).toEqual([]);
});

test('an exported name has one meaning', () => {
  // One of each in a file whose name tells them apart.
  const conventional = ['adapter', 'format', 'key'];
  const declared =
    /^export (?:(?:async|abstract|declare) )*(?:const|class|function\*?|interface|type|enum) ([A-Za-z_$][\w$]*)/gm;
  const homes = new Map<string, string[]>();
  for (const path of files.filter((file) => !file.includes('.generated.'))) {
    for (const name of new Set([...textOf(path).matchAll(declared)].map(([, each]) => each!))) {
      if (!conventional.includes(name)) homes.set(name, [...(homes.get(name) ?? []), path]);
    }
  }
  expect([...homes].filter(([, paths]) => paths.length > 1)).toEqual([]);
});

test('every file says its purpose in its first line', () => {
  const silent = files.filter((path) => !textOf(path).startsWith('/**'));
  expect(silent).toEqual([]);
});

test('every folder is in the picture', () => {
  const rooms = new Set(files.map((path) => roomOf(relative('.', path))));
  const named = (room: string) => Object.keys(allowed).some((wing) => roomOf(wing) === room);
  expect([...rooms].filter((room) => !named(room))).toEqual([]);
});
