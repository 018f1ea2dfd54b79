/** Revisions as people write them: `origin/main`, `v1.2`, `HEAD~2`, `1a2b3c4`. */

import { nearestName } from '../text/nearest-name.ts';
import { peelToCommit, readCommit } from './commit.ts';
import { GitError } from './git-error.ts';
import { readRef, refNames } from './refs.ts';
import type { Repository } from './repository.ts';

const understood =
  'tfsg reads branches, tags, remote branches, hashes, HEAD and FETCH_HEAD, each with ~N or ^N behind it';

/** Of `~N`. */
const MAX_STEPS = 100_000;

/**
 * The id of the commit that a revision names.
 *
 * Source: https://git-scm.com/docs/gitrevisions
 *
 * @throws GitError if there is none, or it is written in a way that is not read
 */
export function resolveRevision(repository: Repository, revision: string): string {
  const match = /^(?<name>[^~^]+)(?<steps>(?:~\d*|\^\{(?:commit)?\}|\^\d*)*)$/.exec(revision);
  const { name = '', steps = '' } = match?.groups ?? {};
  if (name === '' || /\.\.|:|@\{|^-|\s/.test(name))
    throw new GitError(`"${revision}" is not a revision that tfsg reads; ${understood}`);
  let commit = commitOf(repository, name);
  for (const step of steps.match(/~\d*|\^\{\w*\}|\^\d*/g) ?? []) commit = take(repository, commit, step, revision);
  return commit;
}

function take(repository: Repository, from: string, step: string, revision: string): string {
  if (step.startsWith('^{')) return from;
  const number = step.length === 1 ? 1 : Number(step.slice(1));
  if (step === '^0') return from;
  const [times, parent] = step.startsWith('~') ? [number, 1] : [1, number];
  if (times > MAX_STEPS) throw new GitError(`"${revision}" goes back further than ${MAX_STEPS} commits`);
  let commit = from;
  for (let count = 0; count < times; count++) {
    const next = readCommit(repository, commit).parents[parent - 1];
    if (next === undefined) {
      const isCut = repository.shallow.has(commit);
      throw new GitError(
        `"${revision}": commit ${commit.slice(0, 12)} ${
          isCut ? `has no parents in this clone, which is shallow; ${shallowHint}` : `has no parent ${parent}`
        }`,
      );
    }
    commit = next;
  }
  return commit;
}

export const shallowHint = 'fetch the history with "git fetch --unshallow" (fetch-depth: 0 of actions/checkout)';

function commitOf(repository: Repository, name: string): string {
  if (/^0+$/.test(name) && name.length === repository.hashLength * 2)
    throw new GitError('a hash of zeros is how CI names "no commit before this one"; give another revision');
  const isHash = /^[0-9a-f]+$/i.test(name);
  if (isHash && name.length === repository.hashLength * 2) {
    const id = name.toLowerCase();
    return peelToCommit(repository, id) ?? readCommit(repository, id).id;
  }
  const id = idOfName(repository, name === '@' ? 'HEAD' : name) ?? (isHash ? idOfDigits(repository, name) : undefined);
  if (id === undefined) throw unknownRevision(repository, name);
  const commit = peelToCommit(repository, id);
  // Says what it is, or that it is not there.
  return commit ?? readCommit(repository, id).id;
}

function idOfName(repository: Repository, name: string): string | undefined {
  if (name === 'FETCH_HEAD') {
    // The first line is what was asked for.
    const found = readRef(repository, name);
    return found.kind === 'found' ? found.id : undefined;
  }
  for (const pattern of ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/']) {
    const found = readRef(repository, pattern + name);
    if (found.kind === 'found') return found.id;
    if (found.kind === 'unborn')
      throw new GitError(`${name} leads to the branch "${found.branch}", which has no commits`);
  }
  const remote = readRef(repository, `refs/remotes/${name}/HEAD`);
  return remote.kind === 'found' ? remote.id : undefined;
}

function idOfDigits(repository: Repository, digits: string): string | undefined {
  if (digits.length < 4) return undefined;
  const found = repository.objects.startingWith(digits.toLowerCase());
  const commits = found.length > 1 ? found.filter((id) => peelToCommit(repository, id) !== undefined) : found;
  if (commits.length <= 1) return commits[0] ?? found[0];
  const shown = commits.slice(0, 3).map((id) => id.slice(0, digits.length + 4));
  throw new GitError(
    `"${digits}" is the start of ${commits.length} commits: ${shown.join(', ')}${commits.length > 3 ? ', …' : ''}; give more of the hash`,
  );
}

function unknownRevision(repository: Repository, name: string): GitError {
  const names = repository.hasReftable ? [] : refNames(repository);
  const meant = names.find((each) => each.endsWith(`/${name}`)) ?? nearestName(name, [...names, 'HEAD']);
  if (meant !== undefined) return new GitError(`unknown revision "${name}"; did you mean ${meant}?`);
  const hint =
    repository.shallow.size > 0
      ? `the clone is shallow and has few branches; fetch it with "git fetch origin ${name}", or ${shallowHint}`
      : understood;
  return new GitError(`unknown revision "${name}"; ${hint}`);
}
