/** Programs of the path that read reports. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from '@jest/globals';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function runTool(
  program: string,
  args: readonly string[],
  { input = '', cwd }: { readonly input?: string; readonly cwd?: string } = {},
): Outcome {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...{ input, encoding: 'utf8', maxBuffer: 1 << 26 },
    ...(cwd !== undefined && { cwd }),
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

/** `describe` if the program is on the path; else the tests are skipped, under a name that says why. */
export function describeWith(program: string, name: string, tests: () => void): void {
  if (isOnPath(program)) describe(name, tests);
  else describe.skip(`${name} (skipped: ${program} is not on the path)`, tests);
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
