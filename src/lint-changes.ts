/** What a change opens and closes, and what own rules say of it: two states of a tree, or the two that a plan has. */

import { accessOf, accessOfPlans, type BuiltAccess } from './access-in-worlds.ts';
import { type Built, build } from './build.ts';
import type { Access } from './changes/access.ts';
import { isAllowedBy } from './changes/allowed.ts';
import type { AccessChange, Comparison, UndecidedAccess } from './changes/change.ts';
import { type CompareOptions, compare, type OpenedRow } from './changes/compare.ts';
import { QueryCache } from './collections/query-cache.ts';
import type { FileSystem } from './files.ts';
import { configForInspection, type LintOptions } from './lint.ts';
import { type AskedOfOpened, askOpened } from './lint-opened.ts';
import type { Problem } from './source/problem.ts';
import { hasBackend } from './terraform/modules/backend.ts';

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
  /** What held for a file before, by its path in the newer state; absent where nobody knows. */
  readonly configBefore?: LintOptions['configFor'] | undefined;
}

/** @param before another state of the tree, or what is known of one; undefined for what the plans say of it */
export async function changes(
  before: ComparedState | Access | undefined,
  { fileSystem, paths, below }: ComparedState,
  options: LintOptions,
  { base, unchangedDirectories, configBefore }: CompareStates,
): Promise<Comparison> {
  const given = { ...options, suggestEnvironments: options.suggestEnvironments ?? options.worlds !== 'one' };
  const rows: OpenedRow[] = [];
  const how: CompareOptions = {
    base,
    unchangedDirectories,
    isAllowed: isAllowedBy(options.configFor),
    onOpened: (row) => rows.push(row),
  };
  const told = async (comparison: Comparison, built: Built): Promise<Comparison> =>
    withRules(comparison, await askOpened(rows, built, { ...options, configBefore }));
  if (before === undefined) {
    const built = await build(fileSystem, paths, given);
    const { roots, problems, files } = built;
    const { before: was, after } = accessOfPlans(roots);
    const state = { problems: [], files, relative: (path: string) => path };
    return told(compare({ ...state, roots: was }, { ...state, roots: after, problems }, how), built);
  }
  if ('roots' in before) {
    // A report is without environments unless one was asked for.
    const ofReport = { ...options, configFor: configForInspection(options) };
    const { access, built } = await accessOf(fileSystem, paths, ofReport, below, 'documents');
    return told(compare(before, access, how), built);
  }
  // What is the same in both states is evaluated once.
  const cached = { ...given, cache: new QueryCache() };
  const was = await accessOf(before.fileSystem, before.paths, cached, before.below);
  const is = await accessOf(fileSystem, paths, cached, below);
  const problems = [...is.access.problems, ...lostRoots(was, is, below)];
  return told(compare(was.access, { ...is.access, problems }, how), is.built);
}

/** Of root modules that Terraform runs in, and which others call now: what they are given by themselves is not compared. */
function lostRoots(was: BuiltAccess, is: BuiltAccess, below: string): readonly Problem[] {
  const left = new Set(is.access.roots.map(({ root }) => root));
  const read = new Set(is.built.modules.map(({ directory }) => directory));
  const modules = new Map(was.built.modules.map((module) => [module.directory, module]));
  const ranIn = new Set(
    was.built.roots.flatMap(({ model: { root }, inputs }) => {
      const module = modules.get(root);
      return inputs.length > 0 || (module !== undefined && hasBackend(module)) ? root : [];
    }),
  );
  const lost = was.access.roots.flatMap(({ root, directory }) => {
    const now = [below, root].filter((part) => part !== '').join('/');
    return !left.has(root) && read.has(now) && ranIn.has(directory) ? now || '.' : [];
  });
  return [...new Set(lost)].map((directory) => ({
    kind: 'unread',
    severity: 'warning',
    message: `${directory} was a root module before the change, and others call or apply it now: it is compared as they do, without its own variable files.`,
  }));
}

function withRules(
  comparison: Comparison,
  { told, rules, suppressedRules, problems, suppressed }: AskedOfOpened,
): Comparison {
  const withTold = <T extends AccessChange | UndecidedAccess>(row: T): T => ({ ...row, ...told.get(row) });
  return {
    ...comparison,
    changes: comparison.changes.map(withTold),
    undecided: comparison.undecided.map(withTold),
    rules,
    suppressedRules,
    problems: [...comparison.problems, ...problems],
    counts: { ...comparison.counts, suppressed },
  };
}
