/** The whole pipeline, from files to a report. */

import { type BuildOptions, type Built, build } from './build.ts';
import { checks } from './checks/index.ts';
import { unusedConfig } from './config/unused.ts';
import type { FileSystem } from './files.ts';
import type { Baseline } from './findings/baseline/baseline.ts';
import { filterParts, type SuppressionOptions } from './findings/baseline/filter.ts';
import { mergeParts, spans } from './findings/merge.ts';
import { runChecks } from './findings/run.ts';
import type { FileChecks } from './findings/setting.ts';
import { totalOf } from './model/security-model.ts';
import type { Inspection } from './report/inspected.ts';
import { countsOf, type Report } from './report/report.ts';
import { compareProblems, firstOfEachFile, type Problem, problemKey } from './source/problem.ts';
import type { Configuration } from './terraform/instances/configuration.ts';

export type { BuildOptions, Progress } from './build.ts';
export { QueryCache } from './collections/query-cache.ts';
export type { Inspection } from './report/inspected.ts';
export type { Inputs } from './terraform/instances/inputs.ts';

export interface LintOptions extends BuildOptions {
  /** How comments that suppress findings are taken; absent: as the configuration says, and none has ended. */
  readonly suppressions?: SuppressionOptions | undefined;
  /** Tells what was there before from what is new; absent: everything is new. */
  readonly baseline?: Baseline | undefined;
  /** Takes what the findings are about. */
  readonly onEvaluated?: (evaluated: Evaluated) => void;
}

/**
 * Lints the configurations at some paths. Bad input is a problem in the report, never an exception.
 *
 * @param paths of files and directories of the tree; a file stands for its directory, a directory for all below it
 */
export async function lint(fileSystem: FileSystem, paths: readonly string[], options: LintOptions): Promise<Report> {
  const built = await build(fileSystem, paths, options);
  const { roots, problems } = built;
  const models = roots.map(({ model }) => model);
  const configurations = roots.map(({ configuration }) => configuration);
  options.onEvaluated?.(evaluatedOf(built));
  const checksFor = (path: string): FileChecks => {
    const config = options.configFor(path);
    return config.isIncluded(path) ? config.checksFor(path) : noChecks;
  };
  const caches = options.cache === undefined ? undefined : roots.map(({ cache }) => cache);
  const result = runChecks(checks, models, checksFor, caches);
  const trees = models.flatMap((model) => model.trees);
  const modules = configurations.map(({ root }) => root);
  const accepted = await filterParts(result.parts, trees, modules, checks, options);
  const merged = mergeParts(accepted.parts, spans);
  return {
    ...merged,
    problems: sortProblems([
      ...problems,
      ...result.problems,
      ...accepted.problems,
      ...(options.shard === undefined ? unusedConfig(paths, models, modules, options.configFor) : []),
    ]),
    summary: {
      files: built.files,
      directories: built.directories,
      ...totalOf(models),
      ...countsOf(merged),
      suppressed: accepted.suppressed,
      baselined: accepted.baselined,
      outsideDiff: 0,
      inDownloadedModules: result.inDownloadedModules,
      excluded: built.excluded,
      withoutInstance: built.withoutInstance,
    },
    ...(options.shard !== undefined && { shard: { ...options.shard, parts: accepted.parts } }),
  };
}

/** The rule model of the configurations at some paths, without environments unless one is asked for. */
export async function inspect(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: LintOptions,
): Promise<Inspected> {
  const configFor: LintOptions['configFor'] =
    options.environment === undefined
      ? (path) => ({ ...options.configFor(path), environments: [] })
      : options.configFor;
  const { roots, problems, excluded } = await build(fileSystem, paths, { ...options, configFor });
  return { models: roots.map(({ model }) => model.of('security-group')), problems: sortProblems(problems), excluded };
}

/** The configurations at some paths, in every environment, and the rule model of each: what two states of a tree are compared by. */
export async function evaluateModels(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: LintOptions,
): Promise<Evaluated> {
  return evaluatedOf(await build(fileSystem, paths, options));
}

function evaluatedOf({ roots, problems }: Built): Evaluated {
  return {
    models: roots.map(({ model }) => model.of('security-group')),
    configurations: roots.map(({ configuration }) => configuration),
    problems,
  };
}

export interface Inspected extends Inspection {
  /** Configuration files that the configuration leaves out. */
  readonly excluded: number;
}

/** `configurations` are those that the models are made of, in the same order. */
export interface Evaluated extends Inspection {
  readonly configurations: readonly Configuration[];
}

const noChecks: FileChecks = { checks: new Map() };

/** Those without a place first; each once, however many roots share the module that has it, and as many of a file as anybody reads. */
function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((problem) => [problemKey(problem), problem]));
  return firstOfEachFile([...unique.values()].sort(compareProblems));
}
