/** Repositories that the real git makes, for tests. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, test } from '@jest/globals';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { links } from '../systems.ts';

const isThere = spawnSync('git', ['--version']).status === 0;

/** A test that is skipped, and says why, where there is no git. */
export const gitTest = (name: string, body: () => void, timeout?: number): void =>
  isThere ? test(name, body, timeout) : test.skip(`${name} (needs git)`, body);

/** The same for tests that belong together. */
export const describeWithGit = (name: string, body: () => void): void =>
  isThere ? describe(name, body) : describe.skip(`${name} (needs git)`, body);

/** One that also needs links, modes and times of POSIX. */
export const posixGitTest = (name: string, body: () => void): void =>
  links.isThere ? gitTest(name, body) : test.skip(`${name} (needs links, modes and times of POSIX)`, body);

const root = realpathSync(mkdtempSync(join(tmpdir(), 'tfsg-git-')));
let count = 0;

afterAll(() => rmSync(root, { recursive: true, force: true }));

export const newFolder = (): string => {
  const folder = join(root, String(++count));
  mkdirSync(folder);
  return folder;
};

/** Commits of the same second are in no order: each is a minute later. */
let minutes = 0;

/** What git prints. Only the configuration of the repository counts. */
export function git(cwd: string, ...args: readonly string[]): string {
  return gitBytes(cwd, ...args)
    .toString('utf8')
    .trimEnd();
}

export function gitBytes(cwd: string, ...args: readonly string[]): Buffer {
  minutes++;
  const date = `${1_700_000_000 + minutes * 60} +0000`;
  return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
      HOME: root,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.com',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    },
  });
}

export type Files = Readonly<Record<string, string>>;

export function write(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Writes files, and commits everything; gives the commit. */
export function commit(folder: string, files: Files): string {
  write(folder, files);
  git(folder, 'add', '--all', '--force');
  git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'a change');
  return git(folder, 'rev-parse', 'HEAD');
}

/** A new repository with a commit for each of these. */
export function newRepository(commits: readonly Files[], ...options: readonly string[]): string {
  const folder = newFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main', ...options);
  for (const files of commits) commit(folder, files);
  return folder;
}

export const opened = (folder: string): Repository => openRepository(folder)!;
