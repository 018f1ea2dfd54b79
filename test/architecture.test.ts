/** The direction of imports, and who may touch Node. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'));

/** What each folder, or file of the top level, may import from besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  source: [],
  hcl: ['source'],
  terraform: ['source', 'hcl', 'files.ts'],
  model: ['source', 'hcl', 'terraform'],
  checks: ['source', 'hcl', 'terraform', 'model'],
  config: ['source', 'hcl', 'terraform', 'model', 'checks', 'report', 'files.ts'],
  suppress: ['source', 'hcl', 'terraform', 'checks', 'config'],
  baseline: ['source', 'hcl', 'terraform', 'model', 'checks', 'config', 'suppress'],
  report: ['source', 'terraform', 'model', 'checks', 'version.ts'],
  'files.ts': [],
  'version.ts': [],
  'build.ts': ['source', 'hcl', 'terraform', 'model', 'checks', 'config', 'files.ts'],
  'lint.ts': ['source', 'terraform', 'checks', 'config', 'report', 'baseline', 'build.ts', 'files.ts'],
  'index.ts': ['source', 'checks', 'config', 'report', 'files.ts', 'lint.ts', 'terraform', 'version.ts'],
  fix: ['source', 'terraform', 'model', 'checks', 'report', 'files.ts'],
  diff: ['source', 'hcl', 'report'],
  lsp: [
    'source',
    'hcl',
    'terraform',
    'model',
    'checks',
    'config',
    'report',
    'fix',
    'suppress',
    'files.ts',
    'lint.ts',
    'version.ts',
  ],
  cli: [
    'source',
    'hcl',
    'terraform',
    'model',
    'checks',
    'config',
    'report',
    'fix',
    'diff',
    'baseline',
    'lsp',
    'files.ts',
    'lint.ts',
    'version.ts',
  ],
};

/** Node's modules that may be imported outside files.ts and cli/; the disk, the network and processes are not among them. */
const pureModules: ReadonlySet<string> = new Set(['node:crypto', 'node:zlib', 'node:buffer', 'node:module']);

const roomOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : path);

const importsOf = (path: string): string[] =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);

describe('imports go one way', () => {
  test.each(files)('%s', (path) => {
    const room = roomOf(path);
    const reached = importsOf(path)
      .filter((target) => target.startsWith('.'))
      .map((target) => roomOf(normalize(join(dirname(path), target)).replaceAll('\\', '/')))
      .filter((target) => target !== room);
    expect(reached.filter((target) => !allowed[room]?.includes(target))).toEqual([]);
  });
});

describe('only files.ts and cli/ touch the disk and the process', () => {
  const free = new Set(['files.ts', 'cli']);
  test.each(files.filter((path) => !free.has(roomOf(path))))('%s', (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const modules = importsOf(path).filter((target) => target.startsWith('node:') && !pureModules.has(target));
    // hcl2json runs in a thread of its own.
    expect(modules).toEqual(path === 'hcl/reference-thread.ts' ? ['node:worker_threads'] : []);
    expect(text).not.toMatch(/\bprocess\.(?!getBuiltinModule)/);
  });
});

describe('what is printed goes through one door', () => {
  const makers: Readonly<Record<string, RegExp>> = {
    'report/escape.ts': /\bas (?:SafeText|PlainText)\b/,
    'cli/fix.ts': /\bverbatim\(/,
  };
  test.each(files)('%s', (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    for (const [maker, door] of Object.entries(makers)) {
      if (path !== maker && path !== 'report/escape.ts') expect(text).not.toMatch(door);
    }
    expect(text.replace('console.error(`tfsg: Node.js', '')).not.toMatch(
      /(?<!\.)\bconsole\.|process\.std(?:out|err)\.write/,
    );
  });
});

test('every file says its purpose in its first line', () => {
  const silent = files.filter((path) => !readFileSync(join(root, path), 'utf8').startsWith('/**'));
  expect(silent).toEqual([]);
});

test('every folder is in the picture', () => {
  const rooms = new Set(files.map((path) => roomOf(relative('.', path))));
  expect([...rooms].filter((room) => allowed[room] === undefined)).toEqual([]);
});
