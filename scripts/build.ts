/** Builds dist/: the program and the library as ES modules, their types, and the licenses of what is bundled. */

import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';
import { notices } from './build/licenses.ts';

const TARGET = 'node20.19';
const PROGRAM = 'src/cli/process-io.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

const callLate = (module: string, name: string): string =>
  `export const ${name} = (...args) => process.getBuiltinModule('node:${module}').${name}(...args);`;

/** What is taken from parts of Node that are loaded with the first call: they take milliseconds, and few runs call them. */
const lateParts: Readonly<Record<string, string>> = {
  crypto: callLate('crypto', 'createHash'),
  // yargs-parser makes one at its start, and never calls it.
  module: `export const createRequire = (from) => {
    const require = () => process.getBuiltinModule('node:module').createRequire(from);
    return Object.assign((path) => require()(path), { resolve: (path) => require().resolve(path) });
  };`,
  util: callLate('util', 'format') + callLate('util', 'inspect'),
  zlib: callLate('zlib', 'gunzipSync') + callLate('zlib', 'inflateSync'),
};

const loadedLate: Plugin = {
  name: 'loaded-late',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(?:node:)?(?:${Object.keys(lateParts).join('|')})$`);
    onResolve({ filter }, ({ path }) => ({ path: path.replace(/^node:/, ''), namespace: 'loaded-late' }));
    onLoad({ filter: /.*/, namespace: 'loaded-late' }, ({ path }) => ({ contents: lateParts[path]! }));
  },
};

/** What not every run calls, by the file that alone imports it: Terraform's functions, what the internet reaches, and own rules. */
const calledLate = [
  { file: 'src/terraform/functions/index.ts', caller: 'src/terraform/expressions/evaluate.ts', name: 'callFunction' },
  { file: 'src/exposure/engine.ts', caller: 'src/exposure/exposure-of.ts', name: 'engineOf' },
  { file: 'src/rules/index.ts', caller: 'src/config/own/declared-rules.ts', name: 'readRules' },
] as const;

/** Loads these with the first call, which can't wait: scriptOf makes a plain call of what stands for it here. */
const lateCalls: Plugin = {
  name: 'late-calls',
  setup({ onLoad }) {
    for (const { file, caller, name } of calledLate) {
      const path = relative(dirname(caller), file).replaceAll('\\', '/');
      const from = path.startsWith('.') ? path : `./${path}`;
      onLoad({ filter: new RegExp(`${basename(dirname(caller))}[\\\\/]${basename(caller)}$`) }, (loaded) => ({
        contents: readFileSync(loaded.path, 'utf8').replace(
          `import { ${name} } from '${from}';`,
          `const ${name} = (...args) => requireLate(import('${from}')).${name}(...args);`,
        ),
        loader: 'ts',
      }));
    }
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
    const later = new Set([
      ...calledLate.map(({ file }) => join(root, file)),
      ...sources.flatMap((name) => {
        const text = readFileSync(join(root, 'src', name), 'utf8');
        return [...text.matchAll(/import\('(\.[^']+)'\)/g)].map(([, path]) => join(root, 'src', name, '..', path!));
      }),
    ]);
    const start = join(root, PROGRAM);
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
  'jsonc-parser': 'jsonc-parser',
  picomatch: 'picomatch',
  re2js: 're2js',
  yaml: 'yaml',
  'validate.generated': 'src/config/validate.generated.cjs',
} as const;

/** Lets the modules that ask for those files find them. */
function lateRequires(found: (name: string) => string): Plugin {
  const names = Object.keys(lateModules).join('|').replaceAll('.', '\\.');
  const call = new RegExp(`createRequire\\(import\\.meta\\.url\\)\\('(?:\\./)?(${names})(?:\\.cjs)?'\\)`, 'g');
  return {
    name: 'late-requires',
    setup({ onLoad }) {
      onLoad(
        { filter: /(?:functions[\\/]libraries|config[\\/](?:patterns[\\/]glob-syntax|jsonc|schema-mistakes))\.ts$/ },
        ({ path }) => ({
          contents: readFileSync(path, 'utf8').replaceAll(call, (_, name: string) => found(name)),
          loader: 'ts',
        }),
      );
    },
  };
}

/**
 * A file of the program as a script: V8 takes compiled code for scripts, not for modules whose functions were compiled later on. It is
 * the function that src/cli/scripts.ts calls.
 *
 * @param text of a module that imports other files of the program, or Node's modules
 */
async function scriptOf(text: string): Promise<string> {
  const called = text.replace(/requireLate\(import\("(\.\/[^"]+)\.js"\)\)/g, 'require("$1.js")');
  const { code } = await transform(called, {
    format: 'cjs',
    define: { 'import.meta.url': 'url' },
    supported: { 'dynamic-import': false },
    platform: 'node',
    target: TARGET,
    minify: true,
    legalComments: 'none',
  });
  const script = code
    .trimEnd()
    .replace(/(require\("\.\/[^"]+)\.js"\)/g, '$1.cjs")')
    // esbuild defines each export three times over.
    .replace(/var ([\w$]+)=\{\};[\w$]+\(\1,\{([^{}]*)\}\);module\.exports=[\w$]+\(\1\);/, (_, __, names: string) => {
      const getters = names.replace(/([\w$]+):\(\)=>([\w$.]+)/g, 'get $1(){return $2}');
      return `module.exports={${getters}};`;
    })
    .replace(/0&&\(module\.exports=\{[^{}]*\}\);?$/, '');
  return `(function(exports,require,module,url){"use strict";${script}})\n`;
}

/** What is read as Latin-1, which is fastest; in strings and regular expressions, where such characters are, they may be escaped. */
function inAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function writeAll(files: readonly (readonly [path: string, text: string])[]): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, inAscii(text));
  }
}

/** The program and the library apart: chunks that only they share would each be one more file to load at every start. */
async function bundle(): Promise<void> {
  const options = {
    absWorkingDir: root,
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: TARGET,
    // Packages' ES modules, of which unused parts can be left out.
    mainFields: ['module', 'main'],
    external: ['@cdktf/hcl2json'],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  } satisfies BuildOptions;
  const late = await build({
    ...options,
    entryPoints: lateModules,
    outdir: join(dist, 'late'),
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    splitting: false,
    write: false,
  });
  writeAll(late.outputFiles.map(({ path, text }) => [path, text]));
  const files = Object.keys(late.metafile.outputs).map((path) => basename(path));
  const lateFile = (name: string) => files.find((file) => file.startsWith(`${name}-`))!;
  const [scripts, ...others] = await Promise.all([
    build({
      ...options,
      entryPoints: { program: PROGRAM },
      outdir: join(dist, 'cli'),
      plugins: [loadedLate, lateCalls, lateRequires((name) => `require('../late/${lateFile(name)}')`), onePath],
      external: [...options.external, '../late/*'],
      write: false,
    }),
    build({
      ...options,
      entryPoints: { cli: 'src/cli/main.ts' },
      splitting: false,
      // A Node that is too old has to read as far as the message that says so.
      target: 'node12.20',
      banner: { js: '#!/usr/bin/env node' },
    }),
    build({
      ...options,
      entryPoints: { 'library/index': 'src/index.ts' },
      chunkNames: 'library/[name]-[hash]',
      plugins: [loadedLate, lateRequires((name) => `createRequire(import.meta.url)('../late/${lateFile(name)}')`)],
    }),
  ]);
  writeAll(
    await Promise.all(
      scripts.outputFiles.map(async ({ path, text }) => [path.replace(/\.js$/, '.cjs'), await scriptOf(text)] as const),
    ),
  );
  chmodSync(join(dist, 'cli.js'), 0o755);
  writeFileSync(
    join(dist, 'licenses.txt'),
    notices(
      root,
      [late, scripts, ...others].flatMap(({ metafile }) => Object.keys(metafile.inputs)),
    ),
  );
}

/** dist/types, whose imports end with .js as consumers' resolution wants them. */
async function types(): Promise<void> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', join(dist, 'types')];
  await run(process.execPath, [tsc, '--project', join(root, 'tsconfig.build.json'), ...options]);
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
