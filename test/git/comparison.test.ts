/** The state before a change and after it, and which files differ. */

import { readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { diskFileSystem, type FileSystem } from '../../src/files.ts';
import { compareWithRevision, type GitComparison, type GitComparisonOptions } from '../../src/git/comparison.ts';
import { ignoredPaths } from '../../src/git/ignored.ts';
import { readIndex } from '../../src/git/index-file.ts';
import { isDownloadedPath } from '../../src/terraform/modules/sources/installed.ts';
import { commit, git, gitTest, newFolder, newRepository, opened, posixGitTest, write } from './repositories.ts';

const compared = (folder: string, revision: string, options: Partial<GitComparisonOptions> = {}): GitComparison =>
  compareWithRevision(opened(folder), revision, diskFileSystem(folder), {
    after: 'working-tree',
    fromMergeBase: false,
    isInstalled: (path) => isDownloadedPath(path, undefined),
    ...options,
  });

const textOf = (files: FileSystem, path: string): string => {
  const read = files.read(path);
  return read.kind === 'file' ? Buffer.from(read.bytes).toString() : read.kind === 'error' ? read.message : read.kind;
};

const namesIn = (files: FileSystem, folder: string): readonly string[] | string => {
  const listed = files.list(folder);
  return listed.kind === 'directory' ? listed.entries.map(({ name }) => name) : listed.kind;
};

/** What git says of the working tree or the index, against a revision. */
function changedByGit(folder: string, revision: string, after: GitComparisonOptions['after']): string[] {
  const list = (...args: readonly string[]) =>
    git(folder, ...args, '-z')
      .split('\0')
      .filter((path) => path !== '');
  const cached = after === 'index' ? ['--cached'] : [];
  const differing = list('diff', '--name-only', '--no-renames', ...cached, revision);
  const untracked = after === 'index' ? [] : list('ls-files', '--others', '--exclude-standard');
  return [...new Set([...differing, ...untracked])].sort();
}

const expectChanged = (folder: string, revision: string): void => {
  for (const after of ['working-tree', 'index'] as const)
    expect([after, compared(folder, revision, { after }).changedPaths]).toEqual([
      after,
      changedByGit(folder, revision, after),
    ]);
};

describe('which files differ', () => {
  gitTest('as git says', () => {
    const folder = newRepository([
      { 'main.tf': '1', 'a/main.tf': '1', 'a/b/x.yaml': '1', 'gone.tf': '1', 'same/main.tf': '1' },
      { 'main.tf': '2', 'a/main.tf': '1', 'new/main.tf': '2' },
    ]);
    expectChanged(folder, 'HEAD');
    expectChanged(folder, 'HEAD~1');
    write(folder, { 'main.tf': '3', 'a/b/y.json': '3', 'untracked/main.tf': '3' });
    rmSync(join(folder, 'gone.tf'));
    expectChanged(folder, 'HEAD');
    git(folder, 'add', '--all');
    write(folder, { 'main.tf': '4' });
    expectChanged(folder, 'HEAD~1');
    expect(textOf(compared(folder, 'HEAD', { after: 'index' }).after, 'main.tf')).toBe('3');
    expect(textOf(compared(folder, 'HEAD').after, 'main.tf')).toBe('4');
    expect(textOf(compared(folder, 'HEAD').before, 'main.tf')).toBe('2');
  });

  posixGitTest('content of the same size and time', () => {
    const folder = newRepository([{ 'main.tf': '1', 'b.tf': '1' }]);
    const time = new Date(1_600_000_000_000);
    utimesSync(join(folder, 'b.tf'), time, time);
    git(folder, 'add', '--all');
    writeFileSync(join(folder, 'main.tf'), '2');
    writeFileSync(join(folder, 'b.tf'), '2');
    utimesSync(join(folder, 'b.tf'), time, time);
    expect(compared(folder, 'HEAD').changedPaths).toEqual(['b.tf', 'main.tf']);
  });

  posixGitTest('a file that became a folder or a link', () => {
    const folder = newRepository([{ 'a.tf': '1', 'b/x.tf': '1', 'c.tf': 'a.tf' }]);
    rmSync(join(folder, 'a.tf'));
    rmSync(join(folder, 'b'), { recursive: true });
    rmSync(join(folder, 'c.tf'));
    write(folder, { 'a.tf/x': '1', b: '1' });
    symlinkSync('a.tf', join(folder, 'c.tf'));
    expectChanged(folder, 'HEAD');
  });

  gitTest('line ends that git does not keep', () => {
    const folder = newRepository([{ 'main.tf': 'a\nb\n', 'other.tf': 'a\nb\n' }]);
    write(folder, { 'main.tf': 'a\r\nb\r\n', 'other.tf': 'a\r\nc\r\n' });
    expect(compared(folder, 'HEAD').changedPaths).toEqual(['other.tf']);
  });

  gitTest('a submodule', () => {
    const inside = newRepository([{ 'main.tf': 'one', 'x.tf': '1' }, { 'main.tf': 'two' }]);
    const folder = newRepository([{ 'main.tf': 'module' }]);
    git(folder, 'submodule', '--quiet', 'add', inside, 'modules/inside');
    commit(folder, {});
    expect(compared(folder, 'HEAD').changedPaths).toEqual([]);
    git(join(folder, 'modules/inside'), 'checkout', '--quiet', 'HEAD~1');
    write(folder, { 'modules/inside/x.tf': '2' });
    expect(compared(folder, 'HEAD').changedPaths).toEqual(['modules/inside/main.tf', 'modules/inside/x.tf']);
    git(folder, 'add', '--all');
    expect(compared(folder, 'HEAD', { after: 'index' }).changedPaths).toEqual(['modules/inside/main.tf']);
  });

  gitTest('a sparse checkout is as in the index', () => {
    const files = { 'main.tf': '1', 'a/main.tf': '1', 'b/main.tf': '1', 'b/c/main.tf': '1' };
    for (const sparseIndex of [false, true]) {
      const folder = newRepository([files, { 'b/c/main.tf': '2' }]);
      git(folder, 'sparse-checkout', 'set', sparseIndex ? '--sparse-index' : '--no-sparse-index', 'a');
      expect(readFileSync(join(folder, '.git/index')).includes('sdir')).toBe(sparseIndex);
      write(folder, { 'a/main.tf': '3' });
      expectChanged(folder, 'HEAD~1');
      const { after } = compared(folder, 'HEAD', { after: 'index' });
      expect(textOf(after, 'b/c/main.tf')).toBe('2');
      expect(namesIn(after, 'b')).toEqual(['c', 'main.tf']);
    }
  });
});

describe('the index', () => {
  for (const version of ['2', '3', '4'])
    gitTest(`version ${version}`, () => {
      const folder = newRepository([{ 'main.tf': '1', 'a/main.tf': '1', 'a/b/main.tf': '1' }]);
      git(folder, 'update-index', '--index-version', version);
      write(folder, { 'new.tf': '1', 'a/main.tf': '2', 'intended.tf': '1' });
      git(folder, 'add', 'a', 'new.tf');
      if (version !== '2') git(folder, 'add', '--intent-to-add', 'intended.tf');
      expect(readFileSync(join(folder, '.git/index')).readUInt32BE(4)).toBe(Number(version));
      const index = readIndex(opened(folder));
      expect(index.entries.map(({ path, id }) => `${id} ${path}`)).toEqual(
        git(folder, 'ls-files', '--stage')
          .split('\n')
          .map((line) => `${line.split(' ')[1]} ${line.split('\t')[1]}`),
      );
      const { after } = compared(folder, 'HEAD', { after: 'index' });
      expect(namesIn(after, '')).toEqual(['.git', 'a', 'main.tf', 'new.tf']);
      expect(textOf(after, 'a/main.tf')).toBe('2');
    });

  posixGitTest('another one, as hooks of "git commit FILE" have it', () => {
    const folder = newRepository([{ 'main.tf': '1', 'other.tf': '1' }]);
    write(folder, { 'main.tf': '2', 'other.tf': '2' });
    const hook = join(folder, '.git/hooks/pre-commit');
    writeFileSync(hook, '#!/bin/sh\ncp "$GIT_INDEX_FILE" .git/copy\n', { mode: 0o755 });
    git(folder, 'add', 'other.tf');
    git(folder, 'commit', '--quiet', '-m', 'one', 'main.tf');
    const comparison = compared(folder, 'HEAD~1', { after: 'index', indexFile: '.git/copy' });
    expect(comparison.changedPaths).toEqual(['main.tf']);
  });

  gitTest('merge conflicts', () => {
    const folder = newRepository([{ 'main.tf': '1', 'a.tf': '1' }]);
    git(folder, 'switch', '--quiet', '-c', 'other');
    commit(folder, { 'main.tf': '2' });
    git(folder, 'switch', '--quiet', 'main');
    commit(folder, { 'main.tf': '3' });
    expect(() => git(folder, 'merge', '--quiet', 'other')).toThrow();
    const { after, warnings } = compared(folder, 'HEAD', { after: 'index' });
    expect(warnings).toEqual(['Merge conflicts in main.tf are not resolved, so these files are not compared.']);
    expect(textOf(after, 'main.tf')).toBe('it has merge conflicts; resolve them and stage it');
    expect(textOf(after, 'a.tf')).toBe('1');
  });

  gitTest('trees of folders that have not changed since', () => {
    const folder = newRepository([{ 'main.tf': '1', 'a/main.tf': '1', 'b/c/main.tf': '1' }]);
    const trees = () => [...readIndex(opened(folder)).trees].sort();
    const byGit = (...folders: readonly string[]) =>
      folders.map((each) => [each, git(folder, 'rev-parse', `HEAD:${each}`).trim()]);
    expect(trees()).toEqual(byGit('', 'a', 'b', 'b/c'));
    write(folder, { 'a/main.tf': '2' });
    git(folder, 'add', 'a/main.tf');
    expect(trees()).toEqual(byGit('b', 'b/c'));
    expectChanged(folder, 'HEAD');
  });

  gitTest('what is not read', () => {
    const folder = newRepository([{ 'main.tf': '1' }]);
    git(folder, 'update-index', '--split-index');
    expect(() => readIndex(opened(folder))).toThrow(
      'Git\'s index is split, which tfsg does not read; run "git update-index --no-split-index".',
    );
    git(folder, 'update-index', '--no-split-index');
    const path = join(folder, '.git/index');
    const bytes = readFileSync(path);
    expect(readIndex(opened(folder)).entries).toHaveLength(1);
    for (const length of [0, 3, 11, 40, bytes.length - 60]) {
      writeFileSync(path, bytes.subarray(0, length));
      expect(() => readIndex(opened(folder))).toThrow(/^Git's index is damaged/);
    }
    bytes.writeUInt32BE(5, 4);
    writeFileSync(path, bytes);
    expect(() => readIndex(opened(folder))).toThrow("Git's index has version 5; tfsg reads 2 to 4");
    rmSync(path);
    expect(readIndex(opened(folder)).entries).toEqual([]);
  });
});

describe('what is the same in both states', () => {
  const remove = (folder: string, revisions: readonly string[]): void => {
    const ids = git(folder, 'rev-parse', ...revisions)
      .trim()
      .split('\n');
    for (const id of ids) rmSync(join(folder, '.git/objects', id.slice(0, 2), id.slice(2)));
  };

  gitTest('is not read out of git', () => {
    const folder = newRepository([{ 'a/main.tf': '1', 'b/main.tf': '2', 'b/c/main.tf': '3' }]);
    write(folder, { 'a/main.tf': '4' });
    remove(folder, ['HEAD:b', 'HEAD:b/c', 'HEAD:b/main.tf', 'HEAD:b/c/main.tf']);
    const { before, changedPaths } = compared(folder, 'HEAD');
    expect(changedPaths).toEqual(['a/main.tf']);
    expect(['a/main.tf', 'b/main.tf', 'b/c/main.tf', 'b/x.tf'].map((path) => textOf(before, path))).toEqual([
      '1',
      '2',
      '3',
      'missing',
    ]);
    expect(['', 'a', 'b', 'b/c'].map((path) => namesIn(before, path))).toEqual([
      ['.git', 'a', 'b'],
      ['main.tf'],
      ['c', 'main.tf'],
      ['main.tf'],
    ]);
  });

  posixGitTest('is another behind a link', () => {
    const folder = newRepository([{ 'a/main.tf': '1', 'b/main.tf': '1' }]);
    symlinkSync('a', join(folder, 'link'));
    commit(folder, { 'b/main.tf': '2' });
    write(folder, { 'a/main.tf': '3' });
    const { before } = compared(folder, 'HEAD');
    expect([textOf(before, 'link/main.tf'), textOf(before, 'a/main.tf')]).toEqual(['1', '1']);
    rmSync(join(folder, 'a'), { recursive: true });
    const gone = compared(folder, 'HEAD').before;
    expect([namesIn(gone, 'link'), namesIn(gone, '')]).toEqual([['main.tf'], ['.git', 'a', 'b', 'link']]);
  });
});

describe('what only the working tree has', () => {
  gitTest('ignored files and installed modules are in both states', () => {
    const folder = newRepository([
      { '.gitignore': '*.tfvars\n!common.tfvars\n', 'a/main.tf': '1', 'common.tfvars': '1' },
    ]);
    write(folder, {
      'a/terraform.tfvars': 'ignored',
      'env/dev/dev.tfvars': 'ignored',
      'common.tfvars': '2',
      'a/untracked.tf': 'new',
      'a/.terraform/modules/modules.json': '{}',
      'a/.terraform/modules/x/main.tf': 'x',
      'node_modules/x.tf': 'x',
    });
    for (const after of ['working-tree', 'index'] as const) {
      const comparison = compared(folder, 'HEAD', { after });
      const sides = after === 'index' ? [comparison.before, comparison.after] : [comparison.before];
      for (const files of sides) {
        expect(textOf(files, 'a/terraform.tfvars')).toBe('ignored');
        expect(textOf(files, 'env/dev/dev.tfvars')).toBe('ignored');
        expect(namesIn(files, '')).toEqual(['.git', '.gitignore', 'a', 'common.tfvars', 'env']);
        expect(namesIn(files, 'a')).toEqual(['.terraform', 'main.tf', 'terraform.tfvars']);
        expect(namesIn(files, 'env')).toEqual(['dev']);
        expect(namesIn(files, 'a/.terraform/modules')).toEqual(['modules.json', 'x']);
        expect(textOf(files, 'a/.terraform/modules/x/main.tf')).toBe('x');
        expect(textOf(files, 'common.tfvars')).toBe('1');
        expect(textOf(files, 'a/untracked.tf')).toBe('missing');
        expect(files.real('a/terraform.tfvars')).toBe('a/terraform.tfvars');
        expect(textOf(files, '.git/config')).toMatch(/\[core\]/);
      }
      expect(comparison.changedPaths).toEqual(after === 'index' ? [] : ['a/untracked.tf', 'common.tfvars']);
    }
    // Git has it from now on, so it is part of the change.
    git(folder, 'add', '--force', 'a/terraform.tfvars');
    expect(textOf(compared(folder, 'HEAD').before, 'a/terraform.tfvars')).toBe('missing');
    expect(compared(folder, 'HEAD', { after: 'index' }).changedPaths).toEqual(['a/terraform.tfvars']);
  });

  gitTest(
    'random rules',
    () => {
      const name = fc.constantFrom('a', 'b', 'main.tf', 'x.tfvars', 'a b', 'Z.tf');
      const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
      const part = fc.constantFrom('a', 'b', '*', '*.tf', '**', 'x.*', '[a-b]', '?.tf', 'a\\ b', 'z.tf');
      const rule = fc
        .tuple(
          fc.constantFrom('', '', '!'),
          fc.constantFrom('', '/'),
          fc.array(part, { minLength: 1, maxLength: 3 }),
          fc.constantFrom('', '', '/'),
        )
        .map(([not, start, parts, end]) => `${not}${start}${parts.join('/')}${end}`);
      const rules = fc
        .array(fc.oneof(rule, fc.constantFrom('# a', '')), { maxLength: 4 })
        .map((lines) => `${lines.join('\n')}\n`);
      fc.assert(
        fc.property(fc.array(path, { maxLength: 8 }), rules, rules, rules, (paths, ofRoot, ofFolder, excluded) => {
          const folder = newRepository([]);
          write(folder, { '.gitignore': ofRoot, 'a/.gitignore': ofFolder, '.git/info/exclude': excluded });
          const written = paths.filter((each) => {
            try {
              write(folder, { [each]: '' });
              return true;
            } catch {
              // A file of that name is where a folder should be.
              return false;
            }
          });
          const kept = git(folder, 'ls-files', '-z', '--others', '--exclude-standard').split('\0');
          const isIgnored = ignoredPaths(opened(folder));
          for (const each of written) expect([each, isIgnored(each)]).toEqual([each, !kept.includes(each)]);
        }),
        { numRuns: 60 },
      );
    },
    60_000,
  );
});

describe('where the comparison starts', () => {
  gitTest('where the branch left the revision', () => {
    const folder = newRepository([{ 'main.tf': '1' }]);
    git(folder, 'switch', '--quiet', '-c', 'topic');
    commit(folder, { 'topic.tf': '1' });
    git(folder, 'switch', '--quiet', 'main');
    commit(folder, { 'later.tf': '1' });
    git(folder, 'switch', '--quiet', 'topic');
    expect(compared(folder, 'main', { fromMergeBase: true })).toMatchObject({
      commit: git(folder, 'merge-base', 'main', 'topic'),
      isMergeBase: true,
      warnings: [],
    });
    expect(compared(folder, 'main', { fromMergeBase: true }).changedPaths).toEqual(['topic.tf']);
    expect(compared(folder, 'main').changedPaths).toEqual(['later.tf', 'topic.tf']);
    expect(compared(folder, 'HEAD~1', { fromMergeBase: true })).toMatchObject({ isMergeBase: false });
  });

  gitTest('the revision itself where no common history is there', () => {
    const origin = newRepository([{ 'a.tf': '1' }]);
    git(origin, 'branch', 'topic');
    commit(origin, { 'a.tf': '2' });
    git(origin, 'switch', '--quiet', 'topic');
    commit(origin, { 'b.tf': '2' });
    const folder = newFolder();
    git(folder, 'clone', '--quiet', '--depth=1', '--no-single-branch', `file://${origin}`, '.');
    expect(compared(folder, 'origin/main', { fromMergeBase: true })).toMatchObject({
      commit: git(folder, 'rev-parse', 'origin/main'),
      isMergeBase: false,
      warnings: [
        'The clone is shallow and does not reach back to where HEAD left origin/main, so origin/main itself is compared. Fetch the whole history: fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 of GitLab, "git fetch --unshallow".',
      ],
    });
    git(origin, 'checkout', '--quiet', '--orphan', 'other');
    commit(origin, { 'a.tf': '3' });
    expect(compared(origin, 'main', { fromMergeBase: true }).warnings).toEqual([
      'HEAD and main have no common history, so main itself is compared.',
    ]);
  });

  gitTest('the revision itself where HEAD is not read', () => {
    const folder = newRepository([{ 'a.tf': '1' }]);
    git(folder, 'switch', '--quiet', '--orphan', 'empty');
    expect(compared(folder, 'main', { fromMergeBase: true }).warnings).toEqual([
      'Compared with main itself: HEAD leads to the branch "empty", which has no commits.',
    ]);
  });
});
