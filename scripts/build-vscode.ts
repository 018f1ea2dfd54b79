/** Builds the extension for VS Code in editors/vscode/dist, from where vsce packs it; needs dist/, which scripts/build.ts makes. */

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { notices } from './build/licenses.ts';

const root = join(import.meta.dirname, '..');
const source = join(root, 'editors/vscode');
const target = join(source, 'dist');

/** The program, and what it reads of its package. */
const program = [
  'dist/cli.js',
  'dist/cli',
  'dist/late',
  'dist/licenses.txt',
  'docs/checks',
  'schema/tfsgrc.schema.json',
];

async function bundle(): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['editors/vscode/src/extension.ts'],
    outfile: join(target, 'extension.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    external: ['vscode'],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  writeFileSync(join(target, 'licenses.txt'), notices(root, Object.keys(metafile.inputs)));
}

function readManifest(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function writeManifest(folder: string, manifest: object): void {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

if (!existsSync(join(root, 'dist/cli.js'))) throw new Error('There is no dist/cli.js: npm run build');
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
await bundle();
const { name, version, license, type } = readManifest(root);
// The source is ES modules, the bundle is not.
const { type: _, ...manifest } = readManifest(source);
writeManifest(target, { ...manifest, version, license });
for (const path of program) cpSync(join(root, path), join(target, 'server', path), { recursive: true });
writeManifest(join(target, 'server'), { name, version, license, type, private: true });
cpSync(join(source, 'README.md'), join(target, 'README.md'));
cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
