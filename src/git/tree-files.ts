/** What git knows of, as the files of a run. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type DirectoryEntry, type FileSystem, MAX_FILE_BYTES, tooLarge } from '../files.ts';
import { GitError, GitObjectTooLarge } from './git-error.ts';
import type { GitFolder, GitNode } from './git-tree.ts';

/** Links that are followed for one path: as Linux has it. */
const MAX_LINKS = 40;

type Located =
  | { readonly kind: 'node'; readonly path: string; readonly node: GitNode }
  /** Absolute. */
  | { readonly kind: 'outside'; readonly target: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'loop' };

const loopMessage = 'too many levels of symbolic links';
const outsideMessage = 'the symbolic link points outside the tree';

/**
 * Links resolve inside of the folder. Of what a link out of it leads to, only whether it is a directory is asked, of the disk.
 *
 * @param worktree where the folder is checked out, absolute
 */
export function gitFileSystem(root: GitFolder, worktree: string): FileSystem {
  const locate = (path: string): Located => {
    const names: string[] = [];
    const nodes: GitNode[] = [root];
    const left = path.split('/').reverse();
    let links = 0;
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      if (name === '' || name === '.') continue;
      if (name === '..') {
        if (names.pop() === undefined) return { kind: 'outside', target: join(worktree, '..', ...left.reverse()) };
        nodes.pop();
        continue;
      }
      const folder = nodes.at(-1)!;
      const node = folder.kind === 'folder' ? folder.entries().get(name) : undefined;
      if (node === undefined) return { kind: 'missing' };
      if (node.kind !== 'link') {
        names.push(name);
        nodes.push(node);
        continue;
      }
      if (++links > MAX_LINKS) return { kind: 'loop' };
      const target = node.read().toString('utf8');
      const inside = target.startsWith('/') ? pathBelow(worktree, target) : target;
      if (inside === undefined) return { kind: 'outside', target: join(target, ...left.reverse()) };
      if (target.startsWith('/')) [names.length, nodes.length] = [0, 1];
      left.push(...inside.split('/').reverse());
    }
    return { kind: 'node', path: names.join('/'), node: nodes.at(-1)! };
  };

  const entryOf = (folder: string, name: string, node: GitNode): DirectoryEntry => {
    if (node.kind !== 'link') return { name, kind: node.kind === 'folder' ? 'directory' : 'file', isLink: false };
    return { name, kind: kindOfLink(folder === '' ? name : `${folder}/${name}`), isLink: true };
  };

  const kindOfLink = (path: string): DirectoryEntry['kind'] => {
    try {
      const found = locate(path);
      if (found.kind === 'outside') return isDirectory(found.target) ? 'outside' : 'other';
      if (found.kind !== 'node') return 'other';
      return found.node.kind === 'folder' ? 'directory' : 'file';
    } catch (error) {
      if (error instanceof GitError) return 'other';
      throw error;
    }
  };

  return {
    read(path) {
      try {
        const found = locate(path);
        if (found.kind === 'missing') return found;
        if (found.kind !== 'node')
          return { kind: 'error', message: found.kind === 'loop' ? loopMessage : outsideMessage };
        if (found.node.kind === 'folder') return { kind: 'error', message: 'it is a directory' };
        const bytes = found.node.read();
        return bytes.length > MAX_FILE_BYTES ? tooLarge : { kind: 'file', bytes };
      } catch (error) {
        return failureOf(error);
      }
    },
    list(path) {
      try {
        const found = locate(path);
        if (found.kind === 'missing') return found;
        if (found.kind !== 'node')
          return { kind: 'error', message: found.kind === 'loop' ? loopMessage : outsideMessage };
        if (found.node.kind !== 'folder') return { kind: 'missing' };
        const entries = [...found.node.entries()].map(([name, node]) => entryOf(found.path, name, node));
        return { kind: 'directory', entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) };
      } catch (error) {
        return failureOf(error);
      }
    },
    real(path) {
      try {
        const found = locate(path);
        return found.kind === 'node' ? found.path : path;
      } catch {
        return path;
      }
    },
  };
}

function failureOf(error: unknown): { readonly kind: 'error'; readonly message: string } {
  if (error instanceof GitObjectTooLarge) return tooLarge as { readonly kind: 'error'; readonly message: string };
  if (error instanceof GitError) return { kind: 'error', message: error.reason };
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return { kind: 'error', message: `git's file of it can't be read: ${code}` };
}

function pathBelow(worktree: string, target: string): string | undefined {
  if (target === worktree) return '';
  return target.startsWith(`${worktree}/`) ? target.slice(worktree.length + 1) : undefined;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
