/** Directories -> modules: reads and parses their files and the modules that they call. */

import { append } from '../../collections/append.ts';
import { QueryCache, query } from '../../collections/query-cache.ts';
import { type FileSystem, isOutsideRoot } from '../../files.ts';
import { parseJson } from '../../hcl/json/parser.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import { decodeSource } from '../../source/decode.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import { SourceFile } from '../../source/source-file.ts';
import { cleanPath } from '../functions/path.ts';
import { isStandIn, type StandIn, standInFor, standInText } from '../stand-ins/stand-in.ts';
import { numberText } from '../values/number-text.ts';
import { isMapping, isSequence, type Value } from '../values/value.ts';
import { EarlyValues } from './early-values.ts';
import { type MappedSources, mappedDirectory } from './mapped.ts';
import {
  type Declaration,
  type DecodedTree,
  decodeModule,
  decodeTree,
  literalText,
  type Module,
  type ModuleFile,
} from './module.ts';

/** Text -> tree, for native syntax: the native parser, or one that asks hcl2json. */
export type ParseNative = (file: SourceFile) => Outcome<SyntaxTree> | Promise<Outcome<SyntaxTree>>;

/** A module in its place, with the modules that it calls; a module may be called from several places. */
export interface LoadedModule extends Module {
  /** By name of the call. */
  readonly calls: ReadonlyMap<string, CalledModule>;
  /** What could not be read, and what Terraform would reject, in this directory alone. */
  readonly problems: readonly Problem[];
}

export type CalledModule =
  | {
      readonly kind: 'module';
      readonly module: LoadedModule;
      readonly isDownloaded: boolean;
      /** Where the module itself was not read. */
      readonly standIn?: StandIn;
    }
  | UnreadModule;

/** A module that is called and was not read. */
export interface UnreadModule {
  readonly kind: 'unresolved';
  /** As written; empty where it is no plain text. */
  readonly source: string;
  /**
   * - `remote`: in a registry or repository, and not installed
   * - `computed`: the source is an expression whose value is not known
   * - `outside`: a folder outside of the tree
   * - `missing`: a folder that is not there, or holds no configuration
   * - `submodule`: a folder of a git submodule that is not checked out
   * - `cycle`, `depth`: modules that call one another in a circle, or more than 300 levels deep
   */
  readonly reason: 'remote' | 'computed' | 'outside' | 'missing' | 'submodule' | 'cycle' | 'depth';
}

const configurationFile = /^(?<name>.+?)(?<extension>\.(?:tf|tofu)(?:\.json)?)$/;

/**
 * Whether Terraform or OpenTofu reads a file of this name as configuration; editors' backup files are left out as they do.
 *
 * Source: https://developer.hashicorp.com/terraform/language/files and `IsIgnoredFile` in
 * https://github.com/hashicorp/terraform/blob/v1.11.4/internal/configs/parser_config_dir.go
 */
export function isConfigurationFile(name: string): boolean {
  if (name.startsWith('.') || name.endsWith('~') || (name.startsWith('#') && name.endsWith('#'))) return false;
  return configurationFile.test(name);
}

/** The configuration files among a directory's names: `x.tofu` shadows `x.tf`, `x.tofu.json` shadows `x.tf.json`. */
export function configurationFiles(names: readonly string[]): string[] {
  const present = new Set(names);
  return names.filter((name) => {
    if (!isConfigurationFile(name)) return false;
    if (name.endsWith('.tf')) return !present.has(`${name.slice(0, -'.tf'.length)}.tofu`);
    if (name.endsWith('.tf.json')) return !present.has(`${name.slice(0, -'.tf.json'.length)}.tofu.json`);
    return true;
  });
}

function isOverrideFile(name: string): boolean {
  const base = configurationFile.exec(name)?.groups?.['name'];
  return base === 'override' || base?.endsWith('_override') === true;
}

/** Joins a directory and a relative path; undefined where that leads out of the tree's root. */
export function joinPath(directory: string, relative: string): string | undefined {
  const joined = cleanPath(`${directory === '' ? '.' : directory}/${relative}`);
  if (joined === '.') return '';
  return isOutsideRoot(joined) && !isOutsideRoot(directory) ? undefined : joined;
}

/** Whether the source of a module is a directory beside the call's. */
export const isLocalSource = (source: string): boolean => /^\.\.?(?:\/|\\|$)/.test(source);

/** What `terraform init` has installed below a module of a root. */
interface Installed {
  /** Directory of the tree where the module itself was put; undefined for the root, and for what only leads to others. */
  directory: string | undefined;
  /** By name of the call. */
  readonly calls: Map<string, Installed>;
}

/** Where a module stands in a root. */
interface Route {
  /** Undefined where nothing below it is installed: then what it calls is the same in every root. */
  readonly installed: Installed | undefined;
  /** On the way to it, outermost first. */
  readonly directories: readonly string[];
  /** Directory of the root module. */
  readonly root: string;
  readonly mapped: MappedSources;
  readonly hasStandIns: boolean;
}

/** Modules that are read again with what is given for their variables, in all: calls of calls could ask for any number. */
const MAX_COMPUTED = 1000;

/** Modules that call one another in a deeper chain than this are not read: reading them would run out of stack. */
const maximumDepth = 300;

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

/** By the module without its calls: the latest variants. */
const loadedModules = query<undefined, readonly LoadedModule[]>();

/** Reads each directory and each file once, however often it is called. What did not change since an earlier run is the same object again. */
export class Loader {
  readonly #files: FileSystem;
  readonly #parseNative: ParseNative;
  readonly #cache: QueryCache;
  readonly #decoded = new Map<string, Promise<Outcome<Module> | undefined>>();
  /** By the sources that are mapped, then by what is installed below the module, then by its directory. */
  readonly #loaded = new Map<string, Map<Installed | undefined, Map<string, LoadedModule | undefined>>>();
  readonly #submodules = new Map<string, boolean>();
  readonly #computed = new WeakMap<LoadedModule, boolean>();
  #left = MAX_COMPUTED;

  /** @param cache of one parser */
  constructor(files: FileSystem, parseNative: ParseNative, cache = new QueryCache()) {
    this.#files = files;
    this.#parseNative = parseNative;
    this.#cache = cache;
  }

  /**
   * The module in a directory as a root, with all modules that it calls; undefined if the directory holds no configuration.
   *
   * @param givenFor what is given for variables of the root, unknown where that is not certain: asked for where the source of a module
   * may hang on them
   * @param mapped directories that stand for sources
   * @param hasStandIns whether modules that are not there are what tfsg knows of them
   */
  async load(
    directory: string,
    givenFor: (root: Module) => ReadonlyMap<string, Value> = () => new Map(),
    mapped: MappedSources = noSources,
    hasStandIns = false,
  ): Promise<LoadedModule | undefined> {
    const problems: Problem[] = [];
    const installed = this.#installedModules(directory, problems);
    const route: Route = { installed, directories: [], root: directory, mapped, hasStandIns };
    const general = await this.#load(directory, route);
    const module =
      general !== undefined && this.#hasComputed(general)
        ? await this.#loadWith(general, route, givenFor(general))
        : general;
    return module === undefined || problems.length === 0
      ? module
      : { ...module, problems: [...problems, ...module.problems] };
  }

  async #load(directory: string, route: Route): Promise<LoadedModule | undefined> {
    const known = this.#loadedIn(route);
    if (known.has(directory)) return known.get(directory);
    const decoded = await this.#decode(directory);
    const loaded = decoded === undefined ? undefined : await this.#withCalls(directory, decoded, route, undefined);
    known.set(directory, loaded);
    return loaded;
  }

  #loadedIn({ installed, mapped, hasStandIns }: Route): Map<string, LoadedModule | undefined> {
    const key = JSON.stringify([hasStandIns, ...mapped]);
    const byInstalled =
      this.#loaded.get(key) ?? new Map<Installed | undefined, Map<string, LoadedModule | undefined>>();
    this.#loaded.set(key, byInstalled);
    const known = byInstalled.get(installed) ?? new Map<string, LoadedModule | undefined>();
    byInstalled.set(installed, known);
    return known;
  }

  /** The same module, with the modules whose sources hang on its variables. */
  async #loadWith(general: LoadedModule, route: Route, given: ReadonlyMap<string, Value>): Promise<LoadedModule> {
    const { directory } = general;
    const key = JSON.stringify([directory, [...given].map(([name, value]) => [name, keyOf(value)])]);
    const known = this.#loadedIn(route);
    const same = known.get(key);
    if (same !== undefined) return same;
    if (this.#left-- <= 0) return general;
    const decoded = (await this.#decode(directory))!;
    const loaded = await this.#withCalls(directory, decoded, route, given);
    known.set(key, loaded);
    return loaded;
  }

  /** Whether the source of a module that is called from here, directly or not, is not known without variables. */
  #hasComputed(module: LoadedModule): boolean {
    const known = this.#computed.get(module);
    if (known !== undefined) return known;
    const found = [...module.calls.values()].some((call) =>
      call.kind === 'module' ? this.#hasComputed(call.module) : call.reason === 'computed',
    );
    this.#computed.set(module, found);
    return found;
  }

  #decode(directory: string): Promise<Outcome<Module> | undefined> {
    let decoded = this.#decoded.get(directory);
    if (decoded === undefined) {
      decoded = this.#readModule(directory);
      this.#decoded.set(directory, decoded);
    }
    return decoded;
  }

  async #readModule(directory: string): Promise<Outcome<Module> | undefined> {
    const problems: Problem[] = [];
    const files = await this.#parseDirectory(directory, problems);
    if (files.length === 0 && problems.length === 0) return undefined;
    const decoded = this.#decodeModule(directory, files);
    return { value: decoded.value, problems: [...problems, ...decoded.problems] };
  }

  #decodeModule(directory: string, files: readonly ModuleFile[]): Outcome<Module> {
    return this.#cache.get(decodedModules, directory, files, () =>
      decodeModule(directory, files, (tree) => this.#cache.get(decodedTrees, tree, undefined, () => decodeTree(tree))),
    );
  }

  /** @param given for the variables of the module; undefined where nothing is known of them */
  async #withCalls(
    directory: string,
    decoded: Outcome<Module>,
    route: Route,
    given: ReadonlyMap<string, Value> | undefined,
  ): Promise<LoadedModule> {
    const problems = [...decoded.problems];
    const early = new EarlyValues(decoded.value, given, this.#files, route.root);
    const calls = new Map<string, CalledModule>();
    for (const call of decoded.value.moduleCalls.values()) {
      const onwards = {
        installed: route.installed?.calls.get(call.name),
        directories: [...route.directories, directory],
        root: route.root,
        mapped: route.mapped,
        hasStandIns: route.hasStandIns,
      };
      const called = await this.#called(directory, call, onwards, problems, early);
      calls.set(call.name, given === undefined ? called : await this.#calledWith(called, call, onwards, early));
    }
    const known = this.#cache.latest(loadedModules, decoded.value) ?? [];
    const same = known.find((each) => isSameLoaded(each, calls, problems));
    if (same !== undefined) return same;
    const loaded = { ...decoded.value, calls, problems };
    this.#cache.keep(loadedModules, decoded.value, undefined, [...known.slice(-MAX_VARIANTS), loaded]);
    return loaded;
  }

  /** What a call leads to, with what the call gives for its variables. */
  async #calledWith(called: CalledModule, call: Declaration, route: Route, early: EarlyValues): Promise<CalledModule> {
    if (called.kind !== 'module' || !this.#hasComputed(called.module)) return called;
    const given = new Map<string, Value>();
    for (const name of called.module.variables.keys()) {
      const argument = call.content.attributes.get(name);
      if (argument !== undefined) given.set(name, early.value(argument.value));
    }
    return { ...called, module: await this.#loadWith(called.module, route, given) };
  }

  async #parseDirectory(directory: string, problems: Problem[]): Promise<ModuleFile[]> {
    if (isStandIn(directory)) return this.#parseStandIn(directory, problems);
    const listing = this.#files.list(directory);
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
      const parsed = this.#parseFile(entries.get(name)!.isLink ? this.#files.real(path) : path, problems);
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
    const known = this.#cache.find(readFiles, path, bytes);
    const parsed = known ?? (await this.#parseNative(new SourceFile(path, text, true)));
    const tree = 'tree' in parsed ? parsed.tree : parsed.value;
    append(problems, parsed.problems);
    this.#cache.keep(readFiles, path, bytes, { tree, problems: parsed.problems });
    return [{ tree, isOverride: false }];
  }

  /** Undefined, with a problem, where the file can't be read. */
  #parseFile(path: string, problems: Problem[]): ReadFile | Promise<ReadFile> | undefined {
    const read = this.#files.read(path);
    if (read.kind === 'file') {
      const { bytes } = read;
      const known = this.#cache.find(readFiles, path, bytes);
      if (known !== undefined) return known;
      const source = decodeSource(path, bytes);
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

  async #called(
    directory: string,
    call: Declaration,
    route: Route,
    problems: Problem[],
    early: EarlyValues,
  ): Promise<CalledModule> {
    const written = call.content.attributes.get('source')?.value;
    const source = literalText(written) ?? (written === undefined ? undefined : early.text(written));
    const unread = (reason: UnreadModule['reason']): UnreadModule => ({
      kind: 'unresolved',
      source: source ?? '',
      reason,
    });
    const isWrittenLocal = source !== undefined && isLocalSource(source);
    const mapped = source === undefined || isWrittenLocal ? undefined : mappedDirectory(route.mapped, source);
    const isLocal = isWrittenLocal || mapped !== undefined;
    const target = isWrittenLocal
      ? cleanPath(`${directory === '' ? '.' : directory}/${source.replaceAll('\\', '/')}`).replace(/^\.$/, '')
      : (mapped ?? route.installed?.directory);
    const remote = async (): Promise<CalledModule> =>
      (await this.#standIn(call, source, route, early)) ?? unread(source === undefined ? 'computed' : 'remote');
    if (target === undefined) return remote();
    if (isOutsideRoot(target) && this.#files.outside?.admit(target) !== true) return unread('outside');
    const problem = (kind: 'module' | 'limit', message: string): void => {
      problems.push({ kind, severity: kind === 'limit' ? 'warning' : 'error', message, span: written ?? call.span });
    };
    if (isLocal && route.directories.includes(target)) {
      problem(
        'module',
        `The module "${call.name}" calls ${target || 'the root'}, which calls this module: Terraform rejects modules that call themselves.`,
      );
      return unread('cycle');
    }
    if (route.directories.length >= maximumDepth) {
      problem('limit', `Module calls are nested ${maximumDepth} levels deep here; deeper modules are not read.`);
      return unread('depth');
    }
    const module = await this.#load(target, route);
    if (module !== undefined)
      return { kind: 'module', module, isDownloaded: (source !== undefined && !isLocal) || isDownloaded(target) };
    if (mapped !== undefined)
      problem('module', `"modules" names ${mapped || '.'} for this source, where there is no configuration.`);
    if (!isWrittenLocal) return remote();
    return unread(this.#isSubmodule(target) ? 'submodule' : 'missing');
  }

  /** What stands for a module that is not there. */
  async #standIn(
    call: Declaration,
    source: string | undefined,
    route: Route,
    early: EarlyValues,
  ): Promise<CalledModule | undefined> {
    if (!route.hasStandIns || source === undefined) return undefined;
    const written = call.content.attributes.get('version')?.value;
    const version = literalText(written) ?? (written === undefined ? undefined : early.text(written));
    // Which version an unknown one is, nobody knows.
    if (written !== undefined && version === undefined) return undefined;
    const standIn = await standInFor(source, version);
    if (standIn === undefined) return undefined;
    const module = (await this.#load(standIn.directory, { ...route, installed: undefined }))!;
    return { kind: 'module', module, isDownloaded: true, standIn };
  }

  /** Whether a .gitmodules above a folder says that it is of a submodule. */
  #isSubmodule(target: string): boolean {
    const known = this.#submodules.get(target);
    if (known !== undefined) return known;
    const parts = target.split('/');
    const isListed = parts.some((_, depth) => {
      const above = parts.slice(0, depth).join('/');
      const read = this.#files.read(above === '' ? gitModules : `${above}/${gitModules}`);
      if (read.kind !== 'file') return false;
      const below = parts.slice(depth).join('/');
      const paths = Buffer.from(read.bytes)
        .toString()
        .matchAll(/^\s*path\s*=\s*"?([^"\n]*?)"?\s*$/gm);
      return [...paths].some(([, path]) => below === path || below.startsWith(`${path}/`));
    });
    this.#submodules.set(target, isListed);
    return isListed;
  }

  /** What `terraform init` has noted in .terraform/modules/modules.json; undefined where it was not run. */
  #installedModules(directory: string, problems: Problem[]): Installed | undefined {
    const path = directory === '' ? manifestPath : `${directory}/${manifestPath}`;
    const read = this.#files.read(path);
    if (read.kind === 'error')
      problems.push({ kind: 'file', severity: 'error', message: `Cannot read ${path}: ${read.message}.` });
    if (read.kind !== 'file') return undefined;
    const { value: file, problems: faults } = decodeSource(path, read.bytes);
    append(problems, faults);
    const root: Installed = { directory: undefined, calls: new Map() };
    for (const { key, target } of decodeManifest(file.text)) {
      const joined = joinPath(directory, target);
      if (joined === undefined) continue;
      let at = root;
      for (const name of key.split('.')) {
        const next = at.calls.get(name) ?? { directory: undefined, calls: new Map() };
        at.calls.set(name, next);
        at = next;
      }
      at.directory = joined;
    }
    return root;
  }
}

const noSources: MappedSources = new Map();

const gitModules = '.gitmodules';

/** Variants of one directory's module that are kept: it may call other modules in each root that has installed some. */
const MAX_VARIANTS = 8;

function isSameLoaded(loaded: LoadedModule, calls: LoadedModule['calls'], problems: readonly Problem[]): boolean {
  return (
    loaded.calls.size === calls.size &&
    [...calls].every(([name, call]) => isSameCall(loaded.calls.get(name), call)) &&
    loaded.problems.length === problems.length &&
    problems.every((problem, index) => problem === loaded.problems[index])
  );
}

function isSameCall(a: CalledModule | undefined, b: CalledModule): boolean {
  if (a === undefined || a.kind !== b.kind) return false;
  if (a.kind === 'module') {
    const isSame = b.kind === 'module' && a.module === b.module && a.isDownloaded === b.isDownloaded;
    return isSame && a.standIn?.directory === b.standIn?.directory;
  }
  return b.kind === 'unresolved' && a.source === b.source && a.reason === b.reason;
}

/** Equal texts for values that are sure to be equal. */
function keyOf(value: Value): unknown {
  if (isSequence(value)) return [value.kind, value.items.map(keyOf)];
  if (isMapping(value)) return [value.kind, [...value.entries].map(([name, entry]) => [name, keyOf(entry)])];
  if (value.kind === 'number') return [value.kind, numberText(value.value)];
  return value.kind === 'string' || value.kind === 'bool' ? [value.kind, value.value] : [value.kind];
}

const manifestPath = '.terraform/modules/modules.json';

/** Whether a directory is nobody's of the tree: `terraform init` put it there, or it is a stand-in. */
export function isDownloaded(directory: string): boolean {
  return isStandIn(directory) || `/${directory}/`.includes('/.terraform/');
}

/** A manifest that can't be read is as good as none: the modules in it are unresolved, which is said. */
function decodeManifest(text: string): { readonly key: string; readonly target: string }[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return [];
  }
  const modules = (manifest as { Modules?: unknown } | null)?.Modules;
  if (!Array.isArray(modules)) return [];
  return modules.flatMap((module: unknown) => {
    const { Key: key, Dir: target } = (module ?? {}) as { Key?: unknown; Dir?: unknown };
    return typeof key === 'string' && key !== '' && typeof target === 'string' ? [{ key, target }] : [];
  });
}

/** A module and all modules that it calls, each directory once, callers first. */
export function modulesOf(module: LoadedModule): LoadedModule[] {
  const found = new Map<string, LoadedModule>();
  // One directory may call other modules in each of its places.
  const visited = new Set<LoadedModule>();
  const visit = (each: LoadedModule): void => {
    if (visited.has(each)) return;
    visited.add(each);
    if (!found.has(each.directory)) found.set(each.directory, each);
    for (const called of each.calls.values()) if (called.kind === 'module') visit(called.module);
  };
  visit(module);
  return [...found.values()];
}

/** UTF-16 code units of a module's own files. */
export const lengthOfModule = ({ trees }: LoadedModule): number =>
  trees.reduce((sum, { file }) => sum + file.text.length, 0);
