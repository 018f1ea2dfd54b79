/** Git sources of modules that are a repository of the tree itself. */

import type { FileSystem } from '../../../files.ts';
import { sectionsOf } from '../../../source/git-sections.ts';
import { cleanPath } from '../../functions/path.ts';
import { moduleAddress, repositoryOfUrl, withoutEndSlashes } from './address.ts';
import { submodulesIn } from './submodule.ts';

export interface OwnDirectory {
  /** Directory of the tree. */
  readonly directory: string;
  /** The state of the repository that the source asks for; what is read is the working tree, whatever state that is. */
  readonly ref: string | undefined;
}

/**
 * The directory that a git source names, where it is of a repository that the tree is in, or of a submodule of it; whether there is
 * such a directory is not looked at. Scheme, user, port, `.git` and the case of the host are not compared.
 *
 * @param from directory of the tree: repositories count whose root it is in
 */
export function ownRepositoryDirectory(files: FileSystem, source: string, from = ''): OwnDirectory | undefined {
  const address = moduleAddress(source);
  if (address.kind !== 'git') return undefined;
  for (const [repository, directory] of repositoriesAround(files, from)) {
    if (repository !== address.package) continue;
    const path = cleanPath(`${directory || '.'}/${address.inside}`);
    return { directory: path === '.' ? '' : path, ref: address.ref };
  }
  return undefined;
}

/** Address and directory of the repositories that a directory is in, innermost first, and of their submodules. */
function* repositoriesAround(files: FileSystem, from: string): Iterable<readonly [string, string]> {
  const parts = from === '' ? [] : from.split('/');
  for (let depth = parts.length; depth >= 0; depth--) {
    const directory = parts.slice(0, depth).join('/');
    const remotes = remotesOf(files, directory);
    for (const remote of remotes) {
      const repository = repositoryOfUrl(remote);
      if (repository !== undefined) yield [repository, directory];
    }
    for (const submodule of submodulesIn(files, directory)) {
      const repository = repositoryOfUrl(absoluteUrl(submodule.url ?? '', remotes[0]));
      if (repository !== undefined) yield [repository, submodule.directory];
    }
  }
}

/** A submodule's URL may be relative to that of its repository. Source: https://git-scm.com/docs/git-submodule */
function absoluteUrl(url: string, remote: string | undefined): string {
  if (!/^\.\.?\//.test(url) || remote === undefined) return url;
  let base = withoutEndSlashes(remote);
  let separator = '/';
  const steps = url.split('/');
  const end = steps.findIndex((step) => step !== '.' && step !== '..');
  for (const step of steps.slice(0, end)) {
    if (step === '.') continue;
    const at = Math.max(base.lastIndexOf('/'), base.lastIndexOf(':'));
    separator = base[at] ?? separator;
    base = base.slice(0, Math.max(0, at));
  }
  return `${base}${separator}${steps.slice(end).join('/')}`;
}

/** URLs of the remotes of the repository whose root a directory is, that of `origin` first; none where it is the root of none. */
function remotesOf(files: FileSystem, directory: string): readonly string[] {
  const git = gitDirectoryOf(files, directory);
  const read = git === undefined ? undefined : files.read(`${git}/config`);
  if (read?.kind !== 'file') return [];
  const remotes = sectionsOf(Buffer.from(read.bytes).toString()).filter(({ name }) => name.startsWith('remote "'));
  const isOrigin = (name: string): boolean => name === 'remote "origin"';
  return [...remotes]
    .sort((a, b) => Number(isOrigin(b.name)) - Number(isOrigin(a.name)))
    .flatMap(({ values }) => values.get('url') ?? []);
}

/** Of a worktree and of a submodule, `.git` is a file that names the directory. */
function gitDirectoryOf(files: FileSystem, directory: string): string | undefined {
  const git = directory === '' ? '.git' : `${directory}/.git`;
  const read = files.read(git);
  if (read.kind !== 'file') return git;
  const target = /^gitdir: (.*)$/m.exec(Buffer.from(read.bytes).toString())?.[1]?.trim();
  const place = target === undefined ? undefined : within(directory, target);
  if (place === undefined) return undefined;
  const common = files.read(`${place}/commondir`);
  return common.kind === 'file' ? within(place, Buffer.from(common.bytes).toString().trim()) : place;
}

/** Undefined for an absolute path and for one out of the tree. */
function within(directory: string, path: string): string | undefined {
  if (/^(?:[/\\]|[A-Za-z]:)/.test(path)) return undefined;
  const joined = cleanPath(`${directory || '.'}/${path}`);
  return joined === '..' || joined.startsWith('../') ? undefined : joined;
}
