/** Programs of other projects, installed from their registries for the tests that need them. */

import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** Kept from run to run. */
const folder = join(root, 'node_modules/.cache/tfsg-tools');

/** A program of a package of PyPI, in an environment of its own; undefined where there is no Python, or no PyPI. */
export function pythonTool(requirement: string, program: string): string | undefined {
  const home = join(folder, requirement);
  return installed(join(home, 'bin', program), () => {
    const python = join(home, 'bin/python');
    return (
      succeeds('python3', ['-m', 'venv', '--clear', home]) &&
      succeeds(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement])
    );
  });
}

/** A folder with a package of npm in its node_modules, without what install scripts make; undefined where there is no npm, or no registry. */
export function npmPackage(
  requirement: string,
  environment: NodeJS.ProcessEnv,
  complete: (home: string) => boolean = () => true,
): string | undefined {
  const home = join(folder, requirement.replaceAll('/', '-'));
  const done = join(home, '.complete');
  if (existsSync(done)) return home;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
  const isThere =
    succeeds('npm', ['install', '--ignore-scripts', requirement], { cwd: home, env: environment }) && complete(home);
  if (!isThere) return undefined;
  writeFileSync(done, '');
  return home;
}

/** A program of a Go module; undefined where there is no Go, or no module proxy. */
export function goTool(module: string, program: string): string | undefined {
  const home = join(folder, module.replaceAll('/', '-'));
  return installed(join(home, program), () => {
    return succeeds('go', ['install', module], { env: { ...process.env, GOBIN: home, GOTOOLCHAIN: 'local' } });
  });
}

function installed(program: string, install: () => boolean): string | undefined {
  const runs = (): boolean => existsSync(program) && succeeds(program, ['--version']);
  return runs() || (install() && runs()) ? program : undefined;
}

/** Runs a program to its end, for three minutes at most. */
export function succeeds(command: string, args: readonly string[], options: SpawnSyncOptions = {}): boolean {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 180_000, ...options }).status === 0;
}
