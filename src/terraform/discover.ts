/** Paths -> the directories that hold Terraform configuration. */

import type { FileSystem } from '../files.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import { isConfigurationFile } from './load.ts';

/** Never entered: what tools have downloaded, and what is no configuration. */
const skipped: ReadonlySet<string> = new Set(['.terraform', '.terragrunt-cache', '.git', 'node_modules']);

export function isSkippedDirectory(name: string): boolean {
  return skipped.has(name);
}

/**
 * A file stands for its directory, a directory for itself and all below it. A path that is not there is a problem.
 *
 * @param isIncluded whether a file may be linted; a directory without such a file is left out
 */
export function discover(
  fileSystem: FileSystem,
  paths: readonly string[],
  isIncluded: (path: string) => boolean,
): Outcome<readonly string[]> {
  const directories = new Set<string>();
  const problems: Problem[] = [];
  const problem = (path: string, message: string): void => {
    problems.push({
      kind: 'file',
      severity: 'error',
      message: `${path === '' ? '.' : path}: ${message.replace(/\.?$/, '.')}`,
    });
  };
  const walk = (directory: string): void => {
    const listing = fileSystem.list(directory);
    if (listing.kind === 'missing') return;
    if (listing.kind === 'error') {
      problem(directory, listing.message);
      return;
    }
    for (const { name, kind, isLink } of listing.entries) {
      const path = directory === '' ? name : `${directory}/${name}`;
      // What a link leads to has its own place in the tree.
      if (kind === 'directory' && !isLink && !isSkippedDirectory(name)) walk(path);
      else if (kind === 'file' && isConfigurationFile(name) && isIncluded(path)) directories.add(directory);
    }
  };
  for (const path of paths) {
    const listing = fileSystem.list(path);
    if (listing.kind === 'directory') {
      walk(path);
      continue;
    }
    const read = fileSystem.read(path);
    if (read.kind === 'file') {
      if (isIncluded(path)) directories.add(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
    } else if (read.kind === 'error') problem(path, read.message);
    else problem(path, 'there is no such file or directory.');
  }
  return { value: [...directories].sort(), problems };
}
