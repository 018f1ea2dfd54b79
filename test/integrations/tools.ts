/** Programs of other projects, installed from their registries for the tests that need them. */

import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
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

function succeeds(command: string, args: readonly string[], options: SpawnSyncOptions = {}): boolean {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 180_000, ...options }).status === 0;
}
