/** A config file with all files that it extends, as layers. */

import { append } from '../collections/append.ts';
import type { FileSystem } from '../files.ts';
import type { Check } from '../findings/check.ts';
import type { AskedTogether } from '../rules/index.ts';
import { decodeSource } from '../source/decode.ts';
import { folderOf } from '../source/path.ts';
import type { Problem } from '../source/problem.ts';
import { joinPath } from '../terraform/modules/load.ts';
import { nearestName } from '../text/nearest-name.ts';
import { type DecodedFile, decodeConfigFile, decodeSetting } from './decode.ts';
import type { Extended } from './keys/extends.ts';
import { defaultLayers, type Layer, type OwnRules, type Selection } from './layer.ts';
import { mistake } from './mistake.ts';
import { ownChecksOf, readOwnRules } from './own/declared-rules.ts';

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
  readonly #together: AskedTogether;

  /**
   * @param checks without own rules of these files
   * @param together the same object for rules that are asked together
   */
  constructor(fileSystem: FileSystem, checks: readonly Check[], problems: Problem[], together: AskedTogether) {
    this.#fileSystem = fileSystem;
    this.#checks = checks;
    this.#problems = problems;
    this.#together = together;
  }

  /**
   * The layers in the order of `extends`, each before the file that names it, on top of others. Where none of the files names a preset and
   * nothing lies below, the default one lies under them all.
   */
  layersOf(given: GivenFile, below: readonly Layer[] = []): readonly Layer[] {
    const { layers, own } = this.#known.get(given.path) ?? this.#read(given, []);
    const isOff = own.given.extends?.length === 0;
    if (layers.some((layer) => layer.kind === 'preset')) return [...below, ...layers];
    if (below.length > 0)
      return [...below, ...(isOff ? [{ kind: 'preset', preset: 'tfsg:off' } as const] : []), ...layers];
    return isOff ? layers : [...defaultLayers, ...layers];
  }

  /** @param chain paths of the files on the way, this one left out */
  #read(given: GivenFile, chain: readonly string[]): FileLayers {
    const source = decodeSource(given.path, given.bytes, MAX_FILE_BYTES);
    append(this.#problems, source.problems);
    const { value: first, problems: firstProblems } = decodeConfigFile(source.value, this.#checks);
    const folder = folderOf(given.path);
    const below = [...chain, given.path];
    const layers = new Set<Layer>();
    for (const each of first.given.extends ?? []) {
      // Where a layer comes again, nothing is left of what it said before.
      for (const layer of this.#extended(each, folder, below)) {
        layers.delete(layer);
        layers.add(layer);
      }
    }
    const inherited = [...this.#checks, ...ownChecksOf([...layers])];
    const rules = this.#rulesIn(folder, first.given.rules, inherited);
    const checks = [...inherited, ...(rules?.checks ?? [])];
    // The names of own rules are known only now.
    const { value: own, problems } =
      checks.length === this.#checks.length
        ? { value: first, problems: firstProblems }
        : decodeConfigFile(source.value, checks);
    // Of what could not be read nothing more is wrong.
    if (source.problems.length === 0) append(this.#problems, problems);
    const read = { layers: [...layers, { kind: 'file', file: own, folder, rules } as const], own };
    this.#known.set(given.path, read);
    return read;
  }

  /** The layers of a tree without a config whose root has own rules; undefined where there are none. */
  rulesAlone(): ((below: readonly Layer[]) => readonly Layer[]) | undefined {
    const rules = this.#rulesIn('', undefined, this.#checks);
    if (rules === undefined) return undefined;
    const { value: file } = decodeSetting({ option: rules.files[0]!, config: {} }, this.#checks);
    return (below) => [...(below.length > 0 ? below : defaultLayers), { kind: 'file', file, folder: '', rules }];
  }

  #rulesIn(folder: string, named: DecodedFile['given']['rules'], others: readonly Check[]): OwnRules | undefined {
    return readOwnRules(this.#fileSystem, folder, named, others, this.#together, this.#problems);
  }

  #extended(extended: Extended, folder: string, chain: readonly string[]): readonly Layer[] {
    if (extended.kind === 'preset') return [extended];
    const fail = (message: string, hint?: string): readonly Layer[] => {
      this.#problems.push(mistake(extended.span, message, hint));
      return [];
    };
    const path = extended.kind === 'package' ? this.#locate(extended, folder) : joinPath(folder, extended.path);
    if (path === undefined && extended.kind === 'package') {
      const hint = this.#fileSystem.read(joinPath(folder, extended.path) ?? '').kind === 'file';
      return fail(
        `The package ${extended.path} is in no node_modules here or above.`,
        hint ? `Did you mean "./${extended.path}"?` : 'Install it, or write a path such as "./base.tfsgrc.json".',
      );
    }
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

  /** The file of a package in the nearest node_modules that has the package: from the folder upwards, as Node has it. */
  #locate({ name, file }: Extract<Extended, { readonly kind: 'package' }>, folder: string): string | undefined {
    for (let at = folder; ; at = folderOf(at)) {
      const root = joinPath(at, `node_modules/${name}`);
      if (root !== undefined && this.#fileSystem.list(root).kind === 'directory')
        return `${root}/${file ?? PACKAGE_FILE}`;
      if (at === folderOf(at)) return undefined;
    }
  }
}

/** Name of the config in a package that another file does not name. */
const PACKAGE_FILE = '.tfsgrc.json';

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
