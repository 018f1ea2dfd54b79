/** Where a git repository keeps what is read of it. */

import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type GitSection, sectionsOf } from '../source/git-sections.ts';
import { GitError } from './git-error.ts';
import { type ObjectStore, objectStore } from './object-store.ts';
import { readGitText } from './reading.ts';

export interface Repository {
  /** The folder with `.git`, absolute. */
  readonly worktree: string;
  /** Of this working tree: HEAD, and the index. */
  readonly directory: string;
  /** Of all working trees of the repository: references and objects. The same, except in a linked working tree. */
  readonly common: string;
  /** Bytes of an id: 20, or 32 with SHA-256. */
  readonly hashLength: 20 | 32;
  readonly objects: ObjectStore;
  /** Commits whose parents are not there, as the clone has only the latest history. */
  readonly shallow: ReadonlySet<string>;
  /** Whether objects are left out until git needs them. */
  readonly isPartial: boolean;
  /** Whether its file system does not tell capital letters from small ones. */
  readonly ignoresCase: boolean;
  /** References are in a form that is not read. */
  readonly hasReftable: boolean;
}

/**
 * The repository of a folder with `.git`; undefined without one. Nothing outside of its git directory, the common one and those that it
 * borrows objects from is read: not the user's configuration either.
 *
 * @param worktree absolute
 * @throws GitError if tfsg can't read such a repository
 */
export function openRepository(worktree: string): Repository | undefined {
  const directory = directoryIn(worktree);
  if (directory === undefined) return undefined;
  const commondir = readGitText(join(directory, 'commondir'))?.trim();
  const common = commondir === undefined || commondir === '' ? directory : resolve(directory, commondir);
  const sections = sectionsOf(readGitText(join(common, 'config')) ?? '');
  const extensions = sections.find(({ name }) => name.toLowerCase() === 'extensions')?.values;
  const format = extensions?.get('objectformat')?.toLowerCase() ?? 'sha1';
  if (format !== 'sha1' && format !== 'sha256')
    throw new GitError(`the repository has objects of the unknown format "${format}"`);
  const hashLength = format === 'sha1' ? 20 : 32;
  return {
    worktree,
    directory,
    common,
    hashLength,
    objects: objectStore(join(common, 'objects'), hashLength),
    shallow: new Set((readGitText(join(common, 'shallow')) ?? '').split('\n').filter((line) => line !== '')),
    isPartial: extensions?.has('partialclone') === true || sections.some(isPromisor),
    ignoresCase: sections.find(({ name }) => name.toLowerCase() === 'core')?.values.get('ignorecase') === 'true',
    hasReftable: (extensions?.get('refstorage') ?? 'files').toLowerCase() === 'reftable',
  };
}

const isPromisor = ({ name, values }: GitSection): boolean =>
  name.toLowerCase().startsWith('remote ') && values.get('promisor') === 'true';

/** Of a linked working tree and of a submodule, `.git` is a file that names the directory. */
function directoryIn(worktree: string): string | undefined {
  const path = join(worktree, '.git');
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (found.isDirectory()) return path;
  const named = /^gitdir: (?<path>.+)$/m.exec(readGitText(path) ?? '')?.groups?.['path']?.trim();
  if (named === undefined) throw new GitError(`${path} is neither a git directory nor names one`);
  const directory = isAbsolute(named) ? named : join(dirname(path), named);
  if (!existsSync(directory)) throw new GitError(`${path} names the git directory ${directory}, which does not exist`);
  return directory;
}
