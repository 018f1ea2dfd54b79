/** Paths -> the rule models of the root modules below them. */

import { type AppliedRoots, noAppliedRoots } from './applied/applied-roots.ts';
import {
  type BuiltRoot,
  buildRoot,
  configurationBeside,
  configurationOf,
  isAside,
  type StepsOf,
} from './build-root.ts';
import { States } from './build-states.ts';
import { append } from './collections/append.ts';
import { keptFor } from './collections/kept-for.ts';
import { QueryCache } from './collections/query-cache.ts';
import type { Config } from './config/config.ts';
import { Environments, type RootCase } from './config/environment-inputs.ts';
import { rootEnvironments } from './config/init/root-environments.ts';
import type { FileSystem } from './files.ts';
import type { Hcl2json } from './hcl/hcl2json/parser.ts';
import { parseHcl, parseHclAndLetGo } from './hcl/native/parser.ts';
import type { SyntaxTree } from './hcl/syntax.ts';
import type { Plan } from './plan/plan.ts';
import { mainFileIn } from './source/path.ts';
import type { Problem } from './source/problem.ts';
import type { SourceFile } from './source/source-file.ts';
import type { Configuration } from './terraform/instances/configuration.ts';
import { type Inputs, readInputs } from './terraform/instances/inputs.ts';
import { UndeclaredValues, undeclaredOptions } from './terraform/instances/undeclared.ts';
import { directoriesWithBackends, readsStates } from './terraform/modules/backend.ts';
import { Callers } from './terraform/modules/callers.ts';
import type { ModuleCall } from './terraform/modules/calls.ts';
import { type Discovered, discover } from './terraform/modules/discover.ts';
import { type LoadedModule, Loader, type ModuleSettings, modulesOf, rootDirectory } from './terraform/modules/load.ts';
import type { Module } from './terraform/modules/module.ts';
import type { ParseNative } from './terraform/modules/read.ts';
import { type Shard, shardOf, weightOf } from './terraform/modules/shard.ts';
import type { DataDirectory } from './terraform/modules/sources/installed.ts';
import { testHelpers } from './terraform/modules/test-files.ts';
import { unreadModules } from './terraform/modules/unread.ts';
import { isStandIn } from './terraform/stand-ins/stand-in.ts';
import { rootSteps } from './terraform/values/budget.ts';
import { isEqual } from './terraform/values/equality.ts';
import { unknownValue, type Value } from './terraform/values/value.ts';

export interface BuildOptions {
  /** What holds for a file, by its path. */
  readonly configFor: (path: string) => Config;
  /** `hcl2json`: HashiCorp's parser for the whole line. */
  readonly parser: 'native' | 'hcl2json';
  /** What root modules get from the command line and the environment. */
  readonly inputs: Inputs;
  /** The only one of the configured environments that counts; undefined for all. */
  readonly environment?: string | undefined;
  /** Whether root modules for which no environment is configured have those that their variable files suggest. */
  readonly suggestEnvironments?: boolean | undefined;
  /** Only this part of the roots; the files of a module that roots of several shards call count in one of them. */
  readonly shard?: Shard | undefined;
  /** The directory that Terraform keeps its data in, if it is not `.terraform`. */
  readonly dataDirectory?: DataDirectory | undefined;
  /** Called before each directory that is read and each root module that is evaluated. */
  readonly onProgress?: (progress: Progress) => void;
  /** Whether hcl2json is asked about files that tfsg's own parser finds broken; absent: it is. */
  readonly confirmSyntaxErrors?: boolean | undefined;
  /**
   * `one`: the world that Terraform would plan now, with the workspace `default` where none is given. Absent: what nobody gives is
   * left open.
   */
  readonly worlds?: 'one' | undefined;
  /** Plans of root modules: what they say is judged, and nothing else. */
  readonly plans?: readonly Plan[] | undefined;
  /** Results of earlier runs, so that this one reads, evaluates and checks only what changed. This run is its next revision. */
  readonly cache?: QueryCache | undefined;
}

/** `0 <= done < total`. */
export interface Progress {
  readonly stage: 'read' | 'evaluate';
  readonly done: number;
  readonly total: number;
}

export interface Built {
  /** In the order of the directories, and for each in that of its environments; then modules that no caller makes an instance of. */
  readonly roots: readonly BuiltRoot[];
  readonly problems: readonly Problem[];
  /** Of modules, and those of Terragrunt units and stacks. */
  readonly files: number;
  readonly directories: number;
  /** Configuration files that the configuration leaves out. */
  readonly excluded: number;
  /** Those whose blocks count in this run, with what they call. */
  readonly modules: readonly LoadedModule[];
  /** Of the files of Terragrunt units and stacks. */
  readonly unitTrees: readonly SyntaxTree[];
  /** Sources of Terragrunt units and stacks that are no directories. */
  readonly unitSources: ReadonlySet<string>;
}

export async function build(fileSystem: FileSystem, paths: readonly string[], options: BuildOptions): Promise<Built> {
  const { cache = new QueryCache() } = options;
  const hasLaterRuns = options.cache !== undefined;
  cache.beginRevision();
  // What a plan says of modules that are not there is the truth.
  const { found, callers, units, beyond } = await loadBelow(
    fileSystem,
    paths,
    cache,
    options,
    options.plans === undefined,
  );
  const { shard = { index: 1, count: 1 }, onProgress } = options;
  const mine = shardOf(callers.roots, shard);
  const modules = callers.modules.filter(mine.has);
  const problems: Problem[] = modules.flatMap((module) => module.problems);
  if (shard.index === 1) {
    append(problems, found.problems);
    // What such modules make is in the plans.
    if (options.plans === undefined) append(problems, unreadModules(callers.roots));
    append(problems, undeclaredOptions(options.inputs, callers.roots));
  }
  const countsOf = (some: readonly LoadedModule[]) => {
    const inTree = some.filter(({ directory }) => !isStandIn(directory));
    return { files: new Set(inTree.flatMap(({ trees }) => trees)).size, directories: inTree.length, modules: some };
  };
  const own = countsOf(modules);
  const counted =
    shard.index === 1
      ? {
          ...own,
          files: own.files + found.terragrunt.length + found.stacks.length,
          excluded: found.excluded,
          unitSources: units.sources,
        }
      : { ...own, excluded: 0, unitSources: units.sources };
  const roots: BuiltRoot[] = [];
  const undeclared = new UndeclaredValues(callers.roots);
  const suggest = options.suggestEnvironments === true ? rootEnvironments : undefined;
  const environments = new Environments(fileSystem, options.inputs, options.environment, suggest);
  const casesOf = keptFor((root: LoadedModule): readonly RootCase[] =>
    units
      .casesOf(root, environments.casesOf({ ...root, directory: rootDirectory(root) }, options.configFor(fileOf(root))))
      .map((each) => ({ ...each, inputs: { ...each.inputs, states: states.readBy(root, each.environment) } })),
  );
  // Of the whole run, so that no shard comes to anything else.
  const ofRun = new Set(callers.roots);
  const kindOf = (root: LoadedModule): 'root' | 'called' => (ofRun.has(root) ? 'root' : 'called');
  const counts = { root: callers.roots.length, called: callers.modules.length - callers.roots.length };
  const stepsOf = (root: LoadedModule, cases: number): StepsOf => {
    const kind = kindOf(root);
    const length = weightOf(root);
    return (more) => rootSteps(kind, counts[kind], cases, length + more);
  };
  const states: States = new States(
    [...callers.roots, ...beyond],
    casesOf,
    (root, inputs) => configurationBeside(units.filesOf(root) ?? fileSystem, root, inputs, stepsOf(root, 1)),
    (root) => units.stateOf?.(root),
    paths.includes(''),
  );
  // Beside what is linted: what a unit is asked for by others must not count as asked for by itself.
  const asked = new Map<LoadedModule, Map<string | undefined, Configuration>>();
  units.resolve(
    (root, environment) => {
      const known = asked.get(root)?.get(environment);
      if (known !== undefined) return known;
      const cases = casesOf(root);
      const of = cases.find((each) => each.environment === environment) ?? cases[0];
      if (of === undefined) return undefined;
      const { inputs } = withWorkspace(of, options);
      const files = units.filesOf(root) ?? fileSystem;
      const configuration = configurationBeside(files, root, inputs, stepsOf(root, cases.length));
      const ofRoot = asked.get(root) ?? new Map<string | undefined, Configuration>();
      asked.set(root, ofRoot.set(environment, configuration));
      return configuration;
    },
    () => states.isLookingUp,
  );
  const evaluate = (root: LoadedModule): void => {
    const cases = casesOf(root);
    const files = units.filesOf(root) ?? fileSystem;
    const steps = stepsOf(root, cases.length);
    for (const each of cases) {
      const built = buildRoot(files, root, withWorkspace(each, options), steps, cache, hasLaterRuns);
      roots.push(built.value);
      undeclared.add(root, built.value.inputs);
      append(problems, built.problems);
    }
  };
  if (options.plans !== undefined) {
    const { buildPlanned } = await import('./build-planned.ts');
    // Which environment a plan is of, its variables say.
    const inputsOf = (root: LoadedModule): Inputs =>
      options.environment === undefined ? options.inputs : (casesOf(root)[0]?.inputs ?? options.inputs);
    const planned = buildPlanned(fileSystem, options.plans, callers.roots, inputsOf, (root) => stepsOf(root, 1));
    append(problems, planned.problems);
    const ofPlans = new Set(planned.value.flatMap(({ configuration }) => modulesOf(configuration.root)));
    const ofThese = countsOf(modules.filter((module) => ofPlans.has(module)));
    return {
      ...counted,
      ...ofThese,
      files: ofThese.files + options.plans.length,
      roots: planned.value,
      problems,
      unitTrees: [],
    };
  }
  for (const [done, root] of mine.roots.entries()) {
    onProgress?.({ stage: 'evaluate', done, total: mine.roots.length });
    evaluate(root);
  }
  const directoriesOf = (root: LoadedModule): readonly string[] => {
    if (mine.roots.includes(root)) return [];
    const cases = casesOf(root);
    const steps = stepsOf(root, cases.length);
    const files = units.filesOf(root) ?? fileSystem;
    return cases.flatMap(({ inputs }) => [
      ...configurationOf(files, root, inputs, steps, new QueryCache()).configuration.directories(),
    ]);
  };
  const made = new Set(roots.flatMap(({ configuration }) => [...configuration.directories()]));
  for (const { unit } of units.roots) made.add(unit!);
  for (const module of callers.withoutInstance(mine.has, made, directoriesOf)) {
    evaluate(module);
    for (const directory of roots.at(-1)?.configuration.directories() ?? []) made.add(directory);
  }
  append(problems, [...environments.problems, ...undeclared.problems, ...units.problems]);
  return { ...counted, roots, problems, unitTrees: units.trees };
}

export interface LoadedRoots extends Pick<Built, 'problems' | 'excluded'> {
  readonly roots: readonly LoadedModule[];
  /** What units and components of stacks apply, as calls. */
  readonly unitCalls: readonly ModuleCall[];
}

/** The root modules at some paths, without what they mean. */
export async function loadRoots(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: BuildOptions,
): Promise<LoadedRoots> {
  const cache = new QueryCache();
  cache.beginRevision();
  const { found, callers, units } = await loadBelow(fileSystem, paths, cache, options, true);
  // What was not read of units is among their calls.
  const ofUnits = units.problems.filter(({ kind }) => kind !== 'module');
  const problems = [...callers.modules.flatMap((module) => module.problems), ...found.problems, ...ofUnits];
  return { roots: callers.roots, unitCalls: units.calls, problems, excluded: found.excluded };
}

async function loadBelow(
  fileSystem: FileSystem,
  paths: readonly string[],
  cache: QueryCache,
  options: BuildOptions,
  hasStandIns: boolean,
): Promise<Loaded & { readonly found: Discovered; readonly callers: Callers }> {
  const isIncluded = (path: string): boolean => options.configFor(path).isIncluded(path);
  const found = discover(fileSystem, paths, isIncluded, options.dataDirectory);
  const { loaded, units, beyond } = await load(fileSystem, paths, found, cache, options, hasStandIns);
  const helpers = testHelpers(fileSystem, found.tests, (file) => parseHcl(file).value);
  return { found, callers: new Callers([...loaded.values()], helpers, units.roots), units, beyond };
}

/** The workspace that Terraform is in where nobody says which. */
function withWorkspace(each: RootCase, { worlds }: BuildOptions): RootCase {
  const workspace = each.inputs.workspace ?? (worlds === 'one' ? 'default' : undefined);
  return { ...each, inputs: { ...each.inputs, workspace } };
}

interface Loaded {
  readonly units: AppliedRoots;
  /** Modules out of the given paths whose states are read by modules within. */
  readonly beyond: readonly LoadedModule[];
}

async function load(
  fileSystem: FileSystem,
  paths: readonly string[],
  { directories, terragrunt, stacks }: Discovered,
  cache: QueryCache,
  options: BuildOptions,
  hasStandIns: boolean,
): Promise<Loaded & { readonly loaded: ReadonlyMap<string, LoadedModule> }> {
  const { parser, confirmSyntaxErrors = true, onProgress } = options;
  // An editor asks for everything, sooner or later.
  const read = options.cache === undefined ? (file: SourceFile) => parseHclAndLetGo(file, isAside) : parseHcl;
  const { parse, close } = createParser(parser, confirmSyntaxErrors, read);
  try {
    const loader = new Loader(
      fileSystem,
      parse,
      cache.within(`${parser} ${confirmSyntaxErrors}`),
      options.dataDirectory,
    );
    const settingsFor = (path: string): ModuleSettings => {
      const { modules, standIns } = options.configFor(path);
      return { modules, standIns: standIns && hasStandIns };
    };
    const loaded = new Map<string, LoadedModule>();
    const loadOf = (directory: string): Promise<LoadedModule | undefined> =>
      loader.load(directory, (root) => givenFor(fileSystem, root, options), settingsFor(mainFileIn(directory)));
    for (const [done, directory] of directories.entries()) {
      onProgress?.({ stage: 'read', done, total: directories.length });
      const module = await loadOf(directory);
      if (module !== undefined) loaded.set(directory, module);
    }
    const beyond: LoadedModule[] = [];
    if (!paths.includes('') && [...loaded.values()].some(readsStates)) {
      for (const directory of directoriesWithBackends(fileSystem, options.dataDirectory)) {
        const module = loaded.has(directory) ? undefined : await loadOf(directory);
        if (module !== undefined) beyond.push(module);
      }
    }
    if (terragrunt.length + stacks.length === 0) return { loaded, beyond, units: noAppliedRoots };
    // Most trees have neither, and what evaluates them is a part of its own of the program.
    const { loadApplied } = await import('./applied/load-applied.ts');
    const units = await loadApplied({ terragrunt, stacks }, { files: fileSystem, loader, cache, settingsFor });
    return { loaded, beyond, units };
  } finally {
    await close();
  }
}

/** What is given for the variables of a root, whichever its modules are: unknown where its environments differ. */
function givenFor(
  fileSystem: FileSystem,
  module: Module,
  { configFor, environment, inputs }: BuildOptions,
): ReadonlyMap<string, Value> {
  const root: LoadedModule = { ...module, calls: new Map(), problems: [] };
  const cases = new Environments(fileSystem, inputs, environment).casesOf(root, configFor(fileOf(root)));
  const given = cases.map((each) => readInputs(fileSystem, root, each.inputs).value.variables);
  const names = new Set(given.flatMap((variables) => [...variables.keys()]));
  return new Map(
    [...names].map((name) => {
      const [first, ...others] = given.map((variables) => variables.get(name));
      const isSame = others.every((other) => other !== undefined && first !== undefined && isEqual(first, other));
      return [name, first !== undefined && isSame ? first : unknownValue({ name: `var.${name}` })];
    }),
  );
}

/** The configuration that holds for a root is that of a file in its directory. */
const fileOf = (root: LoadedModule): string => mainFileIn(rootDirectory(root));

/**
 * The parser of native syntax; hcl2json is loaded only where it is asked, and ended with `close`.
 *
 * @param isRefereed whether hcl2json is asked about files that the native parser finds broken
 */
function createParser(
  parser: BuildOptions['parser'],
  isRefereed: boolean,
  read: typeof parseHcl,
): { readonly parse: ParseNative; close(): Promise<void> } {
  let hcl2json:
    | Promise<{ readonly module: typeof import('./hcl/hcl2json/parser.ts'); readonly hcl2json: Hcl2json }>
    | undefined;
  const ask = () => {
    hcl2json ??= import('./hcl/hcl2json/parser.ts').then((module) => ({
      module,
      hcl2json: module.createHcl2json(parser === 'native' ? module.refereeBounds : undefined),
    }));
    return hcl2json;
  };
  const parse: ParseNative = (file) => {
    if (parser === 'hcl2json') return ask().then((asked) => asked.module.parseWithHcl2json(asked.hcl2json, file));
    const native = read(file);
    if (native.problems.length === 0 || !isRefereed) return native;
    return ask().then((asked) => asked.module.refereeHcl2json(asked.hcl2json, file, native));
  };
  return { parse, close: async () => (await hcl2json)?.hcl2json.close() };
}
