/** Commits and tags as git writes them. */

import { damagedObject, GitError } from './git-error.ts';
import type { Repository } from './repository.ts';

export interface Commit {
  readonly id: string;
  readonly tree: string;
  /** None in a shallow clone where its history is cut off. */
  readonly parents: readonly string[];
  /** When it was made, in seconds since 1970-01-01, UTC. */
  readonly time: number;
}

/** @throws GitError if it is not there, or is no commit */
export function readCommit(repository: Repository, id: string): Commit {
  const object = repository.objects.read(id);
  if (object === undefined) throw missingCommit(repository, id);
  if (object.type !== 'commit') throw new GitError(`${id.slice(0, 12)} is a ${object.type}, not a commit`);
  const end = object.body.indexOf('\n\n');
  const lines = object.body.toString('latin1', 0, end === -1 ? object.body.length : end).split('\n');
  const [tree] = valuesOf(lines, 'tree');
  if (tree === undefined || tree.length !== repository.hashLength * 2) throw damagedObject(id);
  const committer = /> (?<time>-?\d+) [-+]?\d+$/.exec(valuesOf(lines, 'committer')[0] ?? '');
  return {
    id,
    tree,
    parents: repository.shallow.has(id) ? [] : valuesOf(lines, 'parent'),
    time: Number(committer?.groups?.['time'] ?? 0),
  };
}

const valuesOf = (lines: readonly string[], name: string): string[] =>
  lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));

function missingCommit(repository: Repository, id: string): GitError {
  const hint =
    repository.shallow.size > 0
      ? `; the clone is shallow, so fetch it with "git fetch origin ${id}" or the whole history with "git fetch --unshallow" (fetch-depth: 0 of actions/checkout)`
      : '; fetch it first';
  return new GitError(`commit ${id} is not in this clone${hint}`);
}

/** Tags of tags that are followed. */
const MAX_TAGS = 16;

/**
 * The commit that a tag leads to, or the commit itself; undefined for another object and one that is not there.
 *
 * @throws GitError if it is damaged
 */
export function peelToCommit(repository: Repository, id: string): string | undefined {
  let each = id;
  for (let depth = 0; depth < MAX_TAGS; depth++) {
    const object = repository.objects.read(each);
    if (object?.type === 'commit') return each;
    if (object?.type !== 'tag') return undefined;
    const next = /^object (?<id>[0-9a-f]+)\n/.exec(object.body.toString('latin1', 0, 80))?.groups?.['id'];
    if (next === undefined) throw damagedObject(each);
    each = next;
  }
  return undefined;
}
