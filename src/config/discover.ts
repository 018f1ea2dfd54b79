/** Which config applies to a file. */

import { type FileSystem, isOutsideRoot } from '../files.ts';
import type { Check } from '../findings/check.ts';
import type { AskedTogether } from '../rules/index.ts';
import { folderOf } from '../source/path.ts';
import { type Problem, problemKey } from '../source/problem.ts';
import { lockedProblems } from './base.ts';
import type { Config } from './config.ts';
import type { ConfigKey } from './key.ts';
import { keys } from './keys/index.ts';
import { defaultLayers, type Layer, type Selection, withPreset } from './layer.ts';
import { type GivenFile, LayerReader, settingLayers } from './layers.ts';
import { hasRules, misnamedRules, ownChecksOf, strayRules } from './own/declared-rules.ts';
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
  /** tfsg's checks, and the own rules of all the files read until now. */
  readonly checks: readonly Check[];
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
  const reader = making.readerOf(fileSystem);
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
      if (!hasRules(fileSystem, folder)) {
        if (folder === '') making.problems.push(...misnamedRules(fileSystem, folder));
        return undefined;
      }
      const alone = folder === '' ? reader.rulesAlone() : undefined;
      if (alone !== undefined) return making.resolved(alone);
      making.problems.push(strayRules(folder));
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
    get checks() {
      return making.checks;
    },
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
    explicit && ((below) => making.readerOf(explicit.fileSystem).layersOf(explicit, below)),
  );
  return {
    configFor: () => config,
    layersFor: () => layers,
    problems: making.problems,
    selection: making.selection,
    checks: making.checks,
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
  /** Rules of all files are asked together. */
  readonly #together: AskedTogether = {};
  readonly #own = new Set<Check>();
  readonly #ofCommandLine: readonly Layer[];
  readonly #told = new Set<string>();
  /** tfsg's, and those of the base. */
  readonly #checksOfFiles: readonly Check[];

  constructor(checks: readonly Check[], selection: Selection, base: NamedConfig | undefined) {
    this.#checks = checks;
    const layers = base && new LayerReader(base.fileSystem, checks, this.problems, this.#together).layersOf(base);
    for (const own of ownChecksOf(layers ?? [])) this.#own.add(own);
    this.#checksOfFiles = [...checks, ...this.#own];
    this.selection = base === undefined ? selection : { ...selection, base: { path: base.path, layers: layers! } };
    this.#ofCommandLine = settingLayers(selection, this.#checksOfFiles, this.problems);
  }

  readerOf(fileSystem: FileSystem): LayerReader {
    return new LayerReader(fileSystem, this.#checksOfFiles, this.problems, this.#together);
  }

  get checks(): readonly Check[] {
    return [...this.#checks, ...this.#own];
  }

  /** @param layersOn reads a file, on top of other layers; undefined for none */
  resolved(layersOn: ((below: readonly Layer[]) => readonly Layer[]) | undefined): Resolved {
    const { selection } = this;
    const below = selection.base?.layers ?? [];
    const own = layersOn?.(below) ?? (below.length > 0 ? below : defaultLayers);
    const layers = [...withPreset(own, selection), ...this.#ofCommandLine];
    const ofFiles = ownChecksOf(layers);
    for (const each of ofFiles) this.#own.add(each);
    const checks = [...this.#checks, ...ofFiles];
    // Several configs can extend one file.
    for (const problem of this.#mistakesIn(layers, checks)) {
      if (!this.#told.has(problemKey(problem))) this.problems.push(problem);
      this.#told.add(problemKey(problem));
    }
    return { layers, config: resolveConfig(layers, checks, selection) };
  }

  /** What is wrong with layers that are each right by themselves. */
  #mistakesIn(layers: readonly Layer[], checks: readonly Check[]): readonly Problem[] {
    const { base } = this.selection;
    const ofKeys = Object.values<ConfigKey<unknown, unknown>>(keys).flatMap((key) => key.mistakes?.(layers) ?? []);
    if (base === undefined) return ofKeys;
    const resolution = new Resolution(layers, checks, this.selection);
    return [...ofKeys, ...lockedProblems(resolution, layers, checks, base)];
  }
}
