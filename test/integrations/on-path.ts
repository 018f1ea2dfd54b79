/** Programs that read reports: those of the path, or installed from their registries. */

import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from '@jest/globals';
import { goTool, npmPackage, pythonTool } from './tools.ts';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How programs that the path has not are installed; the others come from the system's packages. */
const installers: Readonly<Record<string, () => string | undefined>> = {
  // Later ones need modules that not every proxy has.
  reviewdog: () => goTool('github.com/reviewdog/reviewdog/cmd/reviewdog@v0.21.0', 'reviewdog'),
  sarif: () => pythonTool('sarif-tools==3.0.5', 'sarif'),
  'sarif-multitool': multitool,
};

const found = new Map<string, string | undefined>();

/** Runs a program to its end. */
export function runTool(
  program: string,
  args: readonly string[],
  { input = '', cwd }: { readonly input?: string; readonly cwd?: string } = {},
): Outcome {
  const { status, stdout, stderr, error } = spawnSync(locate(program) ?? program, args, {
    ...{ input, encoding: 'utf8', maxBuffer: 1 << 26 },
    ...(cwd !== undefined && { cwd }),
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

/** `describe` if the program is to be had; else the tests are skipped, under a name that says why. */
export function describeWith(program: string, name: string, tests: () => void): void {
  if (locate(program) !== undefined) {
    describe(name, tests);
    return;
  }
  const reason = Object.hasOwn(installers, program) ? "can't be installed here" : 'is not on the path';
  describe.skip(`${name} (skipped: ${program} ${reason})`, tests);
}

/** The program as it can be run; undefined where it is not to be had. */
function locate(program: string): string | undefined {
  if (!found.has(program)) found.set(program, isOnPath(program) ? program : installers[program]?.());
  return found.get(program);
}

/** Its own install script only makes the program executable. */
function multitool(): string | undefined {
  const home = npmPackage('@microsoft/sarif-multitool@5.7.0', process.env, (folder) => {
    const packages = join(folder, 'node_modules/@microsoft');
    for (const name of readdirSync(packages).filter((each) => each !== 'sarif-multitool')) {
      for (const file of readdirSync(join(packages, name))) {
        if (/multitool(?:main)?$/i.test(file)) chmodSync(join(packages, name, file), 0o755);
      }
    }
    return true;
  });
  return home && join(home, 'node_modules/.bin/sarif-multitool');
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
