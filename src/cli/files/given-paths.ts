/** The paths of a command line: what exists, what a pattern matches, and what is not a file of Terraform. */

import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { FileSystem } from '../../files.ts';
import type { Problem } from '../../source/problem.ts';
import { isConfigurationFile } from '../../terraform/modules/configuration-files.ts';
import { filesBelow } from '../../terraform/modules/discover.ts';
import { isPlan, isStackFile, isTerragruntFile, whyNotLinted } from '../../terraform/modules/other-files.ts';
import { UsageError } from '../io.ts';
import type { DiskTree } from './tree.ts';

/** An argument that is a path or, where there is no such path, a pattern of paths. */
export interface GivenPath {
  readonly text: string;
  readonly kind: 'path' | 'pattern' | 'missing';
  /** An existing path, or the folder that a pattern starts from. */
  readonly base: string;
}

const wildcard = /[*?[{]/;

/** @param isThere also where it is not on the disk */
export function classifyPaths(
  cwd: string,
  paths: readonly string[],
  isThere: (path: string) => boolean,
): readonly GivenPath[] {
  return paths.map((text) => {
    if (isThere(text) || existsSync(resolve(cwd, text))) return { text, kind: 'path', base: text };
    if (!wildcard.test(text)) return { text, kind: 'missing', base: text };
    const steps = text.split('/');
    const base = steps
      .slice(
        0,
        steps.findIndex((step) => wildcard.test(step)),
      )
      .join('/');
    return { text, kind: 'pattern', base: base === '' && !text.startsWith('/') ? '.' : `${base}/` };
  });
}

/** Whether a path is a plan, whatever it is called. */
export function isPlanFile(cwd: string, path: string): boolean {
  const absolute = resolve(cwd, path);
  const name = basename(absolute);
  if (isConfigurationFile(name) || !statSync(absolute).isFile()) return false;
  const start = new Uint8Array(4096);
  try {
    const descriptor = openSync(absolute, 'r');
    try {
      return isPlan(start.subarray(0, readSync(descriptor, start)));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // What can't be read is told when it is linted.
    return false;
  }
}

export interface FoundPaths {
  /** Relative to the tree's root. */
  readonly paths: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * @param allowsOthers whether a file that is no file of Terraform's is left out with a warning; otherwise a run tells it as an error
 * @throws UsageError for a pattern that can't be read
 */
export async function findPaths(
  given: readonly GivenPath[],
  fileSystem: FileSystem,
  tree: DiskTree,
  allowsOthers: boolean,
): Promise<FoundPaths> {
  const problems: Problem[] = [];
  const paths: string[] = [];
  for (const each of given) {
    const { text, kind } = each;
    const path = tree.pathOf(text);
    if (kind === 'missing') problems.push(problemOf(`${text}: no such file or directory.`, 'error'));
    else if (kind === 'pattern') {
      const found = await matching(each, fileSystem, tree);
      if (found.length === 0) {
        problems.push(problemOf(`${text}: no Terraform files match this pattern.`, allowsOthers ? 'warning' : 'error'));
      }
      paths.push(...found);
    } else {
      const read = allowsOthers ? fileSystem.read(path) : undefined;
      const reason = read?.kind === 'file' ? whyNotLinted(path, read.bytes) : undefined;
      if (reason === undefined) paths.push(path);
      else problems.push(problemOf(`${text} was skipped: ${reason}.`, 'warning'));
    }
  }
  return { paths: [...new Set(paths)], problems };
}

async function matching({ text, base }: GivenPath, fileSystem: FileSystem, tree: DiskTree): Promise<readonly string[]> {
  const { GlobChecker, matcherOf } = await import('../../config/patterns/globs.ts');
  const glob = tree.pathOf(text);
  const fault = new GlobChecker().faultOf(glob, 'path');
  if (fault !== undefined) throw new UsageError(`${text}: ${fault}`);
  const isMatch = matcherOf([glob]);
  const isRead = (path: string): boolean => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (isTerragruntFile(name) || isStackFile(name)) return true;
    return isConfigurationFile(name) || /\.tfvars(?:\.json)?$/.test(name);
  };
  return filesBelow(fileSystem, tree.pathOf(base)).filter((path) => isRead(path) && isMatch(path));
}

function problemOf(message: string, severity: Problem['severity']): Problem {
  return { kind: 'file', severity, message };
}
