/** Commits, found as git finds them. */

import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { resolveRevision } from '../../src/git/revision.ts';
import { commit, git, gitTest, newFolder, newRepository, opened } from './repositories.ts';

/** A repository with a merge, tags, and a remote. */
function history(): string {
  const origin = newRepository([{ 'main.tf': '1' }, { 'main.tf': '2' }]);
  const folder = newFolder();
  git(folder, 'clone', '--quiet', origin, '.');
  git(folder, 'switch', '--quiet', '-c', 'feature/one');
  commit(folder, { 'a.tf': '1' });
  git(folder, 'switch', '--quiet', 'main');
  commit(folder, { 'b.tf': '1' });
  git(folder, 'merge', '--quiet', '--no-edit', 'feature/one');
  git(folder, 'tag', 'light');
  git(folder, 'tag', '-a', '-m', 'a tag', 'v1');
  git(folder, 'tag', '-a', '-m', 'a tag of a tag', 'v1-again', 'v1');
  git(folder, 'fetch', '--quiet', 'origin', 'main');
  return folder;
}

const revisions = [
  ...[
    'HEAD',
    '@',
    'main',
    'feature/one',
    'heads/main',
    'refs/heads/main',
    'light',
    'v1',
    'v1-again',
    'tags/v1',
    'v1^{}',
    'v1^{commit}',
  ],
  ...[
    'origin/main',
    'origin',
    'remotes/origin/main',
    'FETCH_HEAD',
    'HEAD~',
    'HEAD~1',
    'HEAD~2',
    'HEAD^',
    'HEAD^2',
    'HEAD^2~1',
    'HEAD^0',
    '@~1^1',
  ],
];

for (const kind of ['loose', 'packed'])
  gitTest(`revisions of a repository with ${kind} references`, () => {
    const folder = history();
    if (kind === 'packed') {
      git(folder, 'pack-refs', '--all');
      git(folder, 'gc', '--quiet');
    }
    const repository = opened(folder);
    const head = git(folder, 'rev-parse', 'HEAD');
    for (const revision of [...revisions, head, head.slice(0, 9), head.toUpperCase(), `${head.slice(0, 12)}~2`])
      expect([revision, resolveRevision(repository, revision)]).toEqual([
        revision,
        git(folder, 'rev-list', '-1', revision),
      ]);
  });

const messageOf = (folder: string, revision: string): string => {
  try {
    return resolveRevision(opened(folder), revision);
  } catch (error) {
    return (error as Error).message;
  }
};

describe('what is not a revision', () => {
  gitTest('unknown names', () => {
    const folder = history();
    git(folder, 'branch', '--quiet', '-D', 'feature/one');
    git(folder, 'update-ref', 'refs/remotes/origin/release', 'HEAD');
    expect(messageOf(folder, 'mian')).toBe('Unknown revision "mian"; did you mean main?');
    expect(messageOf(folder, 'release')).toBe('Unknown revision "release"; did you mean origin/release?');
    expect(messageOf(folder, 'something-else')).toBe(
      'Unknown revision "something-else"; tfsg reads branches, tags, remote branches, hashes, HEAD and FETCH_HEAD, each with ~N or ^N behind it.',
    );
    expect(messageOf(folder, 'HEAD~9')).toMatch(/^"HEAD~9": commit [0-9a-f]{12} has no parent 1\.$/);
    expect(messageOf(folder, 'HEAD^3')).toMatch(/^"HEAD\^3": commit [0-9a-f]{12} has no parent 3\.$/);
    expect(messageOf(folder, '0'.repeat(40))).toMatch(/^A hash of zeros is how CI names/);
    expect(messageOf(folder, 'f'.repeat(40))).toMatch(/^Commit f{40} is not in this clone; fetch it first\.$/);
    expect(messageOf(folder, git(folder, 'rev-parse', 'HEAD:b.tf'))).toMatch(/ is a blob, not a commit\.$/);
  });

  gitTest('other ways to write one', () => {
    const folder = history();
    for (const revision of [
      'main..HEAD',
      'main...',
      '@{upstream}',
      'main@{1}',
      ':/text',
      'HEAD:main.tf',
      '^main',
      '-',
      '',
      '../x',
      'a b',
    ])
      expect(messageOf(folder, revision)).toMatch(/^"[^"]*" is not a revision that tfsg reads; tfsg reads branches/);
  });

  gitTest('a name that leads out of the git directory', () => {
    const folder = history();
    writeFileSync(join(folder, 'secret'), 'f'.repeat(40));
    for (const revision of ['refs/../../secret', 'heads/../../../secret', '/etc/passwd', 'refs/heads/.hidden'])
      expect(messageOf(folder, revision)).toMatch(/is not a revision that tfsg reads|^Unknown revision/);
    writeFileSync(join(folder, '.git/refs/heads/out'), 'ref: refs/../../secret\n');
    expect(messageOf(folder, 'out')).toBe('The git reference refs/heads/out is damaged.');
  });

  gitTest('references that lead nowhere', () => {
    const folder = history();
    writeFileSync(join(folder, '.git/refs/heads/a'), 'ref: refs/heads/b\n');
    writeFileSync(join(folder, '.git/refs/heads/b'), 'ref: refs/heads/a\n');
    writeFileSync(join(folder, '.git/refs/heads/text'), 'nothing\n');
    expect(messageOf(folder, 'a')).toBe('The git reference refs/heads/a leads in circles.');
    expect(messageOf(folder, 'text')).toBe('The git reference refs/heads/text is damaged.');
    expect(messageOf(newRepository([]), 'HEAD')).toBe('HEAD leads to the branch "main", which has no commits.');
  });

  gitTest(
    'the start of several hashes',
    () => {
      const folder = history();
      const objects = git(folder, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname) %(objecttype)');
      const commits = new Set(
        objects
          .split('\n')
          .filter((line) => line.endsWith('commit'))
          .map((line) => line.slice(0, 4)),
      );
      // A blob whose id has the same start does not make a commit's ambiguous, as in git.
      for (const start of commits) expect(messageOf(folder, start)).toBe(git(folder, 'rev-parse', `${start}^{commit}`));
      const tree = git(folder, 'rev-parse', 'HEAD^{tree}');
      const first = new Map<string, string>();
      for (let each = 0; ; each++) {
        const id = git(folder, 'commit-tree', tree, '-m', String(each));
        if (first.has(id.slice(0, 4)) || each > 2000) {
          expect(messageOf(folder, id.slice(0, 4))).toMatch(
            new RegExp(`^"${id.slice(0, 4)}" is the start of \\d+ commits: .*; give more of the hash\\.$`),
          );
          break;
        }
        first.set(id.slice(0, 4), id);
      }
    },
    60_000,
  );
});

gitTest('a shallow clone says what to fetch', () => {
  const origin = newRepository([{ 'a.tf': '1' }, { 'a.tf': '2' }, { 'a.tf': '3' }]);
  const folder = newFolder();
  git(folder, 'clone', '--quiet', '--depth=2', `file://${origin}`, '.');
  expect(messageOf(folder, 'HEAD~1')).toBe(git(folder, 'rev-parse', 'HEAD~1'));
  expect(messageOf(folder, 'HEAD~2')).toMatch(
    /has no parents in this clone, which is shallow; fetch the history with "git fetch --unshallow"/,
  );
  expect(messageOf(folder, git(origin, 'rev-parse', 'HEAD~2'))).toMatch(
    /is not in this clone; the clone is shallow, so fetch it with/,
  );
  expect(messageOf(folder, 'other')).toMatch(/^Unknown revision "other"; the clone is shallow/);
});

gitTest('references in a reftable', () => {
  const folder = newRepository([{ 'a.tf': '1' }]);
  const head = git(folder, 'rev-parse', 'HEAD');
  appendFileSync(join(folder, '.git/config'), '[extensions]\n\trefStorage = reftable\n');
  expect(messageOf(folder, 'main')).toBe(
    'The repository keeps its references in a reftable, which tfsg does not read; give the whole hash of a commit, as "git rev-parse" prints it.',
  );
  expect(messageOf(folder, head)).toBe(head);
});

gitTest('a linked working tree has its own HEAD, and the branches of all', () => {
  const folder = newRepository([{ 'a.tf': '1' }]);
  const linked = join(newFolder(), 'linked');
  git(folder, 'worktree', 'add', '--quiet', linked, '-b', 'other');
  commit(linked, { 'a.tf': '2' });
  for (const revision of ['HEAD', 'main', 'other'])
    expect(messageOf(linked, revision)).toBe(git(linked, 'rev-parse', revision));
  expect(messageOf(folder, 'HEAD')).toBe(git(folder, 'rev-parse', 'main'));
  rmSync(join(folder, '.git/worktrees'), { recursive: true });
  expect(() => opened(linked)).toThrow(/^.*\.git names the git directory .*, which does not exist\.$/i);
  expect(readFileSync(join(linked, '.git'), 'utf8')).toMatch(/^gitdir: /);
});
