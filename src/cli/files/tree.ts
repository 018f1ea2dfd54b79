/** Which tree on disk is read, and where the paths of the command line are in it. */

import { closeSync, existsSync, openSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import { isConfigurationFile } from '../../terraform/modules/configuration-files.ts';
import { UsageError } from '../io.ts';
import { readWhole, TooLarge } from './read-whole.ts';

export interface DiskTree {
  /** Absolute. */
  readonly root: string;
  /** A path as reports for programs print it: relative to the root, with `/`; one outside of the tree is absolute. */
  pathOf(argument: string): string;
  /** A path of the tree as text for people has it: relative to the working directory. */
  shownPath(path: string): string;
  /** Whether the folder of a local module outside of the root, by its absolute path, may be read; undefined in a repository, which is the border. */
  readonly admits: ((folder: string) => boolean) | undefined;
}

/**
 * The root is the nearest folder upwards from the working directory with `.git`, else the working directory. Where a path lies outside,
 * it is the nearest folder with `.git` above that path, else the folder that all have in common. Without `.git`, folders outside that
 * hold a local module are read too.
 *
 * @param paths as given on the command line; they need not exist
 */
export function locateTree(cwd: string, paths: readonly string[]): DiskTree {
  const start = realpathSync.native(cwd);
  const targets = paths.map((path) => realOf(resolve(start, path)));
  const { root, isRepository } = rootOf(start, targets);
  return {
    root,
    admits: isRepository ? undefined : holdsModule,
    shownPath: (path) => slashed(relative(start, resolve(root, path))) || '.',
    pathOf: (argument) => {
      const absolute = resolve(start, argument);
      const inside = isInside(root, absolute) ? absolute : realOf(absolute);
      return slashed(isInside(root, inside) ? relative(root, inside) : inside);
    },
  };
}

const slashed = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));

/** A folder with Terraform configuration files in it; never a whole disk. */
function holdsModule(folder: string): boolean {
  return folder !== dirname(folder) && readdirSync(folder).some(isConfigurationFile);
}

/**
 * The bytes of a file that the command line names.
 *
 * @param largest bytes, whole MiB; absent: 64 MiB
 * @throws UsageError if it can't be read, or is larger
 */
export function readGiven(cwd: string, path: string, option: string, largest?: number): Uint8Array {
  try {
    const descriptor = openSync(resolve(cwd, path), 'r');
    try {
      return readWhole(descriptor, largest);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new UsageError(`${option} ${path}: ${reasonOf(error)}.`);
  }
}

/** Why a file can't be read or written, without its path. */
export function reasonOf(error: unknown): string {
  if (error instanceof TooLarge) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file or directory';
  if (code === 'EISDIR') return 'it is a directory';
  if (code === 'ENOTDIR') return 'part of the path is not a directory';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EROFS') return 'the file system is read-only';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return 'no space left on the device';
  if (code === 'ELOOP') return 'too many levels of symbolic links';
  if (code === 'ENAMETOOLONG') return 'the name is too long';
  return code ?? message;
}

function rootOf(start: string, targets: readonly string[]): { readonly root: string; readonly isRepository: boolean } {
  const repository = gitRootOf(start);
  const near = repository ?? start;
  const outside = targets.find((target) => !isInside(near, target));
  if (outside === undefined) return { root: near, isRepository: repository !== undefined };
  const far = gitRootOf(outside);
  if (far !== undefined && targets.every((target) => isInside(far, target))) return { root: far, isRepository: true };
  const folders = targets.map(folderOf);
  const common = commonFolder([near, ...folders]);
  // A tree of the whole disk is what nobody means.
  return { root: common === parse(common).root ? commonFolder(folders) : common, isRepository: false };
}

function gitRootOf(path: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let shared = common;
    while (!isInside(shared, folder)) shared = dirname(shared);
    return shared;
  });
}

function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);
}

/** The path with the links of its existing part followed. */
function realOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path === dirname(path) ? path : join(realOf(dirname(path)), path.slice(dirname(path).length));
  }
}

/** Whether an absolute path is a folder or lies below it. */
export function isInside(root: string, path: string): boolean {
  const steps = relative(root, path);
  return !isAbsolute(steps) && steps !== '..' && !steps.startsWith(`..${sep}`);
}
