/** Trees of revisions, read as git reads them. */

import { chmodSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import type { FileSystem } from '../../src/files.ts';
import { treeOfCommit } from '../../src/git/git-tree.ts';
import { mergeBases } from '../../src/git/merge-base.ts';
import { resolveRevision } from '../../src/git/revision.ts';
import { gitFileSystem } from '../../src/git/tree-files.ts';
import {
  commit,
  type Files,
  git,
  gitBytes,
  gitTest,
  newFolder,
  newRepository,
  opened,
  posixGitTest,
} from './repositories.ts';

function filesOf(folder: string, revision: string): FileSystem {
  const repository = opened(folder);
  return gitFileSystem(treeOfCommit(repository, resolveRevision(repository, revision)), folder);
}

/** Every path with its text, `directory`, or why it can't be read. */
function everything(files: FileSystem, folder = ''): Record<string, string> {
  const listed = files.list(folder);
  if (listed.kind !== 'directory') return { [folder]: listed.kind === 'error' ? listed.message : listed.kind };
  return Object.assign(
    {},
    ...listed.entries.map(({ name, kind, isLink }) => {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'directory' && !isLink) return everything(files, path);
      const read = files.read(path);
      return { [path]: read.kind === 'file' ? Buffer.from(read.bytes).toString('latin1') : JSON.stringify(read) };
    }),
  );
}

/** The same, by git. */
function shown(folder: string, revision: string): Record<string, string> {
  const names = git(folder, 'ls-tree', '-r', '-z', '--name-only', revision)
    .split('\0')
    .filter((name) => name !== '');
  return Object.fromEntries(
    names.map((name) => [name, gitBytes(folder, 'show', `${revision}:${name}`).toString('latin1')]),
  );
}

const expectSame = (folder: string, revision: string): void =>
  expect(everything(filesOf(folder, revision))).toEqual(shown(folder, revision));

/** Long enough for deltas. */
const long = (seed: number, lines = 400): string =>
  Array.from(
    { length: lines },
    (_, line) => `line ${line} ${(line * 7919) % 1000} ${line % 50 === seed ? 'other' : ''}`,
  ).join('\n');

const versions: readonly Files[] = Array.from({ length: 12 }, (_, each) => ({
  'main.tf': long(each),
  'a/b/c/deep.tf': `${each}`,
  [`a/new-${each}.tf`]: long(each * 2, 40),
  'empty.tf': '',
}));

describe('every file of a revision', () => {
  gitTest('loose objects', () => {
    const folder = newRepository(versions);
    for (const revision of ['HEAD', 'HEAD~5', 'HEAD~11']) expectSame(folder, revision);
  });

  gitTest('one pack, with deltas', () => {
    const folder = newRepository(versions);
    git(folder, 'gc', '--quiet', '--aggressive');
    expect(git(folder, 'count-objects', '-v')).toMatch(/^count: 0$/m);
    for (const revision of ['HEAD', 'HEAD~5', 'HEAD~11']) expectSame(folder, revision);
  });

  gitTest('deltas that name their base by its hash', () => {
    const folder = newRepository(versions);
    git(folder, '-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq');
    for (const revision of ['HEAD', 'HEAD~5', 'HEAD~11']) expectSame(folder, revision);
  });

  gitTest('several packs, and loose objects beside them', () => {
    const folder = newRepository([]);
    for (const files of versions.slice(0, 6)) {
      commit(folder, files);
      git(folder, 'repack', '-dq');
    }
    commit(folder, versions[7]!);
    expect(
      readdirSync(join(folder, '.git/objects/pack')).filter((name) => name.endsWith('.pack')).length,
    ).toBeGreaterThan(3);
    for (const revision of ['HEAD', 'HEAD~3', 'HEAD~6']) expectSame(folder, revision);
  });

  gitTest('objects that git packs meanwhile', () => {
    const folder = newRepository(versions.slice(0, 2));
    const files = filesOf(folder, 'HEAD~1');
    expect(files.read('empty.tf')).toMatchObject({ kind: 'file' });
    git(folder, 'gc', '--quiet', '--prune=now');
    expect(everything(files)).toEqual(shown(folder, 'HEAD~1'));
  });

  gitTest('SHA-256', () => {
    const folder = newRepository(versions.slice(0, 4), '--object-format=sha256');
    expectSame(folder, 'HEAD');
    git(folder, 'gc', '--quiet');
    for (const revision of ['HEAD', 'HEAD~3', git(folder, 'rev-parse', 'HEAD').slice(0, 8)])
      expectSame(folder, revision);
  });

  gitTest('objects of another repository', () => {
    const origin = newRepository(versions.slice(0, 3));
    const [borrowing, again] = [newFolder(), newFolder()];
    git(borrowing, 'clone', '--quiet', '--shared', origin, '.');
    git(again, 'clone', '--quiet', '--shared', borrowing, '.');
    writeFileSync(join(origin, '.git/objects/info/alternates'), `# in circles\n${again}/.git/objects\n`);
    for (const folder of [borrowing, again]) expectSame(folder, 'HEAD~2');
  });

  gitTest('a linked working tree', () => {
    const folder = newRepository(versions.slice(0, 3));
    const linked = join(newFolder(), 'linked');
    git(folder, 'worktree', 'add', '--quiet', linked, 'HEAD~1', '-b', 'other');
    expectSame(linked, 'HEAD');
    expectSame(linked, 'main');
  });

  gitTest('a shallow clone', () => {
    const origin = newRepository(versions.slice(0, 3));
    const folder = newFolder();
    git(folder, 'clone', '--quiet', '--depth=1', `file://${origin}`, '.');
    expectSame(folder, 'HEAD');
  });
});

gitTest('a partial clone names what is not there, and how to fetch it', () => {
  const origin = newRepository([{ 'main.tf': 'before' }, { 'main.tf': 'after' }]);
  git(origin, 'config', 'uploadpack.allowFilter', 'true');
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const folder = newFolder();
  git(folder, 'clone', '--quiet', '--filter=blob:none', `file://${origin}`, '.');
  const id = git(origin, 'rev-parse', 'HEAD~1:main.tf');
  expect(everything(filesOf(folder, 'HEAD'))).toEqual({ 'main.tf': 'after' });
  expect(filesOf(folder, 'HEAD~1').read('main.tf')).toEqual({
    kind: 'error',
    message: `its content is not in this partial clone; fetch it with "git fetch --refetch --no-filter", or with "git cat-file -p ${id}"`,
  });
  git(folder, 'fetch', '--quiet', '--refetch', '--no-filter');
  expect(everything(filesOf(folder, 'HEAD~1'))).toEqual({ 'main.tf': 'before' });
});

posixGitTest('links lead to places of the tree only', () => {
  const folder = newRepository([{ 'modules/web/main.tf': 'web', 'main.tf': 'main' }]);
  const links: Files = {
    'to-file.tf': 'modules/web/main.tf',
    'to-folder': 'modules/web',
    'to-nothing': 'nothing',
    'modules/up': '..',
    'modules/web/over.tf': '../up/main.tf',
    'to-outside': '../..',
    'to-outside-file': '/etc/hostname',
    absolute: join(folder, 'modules'),
    circle: 'circle',
  };
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
  commit(folder, {});
  const files = filesOf(folder, 'HEAD');
  const kinds = Object.fromEntries(
    ['', 'modules', 'modules/web'].flatMap((each) => {
      const listed = files.list(each);
      return listed.kind === 'directory'
        ? listed.entries.map(({ name, kind, isLink }) => [`${each}/${name}`, isLink ? `link: ${kind}` : kind])
        : [];
    }),
  );
  expect(kinds).toEqual({
    '/absolute': 'link: directory',
    '/circle': 'link: other',
    '/main.tf': 'file',
    '/modules': 'directory',
    '/to-file.tf': 'link: file',
    '/to-folder': 'link: directory',
    '/to-nothing': 'link: other',
    '/to-outside': 'link: outside',
    '/to-outside-file': 'link: other',
    'modules/up': 'link: directory',
    'modules/web': 'directory',
    'modules/web/main.tf': 'file',
    'modules/web/over.tf': 'link: file',
  });
  const text = (path: string) => {
    const read = files.read(path);
    return read.kind === 'file' ? Buffer.from(read.bytes).toString() : read;
  };
  expect(text('to-folder/main.tf')).toBe('web');
  expect(text('to-folder/over.tf')).toBe('main');
  expect(text('modules/up/modules/up/to-file.tf')).toBe('web');
  expect(text('absolute/web/main.tf')).toBe('web');
  expect(files.real('modules/up/to-file.tf')).toBe('modules/web/main.tf');
  expect(files.real('nothing/at/all')).toBe('nothing/at/all');
  expect(text('to-outside/x')).toEqual({ kind: 'error', message: 'the symbolic link points outside the tree' });
  expect(files.list('to-outside')).toEqual({ kind: 'error', message: 'the symbolic link points outside the tree' });
  expect(text('circle')).toEqual({ kind: 'error', message: 'too many levels of symbolic links' });
  expect(text('modules')).toEqual({ kind: 'error', message: 'it is a directory' });
  expect(text('main.tf/x')).toEqual({ kind: 'missing' });
  expect(text('../x')).toEqual({ kind: 'error', message: 'the symbolic link points outside the tree' });
});

gitTest('submodules have the files of their commit if they are checked out', () => {
  const inside = newRepository([{ 'main.tf': 'one' }, { 'main.tf': 'two' }]);
  const folder = newRepository([{ 'main.tf': 'module' }]);
  git(folder, 'submodule', '--quiet', 'add', inside, 'modules/inside');
  commit(folder, {});
  git(join(folder, 'modules/inside'), 'checkout', '--quiet', 'HEAD~1');
  commit(folder, {});
  const modules = `[submodule "modules/inside"]\n\tpath = modules/inside\n\turl = ${inside}\n`;
  const rest = { '.gitmodules': modules, 'main.tf': 'module' };
  expect(everything(filesOf(folder, 'HEAD'))).toEqual({ ...rest, 'modules/inside/main.tf': 'one' });
  expect(everything(filesOf(folder, 'HEAD~1'))).toEqual({ ...rest, 'modules/inside/main.tf': 'two' });
  const clone = newFolder();
  git(clone, 'clone', '--quiet', folder, '.');
  expect(everything(filesOf(clone, 'HEAD'))).toEqual(rest);
  expect(filesOf(clone, 'HEAD').list('modules/inside')).toEqual({ kind: 'directory', entries: [] });
});

describe('what is damaged is said in a sentence', () => {
  const message = (folder: string): readonly string[] => {
    try {
      return Object.values(everything(filesOf(folder, 'HEAD'))).filter((text) => text.includes('git'));
    } catch (error) {
      return [`thrown ${(error as Error).name}: ${(error as Error).message}`];
    }
  };

  gitTest('loose objects', () => {
    const folder = newRepository([{ 'main.tf': 'text', 'a/b.tf': 'text of b' }]);
    const object = (revision: string): string => {
      const id = git(folder, 'rev-parse', revision);
      const path = join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
      chmodSync(path, 0o644);
      return path;
    };
    truncateSync(object('HEAD:main.tf'), 9);
    expect(message(folder)).toEqual([expect.stringMatching(/git object [0-9a-f]{12} is damaged; run \\"git fsck\\"/)]);
    rmSync(object('HEAD:a/b.tf'));
    expect(message(folder)).toEqual(
      expect.arrayContaining([expect.stringMatching(/git object [0-9a-f]{12} is missing; run \\"git fsck\\"/)]),
    );
    writeFileSync(object('HEAD:a'), 'x');
    expect(message(folder)).toContainEqual(
      expect.stringMatching(/^git object [0-9a-f]{12} is damaged; run "git fsck"$/),
    );
    writeFileSync(object('HEAD'), '');
    expect(message(folder)).toEqual([
      expect.stringMatching(/^thrown GitError: Git object [0-9a-f]{12} is damaged; run "git fsck"\.$/),
    ]);
  });

  gitTest('packs, at any byte', () => {
    const folder = newRepository(versions.slice(0, 5));
    git(folder, 'gc', '--quiet');
    const packs = join(folder, '.git/objects/pack');
    const files = readdirSync(packs)
      .filter((name) => /\.(?:pack|idx)$/.test(name))
      .map((name) => join(packs, name));
    for (const file of files) chmodSync(file, 0o644);
    const whole = files.map((file) => readFileSync(file));
    fc.assert(
      fc.property(
        fc.nat(files.length - 1),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (index, place, flip, isCut) => {
          const bytes = Buffer.from(whole[index]!);
          const at = Math.floor(place * bytes.length);
          bytes[at]! ^= flip;
          writeFileSync(files[index]!, isCut ? bytes.subarray(0, at) : bytes);
          try {
            for (const said of message(folder)) expect(said).not.toMatch(/thrown (?!GitError)/);
          } finally {
            writeFileSync(files[index]!, whole[index]!);
          }
        },
      ),
      { numRuns: 150 },
    );
    expectSame(folder, 'HEAD');
  });
});

gitTest(
  'random histories',
  () => {
    const path = fc.constantFrom('main.tf', 'a/main.tf', 'a/b/x.tf', 'ü/é.tf', 'a b/c d.tf', 'a.tf/x', 'b');
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.nat(30).map((seed) => long(seed, 60)),
    );
    const step = fc.oneof(
      fc.record({ kind: fc.constant('commit' as const), path, text }),
      fc.record({ kind: fc.constant('branch' as const), from: fc.nat(9) }),
      fc.record({ kind: fc.constant('merge' as const), from: fc.nat(9) }),
      fc.record({ kind: fc.constant('pack' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 14 }), (steps) => {
        const folder = newRepository([{ 'first.tf': '' }]);
        const commits = [git(folder, 'rev-parse', 'HEAD')];
        for (const each of steps) {
          if (each.kind === 'commit') {
            // `b` and `b/…` can't both be.
            commits.push(commit(folder, { [each.path]: each.text }));
          } else if (each.kind === 'branch') {
            git(folder, 'checkout', '--quiet', '--force', commits[each.from % commits.length]!);
          } else if (each.kind === 'merge') {
            const tree = git(folder, 'rev-parse', 'HEAD^{tree}');
            const other = commits[each.from % commits.length]!;
            const made = git(folder, 'commit-tree', tree, '-p', 'HEAD', '-p', other, '-m', 'merge');
            git(folder, 'checkout', '--quiet', '--force', made);
            commits.push(made);
          } else git(folder, 'repack', '-dq');
        }
        const [last, ...others] = commits.toReversed();
        for (const each of commits.slice(-3)) expectSame(folder, each);
        const repository = opened(folder);
        for (const other of others) {
          const bases = mergeBases(repository, last!, other);
          expect(bases.toSorted()).toEqual(git(folder, 'merge-base', '--all', last!, other).split('\n').toSorted());
          expect(bases[0]).toEqual(git(folder, 'merge-base', last!, other));
        }
      }),
      { numRuns: 15 },
    );
  },
  120_000,
);

gitTest('a file that is too large to read', () => {
  const folder = newRepository([{ 'main.tf': 'text' }]);
  writeFileSync(join(folder, 'large.json'), Buffer.alloc(64 * 1024 * 1024 + 1, 'a'));
  commit(folder, {});
  const tooLarge = { kind: 'error', message: 'it is larger than 64 MiB', isTooLarge: true };
  expect(filesOf(folder, 'HEAD').read('large.json')).toEqual(tooLarge);
  git(folder, 'repack', '-adq');
  const files = filesOf(folder, 'HEAD');
  expect(files.read('large.json')).toEqual(tooLarge);
  expect(files.read('main.tf')).toMatchObject({ kind: 'file' });
});

gitTest('no common history', () => {
  const folder = newRepository([{ 'a.tf': '1' }]);
  git(folder, 'checkout', '--quiet', '--orphan', 'other');
  commit(folder, { 'a.tf': '2' });
  expect(mergeBases(opened(folder), git(folder, 'rev-parse', 'main'), git(folder, 'rev-parse', 'other'))).toEqual([]);
});
