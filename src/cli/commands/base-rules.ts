/** `--base`: own rules and what `--base-config` locks, as they were before the change. */

import type { Configs } from '../../config/discover.ts';
import { filesIn } from '../../config/layer.ts';
import { BaseRules } from '../../config/own/base-rules.ts';
import { isOutsideRoot } from '../../files.ts';
import type { ComparedState } from '../../lint-changes.ts';
import type { Problem } from '../../source/problem.ts';
import type { Io } from '../io.ts';
import type { ChangesArguments } from '../options/arguments.ts';
import { configsIn, isMistaken, type NamedIn, openConfigs, type Session, withFilesOutside } from '../session.ts';
import type { BaseState } from './base-state.ts';

/** The older state as a tree of files; undefined where it is none. */
export function olderTree({ before }: BaseState): ComparedState | undefined {
  return before !== undefined && 'fileSystem' in before ? before : undefined;
}

/** The same session with what `--base-config` was before the change; undefined where it is the same. */
export function withOlderBase(
  given: ChangesArguments,
  session: Session,
  state: BaseState,
  io: Io,
): { readonly session: Session; readonly problem: Problem } | undefined {
  const older = olderTree(state);
  const { selection } = session.configs;
  if (older === undefined || given.baseConfig === undefined) return undefined;
  const configs = openConfigs(given, io, session.tree, session.fileSystem, session.paths, namedIn(older, state.after));
  // A change that fixes a base which nobody can read has only its own.
  if (isMistaken(configs) || baseTexts(configs) === baseTexts({ selection })) return undefined;
  const message = `The change edits --base-config ${given.baseConfig}, which is in force as it was before.`;
  return {
    session: { ...session, configs, options: { ...session.options, configFor: configs.configFor } },
    problem: { kind: 'configuration', severity: 'warning', message },
  };
}

function baseTexts({ selection: { base } }: Pick<Configs, 'selection'>): string {
  const files = filesIn(base?.layers ?? []);
  return JSON.stringify(files.map(({ file, rules }) => [file.file.text, rules?.checks.map(({ own }) => own?.page)]));
}

/** Undefined where nothing is known of the rules of the older state. */
export function rulesBefore(
  given: ChangesArguments,
  { configs, tree }: Session,
  state: BaseState,
  io: Io,
): { readonly rules: BaseRules; readonly configs: Configs } | undefined {
  const older = olderTree(state);
  if (older === undefined) return undefined;
  const named = namedIn(older, state.after);
  const before = configsIn(older.fileSystem, given, io, tree, configs.selection, named);
  const pathBefore = (path: string): string => pathIn(older, state.after, path);
  return { rules: new BaseRules(configs, before, pathBefore), configs: before };
}

const namedIn =
  (older: ComparedState, after: ComparedState): NamedIn =>
  (path) => {
    const there = pathIn(older, after, path);
    const read = isOutsideRoot(path) ? undefined : older.fileSystem.read(there);
    return read?.kind === 'file'
      ? { path: there, bytes: read.bytes, fileSystem: withFilesOutside(older.fileSystem) }
      : undefined;
  };

/** Where something of the newer state is in the older one; what lies beside the folders that are compared is in both at the same path. */
function pathIn(older: ComparedState, { below }: ComparedState, path: string): string {
  if (below !== '' && path !== below && !path.startsWith(`${below}/`)) return path;
  const relative = below === '' ? path : path.slice(below.length + 1);
  return older.below === '' ? relative : relative === '' ? older.below : `${older.below}/${relative}`;
}
