/** Paths as Terraform's functions treat them, on a system with `/`. */

import { type FileSystem, isOutsideRoot } from '../../files.ts';

/** The absolute path that stands for the tree's root where Terragrunt gives absolute paths: the real one is another on every machine. */
export const TREE_ROOT = '/tfsg-tree';

/** A text for people, in which paths start at the tree's root. */
export const withoutTreeRoot = (text: string): string =>
  text.replaceAll(`${TREE_ROOT}/`, '').replaceAll(TREE_ROOT, '.');

/** Without `.`, `..` and doubled slashes as far as that goes; `.` for nothing. Go: path.Clean. */
export function cleanPath(path: string): string {
  const isAbsolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute) parts.push('..');
  }
  const joined = parts.join('/');
  return isAbsolute ? `/${joined}` : joined === '' ? '.' : joined;
}

/** Go: filepath.Base. */
export function baseName(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** Go: filepath.Dir. */
export function directoryName(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1));
}

/**
 * The path from the tree's root of what `path` means in the directory `basePath`; the root is the empty string. Undefined for
 * places outside of the tree, which home directories always are, and absolute paths unless they start with `TREE_ROOT`.
 */
export function pathInTree(
  { files, basePath }: { readonly files: FileSystem; readonly basePath: string },
  path: string,
): string | undefined {
  const isOfTree = path === TREE_ROOT || path.startsWith(`${TREE_ROOT}/`);
  if (!isOfTree && (path.startsWith('/') || path.startsWith('~'))) return undefined;
  const clean = cleanPath((isOfTree ? path.slice(TREE_ROOT.length) : `${basePath}/${path}`).replace(/^\/+/, ''));
  if (isOutsideRoot(clean)) return files.outside?.has(clean) === true ? clean : undefined;
  return clean === '.' ? '' : clean;
}

/** What leads from one clean, relative directory to a path; both start at the same place. Empty where they are the same. Go: filepath.Rel. */
export function relativePath(directory: string, path: string): string {
  const from = directory === '' ? [] : directory.split('/');
  const to = path === '' ? [] : path.split('/');
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
