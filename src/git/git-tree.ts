/** Files and folders that git knows of: the tree of a commit, the index, the working tree. */

import { join } from 'node:path';
import { readCommit } from './commit.ts';
import { damagedObject, GitError } from './git-error.ts';
import { openRepository, type Repository } from './repository.ts';

export type GitNode = GitFolder | GitFile;

export interface GitFolder {
  readonly kind: 'folder';
  /** Folders with the same id are equal; undefined where only their entries tell. */
  readonly id?: string | undefined;
  /**
   * By name.
   *
   * @throws GitError if they can't be read
   */
  entries(): ReadonlyMap<string, GitNode>;
}

export interface GitFile {
  readonly kind: 'file' | 'link';
  /** Of its content; undefined if nothing has the same, or only `isStoredAs` tells. */
  readonly id: string | undefined;
  /** Whether git has, or would store, its content as what has an id. */
  isStoredAs?(id: string): boolean;
  /**
   * The content of a file, or what a link points to.
   *
   * @throws GitError if it can't be read
   */
  read(): Buffer;
}

/**
 * The tree of a commit.
 *
 * @param known folders of the same content by id, which need not be read
 */
export const treeOfCommit = (
  repository: Repository,
  commit: string,
  known?: ReadonlyMap<string, GitFolder>,
): GitFolder => treeFolder({ repository, path: '', above: [], known }, readCommit(repository, commit).tree);

/** Where a node is. */
export interface TreePlace {
  readonly repository: Repository;
  /** In the repository; empty for its root. */
  readonly path: string;
  /** Ids of the trees that it lies in: one of them again would be a damaged repository without an end. */
  readonly above: readonly string[];
  readonly known?: ReadonlyMap<string, GitFolder> | undefined;
}

/** Modes: https://git-scm.com/docs/index-format, the 4 bits of the object type. */
export function nodeOf(place: TreePlace, mode: number, id: string): GitNode {
  const type = mode >> 12;
  if (type === 0o04) return treeFolder(place, id);
  if (type === 0o16) return submodule(place, id);
  return { kind: type === 0o12 ? 'link' : 'file', id, read: () => readBlob(place.repository, id) };
}

function treeFolder(place: TreePlace, id: string): GitFolder {
  let entries: ReadonlyMap<string, GitNode> | undefined;
  return { kind: 'folder', id, entries: () => (entries ??= place.known?.get(id)?.entries() ?? readTree(place, id)) };
}

function readTree({ repository, path, above, known }: TreePlace, id: string): ReadonlyMap<string, GitNode> {
  const { type, body } = readObject(repository, id);
  if (type !== 'tree' || above.includes(id)) throw damagedObject(id);
  const entries = new Map<string, GitNode>();
  const inside = [...above, id];
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at);
    const end = body.indexOf(0, space);
    const next = end + 1 + repository.hashLength;
    if (space === -1 || end === -1 || next > body.length) throw damagedObject(id);
    const mode = Number.parseInt(body.toString('latin1', at, space), 8);
    const name = body.toString('utf8', space + 1, end);
    if (isName(name)) {
      const place = { repository, path: path === '' ? name : `${path}/${name}`, above: inside, known };
      entries.set(name, nodeOf(place, mode, body.toString('hex', end + 1, next)));
    }
    at = next;
  }
  return entries;
}

/** No name of a file is another: git writes none. */
const isName = (name: string): boolean => name !== '' && name !== '.' && name !== '..' && !name.includes('/');

/** The tree of a submodule's commit where the submodule is checked out and has it, else an empty folder, as before `git submodule update`. */
function submodule({ repository, path }: TreePlace, commit: string): GitFolder {
  const entries = (): ReadonlyMap<string, GitNode> => {
    try {
      const inside = openRepository(join(repository.worktree, path));
      return inside === undefined ? new Map() : treeOfCommit(inside, commit).entries();
    } catch (error) {
      if (error instanceof GitError) return new Map();
      throw error;
    }
  };
  let known: ReadonlyMap<string, GitNode> | undefined;
  return { kind: 'folder', id: `submodule ${commit}`, entries: () => (known ??= entries()) };
}

function readBlob(repository: Repository, id: string): Buffer {
  const { type, body } = readObject(repository, id);
  if (type !== 'blob') throw damagedObject(id);
  return body;
}

function readObject(repository: Repository, id: string) {
  const object = repository.objects.read(id);
  if (object !== undefined) return object;
  throw new GitError(
    repository.isPartial
      ? `its content is not in this partial clone; fetch it with "git fetch --refetch --no-filter", or with "git cat-file -p ${id}"`
      : `git object ${id.slice(0, 12)} is missing; run "git fsck"`,
  );
}
