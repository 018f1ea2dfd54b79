/** Builds the program where the source is installed: by a developer, or by pre-commit from a commit that is no release. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Nothing goes to stdout, which older pre-commits read.
 *
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

// npm prepares a Git dependency of a global installation without its development dependencies.
if (!existsSync('node_modules/tsx')) run('npm', 'ci', '--global=false', '--include=dev', '--ignore-scripts');
run(process.execPath, 'node_modules/tsx/dist/cli.mjs', 'scripts/build.ts', '--bundle-only');
