/** References of a repository: branches, tags, remote branches and HEAD. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GitError } from './git-error.ts';
import { readGitText } from './reading.ts';
import type { Repository } from './repository.ts';

/** As git has it. */
const MAX_SYMBOLIC = 5;

export type FoundRef =
  | { readonly kind: 'found'; readonly id: string }
  | { readonly kind: 'missing' }
  /** A symbolic reference to a branch without commits. */
  | { readonly kind: 'unborn'; readonly branch: string };

/**
 * What a reference leads to, by its whole name: `HEAD`, `refs/heads/main`.
 *
 * @throws GitError if it leads nowhere or in circles, or references are in a form that is not read
 */
export function readRef(repository: Repository, name: string): FoundRef {
  if (!isRefName(name)) return { kind: 'missing' };
  let each = name;
  for (let depth = 0; depth <= MAX_SYMBOLIC; depth++) {
    const text = textOf(repository, each);
    if (text === undefined) return each === name ? { kind: 'missing' } : { kind: 'unborn', branch: shortName(each) };
    const target = /^ref:\s*(?<name>.*)/.exec(text)?.groups?.['name']?.trim();
    if (target === undefined) {
      const id = /^[0-9a-f]+/.exec(text)?.[0];
      if (id?.length !== repository.hashLength * 2) throw new GitError(`the git reference ${each} is damaged`);
      return { kind: 'found', id };
    }
    if (!isRefName(target)) throw new GitError(`the git reference ${each} is damaged`);
    each = target;
  }
  throw new GitError(`the git reference ${name} leads in circles`);
}

/** Branches, tags and remote branches, by their short names. */
export function refNames(repository: Repository): readonly string[] {
  const names = new Set(packedRefs(repository).keys());
  const walk = (name: string): void => {
    for (const entry of entriesOf(join(repository.common, name))) {
      const path = `${name}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else names.add(path);
    }
  };
  walk('refs');
  return [...names].filter((name) => /^refs\/(?:heads|tags|remotes)\//.test(name)).map(shortName);
}

export const shortName = (name: string): string => name.replace(/^refs\/(?:heads|tags|remotes)\//, '');

/**
 * A name that can't lead out of the git directory.
 *
 * Source: https://git-scm.com/docs/git-check-ref-format
 */
function isRefName(name: string): boolean {
  return (
    /^(?:refs\/.+|[A-Z_]+)$/.test(name) &&
    !/[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\/$|\.$/.test(name) &&
    !name.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock'))
  );
}

function textOf(repository: Repository, name: string): string | undefined {
  const isOwn = !name.startsWith('refs/') || /^refs\/(?:bisect|worktree|rewritten)\//.test(name);
  if (repository.hasReftable && name !== 'FETCH_HEAD')
    throw new GitError(
      'the repository keeps its references in a reftable, which tfsg does not read; give the whole hash of a commit, as "git rev-parse" prints it',
    );
  const loose = readGitText(join(isOwn ? repository.directory : repository.common, name));
  return loose ?? packedRefs(repository).get(name);
}

const packed = new WeakMap<Repository, ReadonlyMap<string, string>>();

function packedRefs(repository: Repository): ReadonlyMap<string, string> {
  const known = packed.get(repository);
  if (known !== undefined) return known;
  const refs = new Map<string, string>();
  for (const line of (readGitText(join(repository.common, 'packed-refs')) ?? '').split('\n')) {
    const [, id, name] = /^([0-9a-f]+) (\S+)/.exec(line) ?? [];
    if (id !== undefined && name !== undefined) refs.set(name, id);
  }
  packed.set(repository, refs);
  return refs;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
