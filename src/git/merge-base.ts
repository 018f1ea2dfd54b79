/** Where two commits left each other. */

import { type Commit, readCommit } from './commit.ts';
import type { Repository } from './repository.ts';

/** Reached from the first commit, from the second; what lies behind a common ancestor; a common ancestor. */
const [FIRST, SECOND, STALE, RESULT] = [1, 2, 4, 8] as const;

/**
 * The best common ancestors of two commits, as `git merge-base --all` has them, the latest first; none if there is none.
 *
 * Source: `paint_down_to_common` in https://github.com/git/git/blob/v2.47.0/commit-reach.c
 *
 * @throws GitError if a commit is not there
 */
export function mergeBases(repository: Repository, first: string, second: string): readonly string[] {
  if (first === second) return [first];
  const commits = new Map<string, Commit>();
  const read = (id: string): Commit => {
    const known = commits.get(id) ?? readCommit(repository, id);
    commits.set(id, known);
    return known;
  };
  const found = paint(read, first, [second]).results;
  // One that another can be reached from is behind it: dates of commits may be wrong.
  const best = found.filter((each) => {
    const others = found.filter((other) => other !== each);
    return others.length === 0 || (paint(read, each, others).flags.get(each)! & SECOND) === 0;
  });
  return best.toSorted((a, b) => read(b).time - read(a).time);
}

function paint(read: (id: string) => Commit, first: string, others: readonly string[]) {
  const flags = new Map<string, number>();
  const results: string[] = [];
  const queue = new LatestFirst();
  const add = (id: string, more: number): void => {
    const before = flags.get(id) ?? 0;
    if ((before & more) === more) return;
    flags.set(id, before | more);
    queue.add(read(id));
  };
  add(first, FIRST);
  for (const other of others) add(other, SECOND);
  while (queue.has((id) => (flags.get(id)! & STALE) === 0)) {
    const commit = queue.take();
    let reached = flags.get(commit.id)! & (FIRST | SECOND | STALE);
    if (reached === (FIRST | SECOND)) {
      if ((flags.get(commit.id)! & RESULT) === 0) {
        flags.set(commit.id, flags.get(commit.id)! | RESULT);
        results.push(commit.id);
      }
      reached |= STALE;
    }
    for (const parent of commit.parents) add(parent, reached);
  }
  return { flags, results: results.filter((id) => (flags.get(id)! & STALE) === 0) };
}

/** A heap of commits, the latest at its top. */
class LatestFirst {
  readonly #heap: Commit[] = [];

  add(commit: Commit): void {
    const heap = this.#heap;
    let at = heap.push(commit) - 1;
    for (let up = (at - 1) >> 1; at > 0 && heap[up]!.time < commit.time; up = (at - 1) >> 1) {
      heap[at] = heap[up]!;
      at = up;
    }
    heap[at] = commit;
  }

  /** Whether there is one of these. The latest are mostly it. */
  has(isWanted: (id: string) => boolean): boolean {
    return this.#heap.some(({ id }) => isWanted(id));
  }

  /** There has to be one. */
  take(): Commit {
    const heap = this.#heap;
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    let at = 0;
    for (let down = 1; down < heap.length; down = 2 * at + 1) {
      if (down + 1 < heap.length && heap[down + 1]!.time > heap[down]!.time) down++;
      if (heap[down]!.time <= last.time) break;
      heap[at] = heap[down]!;
      at = down;
    }
    heap[at] = last;
    return top;
  }
}
