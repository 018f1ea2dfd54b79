/** Modules whose git source is the repository that they are called in, or a submodule of it. */

import { describe, expect, test } from '@jest/globals';
import { memoryFileSystem } from '../../src/files.ts';
import { ownRepositoryDirectory } from '../../src/terraform/modules/sources/own-repository.ts';

const config = (...urls: readonly string[]): string =>
  `[core]\n\tbare = false\n${urls.map((url, at) => `[remote "${at === 0 ? 'origin' : `r${at}`}"]\n\turl = ${url}\n\tfetch = +refs/heads/*:refs/remotes/x/*\n`).join('')}[branch "main"]\n\tremote = origin\n`;

const ofOrigin = (url: string) => memoryFileSystem({ '.git/config': config(url), 'modules/net/main.tf': '' });

describe('a source is the repository', () => {
  const same: readonly (readonly [remote: string, source: string])[] = [
    ['git@github.com:acme/estate.git', 'git::https://github.com/acme/estate.git//modules/net?ref=v1.2.0'],
    ['https://github.com/acme/estate', 'git@github.com:acme/estate.git//modules/net?ref=v1.2.0'],
    ['https://github.com/acme/estate.git', 'github.com/acme/estate//modules/net?ref=v1.2.0'],
    ['https://GitHub.com/acme/estate.git', 'git::ssh://git@github.com/acme/estate.git//modules/net?ref=v1.2.0'],
    [
      'https://token:x@git.example.com/acme/estate.git',
      'git::ssh://git@git.example.com:2222/acme/estate//modules/net?ref=v1.2.0',
    ],
    ['ssh://git@bitbucket.org/acme/estate.git', 'bitbucket.org/acme/estate//modules/net?ref=v1.2.0'],
    ['git@git.example.com:a/b/estate.git', 'https://git.example.com/a/b/estate.git//modules/net?ref=v1.2.0'],
    ['git@git.example.com:acme/estate.git', 'git::git@git.example.com:acme/estate.git//modules/net?depth=1&ref=v1.2.0'],
  ];
  test.each(same)('with the remote %s: %s', (remote, source) => {
    expect(ownRepositoryDirectory(ofOrigin(remote), source)).toEqual({ directory: 'modules/net', ref: 'v1.2.0' });
  });

  test('without a ref, at its root', () => {
    const files = ofOrigin('https://github.com/acme/estate.git');
    expect(ownRepositoryDirectory(files, 'github.com/acme/estate')).toEqual({ directory: '', ref: undefined });
  });

  test('by any of its remotes', () => {
    const files = memoryFileSystem({
      '.git/config': config('git@github.com:me/fork.git', 'https://github.com/acme/estate'),
    });
    expect(ownRepositoryDirectory(files, 'github.com/acme/estate//a')?.directory).toBe('a');
    expect(ownRepositoryDirectory(files, 'github.com/me/fork//a')?.directory).toBe('a');
  });
});

test.each([
  'git::https://github.com/acme/other.git//modules/net',
  'git::https://gitlab.com/acme/estate.git//modules/net',
  'acme/estate/aws',
  './modules/net',
  's3::https://s3.amazonaws.com/acme/estate.zip',
])('%s is not the repository', (source) => {
  expect(ownRepositoryDirectory(ofOrigin('git@github.com:acme/estate.git'), source)).toBeUndefined();
});

describe('a repository', () => {
  const source = 'git::https://github.com/acme/modules.git//net?ref=v2';

  test('may be a submodule, with a relative address', () => {
    const files = memoryFileSystem({
      '.git/config': config('git@github.com:acme/estate.git'),
      '.gitmodules': '[submodule "modules"]\n\tpath = vendor/modules\n\turl = ../modules.git\n',
    });
    expect(ownRepositoryDirectory(files, source)).toEqual({ directory: 'vendor/modules/net', ref: 'v2' });
  });

  test('may be below the root of the tree', () => {
    const files = memoryFileSystem({ 'src/modules/.git/config': config('https://github.com/acme/modules') });
    expect(ownRepositoryDirectory(files, source, 'src/modules/live')?.directory).toBe('src/modules/net');
    expect(ownRepositoryDirectory(files, source, 'src/other')).toBeUndefined();
  });

  test('may have its data elsewhere in the tree, but not out of it', () => {
    const files = {
      'a/.git': 'gitdir: ../main/.git/worktrees/a\n',
      'main/.git/worktrees/a/commondir': '../..\n',
      'main/.git/config': config('https://github.com/acme/modules'),
    };
    expect(ownRepositoryDirectory(memoryFileSystem(files), source, 'a')?.directory).toBe('a/net');
    for (const gitdir of ['/srv/git/x', '../../x/.git'])
      expect(
        ownRepositoryDirectory(memoryFileSystem({ ...files, 'a/.git': `gitdir: ${gitdir}\n` }), source, 'a'),
      ).toBeUndefined();
  });
});
