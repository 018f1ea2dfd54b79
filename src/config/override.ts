/** The overrides that apply to a file. */

import type { FileChecks, Setting } from '../findings/setting.ts';
import type { CheckEntry } from './check-entry.ts';
import type { JsonNode } from './jsonc.ts';
import { filesIn, type Layer } from './layer.ts';
import { inFolder } from './path-patterns.ts';
import { groupMatcherOf, matcherOf } from './patterns/globs.ts';

/** Settings for some files and groups. */
export interface Override {
  /** In `overrides`, from 0. */
  readonly index: number;
  readonly node: JsonNode;
  /** Patterns; undefined for every file. */
  readonly files: readonly string[] | undefined;
  /** Patterns of names or addresses; undefined for whatever group. */
  readonly groups: readonly string[] | undefined;
  readonly checks: readonly CheckEntry[];
}

/** An override with its patterns ready. */
export interface ReadyOverride {
  readonly override: Override;
  readonly isInFile: (path: string) => boolean;
  /** Undefined where it holds whatever the group is. */
  readonly isForGroup: ((nameOrAddress: string) => boolean) | undefined;
}

/** Settings with some overrides. */
type SettingsOf = (overrides: readonly Override[]) => ReadonlyMap<string, Setting>;

/** Those of all files, in their order. */
export function readyOverrides(layers: readonly Layer[]): readonly ReadyOverride[] {
  return filesIn(layers).flatMap(({ file, folder }) =>
    (file.given['overrides'] as readonly Override[]).map((override) => ({
      override,
      isInFile: override.files === undefined ? () => true : inFolder(matcherOf(override.files), folder),
      isForGroup: override.groups && groupMatcherOf(override.groups),
    })),
  );
}

/** Settings are computed once for each set of overrides that hold together. */
export function checksForFiles(
  ready: readonly ReadyOverride[],
  base: ReadonlyMap<string, Setting>,
  settingsOf: SettingsOf,
): (path: string) => FileChecks {
  const keyOf = (holding: readonly ReadyOverride[]) => holding.map((each) => ready.indexOf(each)).join(' ');
  const known = new Map<string, ReadonlyMap<string, Setting>>([['', base]]);
  const settingsWith = (holding: readonly ReadyOverride[]): ReadonlyMap<string, Setting> => {
    const key = keyOf(holding);
    const settings = known.get(key) ?? settingsOf(holding.map(({ override }) => override));
    known.set(key, settings);
    return settings;
  };
  const byFiles = new Map<string, FileChecks>();
  return (path) => {
    const inFile = ready.filter(({ isInFile }) => isInFile(path));
    const key = keyOf(inFile);
    const checksOfFile = byFiles.get(key) ?? fileChecks(inFile, settingsWith);
    byFiles.set(key, checksOfFile);
    return checksOfFile;
  };
}

function fileChecks(
  inFile: readonly ReadyOverride[],
  settingsWith: (holding: readonly ReadyOverride[]) => ReadonlyMap<string, Setting>,
): FileChecks {
  const checks = settingsWith(inFile.filter(({ isForGroup }) => isForGroup === undefined));
  if (inFile.every(({ isForGroup }) => isForGroup === undefined)) return { checks };
  return {
    checks,
    forGroup: (names) =>
      settingsWith(inFile.filter(({ isForGroup }) => isForGroup === undefined || names.some(isForGroup))),
  };
}

/** Those that hold in a file whatever the group is. */
export function alwaysIn(path: string, layers: readonly Layer[]): readonly Override[] {
  return readyOverrides(layers)
    .filter(({ isInFile, isForGroup }) => isInFile(path) && isForGroup === undefined)
    .map(({ override }) => override);
}

/** Those that hold in a file for some groups, with those behind them. */
export function laterIn(path: string, layers: readonly Layer[]): readonly Override[] {
  const inFile = readyOverrides(layers).filter(({ isInFile }) => isInFile(path));
  const first = inFile.findIndex(({ isForGroup }) => isForGroup !== undefined);
  return first === -1 ? [] : inFile.slice(first).map(({ override }) => override);
}
