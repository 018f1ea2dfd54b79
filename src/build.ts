/** Paths -> the rule models of the root modules below them. */

import { append } from './collections/append.ts';
import { QueryCache } from './collections/query-cache.ts';
import type { Config } from './config/config.ts';
import { Environments, type RootCase } from './config/environment-inputs.ts';
import type { FileSystem } from './files.ts';
import type { Hcl2json } from './hcl/hcl2json/parser.ts';
import { parseHcl } from './hcl/native/parser.ts';
import type { SyntaxTree } from './hcl/syntax.ts';
import { awsAttribute } from './model/aws/aws-attributes.ts';
import { isInModel, isOfModel, normalize } from './model/normalize.ts';
import type { SecurityModel } from './model/security-model.ts';
import type { Outcome, Problem } from './source/problem.ts';
import { type Configuration, Evaluator, type IsAsked } from './terraform/instances/configuration.ts';
import { type Inputs, type ReadInputs, readInputs } from './terraform/instances/inputs.ts';
import { UndeclaredValues, undeclaredOptions } from './terraform/instances/undeclared.ts';
import type { World } from './terraform/instances/world.ts';
import { Callers } from './terraform/modules/callers.ts';
import { discover } from './terraform/modules/discover.ts';
import { type LoadedModule, Loader, modulesOf, type ParseNative } from './terraform/modules/load.ts';
import type { Module } from './terraform/modules/module.ts';
import { type Shard, shardOf, weightOf } from './terraform/modules/shard.ts';
import { testHelpers } from './terraform/modules/test-files.ts';
import { unreadModules } from './terraform/modules/unread.ts';
import { type RootSteps, rootSteps } from './terraform/values/budget.ts';
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
  /** Only this part of the roots; the files of a module that roots of several shards call count in one of them. */
  readonly shard?: Shard | undefined;
  /** Called before each directory that is read and each root module that is evaluated. */
  readonly onProgress?: (progress: Progress) => void;
  /** Whether hcl2json is asked about files that tfsg's own parser finds broken; absent: it is. */
  readonly confirmSyntaxErrors?: boolean | undefined;
  /**
   * `one`: the world that Terraform would plan now, with the workspace `default` where none is given. Absent: what nobody gives is
   * left open.
   */
  readonly worlds?: 'one' | undefined;
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
  readonly files: number;
  readonly directories: number;
  /** Configuration files that the configuration leaves out. */
  readonly excluded: number;
  /** Those whose blocks count in this run, with what they call. */
  readonly modules: readonly LoadedModule[];
}

export interface BuiltRoot {
  readonly model: SecurityModel;
  readonly configuration: Configuration;
  /** What `terraform.workspace` is; undefined where it is left open. */
  readonly workspace: string | undefined;
  /** Of the variable files that it was evaluated with. */
  readonly inputs: readonly SyntaxTree[];
  /** Of this root in this environment. */
  readonly cache: QueryCache;
  readonly inWorld: InWorld;
}

/**
 * A root where inputs that nobody gives are something.
 *
 * @param name of the world, the same for the same
 * @param addresses without keys of the only resources that its model is made of; undefined for all
 */
type InWorld = (world: World, name: string, addresses: ReadonlySet<string> | undefined) => RootInWorld;

export interface RootInWorld {
  /** The same as in the run before where nothing is different of what was asked of it. */
  readonly configuration: Configuration;
  model(): SecurityModel;
  /** Of this world, if there are later runs. */
  readonly cache: QueryCache | undefined;
}

export async function build(fileSystem: FileSystem, paths: readonly string[], options: BuildOptions): Promise<Built> {
  const { cache = new QueryCache() } = options;
  const hasLaterRuns = options.cache !== undefined;
  cache.beginRevision();
  const found = discover(fileSystem, paths, (path) => options.configFor(path).isIncluded(path));
  const loaded = await load(fileSystem, found.directories, cache, options);
  const { shard = { index: 1, count: 1 }, onProgress } = options;
  const callers = new Callers(
    [...loaded.values()],
    testHelpers(fileSystem, found.tests, (file) => parseHcl(file).value),
  );
  const mine = shardOf(callers.roots, shard);
  const modules = callers.modules.filter(mine.has);
  const problems: Problem[] = modules.flatMap((module) => module.problems);
  if (shard.index === 1) {
    append(problems, [...found.problems, ...unreadModules(callers.roots)]);
    append(problems, undeclaredOptions(options.inputs, callers.roots));
  }
  const roots: BuiltRoot[] = [];
  const undeclared = new UndeclaredValues(callers.roots);
  const environments = new Environments(fileSystem, options.inputs, options.environment);
  const casesOf = (root: LoadedModule): readonly RootCase[] =>
    environments.casesOf(root, options.configFor(fileOf(root)));
  // Of the whole run, so that no shard comes to anything else.
  const kindOf = (root: LoadedModule): 'root' | 'called' => (callers.roots.includes(root) ? 'root' : 'called');
  const counts = { root: callers.roots.length, called: callers.modules.length - callers.roots.length };
  const stepsOf = (root: LoadedModule, cases: number): StepsOf => {
    const kind = kindOf(root);
    const length = weightOf(root);
    return (more) => rootSteps(kind, counts[kind], cases, length + more);
  };
  const evaluate = (root: LoadedModule): void => {
    const cases = casesOf(root);
    for (const each of cases) {
      const inputs = withWorkspace(each, options);
      const built = buildRoot(fileSystem, root, inputs, stepsOf(root, cases.length), cache, hasLaterRuns);
      roots.push(built.value);
      undeclared.add(root, built.value.inputs);
      append(problems, built.problems);
    }
  };
  for (const [done, root] of mine.roots.entries()) {
    onProgress?.({ stage: 'evaluate', done, total: mine.roots.length });
    evaluate(root);
  }
  const directoriesOf = (root: LoadedModule): readonly string[] => {
    if (mine.roots.includes(root)) return [];
    const cases = casesOf(root);
    const steps = stepsOf(root, cases.length);
    return cases.flatMap(({ inputs }) => [
      ...configurationOf(fileSystem, root, inputs, steps, new QueryCache()).configuration.directories(),
    ]);
  };
  const made = new Set(roots.flatMap(({ configuration }) => [...configuration.directories()]));
  for (const module of callers.withoutInstance(mine.has, made, directoriesOf)) {
    evaluate(module);
    for (const directory of roots.at(-1)?.configuration.directories() ?? []) made.add(directory);
  }
  append(problems, [...environments.problems, ...undeclared.problems]);
  return {
    roots,
    problems,
    files: new Set(modules.flatMap((module) => module.trees)).size,
    directories: modules.length,
    excluded: shard.index === 1 ? found.excluded : 0,
    modules,
  };
}

function buildRoot(
  fileSystem: FileSystem,
  root: LoadedModule,
  { environment, inputs: given }: RootCase,
  stepsOf: StepsOf,
  all: QueryCache,
  hasLaterRuns: boolean,
): Outcome<BuiltRoot> {
  const cache = all.within(JSON.stringify([root.directory, environment ?? null]));
  const built = (isFresh: boolean) => {
    const { configuration, inputs, inWorld } = configurationOf(fileSystem, root, given, stepsOf, cache, isFresh);
    const trees = [...modulesOf(root).flatMap((module) => module.trees), ...inputs.value.trees];
    const source = { root: root.directory, environment, files: trees.map(({ file }) => file), trees };
    const rootIn: InWorld = (world, name, addresses) => {
      const ofWorld = cache.within(hasLaterRuns ? `world ${name}` : 'world');
      const isAsked: IsAsked = (resource, address) => !isOfModel(resource) || isInModel(resource, address, addresses);
      const other = inWorld(world, hasLaterRuns ? name : undefined, isAsked);
      return {
        configuration: other,
        model: () => normalize(other, source, ofWorld, addresses).value,
        cache: hasLaterRuns ? ofWorld : undefined,
      };
    };
    return { configuration, inputs, model: normalize(configuration, source, cache), inWorld: rootIn };
  };
  const updated = built(false);
  const { configuration, inputs, model, inWorld } = updated.configuration.isExact ? updated : built(true);
  for (const kind of model.value.kinds) model.value.of(kind).evaluateAll();
  return {
    value: {
      model: model.value,
      configuration,
      workspace: given.workspace,
      inputs: inputs.value.trees,
      cache,
      inWorld,
    },
    problems: [...inputs.problems, ...configuration.problems, ...model.problems],
  };
}

function configurationOf(
  fileSystem: FileSystem,
  root: LoadedModule,
  given: Inputs,
  stepsOf: StepsOf,
  cache: QueryCache,
  isFresh = false,
): {
  readonly configuration: Configuration;
  readonly inputs: Outcome<ReadInputs>;
  readonly inWorld: (world: World, key: string | undefined, isAsked: IsAsked) => Configuration;
} {
  const inputs = readInputs(fileSystem, root, given, cache);
  const steps = stepsOf(inputs.value.trees.reduce((sum, { file }) => sum + file.text.length, 0));
  const evaluator = new Evaluator(cache, awsAttribute);
  const configuration = evaluator.configure(root, inputs.value, fileSystem, steps, isFresh);
  // Modules first, as where only they are asked for.
  configuration.directories();
  const inWorld = (world: World, key: string | undefined, isAsked: IsAsked): Configuration =>
    evaluator.configureWorld(root, { ...inputs.value, world }, fileSystem, steps, key, isAsked);
  return { configuration, inputs, inWorld };
}

/** The workspace that Terraform is in where nobody says which. */
function withWorkspace(each: RootCase, { worlds }: BuildOptions): RootCase {
  const workspace = each.inputs.workspace ?? (worlds === 'one' ? 'default' : undefined);
  return { ...each, inputs: { ...each.inputs, workspace } };
}

/** The steps of a root whose variable files have so many UTF-16 code units. */
type StepsOf = (inputs: number) => RootSteps;

async function load(
  fileSystem: FileSystem,
  directories: readonly string[],
  cache: QueryCache,
  options: BuildOptions,
): Promise<ReadonlyMap<string, LoadedModule>> {
  const { parser, confirmSyntaxErrors = true, onProgress } = options;
  const { parse, close } = createParser(parser, confirmSyntaxErrors);
  try {
    const loader = new Loader(fileSystem, parse, cache.within(`${parser} ${confirmSyntaxErrors}`));
    const loaded = new Map<string, LoadedModule>();
    for (const [done, directory] of directories.entries()) {
      onProgress?.({ stage: 'read', done, total: directories.length });
      const module = await loader.load(directory, (root) => givenFor(fileSystem, root, options));
      if (module !== undefined) loaded.set(directory, module);
    }
    return loaded;
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
const fileOf = ({ directory }: LoadedModule): string => `${directory}/main.tf`.replace(/^\//, '');

/**
 * The parser of native syntax; hcl2json is loaded only where it is asked, and ended with `close`.
 *
 * @param isRefereed whether hcl2json is asked about files that the native parser finds broken
 */
function createParser(
  parser: BuildOptions['parser'],
  isRefereed: boolean,
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
    const native = parseHcl(file);
    if (native.problems.length === 0 || !isRefereed) return native;
    return ask().then((asked) => asked.module.refereeHcl2json(asked.hcl2json, file, native));
  };
  return { parse, close: async () => (await hcl2json)?.hcl2json.close() };
}
