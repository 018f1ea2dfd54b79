/** Which files differ between two states of a tree. */

import type { GitFile, GitFolder, GitNode } from './git-tree.ts';

/**
 * Paths of the files and links that only one state has, or that differ, sorted. Modes are not compared.
 *
 * @param before of git
 * @param after of git, or a working tree
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
    const below = path === '' ? '' : `${path}/`;
    for (const [name, node] of ofFirst) compare(below + name, node, ofSecond.get(name));
    for (const [name, node] of ofSecond) if (!ofFirst.has(name)) compare(below + name, undefined, node);
  };
  compare('', before, after);
  return changed.sort();
}

const isFile = (node: GitNode | undefined): node is GitFile => node !== undefined && node.kind !== 'folder';

function isEqualFile(first: GitNode | undefined, second: GitNode | undefined): boolean {
  if (!isFile(first) || !isFile(second) || first.kind !== second.kind || first.id === undefined) return false;
  return second.isStoredAs?.(first.id) ?? first.id === second.id;
}

const entriesOf = (node: GitNode | undefined): ReadonlyMap<string, GitNode> =>
  node?.kind === 'folder' ? node.entries() : nothing;

const nothing: ReadonlyMap<string, GitNode> = new Map();
