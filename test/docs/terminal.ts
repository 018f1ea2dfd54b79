/** A terminal in a repository of its own, with the built tfsg: what a reader of a page sees. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { shellWith } from '../cli/shell.ts';

const root = join(import.meta.dirname, '../..');

export interface Terminal {
  /** Empties the repository, and copies a folder of this project into it. */
  start(tree: string | undefined): void;
  write(path: string, text: string): void;
  /** Standard output and standard error as they come, and the exit code. */
  run(command: string): { readonly output: string; readonly code: number };
  remove(): void;
}

export function terminal(): Terminal {
  const shell = shellWith({ 'bin/': '', 'home/': '', 'work/': '' });
  const [bin, home, work] = ['bin', 'home', 'work'].map((name) => join(shell.folder, name)) as [string, string, string];
  const program = `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/cli.js')}" "$@"\n`;
  writeFileSync(join(bin, 'tfsg'), program, { mode: 0o755 });
  const environment = {
    PATH: `${bin}${delimiter}${process.env['PATH']}`,
    HOME: home,
    LANG: 'C.UTF-8',
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    // The same commits have the same hashes.
    GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
    GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
  };
  writeFileSync(
    environment.GIT_CONFIG_GLOBAL,
    '[user]\n\tname = Test\n\temail = test@example.com\n[init]\n\tdefaultBranch = main\n[advice]\n\tdefaultBranchName = false\n',
  );
  const run = (command: string) => {
    const { stdout, status } = spawnSync('bash', ['-c', `exec 2>&1\n${command}`], {
      ...{ cwd: work, env: environment, encoding: 'utf8', input: '' },
    });
    return { output: stdout, code: status ?? -1 };
  };
  const start = (tree?: string): void => {
    for (const name of readdirSync(work)) rmSync(join(work, name), { recursive: true });
    if (tree !== undefined) cpSync(join(root, tree), work, { recursive: true });
    run('git init --quiet && git add --all && git commit --quiet --allow-empty --message=Start');
  };
  start();
  return {
    start,
    write: (path, text) => {
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), text);
    },
    run,
    remove: shell.remove,
  };
}
