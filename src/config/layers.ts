/** A config file with all files that it extends, as layers. */

import { append } from '../collections/append.ts';
import type { FileSystem } from '../files.ts';
import type { Check } from '../findings/check.ts';
import { decodeSource } from '../source/decode.ts';
import type { Problem } from '../source/problem.ts';
import { joinPath } from '../terraform/modules/load.ts';
import { nearestName } from '../text/nearest-name.ts';
import { type DecodedFile, decodeConfigFile, decodeSetting } from './decode.ts';
import type { Extended } from './keys/extends.ts';
import { defaultLayers, type Layer, type Selection } from './layer.ts';
import { mistake } from './mistake.ts';

/** A file that was read. */
export interface GivenFile {
  /** Relative to the tree's root. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Bytes; people write a few KB. */
const MAX_FILE_BYTES = 1024 * 1024;

const MAX_CHAIN_LENGTH = 100;

interface FileLayers {
  readonly layers: readonly Layer[];
  /** The last of the layers. */
  readonly own: DecodedFile;
}

/** Layers of config files. Each file is read once, whoever extends it. */
export class LayerReader {
  readonly #fileSystem: FileSystem;
  readonly #checks: readonly Check[];
  readonly #problems: Problem[];
  readonly #known = new Map<string, FileLayers>();

  constructor(fileSystem: FileSystem, checks: readonly Check[], problems: Problem[]) {
    this.#fileSystem = fileSystem;
    this.#checks = checks;
    this.#problems = problems;
  }

  /**
   * The layers in the order of `extends`, each before the file that names it. Where none of the files names a preset, the default one lies
   * under them all.
   */
  layersOf(given: GivenFile): readonly Layer[] {
    const { layers, own } = this.#known.get(given.path) ?? this.#read(given, []);
    const { extends: extended } = own.given;
    const hasPreset = layers.some((layer) => layer.kind === 'preset');
    return hasPreset || extended?.length === 0 ? layers : [...defaultLayers, ...layers];
  }

  /** @param chain paths of the files on the way, this one left out */
  #read(given: GivenFile, chain: readonly string[]): FileLayers {
    const source = decodeSource(given.path, given.bytes, MAX_FILE_BYTES);
    const { value: own, problems } = decodeConfigFile(source.value, this.#checks);
    append(this.#problems, source.problems);
    // Of what could not be read nothing more is wrong.
    if (source.problems.length === 0) append(this.#problems, problems);
    const folder = folderOf(given.path);
    const below = [...chain, given.path];
    const layers = new Set<Layer>();
    for (const each of own.given.extends ?? []) {
      // Where a layer comes again, nothing is left of what it said before.
      for (const layer of this.#extended(each, folder, below)) {
        layers.delete(layer);
        layers.add(layer);
      }
    }
    const read = { layers: [...layers, { kind: 'file', file: own, folder } as const], own };
    this.#known.set(given.path, read);
    return read;
  }

  #extended(extended: Extended, folder: string, chain: readonly string[]): readonly Layer[] {
    if (extended.kind === 'preset') return [extended];
    const fail = (message: string, hint?: string): readonly Layer[] => {
      this.#problems.push(mistake(extended.span, message, hint));
      return [];
    };
    const path = joinPath(folder, extended.path);
    if (path === undefined) return fail(`${extended.path} is outside the tree.`);
    if (chain.includes(path)) return fail(`Circular "extends": ${extended.path} extends this file.`);
    if (chain.length >= MAX_CHAIN_LENGTH) return fail(`More than ${MAX_CHAIN_LENGTH} files extend each other.`);
    const known = this.#known.get(path);
    if (known !== undefined) return known.layers;
    const read = this.#fileSystem.read(path);
    if (read.kind === 'file') return this.#read({ path, bytes: read.bytes }, chain).layers;
    if (read.kind === 'error') return fail(`Cannot read ${extended.path}: ${read.message}.`);
    const listing = this.#fileSystem.list(folderOf(path));
    const names = listing.kind === 'directory' ? listing.entries.map(({ name }) => name) : [];
    const nearest = nearestName(path.slice(path.lastIndexOf('/') + 1), names);
    return fail(`File not found: ${path}.`, nearest === undefined ? undefined : `Did you mean ${nearest}?`);
  }
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** What options of the command line say, as layers above all files. */
export function settingLayers(
  { settings = [] }: Selection,
  checks: readonly Check[],
  problems: Problem[],
): readonly Layer[] {
  return settings.map((setting) => {
    const decoded = decodeSetting(setting, checks);
    append(problems, decoded.problems);
    return { kind: 'file', file: decoded.value, folder: '' };
  });
}
