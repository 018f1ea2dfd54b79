/** Makes a release tag: `npx tsx scripts/release.ts [NAME]`; without a name it is v and the version of package.json. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What a release tag has besides the files of the npm package: they are read from the repository, not from an installation. */
const readFromTheTag = ['.pre-commit-hooks.yaml', 'action.yml'];

/** What only work on tfsg needs. Without scripts, npm builds nothing when it installs from a git repository. */
const keysOfTheSource = ['scripts', 'devDependencies', 'overrides', 'files'];

/** @returns stdout without the last line break; stderr goes through */
function output(command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
  const env = { ...process.env, ...environment };
  return execFileSync(command, args, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

/** The files of the npm package and the packages that it needs, in a folder: it runs as it is and installs without a registry. */
function assemble(folder: string): void {
  const [packed] = JSON.parse(output('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']));
  const paths = (packed.files as readonly { readonly path: string }[]).map(({ path }) => path);
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const dependencies = Object.entries(packages as Record<string, { readonly dev?: true; readonly devOptional?: true }>)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path]) => path);
  for (const path of [...paths, ...readFromTheTag, ...dependencies]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), { recursive: true, dereference: true });
  }
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const key of keysOfTheSource) delete manifest[key];
  manifest.bundleDependencies = Object.keys(manifest.dependencies);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** A commit of a folder's files whose parent is the one that is checked out, and whose dates are the parent's. */
function commit(folder: string, index: string, message: string): string {
  const parent = output('git', ['rev-parse', 'HEAD']);
  const date = output('git', ['log', '-1', '--format=%cI', parent]);
  const environment = {
    GIT_DIR: output('git', ['rev-parse', '--absolute-git-dir']),
    GIT_WORK_TREE: folder,
    GIT_INDEX_FILE: index,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  };
  output('git', ['-C', folder, '-c', 'core.autocrlf=false', 'add', '--all', '--force', '.'], environment);
  const tree = output('git', ['write-tree'], environment);
  return output('git', ['commit-tree', tree, '-p', parent, '-m', message], environment);
}

function release(tag: string): void {
  if (output('git', ['status', '--porcelain']) !== '') throw new Error('The work tree has changes: commit them first.');
  if (output('git', ['tag', '--list', tag]) !== '') throw new Error(`There is a tag ${tag} already.`);
  output('npm', ['run', 'build']);
  const temporary = mkdtempSync(join(tmpdir(), 'tfsg-release-'));
  try {
    const folder = join(temporary, 'tfsg');
    assemble(folder);
    const message = `tfsg ${tag}\n\nWhat an installation holds. The source that it was built from is this commit's parent.`;
    output('git', ['tag', '--annotate', tag, '-m', `tfsg ${tag}`, commit(folder, join(temporary, 'index'), message)]);
  } finally {
    rmSync(temporary, { recursive: true });
  }
  console.log(`${tag} is made: git push origin ${tag} publishes it.`);
}

try {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  release(process.argv[2] ?? `v${version}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
