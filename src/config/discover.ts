/** Which configuration holds for a file. */

import type { Check } from '../checks/check.ts';
import type { FileSystem } from '../files.ts';
import { decodeSource } from '../source/decode.ts';
import type { Problem } from '../source/problem.ts';
import type { Config } from './config.ts';
import { decodeConfigFile } from './decode.ts';
import { resolveConfig, type Selection } from './resolve.ts';

/** Name of the configuration file. */
export const CONFIG_FILE = '.tfsgrc.json';

/** The configurations of a tree, each read once, when it is first asked for. */
export interface Configurations {
  /** What holds for a file or directory of the tree, whether it exists or not. */
  configFor(path: string): Config;
  /** The mistakes of all the files read until now, and files that could not be read, in the order of reading. */
  readonly problems: readonly Problem[];
}

/** For each file the nearest .tfsgrc.json upwards from it; defaults where there is none up to the tree's root. */
export function discoverConfigurations(
  fileSystem: FileSystem,
  checks: readonly Check[],
  selection: Selection,
): Configurations {
  const problems: Problem[] = [];
  const byFolder = new Map<string, Config>();
  const configIn = (folder: string): Config => {
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const config =
      readConfig(folder) ?? (folder === '' ? resolveConfig(undefined, '', checks, selection) : above(folder));
    byFolder.set(folder, config);
    return config;
  };
  const above = (folder: string) => configIn(folderOf(folder));
  const readConfig = (folder: string): Config | undefined => {
    const path = folder === '' ? CONFIG_FILE : `${folder}/${CONFIG_FILE}`;
    const read = fileSystem.read(path);
    if (read.kind === 'missing') return undefined;
    if (read.kind === 'file') return decodeConfig(path, read.bytes, folder, checks, selection, problems);
    const message = `${path} can't be read: ${read.message}.`;
    problems.push({ kind: 'configuration', severity: 'error', message });
    return undefined;
  };
  return { configFor: (path) => configIn(folderOf(path)), problems };
}

/**
 * One configuration for every file.
 *
 * @param explicit the file that was asked for; undefined for the defaults
 */
export function fixedConfiguration(
  explicit: { readonly path: string; readonly bytes: Uint8Array } | undefined,
  checks: readonly Check[],
  selection: Selection,
): Configurations {
  const problems: Problem[] = [];
  const config =
    explicit === undefined
      ? resolveConfig(undefined, '', checks, selection)
      : decodeConfig(explicit.path, explicit.bytes, folderOf(explicit.path), checks, selection, problems);
  return { configFor: () => config, problems };
}

function decodeConfig(
  path: string,
  bytes: Uint8Array,
  folder: string,
  checks: readonly Check[],
  selection: Selection,
  problems: Problem[],
): Config {
  const source = decodeSource(path, bytes);
  const decoded = decodeConfigFile(source.value, checks);
  problems.push(...source.problems, ...decoded.problems);
  return resolveConfig(decoded.value, folder, checks, selection);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
