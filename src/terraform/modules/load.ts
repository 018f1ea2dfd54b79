/** Directories -> modules, with the modules that they call. */

import { QueryCache, query } from '../../collections/query-cache.ts';
import { type FileSystem, isOutsideRoot } from '../../files.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import { cleanPath } from '../functions/path.ts';
import { type StandIn, standInFor } from '../stand-ins/stand-in.ts';
import { numberText } from '../values/number-text.ts';
import { isMapping, isSequence, type Value } from '../values/value.ts';
import { EarlyValues } from './early-values.ts';
import type { MappedSources } from './mapped.ts';
import { type Declaration, literalText, type Module } from './module.ts';
import { ModuleReader, type ParseNative, type ReadingUnit } from './read.ts';
import { isLocalSource, moduleAddress } from './sources/address.ts';
import { type DataDirectory, type Installed, isDownloadedPath } from './sources/installed.ts';
import { type FoundModule, ModuleFinder, type ModuleOrigin } from './sources/resolve.ts';
import { isInSubmodule } from './sources/submodule.ts';

/** A module in its place, with the modules that it calls; a module may be called from several places. */
export interface LoadedModule extends Module {
  /** By name of the call. */
  readonly calls: ReadonlyMap<string, CalledModule>;
  /** What could not be read, and what Terraform would reject, in this directory alone. */
  readonly problems: readonly Problem[];
  /** Directory of the Terragrunt unit that applies it, for its root module. */
  readonly unit?: string | undefined;
}

/** Where a root module is applied: the directory of its unit, or its own. */
export const rootDirectory = ({ unit, directory }: Pick<LoadedModule, 'unit' | 'directory'>): string =>
  unit ?? directory;

export type CalledModule =
  | {
      readonly kind: 'module';
      readonly module: LoadedModule;
      readonly isDownloaded: boolean;
      readonly origin: ModuleOrigin;
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

/** Joins a directory and a relative path; undefined where that leads out of the tree's root. */
export function joinPath(directory: string, relative: string): string | undefined {
  const joined = cleanPath(`${directory === '' ? '.' : directory}/${relative}`);
  if (joined === '.') return '';
  return isOutsideRoot(joined) && !isOutsideRoot(directory) ? undefined : joined;
}

/** Where a module stands in a root. */
interface Route {
  /** Undefined where nothing below it is installed: then what it calls is the same in every root. */
  readonly installed: Installed | undefined;
  /** On the way to it, outermost first. */
  readonly directories: readonly string[];
  /** Directory of the root module. */
  readonly root: string;
  readonly settings: ModuleSettings;
}

/** Where modules are that are called. */
export interface ModuleSettings {
  /** Directories that stand for sources. */
  readonly modules: MappedSources;
  /** Whether modules that are not there are what tfsg knows of them. */
  readonly standIns: boolean;
}

/** Modules that are read again with what is given for their variables, in all: calls of calls could ask for any number. */
const MAX_COMPUTED = 1000;

/** Modules that call one another in a deeper chain than this are not read: reading them would run out of stack. */
const maximumDepth = 300;

/** By the module without its calls: the latest variants. */
const loadedModules = query<undefined, readonly LoadedModule[]>();

/** Loads each module once in its place, however often it is called. What did not change since an earlier run is the same object again. */
export class Loader {
  readonly #files: FileSystem;
  readonly #reader: ModuleReader;
  readonly #cache: QueryCache;
  /** By the sources that are mapped, then by what is installed below the module, then by its directory. */
  readonly #loaded = new Map<string, Map<Installed | undefined, Map<string, LoadedModule | undefined>>>();
  readonly finder: ModuleFinder;
  readonly #data: DataDirectory | undefined;
  readonly #computed = new WeakMap<LoadedModule, boolean>();
  #left = MAX_COMPUTED;

  /**
   * @param cache of one parser
   * @param data the directory that Terraform keeps its data in, if it is not `.terraform`
   */
  constructor(files: FileSystem, parseNative: ParseNative, cache = new QueryCache(), data?: DataDirectory) {
    this.#files = files;
    this.#reader = new ModuleReader(files, parseNative, cache, data);
    this.#cache = cache;
    this.#data = data;
    this.finder = new ModuleFinder(files, data);
  }

  /**
   * The module in a directory as a root, with all modules that it calls; undefined if the directory holds no configuration.
   *
   * @param givenFor what is given for variables of the root, unknown where that is not certain: asked for where the source of a module
   * may hang on them
   * @param unit that applies the module
   */
  async load(
    directory: string,
    givenFor: (root: Module) => ReadonlyMap<string, Value> = () => new Map(),
    settings: ModuleSettings = { modules: noSources, standIns: false },
    unit?: ReadingUnit,
  ): Promise<LoadedModule | undefined> {
    const { value: installed, problems } = this.finder.installedFor(directory);
    const route: Route = { installed, directories: [], root: directory, settings };
    const own = unit === undefined ? undefined : await this.#reader.readUnit(directory, unit);
    const general =
      unit === undefined
        ? await this.#load(directory, route)
        : own && (await this.#withCalls(directory, own, route, undefined));
    const module =
      general !== undefined && this.#hasComputed(general)
        ? await (own === undefined
            ? this.#loadWith(general, route, givenFor(general))
            : this.#withCalls(directory, own, route, givenFor(general)))
        : general;
    return module === undefined || problems.length === 0
      ? module
      : { ...module, problems: [...problems, ...module.problems] };
  }

  async #load(directory: string, route: Route): Promise<LoadedModule | undefined> {
    const known = this.#loadedIn(route);
    if (known.has(directory)) return known.get(directory);
    const decoded = await this.#reader.read(directory);
    const loaded = decoded === undefined ? undefined : await this.#withCalls(directory, decoded, route, undefined);
    known.set(directory, loaded);
    return loaded;
  }

  #loadedIn({ installed, settings }: Route): Map<string, LoadedModule | undefined> {
    const key = JSON.stringify([settings.standIns, ...settings.modules]);
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
    const decoded = (await this.#reader.read(directory))!;
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
      const written = call.content.attributes.get('source')?.value;
      const source = literalText(written) ?? (written === undefined ? undefined : early.text(written));
      const version = versionOf(call, early);
      const found = this.#find(directory, call, source, version, route);
      const onwards = { ...route, installed: found?.installed, directories: [...route.directories, directory] };
      const read = await this.#called(call, source, found, onwards, problems);
      const called = (await this.#standIn(read, version, onwards)) ?? read;
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

  #find(
    directory: string,
    call: Declaration,
    source: string | undefined,
    version: string | undefined,
    route: Route,
  ): FoundModule | undefined {
    const installed = route.installed?.calls.get(call.name);
    if (source !== undefined && isLocalSource(source)) {
      const target = cleanPath(`${directory === '' ? '.' : directory}/${source.replaceAll('\\', '/')}`);
      return { directory: target === '.' ? '' : target, origin: { kind: 'local' }, installed };
    }
    return this.finder.find({ source, version, directory }, route.settings.modules, installed);
  }

  async #called(
    call: Declaration,
    source: string | undefined,
    found: FoundModule | undefined,
    route: Route,
    problems: Problem[],
  ): Promise<CalledModule> {
    const unread = (reason: UnreadModule['reason']): UnreadModule => ({
      kind: 'unresolved',
      source: source ?? '',
      reason,
    });
    if (found === undefined) return unread(source === undefined ? 'computed' : 'remote');
    const { directory: target, origin } = found;
    if (isOutsideRoot(target) && this.#files.outside?.admit(target) !== true) return unread('outside');
    const problem = (kind: 'module' | 'limit', message: string): void => {
      const span = call.content.attributes.get('source')?.value ?? call.span;
      problems.push({ kind, severity: kind === 'limit' ? 'warning' : 'error', message, span });
    };
    const isDownloaded = this.#isDownloaded(target) || origin.kind === 'installed' || origin.kind === 'elsewhere';
    if (origin.kind !== 'installed' && route.directories.includes(target)) {
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
    if (module !== undefined) return { kind: 'module', module, isDownloaded, origin };
    if (origin.kind === 'mapped')
      problem('module', `"modules" names ${target || '.'} for this source, where there is no configuration.`);
    if (origin.kind !== 'local') return unread(source === undefined ? 'computed' : 'remote');
    return unread(isInSubmodule(this.#files, target) ? 'submodule' : 'missing');
  }

  /** What stands for a module that is not there; undefined for one that is, and where nothing does. */
  async #standIn(called: CalledModule, version: string | undefined, route: Route): Promise<CalledModule | undefined> {
    if (!route.settings.standIns || called.kind !== 'unresolved' || called.reason !== 'remote') return undefined;
    const standIn = await standInFor(moduleAddress(called.source), version);
    if (standIn === undefined) return undefined;
    const module = (await this.#load(standIn.directory, { ...route, installed: undefined }))!;
    return {
      kind: 'module',
      module,
      isDownloaded: true,
      origin: { kind: 'stand-in', version: standIn.versions },
      standIn,
    };
  }

  #isDownloaded(path: string): boolean {
    return isDownloadedPath(path, this.#data);
  }
}

/** The versions that a call allows, or `unknown`; undefined where it says nothing of them. */
function versionOf({ content }: Declaration, early: EarlyValues): string | undefined {
  const constraint = content.attributes.get('version')?.value;
  return constraint && (literalText(constraint) ?? early.text(constraint) ?? 'unknown');
}

const noSources: MappedSources = new Map();

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
  if (a.kind === 'module') return b.kind === 'module' && a.module === b.module && isSameOrigin(a, b);
  return b.kind === 'unresolved' && a.source === b.source && a.reason === b.reason;
}

function isSameOrigin(a: Extract<CalledModule, { kind: 'module' }>, b: typeof a): boolean {
  return a.isDownloaded === b.isDownloaded && a.origin.kind === b.origin.kind && a.origin.version === b.origin.version;
}

/** Equal texts for values that are sure to be equal. */
function keyOf(value: Value): unknown {
  if (isSequence(value)) return [value.kind, value.items.map(keyOf)];
  if (isMapping(value)) return [value.kind, [...value.entries].map(([name, entry]) => [name, keyOf(entry)])];
  if (value.kind === 'number') return [value.kind, numberText(value.value)];
  return value.kind === 'string' || value.kind === 'bool' ? [value.kind, value.value] : [value.kind];
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
