/** The overrides that apply to a file. */

import type { FileChecks, Setting } from '../../findings/run.ts';
import type { FileLayer } from '../choice.ts';
import type { Override } from '../decode.ts';
import { groupMatcherOf, matcherOf } from '../globs.ts';

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
export function readyOverrides(files: readonly FileLayer[]): readonly ReadyOverride[] {
  return files.flatMap(({ file, folder }) =>
    file.overrides.map((override) => ({
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

/** Patterns of a folder for paths of the tree. */
export function inFolder(isMatch: (path: string) => boolean, folder: string): (path: string) => boolean {
  return (path) => isMatch(withinFolder(path, folder) ?? path);
}

/** The path from a folder on; undefined for one outside of it. */
export function withinFolder(path: string, folder: string): string | undefined {
  const prefix = folder === '' ? '' : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
