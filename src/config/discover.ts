/** Which config applies to a file. */

import { type FileSystem, isOutsideRoot } from '../files.ts';
import type { Check } from '../findings/check.ts';
import { folderOf } from '../source/path.ts';
import { type Problem, problemKey } from '../source/problem.ts';
import { lockedProblems } from './base.ts';
import type { Config } from './config.ts';
import type { ConfigKey } from './key.ts';
import { keys } from './keys/index.ts';
import { defaultLayers, type Layer, type Selection, withPreset } from './layer.ts';
import { type GivenFile, LayerReader, settingLayers } from './layers.ts';
import { Resolution, resolveConfig } from './resolve.ts';
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
  /** What the command line asks for, with the layers below all others. */
  readonly selection: Selection;
}

/** A file that the command line names, and where the files are that it extends. */
export interface NamedConfig extends GivenFile {
  readonly fileSystem: FileSystem;
}

/**
 * For each file the nearest .tfsgrc.json upwards from it; defaults where there is none up to the tree's root.
 *
 * @param base lies below all of them
 */
export function discoverConfigs(
  fileSystem: FileSystem,
  checks: readonly Check[],
  selection: Selection,
  base?: NamedConfig,
): Configs {
  const making = new Making(checks, selection, base);
  const reader = new LayerReader(fileSystem, checks, making.problems);
  const byFolder = new Map<string, Resolved>();
  const resolvedIn = (folder: string): Resolved => {
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const found = readConfig(folder) ?? (folder === '' ? making.resolved(undefined) : resolvedIn(folderOf(folder)));
    byFolder.set(folder, found);
    return found;
  };
  /** To ask for what is not there takes longer than to look at the list, which is needed anyway. */
  const isListed = (folder: string): boolean => {
    const listed = isOutsideRoot(folder) ? undefined : fileSystem.list(folder);
    return listed?.kind !== 'directory' || listed.entries.some(({ name }) => name.toLowerCase() === CONFIG_FILE);
  };
  const readConfig = (folder: string): Resolved | undefined => {
    const path = folder === '' ? CONFIG_FILE : `${folder}/${CONFIG_FILE}`;
    const read = isListed(folder) ? fileSystem.read(path) : ({ kind: 'missing' } as const);
    if (read.kind === 'missing') {
      making.problems.push(...lookalikesIn(fileSystem, folder, CONFIG_FILE));
      return undefined;
    }
    if (read.kind === 'file') {
      return making.resolved((below) => reader.layersOf({ path, bytes: read.bytes }, below));
    }
    const message = `Cannot read ${path}: ${read.message}.`;
    making.problems.push({ kind: 'configuration', severity: 'error', message });
    return undefined;
  };
  return {
    configFor: (path) => resolvedIn(folderOf(path)).config,
    layersFor: (path) => resolvedIn(folderOf(path)).layers,
    problems: making.problems,
    selection: making.selection,
  };
}

/**
 * One config for every file.
 *
 * @param explicit the file that was asked for; undefined for the defaults
 * @param base lies below it
 */
export function fixedConfig(
  explicit: NamedConfig | undefined,
  checks: readonly Check[],
  selection: Selection,
  base?: NamedConfig,
): Configs {
  const making = new Making(checks, selection, base);
  const { layers, config } = making.resolved(
    explicit && ((below) => new LayerReader(explicit.fileSystem, checks, making.problems).layersOf(explicit, below)),
  );
  return {
    configFor: () => config,
    layersFor: () => layers,
    problems: making.problems,
    selection: making.selection,
  };
}

interface Resolved {
  readonly layers: readonly Layer[];
  readonly config: Config;
}

/** Makes configs of layers, and collects what is wrong with them. */
class Making {
  readonly problems: Problem[] = [];
  readonly selection: Selection;
  readonly #checks: readonly Check[];
  readonly #ofCommandLine: readonly Layer[];
  readonly #told = new Set<string>();

  constructor(checks: readonly Check[], selection: Selection, base: NamedConfig | undefined) {
    this.#checks = checks;
    const layers = base && new LayerReader(base.fileSystem, checks, this.problems).layersOf(base);
    this.selection = base === undefined ? selection : { ...selection, base: { path: base.path, layers: layers! } };
    this.#ofCommandLine = settingLayers(selection, checks, this.problems);
  }

  /** @param layersOn reads a file, on top of other layers; undefined for none */
  resolved(layersOn: ((below: readonly Layer[]) => readonly Layer[]) | undefined): Resolved {
    const { selection } = this;
    const below = selection.base?.layers ?? [];
    const own = layersOn?.(below) ?? (below.length > 0 ? below : defaultLayers);
    const layers = [...withPreset(own, selection), ...this.#ofCommandLine];
    // Several configs can extend one file.
    for (const problem of this.#mistakesIn(layers)) {
      if (!this.#told.has(problemKey(problem))) this.problems.push(problem);
      this.#told.add(problemKey(problem));
    }
    return { layers, config: resolveConfig(layers, this.#checks, selection) };
  }

  /** What is wrong with layers that are each right by themselves. */
  #mistakesIn(layers: readonly Layer[]): readonly Problem[] {
    const { base } = this.selection;
    const ofKeys = Object.values<ConfigKey<unknown, unknown>>(keys).flatMap((key) => key.mistakes?.(layers) ?? []);
    if (base === undefined) return ofKeys;
    const resolution = new Resolution(layers, this.#checks, this.selection);
    return [...ofKeys, ...lockedProblems(resolution, layers, this.#checks, base)];
  }
}
