/** The whole line, from files to a report. */

import type { Baseline } from './baseline/baseline.ts';
import { type SuppressionOptions, sift } from './baseline/sift.ts';
import { checks } from './checks/index.ts';
import { mergeParts, spans } from './checks/merge.ts';
import { type FileChecks, runChecks } from './checks/run.ts';
import type { Config } from './config/config.ts';
import { Environments } from './config/environment-inputs.ts';
import type { FileSystem } from './files.ts';
import { parseHcl } from './hcl/parser.ts';
import type { Reference } from './hcl/reference.ts';
import { awsAttribute } from './model/aws-attributes.ts';
import { normalize } from './model/normalize.ts';
import type { SecurityModel } from './model/security-group.ts';
import type { Inspection } from './report/inspected.ts';
import { countsOf, type Report } from './report/report.ts';
import { compareProblems, type Problem, problemKey } from './source/problem.ts';
import { type Configuration, configure } from './terraform/configuration.ts';
import { discover } from './terraform/discover.ts';
import { type Inputs, readInputs } from './terraform/inputs.ts';
import { type LoadedModule, Loader, modulesOf, opaqueModules, type ParseNative } from './terraform/load.ts';
import { type Shard, shardOf } from './terraform/shard.ts';

export type { Inspection } from './report/inspected.ts';
export type { Inputs } from './terraform/inputs.ts';

export interface LintOptions {
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
  /** How comments that suppress findings are taken; absent: as the configuration says, and none has ended. */
  readonly suppressions?: SuppressionOptions | undefined;
  /** Tells what was there before from what is new; absent: everything is new. */
  readonly baseline?: Baseline | undefined;
  /** Called before each directory that is read and each root module that is evaluated. */
  readonly onProgress?: (progress: Progress) => void;
}

/** `0 <= done < total`. */
export interface Progress {
  readonly stage: 'read' | 'evaluate';
  readonly done: number;
  readonly total: number;
}

/**
 * Lints the configurations at some paths. Bad input is a problem in the report, never an exception.
 *
 * @param paths of files and directories of the tree; a file stands for its directory, a directory for all below it
 */
export async function lint(fileSystem: FileSystem, paths: readonly string[], options: LintOptions): Promise<Report> {
  const { models, configurations, problems, files, directories } = await build(fileSystem, paths, options);
  const checksFor = (path: string): FileChecks => {
    const config = options.configFor(path);
    return config.isIncluded(path) ? config.checksFor(path) : noChecks;
  };
  const result = runChecks(checks, models, checksFor);
  const trees = models.flatMap((model) => model.trees);
  const roots = configurations.map(({ root }) => root);
  const accepted = await sift(result.parts, trees, roots, checks, options);
  const merged = mergeParts(accepted.parts, spans);
  return {
    ...merged,
    problems: sortProblems([...problems, ...result.problems, ...accepted.problems]),
    summary: {
      files,
      directories,
      groups: models.reduce((sum, model) => sum + model.groups.length, 0),
      rules: models.reduce((sum, model) => sum + model.rules.length, 0),
      ...countsOf(merged),
      suppressed: accepted.suppressed,
      baselined: accepted.baselined,
    },
    ...(options.shard !== undefined && { shard: { ...options.shard, parts: accepted.parts } }),
  };
}

/** The rule model of the configurations at some paths, without environments unless one is asked for. */
export async function inspect(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: LintOptions,
): Promise<Inspection> {
  const configFor: LintOptions['configFor'] =
    options.environment === undefined
      ? (path) => ({ ...options.configFor(path), environments: [] })
      : options.configFor;
  const { models, problems } = await build(fileSystem, paths, { ...options, configFor });
  return { models, problems: sortProblems(problems) };
}

/** The configurations at some paths, in every environment, and the rule model of each: what two states of a tree are compared by. */
export async function evaluate(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: LintOptions,
): Promise<Evaluated> {
  return build(fileSystem, paths, options);
}

/** `configurations` are those that the models are made of, in the same order. */
export interface Evaluated extends Inspection {
  readonly configurations: readonly Configuration[];
}

const noChecks: FileChecks = { checks: new Map() };

interface Built extends Evaluated {
  readonly files: number;
  readonly directories: number;
}

async function build(fileSystem: FileSystem, paths: readonly string[], options: LintOptions): Promise<Built> {
  const found = discover(fileSystem, paths, (path) => options.configFor(path).isIncluded(path));
  const loaded = await load(fileSystem, found.value, options);
  const everything = new Map<string, LoadedModule>();
  const called = new Set<string>();
  for (const module of loaded.values()) {
    for (const each of modulesOf(module)) {
      everything.set(each.directory, each);
      if (each !== module) called.add(each.directory);
    }
  }
  const allRoots = [...loaded.values()].filter(({ directory }) => !called.has(directory));
  const { shard = { index: 1, count: 1 }, onProgress } = options;
  const mine = shardOf(allRoots, shard);
  const modules = [...everything.values()].filter(mine.has);
  const problems: Problem[] = modules.flatMap((module) => module.problems);
  if (shard.index === 1) problems.push(...found.problems, ...opaqueModules(everything.values()));
  const models: SecurityModel[] = [];
  const configurations: Configuration[] = [];
  const environments = new Environments(fileSystem, options.inputs, options.environment);
  for (const [done, root] of mine.roots.entries()) {
    onProgress?.({ stage: 'evaluate', done, total: mine.roots.length });
    const config = options.configFor(`${root.directory}/main.tf`.replace(/^\//, ''));
    for (const { environment, inputs: given } of environments.casesOf(root, config)) {
      const inputs = readInputs(fileSystem, root, given);
      const configuration = configure(root, inputs.value, fileSystem, awsAttribute);
      const trees = [...modulesOf(root).flatMap((module) => module.trees), ...inputs.value.trees];
      const model = normalize(configuration, trees, environment);
      models.push(model.value);
      configurations.push(configuration);
      problems.push(...inputs.problems, ...configuration.problems, ...model.problems);
    }
  }
  problems.push(...environments.problems);
  const files = modules.reduce((sum, module) => sum + module.trees.length, 0);
  return { models, configurations, problems, files, directories: modules.length };
}

async function load(
  fileSystem: FileSystem,
  directories: readonly string[],
  { parser, onProgress }: LintOptions,
): Promise<ReadonlyMap<string, LoadedModule>> {
  const { parse, close } = createParser(parser);
  try {
    const loader = new Loader(fileSystem, parse);
    const loaded = new Map<string, LoadedModule>();
    for (const [done, directory] of directories.entries()) {
      onProgress?.({ stage: 'read', done, total: directories.length });
      const module = await loader.load(directory);
      if (module !== undefined) loaded.set(directory, module);
    }
    return loaded;
  } finally {
    await close();
  }
}

/** The parser of native syntax; hcl2json is loaded only where it is asked, and ended with `close`. */
function createParser(parser: LintOptions['parser']): { readonly parse: ParseNative; close(): Promise<void> } {
  let reference:
    | Promise<{ readonly module: typeof import('./hcl/reference.ts'); readonly reference: Reference }>
    | undefined;
  const ask = () => {
    reference ??= import('./hcl/reference.ts').then((module) => ({ module, reference: module.createReference() }));
    return reference;
  };
  const parse: ParseNative = (file) => {
    if (parser === 'hcl2json') return ask().then((asked) => asked.module.parseWithHcl2json(asked.reference, file));
    const native = parseHcl(file);
    if (native.problems.length === 0) return native;
    return ask().then((asked) => asked.module.refereeHcl2json(asked.reference, file, native));
  };
  return { parse, close: async () => (await reference)?.reference.close() };
}

/** Those without a place first; each once, however many roots share the module that has it. */
function sortProblems(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((problem) => [problemKey(problem), problem]));
  return [...unique.values()].sort(compareProblems);
}
