/** Builds dist/: the program and the library as ES modules, their types, and the licenses of what is bundled. */

import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { notices } from './build/licenses.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/**
 * Parts of yargs's dependencies that would take most of the time of a short run, and what stands in for them: string-width compiles a
 * regular expression of all emoji, node:assert and node:module load much of Node.
 */
const replacements: Readonly<Record<string, string>> = {
  'string-width': "export { displayWidth as default } from './src/report/width.ts';",
  assert: `
    export function strictEqual(a, b, message) { if (a !== b) throw new Error(message); }
    export function notStrictEqual(a, b, message) { if (a === b) throw new Error(message); }`,
  'node:module': 'export function createRequire() { return undefined; }',
  'get-caller-file': "export default function getCallerFile() { return ''; }",
};

const replaceParts: Plugin = {
  name: 'replace-parts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:string-width|assert|node:module|get-caller-file)$/ }, ({ path, importer }) =>
      /node_modules\/(?:yargs|cliui|wrap-ansi)\//.test(importer) ? { path, namespace: 'replaced' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'replaced' }, ({ path }) => ({
      contents: replacements[path]!,
      resolveDir: root,
    }));
  },
};

/** Functions of parts of Node that take milliseconds to load and that few runs call: the part is loaded with the first call. */
const lateFunctions: Readonly<Record<string, readonly string[]>> = {
  'node:crypto': ['createHash'],
  'node:zlib': ['gunzipSync'],
};

/**
 * Node's own modules through process.getBuiltinModule: imported as ES modules, they would get a copy of each export, for which parts of Node
 * are loaded that nobody uses.
 */
const lightBuiltins: Plugin = {
  name: 'light-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(?:node:)?(?:${builtinModules.join('|')})$`) }, ({ path, kind, namespace }) =>
      namespace === 'replaced' || kind === 'dynamic-import'
        ? undefined
        : { path: path.replace(/^(?:node:)?/, 'node:'), namespace: 'builtin' },
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
      const module = `process.getBuiltinModule(${JSON.stringify(path)})`;
      const late = lateFunctions[path]?.map(
        (name) => `export const ${name} = (...args) => ${module}.${name}(...args);`,
      );
      return { contents: late?.join('\n') ?? `module.exports = ${module};` };
    });
  },
};

/**
 * Lets what is loaded later import the program too, which it finds loaded already. Otherwise each module that both use would be a file of
 * its own, and every file is one more to load at each start.
 */
const onePath: Plugin = {
  name: 'one-path',
  setup({ onLoad }) {
    const sources = (readdirSync(join(root, 'src'), { recursive: true }) as string[]).filter((name) =>
      name.endsWith('.ts'),
    );
    const later = new Set(
      sources.flatMap((name) => {
        const text = readFileSync(join(root, 'src', name), 'utf8');
        return [...text.matchAll(/import\('(\.[^']+)'\)/g)].map(([, path]) => join(root, 'src', name, '..', path!));
      }),
    );
    const start = join(root, 'src/cli/process-io.ts');
    onLoad({ filter: /\.ts$/ }, ({ path }) =>
      later.has(path) && path !== start
        ? {
            contents: `${readFileSync(path, 'utf8')}\nimport ${JSON.stringify(start)};`,
            loader: 'ts',
            resolveDir: join(path, '..'),
          }
        : undefined,
    );
  },
};

/** What few runs need, each bundled to a file of its own, which `createRequire` loads with the first call. */
const lateModules = {
  re2js: 're2js',
  yaml: 'yaml',
  'validate.generated': 'src/config/validate.generated.cjs',
} as const;

/** Lets the modules that ask for those files find them: their code is one folder deep in dist/. */
const lateRequires: Plugin = {
  name: 'late-requires',
  setup({ onLoad }) {
    onLoad({ filter: /(?:functions[\\/]libraries|config[\\/]schema-mistakes)\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        /\('(?:\.\/)?(re2js|yaml|validate\.generated)(?:\.cjs)?'\)/g,
        "('../late/$1.cjs')",
      ),
      loader: 'ts',
    }));
  },
};

/**
 * The program and the library apart: chunks that only they share would each be one more file to load at every start.
 */
async function bundle(): Promise<void> {
  const options: BuildOptions = {
    absWorkingDir: root,
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // Packages' ES modules, of which unused parts can be left out.
    mainFields: ['module', 'main'],
    external: ['@cdktf/hcl2json'],
    plugins: [replaceParts, lightBuiltins, lateRequires],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  };
  const results = await Promise.all(
    [
      {
        entryPoints: { cli: 'src/cli/main.ts' },
        chunkNames: 'cli/[name]-[hash]',
        plugins: [...options.plugins!, onePath],
      },
      { entryPoints: { 'library/index': 'src/index.ts' }, chunkNames: 'library/[name]-[hash]' },
      {
        entryPoints: { ...lateModules },
        outdir: join(dist, 'late'),
        outExtension: { '.js': '.cjs' },
        format: 'cjs' as const,
        splitting: false,
      },
    ].map((entry) => build({ ...options, ...entry, metafile: true })),
  );
  const program = join(dist, 'cli.js');
  writeFileSync(program, `#!/usr/bin/env node\n${readFileSync(program, 'utf8')}`);
  chmodSync(program, 0o755);
  writeFileSync(
    join(dist, 'licenses.txt'),
    notices(
      root,
      results.flatMap(({ metafile }) => Object.keys(metafile.inputs)),
    ),
  );
}

/** dist/types, whose imports end with .js as consumers' resolution wants them. */
async function types(): Promise<void> {
  const tsc = join(root, 'node_modules/.bin/tsc');
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', join(dist, 'types')];
  await run(tsc, ['--project', join(root, 'tsconfig.build.json'), ...options]);
  for (const name of readdirSync(join(dist, 'types'), { recursive: true }) as string[]) {
    const file = join(dist, 'types', name);
    if (!name.endsWith('.d.ts')) continue;
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/((?:from|import\()\s*['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
  }
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(command, args, { stdio: 'inherit', cwd: root }).on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} failed`)),
    );
  });
}

if (existsSync(dist)) rmSync(dist, { recursive: true });
mkdirSync(dist);
const isBundleOnly = process.argv.includes('--bundle-only');
try {
  await Promise.all([bundle(), ...(isBundleOnly ? [] : [types()])]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
