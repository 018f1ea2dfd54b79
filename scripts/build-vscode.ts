/** Builds the extension for VS Code in editors/vscode/dist, from where vsce packs it; needs dist/, which scripts/build.ts makes. */

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { grammars } from 'tm-grammars';
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
  const bundled = notices(root, Object.keys(metafile.inputs)).trimEnd();
  const separator = '-'.repeat(80);
  writeFileSync(join(target, 'licenses.txt'), [bundled, separator, `${writeGrammar()}\n`].join('\n\n'));
}

/**
 * HashiCorp's grammar of Terraform under a name of its own, so that it takes the place of no other extension's.
 *
 * @returns its license, and where its source is
 */
function writeGrammar(): string {
  const folder = join(root, 'node_modules/tm-grammars');
  const grammar = JSON.parse(readFileSync(join(folder, 'grammars/terraform.json'), 'utf8'));
  const [{ scopeName }] = readManifest(source)['contributes'].grammars;
  writeFileSync(join(target, 'terraform.tmLanguage.json'), JSON.stringify({ ...grammar, scopeName }));
  const license = readFileSync(join(folder, 'NOTICE'), 'utf8')
    .split(/^={90,}$/m)
    .map((text) => text.trim())
    .find((text) => /^Files:.*\bterraform\.json/.test(text));
  const origin = grammars.find(({ name }) => name === grammar.name)?.source;
  if (license === undefined || origin === undefined) throw new Error('The grammar of Terraform has no license.');
  return `The grammar of Terraform (${origin})\n\n${license}`;
}

// biome-ignore lint/suspicious/noExplicitAny: JSON
function readManifest(folder: string): Record<string, any> {
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
for (const name of ['README.md', 'language-configuration.json']) cpSync(join(source, name), join(target, name));
cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
