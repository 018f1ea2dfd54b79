/** A repository with what is checked out here, and the release tag that scripts/release.ts makes of it. */

import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { version } from '../../src/version.ts';
import { root } from './tools.ts';

export interface Released {
  /** Absolute; here are the source, dist/ as it was built for the tag, and node_modules. */
  readonly folder: string;
  readonly tag: string;
  /** The exit code and the output of making the tag once more. */
  releaseAgain(): { readonly status: number | null; readonly output: string };
  remove(): void;
}

/** The environment without what Git tells its hooks, and without what npm tells its scripts; Git knows a user. */
export function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:GIT_|npm_|PRE_COMMIT)/i.test(name));
  const identity = { NAME: 'Test', EMAIL: 'test@example.com' };
  const git = Object.entries(identity).flatMap(([name, value]) => [
    [`GIT_AUTHOR_${name}`, value],
    [`GIT_COMMITTER_${name}`, value],
  ]);
  return Object.fromEntries([...kept, ...git]) as Record<string, string>;
}

/** @throws Error with the output, unless the exit code is 0 */
export function must(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: cleanEnvironment(), encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

/** A temporary folder; absolute, links followed. */
export function temporaryFolder(): string {
  return realpathSync.native(mkdtempSync(join(tmpdir(), 'tfsg-')));
}

/** @throws Error if the tag can't be made */
export function released(): Released {
  const folder = temporaryFolder();
  const files = must(root, 'git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
  for (const path of files.filter((each) => each !== '' && existsSync(join(root, each)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  must(folder, 'git', 'init', '--quiet');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  appendFileSync(join(folder, '.git/info/exclude'), 'node_modules\n');
  must(folder, 'git', 'add', '--all');
  must(folder, 'git', 'commit', '--quiet', '-m', 'Source');
  const script = [join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/release.ts'];
  must(folder, process.execPath, ...script);
  return {
    folder,
    tag: `v${version}`,
    releaseAgain: () => {
      const { status, stderr } = spawnSync(process.execPath, script, { cwd: folder, encoding: 'utf8' });
      return { status, output: stderr };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
