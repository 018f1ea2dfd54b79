/** The target of a file that the command line names: never through a link that points outside the tree. */

import { lstatSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, parse, relative, resolve, sep } from 'node:path';
import { type SafeText, safe } from '../../report/escape.ts';
import type { Io } from '../io.ts';
import { isInside, reasonOf } from './tree.ts';
import { writeWhole } from './whole-file.ts';

/**
 * Writes a file as a whole; folders are made. What is no regular file, such as /dev/stdout or a pipe, is written to as it is.
 *
 * @param path absolute
 * @param roots of the trees, absolute with links followed, that someone else may have made
 * @returns why it could not be written, as the end of a sentence
 */
export function writeTo(path: string, text: SafeText, roots: readonly string[]): string | undefined {
  try {
    // What a shell has open there must stay the same file.
    if (/^\/(?:dev|proc)\//.test(path)) {
      writeFileSync(path, text);
      return undefined;
    }
    const target = targetOf(path, roots);
    if (typeof target !== 'string') return target.fault;
    const there = statSync(target, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile()) writeFileSync(target, text);
    else {
      makeFolder(dirname(target));
      writeWhole(target, text);
    }
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/**
 * Writes a file that `--output` names.
 *
 * @param file as given on the command line
 * @param roots as of `writeTo`
 * @returns whether it could be written; why it could not is said on stderr
 */
export function writeOutput(file: string, text: SafeText, io: Io, roots: readonly string[]): boolean {
  const fault = writeTo(resolve(io.cwd, file), text, roots);
  if (fault !== undefined) io.stderr.write(safe`tfsg: --output ${file}: ${fault}.\n`);
  return fault === undefined;
}

/**
 * The path with links followed; or why that must not be. What is not there yet is no link.
 *
 * @param path absolute, without `.` and `..`
 */
export function targetOf(path: string, roots: readonly string[]): string | { readonly fault: string } {
  // A root has no links in its own path, and what lies above it may be nothing that can be looked at.
  const start = roots.filter((root) => isInside(root, path)).sort((a, b) => a.length - b.length)[0] ?? parse(path).root;
  let real = start;
  for (const step of relative(start, path).split(sep)) {
    const folder = real;
    real = join(folder, step);
    if (lstatSync(real, { throwIfNoEntry: false })?.isSymbolicLink() !== true) continue;
    const target = realOf(real);
    if (target === undefined) return { fault: 'its path has a broken symbolic link' };
    if (roots.some((root) => isInside(root, folder) && !isInside(root, target))) {
      return { fault: 'its path has a symbolic link that points outside the tree' };
    }
    real = target;
  }
  return real;
}

function realOf(link: string): string | undefined {
  try {
    return realpathSync.native(link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes a folder with the folders above it, unless it is there. Node's own recursive mkdirSync never returns for a folder of /proc. */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
