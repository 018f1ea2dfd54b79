/** The whole pipeline, from files to a report. */

import { type BuildOptions, type Built, type BuiltRoot, build } from './build.ts';
import { checks } from './checks/index.ts';
import { groupBy } from './collections/group-by.ts';
import { unusedConfig } from './config/unused.ts';
import type { FileSystem } from './files.ts';
import type { Baseline } from './findings/baseline/baseline.ts';
import { filterParts, type SuppressionOptions } from './findings/baseline/filter.ts';
import type { Part } from './findings/finding.ts';
import { mergeParts, spans } from './findings/merge.ts';
import { runChecks } from './findings/run.ts';
import type { FileChecks } from './findings/setting.ts';
import { exploreWorlds } from './findings/worlds.ts';
import { isOfModel } from './model/normalize.ts';
import { type ModelKind, type SecurityModel, totalOf } from './model/security-model.ts';
import type { Inspection } from './report/inspected.ts';
import { countsOf, type Report } from './report/report.ts';
import { compareProblems, firstOfEachFile, type Problem, problemKey } from './source/problem.ts';
import { type Span, spanKey } from './source/span.ts';
import type { Configuration } from './terraform/instances/configuration.ts';
import type { World } from './terraform/instances/world.ts';

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
  const { roots } = built;
  const models = roots.map(({ model }) => model);
  const configurations = roots.map(({ configuration }) => configuration);
  options.onEvaluated?.(evaluatedOf(built));
  const checksFor = (path: string): FileChecks => {
    const config = options.configFor(path);
    return config.isIncluded(path) ? config.checksFor(path) : noChecks;
  };
  const caches = options.cache === undefined ? undefined : roots.map(({ cache }) => cache);
  const result = runChecks(checks, models, checksFor, caches);
  const isFound = finderOf(result.parts);
  const modelOf = new Map(models.map((model) => [keyOfRoot(model), model]));
  const told = result.parts.filter((part) => !followsFromRejection(part, modelOf.get(keyOfRoot(part))!, isFound));
  const said = new Map(models.flatMap((model) => [...model.of('security-group').rejections.told]));
  const problems = built.problems.filter((problem) => !isFound(said.get(problemKey(problem))));
  const trees = models.flatMap((model) => model.trees);
  const modules = configurations.map(({ root }) => root);
  const explored = options.worlds === 'one' ? undefined : inAllWorlds(roots, told, checksFor, isFound);
  const accepted = await filterParts(explored?.parts ?? told, trees, modules, checks, options);
  const merged = mergeParts(accepted.parts, spans);
  return {
    ...merged,
    problems: sortProblems([
      ...problems,
      ...result.problems,
      ...accepted.problems,
      ...(explored?.problems ?? []),
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

/** What is found in all worlds that the configurations speak of. */
function inAllWorlds(
  roots: readonly BuiltRoot[],
  parts: readonly Part[],
  checksFor: (path: string) => FileChecks,
  isFound: PlaceFinder,
): { readonly parts: readonly Part[]; readonly problems: readonly Problem[] } {
  const byRoot = groupBy(parts, keyOfRoot);
  const ofUnits = checks.filter(({ scope }) => scope !== 'model');
  const ids = new Set(ofUnits.map(({ id }) => id));
  const problems: Problem[] = [];
  const explored = roots.flatMap(({ model, configuration, inWorld }) => {
    const known = new Set(configuration.problems.map(problemKey));
    const own = byRoot.get(keyOfRoot(model)) ?? [];
    const runIn = (world: World) => {
      const other = inWorld(world);
      const changed = unlike(other.model, model);
      const found = runChecks(ofUnits, [changed], checksFor).parts.filter(
        (part) => !followsFromRejection(part, model, isFound),
      );
      const isRejected = other.configuration.problems.some((each) => isFault(each) && !known.has(problemKey(each)));
      return { configuration: other.configuration, parts: found, isRejected };
    };
    const found = exploreWorlds(
      { configuration, parts: own, isRejected: false },
      configuration.switches(isOfModel),
      ids,
      runIn,
    );
    if (found.isCut) problems.push(manyWorlds(model.root));
    return found.parts;
  });
  return { parts: explored, problems };
}

interface OfRoot {
  readonly root: string;
  readonly environment?: string | null | undefined;
}

const keyOfRoot = ({ root, environment }: OfRoot): string => `${root}\n${environment ?? ''}`;

type PlaceFinder = (place: Span | undefined) => boolean;

/** Tells the places of findings of what does not apply: a check that is off finds none, and then the evaluation has to say it. */
function finderOf(parts: readonly Part[]): PlaceFinder {
  const ids = new Set(checks.filter(({ topic }) => topic === 'apply').map(({ id }) => id));
  const places = new Set(
    parts
      .filter(({ answer, check }) => answer === 'yes' && ids.has(check))
      .flatMap(({ span, related }) => [span, ...related.map((each) => each.span)])
      .map(spanKey),
  );
  return (place) => place !== undefined && places.has(spanKey(place));
}

/** Whether a result is undecided only because of something that Terraform rejects, which has a finding of its own. */
function followsFromRejection({ answer, because, subject }: Part, model: SecurityModel, isFound: PlaceFinder): boolean {
  const groups = model.of('security-group');
  return answer === 'unknown' && because.some((reason) => isFound(groups.rejectionBehind(reason, subject)));
}

/** What Terraform rejects. */
const isFault = ({ kind }: Problem): boolean => kind === 'evaluation' || kind === 'terraform';

/** What of a model is not the same as in another one. */
function unlike(model: SecurityModel, other: SecurityModel): SecurityModel {
  const of = (<K extends ModelKind>(kind: K) => {
    const known = new Set<object>(other.of(kind).units.flat());
    const changed = model.of(kind).units.filter((parts) => !parts.every((part) => known.has(part)));
    return model.of(kind).restrictedTo(changed.flat());
  }) as SecurityModel['of'];
  return { ...model, of };
}

function manyWorlds(root: string): Problem {
  const message = `${root || '.'} depends on more combinations of inputs than are checked: some results stay undecided. Pass values with --var-file or --var.`;
  return { kind: 'limit', severity: 'warning', message };
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
  const { roots, problems, excluded } = await build(fileSystem, paths, { ...options, worlds: 'one', configFor });
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
