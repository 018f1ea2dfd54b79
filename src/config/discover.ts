/** Which config applies to a file. */

import type { FileSystem } from '../files.ts';
import type { Check } from '../findings/check.ts';
import type { Problem } from '../source/problem.ts';
import type { Config } from './config.ts';
import { defaultLayers, type Layer, type Selection, withPreset } from './layer.ts';
import { folderOf, type GivenFile, LayerReader, settingLayers } from './layers.ts';
import { resolveConfig } from './resolve.ts';
import { lookalikesIn } from './unused.ts';

/** Name of the config file. */
export const CONFIG_FILE = '.tfsgrc.json';

/** The configs of a tree, each read once, when it is first asked for. */
export interface Configs {
  /** What holds for a file or directory of the tree, whether it exists or not. */
  configFor(path: string): Config;
  /** What that is made of. */
  layersFor(path: string): readonly Layer[];
  /** The mistakes of all the files read until now, and files that could not be read, in the order of reading. */
  readonly problems: readonly Problem[];
}

/** For each file the nearest .tfsgrc.json upwards from it; defaults where there is none up to the tree's root. */
export function discoverConfigs(fileSystem: FileSystem, checks: readonly Check[], selection: Selection): Configs {
  const problems: Problem[] = [];
  const reader = new LayerReader(fileSystem, checks, problems);
  const given = settingLayers(selection, checks, problems);
  const byFolder = new Map<string, Resolved>();
  const resolved = (below: readonly Layer[]): Resolved => {
    const layers = [...withPreset(below, selection), ...given];
    return { layers, config: resolveConfig(layers, checks, selection) };
  };
  const resolvedIn = (folder: string): Resolved => {
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const found = readConfig(folder) ?? (folder === '' ? resolved(defaultLayers) : resolvedIn(folderOf(folder)));
    byFolder.set(folder, found);
    return found;
  };
  const readConfig = (folder: string): Resolved | undefined => {
    const path = folder === '' ? CONFIG_FILE : `${folder}/${CONFIG_FILE}`;
    const read = fileSystem.read(path);
    if (read.kind === 'missing') {
      problems.push(...lookalikesIn(fileSystem, folder, CONFIG_FILE));
      return undefined;
    }
    if (read.kind === 'file') {
      return resolved(reader.layersOf({ path, bytes: read.bytes }));
    }
    const message = `Cannot read ${path}: ${read.message}.`;
    problems.push({ kind: 'configuration', severity: 'error', message });
    return undefined;
  };
  return {
    configFor: (path) => resolvedIn(folderOf(path)).config,
    layersFor: (path) => resolvedIn(folderOf(path)).layers,
    problems,
  };
}

interface Resolved {
  readonly layers: readonly Layer[];
  readonly config: Config;
}

/**
 * One config for every file.
 *
 * @param explicit the file that was asked for, and where the files are that it extends; undefined for the defaults
 */
export function fixedConfig(
  explicit: (GivenFile & { readonly fileSystem: FileSystem }) | undefined,
  checks: readonly Check[],
  selection: Selection,
): Configs {
  const problems: Problem[] = [];
  const below =
    explicit === undefined ? defaultLayers : new LayerReader(explicit.fileSystem, checks, problems).layersOf(explicit);
  const layers = [...withPreset(below, selection), ...settingLayers(selection, checks, problems)];
  const config = resolveConfig(layers, checks, selection);
  return { configFor: () => config, layersFor: () => layers, problems };
}
