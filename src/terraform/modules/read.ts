/** Directories -> what the files in them declare. */

import { append } from '../../collections/append.ts';
import { type QueryCache, query } from '../../collections/query-cache.ts';
import type { FileSystem, ReadResult } from '../../files.ts';
import { parseJson } from '../../hcl/json/parser.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import { decodeSource } from '../../source/decode.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import { SourceFile } from '../../source/source-file.ts';
import { isStandIn, standInText } from '../stand-ins/stand-in.ts';
import { configurationFiles, isOverrideFile } from './configuration-files.ts';
import { type DecodedTree, decodeModule, decodeTree, type Module, type ModuleFile } from './module.ts';
import { type DataDirectory, isDownloadedPath } from './sources/installed.ts';

/** A unit whose root module is read, with the tree as that sees it. */
export interface ReadingUnit {
  readonly directory: string;
  readonly files: FileSystem;
}

/** Text -> tree, for native syntax: the native parser, or one that asks hcl2json. */
export type ParseNative = (file: SourceFile) => Outcome<SyntaxTree> | Promise<Outcome<SyntaxTree>>;

/** What a file was read as, and what one file alone declares. */
interface ReadFile {
  readonly tree: SyntaxTree;
  readonly problems: readonly Problem[];
}

/** By path. */
const readFiles = query<Uint8Array, ReadFile>((a, b) => Buffer.compare(a, b) === 0);

/** By tree. */
const decodedTrees = query<undefined, DecodedTree>();

/** By directory. */
const decodedModules = query<readonly ModuleFile[], Outcome<Module>>(
  (a, b) => a.length === b.length && a.every(({ tree }, index) => tree === b[index]?.tree),
);

/** Reads each directory and each file once. What did not change since an earlier run is the same object again. */
export class ModuleReader {
  readonly #files: FileSystem;
  readonly #parseNative: ParseNative;
  readonly #cache: QueryCache;
  readonly #data: DataDirectory | undefined;
  readonly #decoded = new Map<string, Promise<Outcome<Module> | undefined>>();

  /** @param cache of one parser */
  constructor(files: FileSystem, parseNative: ParseNative, cache: QueryCache, data: DataDirectory | undefined) {
    this.#files = files;
    this.#parseNative = parseNative;
    this.#cache = cache;
    this.#data = data;
  }

  /** What a directory declares; undefined where it holds no configuration. */
  read(directory: string): Promise<Outcome<Module> | undefined> {
    let decoded = this.#decoded.get(directory);
    if (decoded === undefined) {
      decoded = this.#readModule(directory);
      this.#decoded.set(directory, decoded);
    }
    return decoded;
  }

  /** The same of a directory whose module a unit applies: its files are also those that the unit adds. */
  readUnit(directory: string, unit: ReadingUnit): Promise<Outcome<Module> | undefined> {
    return this.#readModule(directory, unit);
  }

  async #readModule(directory: string, unit?: ReadingUnit): Promise<Outcome<Module> | undefined> {
    const problems: Problem[] = [];
    const files = isStandIn(directory)
      ? await this.#parseStandIn(directory, problems)
      : await this.#parseDirectory(directory, problems, unit?.files ?? this.#files);
    if (files.length === 0 && problems.length === 0) return undefined;
    const decoded = this.#decodeModule(directory, files, unit === undefined ? '' : `${unit.directory}\n`);
    return { value: decoded.value, problems: [...problems, ...decoded.problems] };
  }

  #decodeModule(directory: string, files: readonly ModuleFile[], unit: string): Outcome<Module> {
    return this.#cache.get(decodedModules, unit + directory, files, () =>
      decodeModule(directory, files, (tree) => this.#cache.get(decodedTrees, tree, undefined, () => decodeTree(tree))),
    );
  }

  async #parseDirectory(directory: string, problems: Problem[], fileSystem: FileSystem): Promise<ModuleFile[]> {
    const listing = fileSystem.list(directory);
    if (listing.kind !== 'directory') {
      if (listing.kind === 'error') {
        problems.push({
          kind: 'file',
          severity: 'error',
          message: `Cannot read the directory ${directory || '.'}: ${listing.message}`,
        });
      }
      return [];
    }
    // What is no file, such as a link that leads out of the tree, can't be read, which is said.
    const readable = listing.entries.filter(({ kind }) => kind === 'file' || kind === 'other');
    const entries = new Map(readable.map((each) => [each.name, each]));
    const files: ModuleFile[] = [];
    for (const name of configurationFiles([...entries.keys()])) {
      const path = directory === '' ? name : `${directory}/${name}`;
      // All links to a file are that file: what is wrong in it is said once, in its own place.
      const place = entries.get(name)!.isLink ? fileSystem.real(path) : path;
      const parsed = this.#parseFile(place, fileSystem.read(place), problems);
      const file = parsed instanceof Promise ? await parsed : parsed;
      if (file === undefined) continue;
      append(problems, file.problems);
      files.push({ tree: file.tree, isOverride: isOverrideFile(name) });
    }
    return files;
  }

  async #parseStandIn(directory: string, problems: Problem[]): Promise<ModuleFile[]> {
    const text = await standInText(directory);
    if (text === undefined) return [];
    const path = `${directory}/main.tf`;
    const bytes = Buffer.from(text);
    const parse = async (): Promise<ReadFile> => {
      const parsed = await this.#parseNative(new SourceFile(path, text, true, undefined, true));
      return this.#cache.keep(readFiles, path, bytes, { tree: parsed.value, problems: parsed.problems });
    };
    const file = this.#cache.find(readFiles, path, bytes) ?? (await parse());
    append(problems, file.problems);
    return [{ tree: file.tree, isOverride: false }];
  }

  /** Undefined, with a problem, where the file can't be read. */
  #parseFile(path: string, read: ReadResult, problems: Problem[]): ReadFile | Promise<ReadFile> | undefined {
    if (read.kind === 'file') {
      const { bytes } = read;
      const known = this.#cache.find(readFiles, path, bytes);
      if (known !== undefined) return known;
      const source = decodeSource(path, bytes, undefined, undefined, isDownloadedPath(path, this.#data));
      const keep = ({ value: tree, problems: faults }: Outcome<SyntaxTree>): ReadFile =>
        this.#cache.keep(readFiles, path, bytes, { tree, problems: [...source.problems, ...faults] });
      const parsed = path.endsWith('.json') ? parseJson(source.value) : this.#parseNative(source.value);
      return parsed instanceof Promise ? parsed.then(keep) : keep(parsed);
    }
    const reason = read.kind === 'missing' ? 'broken symbolic link, or the file was just removed' : read.message;
    const message = `Cannot read ${path}: ${reason}.`;
    problems.push({
      kind: 'file',
      severity: 'error',
      message,
      span: { file: new SourceFile(path, ''), start: 0, end: 0 },
    });
    return undefined;
  }
}
