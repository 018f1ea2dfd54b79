/** Which files differ between two states of a tree. */

import type { GitFile, GitFolder, GitNode } from './git-tree.ts';

/**
 * Paths of the files and links that only one state has, or that differ, sorted. Modes are not compared.
 *
 * @throws GitError if a folder can't be read
 */
export function changedPaths(before: GitFolder, after: GitFolder): readonly string[] {
  const changed: string[] = [];
  const compare = (path: string, first: GitNode | undefined, second: GitNode | undefined): void => {
    if (first?.kind === 'folder' && second?.kind === 'folder' && first.id !== undefined && first.id === second.id)
      return;
    if (isEqualFile(first, second)) return;
    if (isFile(first) || isFile(second)) changed.push(path);
    const [ofFirst, ofSecond] = [entriesOf(first), entriesOf(second)];
    for (const name of new Set([...ofFirst.keys(), ...ofSecond.keys()]))
      compare(path === '' ? name : `${path}/${name}`, ofFirst.get(name), ofSecond.get(name));
  };
  compare('', before, after);
  return changed.sort();
}

const isFile = (node: GitNode | undefined): node is GitFile => node !== undefined && node.kind !== 'folder';

function isEqualFile(first: GitNode | undefined, second: GitNode | undefined): boolean {
  if (!isFile(first) || !isFile(second) || first.kind !== second.kind) return false;
  const isSame = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b;
  return isSame(first.id, second.id) || isSame(first.id, second.normalizedId) || isSame(first.normalizedId, second.id);
}

const entriesOf = (node: GitNode | undefined): ReadonlyMap<string, GitNode> =>
  node?.kind === 'folder' ? node.entries() : new Map();
