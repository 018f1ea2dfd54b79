/** What a change opens and closes: two states of a tree, or the two that a plan has. */

import { accessOf, accessOfPlans } from './access-in-worlds.ts';
import { build } from './build.ts';
import type { Access } from './changes/access.ts';
import { isAllowedBy } from './changes/allowed.ts';
import type { Comparison } from './changes/change.ts';
import { compare } from './changes/compare.ts';
import { QueryCache } from './collections/query-cache.ts';
import type { FileSystem } from './files.ts';
import { configForInspection, type LintOptions } from './lint.ts';

/** A state of a tree, and what of it is compared. */
export interface ComparedState {
  readonly fileSystem: FileSystem;
  /** As `lint` takes them. */
  readonly paths: readonly string[];
  /** The directory that root modules are found again by; empty for the tree's root. */
  readonly below: string;
}

export interface CompareStates {
  /** What the older state is called. */
  readonly base: string;
  /** Directories with configuration that no change can touch, and which are in neither state. */
  readonly unchangedDirectories: number;
}

/** @param before another state of the tree, or what is known of one; undefined for what the plans say of it */
export async function changes(
  before: ComparedState | Access | undefined,
  { fileSystem, paths, below }: ComparedState,
  options: LintOptions,
  { base, unchangedDirectories }: CompareStates,
): Promise<Comparison> {
  const given = { ...options, suggestEnvironments: options.suggestEnvironments ?? options.worlds !== 'one' };
  const how = { base, unchangedDirectories, isAllowed: isAllowedBy(options.configFor) };
  if (before === undefined) {
    const { roots, problems, files } = await build(fileSystem, paths, given);
    const { before: was, after } = accessOfPlans(roots);
    const state = { problems: [], files, relative: (path: string) => path };
    return compare({ ...state, roots: was }, { ...state, roots: after, problems }, how);
  }
  if ('roots' in before) {
    // A report is without environments unless one was asked for.
    const ofReport = { ...options, configFor: configForInspection(options) };
    return compare(before, await accessOf(fileSystem, paths, ofReport, below, 'documents'), how);
  }
  // What is the same in both states is evaluated once.
  const cached = { ...given, cache: new QueryCache() };
  const was = await accessOf(before.fileSystem, before.paths, cached, before.below);
  return compare(was, await accessOf(fileSystem, paths, cached, below), how);
}
