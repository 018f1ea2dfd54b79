/** The whole pipeline, from files to a report. */

import { type BuildOptions, type Built, build, loadRoots } from './build.ts';
import type { BuiltRoot } from './build-root.ts';
import { checks as ownOfTfsg } from './checks/index.ts';
import { concatenated } from './collections/append.ts';
import { groupBy } from './collections/group-by.ts';
import { unusedConfig } from './config/unused.ts';
import type { RootExposure } from './exposure/exposure.ts';
import { exposureOf } from './exposure/exposure-of.ts';
import { exposureInWorlds } from './exposure-worlds.ts';
import type { FileSystem } from './files.ts';
import type { Baseline } from './findings/baseline/baseline.ts';
import { type BaselineUse, ConfiguredBaselines } from './findings/baseline/configured.ts';
import { filterParts, type SuppressionOptions } from './findings/baseline/filter.ts';
import type { Check } from './findings/check.ts';
import type { Part } from './findings/finding.ts';
import { isLibrary } from './findings/library.ts';
import { mergeParts } from './findings/merge.ts';
import { spans } from './findings/places.ts';
import { rootKey } from './findings/root-key.ts';
import { runChecks } from './findings/run.ts';
import type { ChecksFor, FileChecks } from './findings/setting.ts';
import { withReach } from './lint-reach.ts';
import { isOfGroups } from './model/normalize.ts';
import type { Rejection } from './model/rejections.ts';
import { type SecurityModel, totalOf } from './model/security-model.ts';
import { CreatedBlocks, switchedOff } from './model/switched-off.ts';
import type { ShownExposures } from './report/exposure/shown.ts';
import type { Inspection } from './report/inspected.ts';
import type { InspectedRoot } from './report/inspected-worlds.ts';
import { countsOf, type Report } from './report/report.ts';
import { compareProblems, distinctProblems, firstOfEachFile, type Problem, problemKey } from './source/problem.ts';
import type { Span } from './source/span.ts';
import type { Configuration } from './terraform/instances/configuration.ts';
import { type ModuleCall, moduleCallsOf } from './terraform/modules/calls.ts';
import { type AskedInWorlds, type PartsInWorlds, partsInWorlds } from './world-runs.ts';

export type { BuildOptions, Progress } from './build.ts';
export { QueryCache } from './collections/query-cache.ts';
export type { Inspection } from './report/inspected.ts';
export type { Inputs } from './terraform/instances/inputs.ts';

export interface LintOptions extends BuildOptions {
  /** How comments that suppress findings are taken; absent: as the configuration says, and none has ended. */
  readonly suppressions?: SuppressionOptions | undefined;
  /** Tells what was there before from what is new; absent: as the configuration says; false: everything is new. */
  readonly baseline?: Baseline | false | undefined;
  /** With plans: `all` for what is there after them too, and not only what they bring. */
  readonly planScope?: 'changes' | 'all' | undefined;
  /** Takes the baselines that the configuration names. */
  readonly onBaselines?: (uses: readonly BaselineUse[]) => void;
  /** Takes what the findings are about. */
  readonly onEvaluated?: (evaluated: Evaluated) => void;
}

/**
 * Lints the configurations at some paths. Bad input is a problem in the report, never an exception.
 *
 * @param paths of files and directories of the tree; a file stands for its directory, a directory for all below it
 */
export async function lint(fileSystem: FileSystem, paths: readonly string[], options: LintOptions): Promise<Report> {
  const built = await build(fileSystem, paths, { ...options, suggestEnvironments: suggests(options) });
  const { roots } = built;
  const models = roots.map(({ model }) => model);
  const configurations = roots.map(({ configuration }) => configuration);
  const evaluated = evaluatedOf(built);
  options.onEvaluated?.(evaluated);
  const checksFor: ChecksFor = (path) => {
    const config = options.configFor(path);
    return config.isIncluded(path) ? config.checksFor(path) : noChecks;
  };
  const checks = checksOf(models, options.configFor);
  const work = {};
  const caches = options.cache === undefined ? undefined : roots.map(({ cache }) => cache);
  const result = runChecks(checks, models, checksFor, caches, evaluated.exposures, work);
  const said = new Map(models.flatMap((model) => [...model.of('security-group').rejections.told]));
  const problems = built.problems.filter(
    (each) => !isReported(said.get(problemKey(each)), each.span, checks, checksFor),
  );
  const modelOf = new Map(models.map((model) => [rootKey(model), model]));
  const found = result.parts.filter(
    (part) => !followsFromRejection(part, modelOf.get(rootKey(part))!, checks, checksFor),
  );
  const planned =
    options.plans === undefined
      ? undefined
      : (await import('./lint-planned.ts')).ofPlans(roots, found, checks, checksFor, options.planScope === 'all');
  const told = planned?.parts ?? found;
  const trees = concatenated(models.map((model) => model.trees));
  const modules = configurations.map(({ root }) => root);
  const absent = configurations.flatMap((each) => [...each.absent(isOfGroups)]);
  const created = new CreatedBlocks();
  for (const { model, configuration } of roots) created.add(model, configuration);
  const offInBase = switchedOff(built.modules, absent, created);
  const onInWorlds = offInBase.all > 0 ? created : undefined;
  const hasLaterRuns = options.cache !== undefined;
  const explored =
    options.worlds === 'one'
      ? undefined
      : inAllWorlds(roots, told, { checks, checksFor, created: onInWorlds, work, hasLaterRuns });
  const off = onInWorlds === undefined ? offInBase : switchedOff(built.modules, absent, created);
  const parts = withCallers(explored?.parts ?? told, models);
  const configured =
    options.baseline === undefined
      ? new ConfiguredBaselines(fileSystem, options.configFor, options.shard !== undefined)
      : undefined;
  const baseline = configured?.filter ?? options.baseline;
  const accepted = await filterParts(parts, [...trees, ...built.unitTrees], roots, checks, { ...options, baseline });
  options.onBaselines?.(configured?.uses ?? []);
  const reached = withReach(accepted.parts, roots, evaluated.exposures);
  const merged = mergeParts(reached, spans);
  return {
    ...merged,
    problems: sortProblems([
      ...problems,
      ...result.problems,
      ...accepted.problems,
      ...(configured?.problems ?? []),
      ...(explored?.problems ?? []),
      ...(planned?.problems ?? []),
      ...(options.shard === undefined
        ? unusedConfig(paths, models, modules, built.unitSources, options.configFor, () => namesOfEnds(evaluated))
        : []),
    ]),
    summary: {
      files: built.files,
      directories: built.directories,
      ...totalOf(models),
      ...countsOf(merged),
      suppressed: accepted.suppressed,
      baselined: accepted.baselined,
      outsideDiff: 0,
      unchanged: planned?.unchanged ?? 0,
      deleted: planned?.deleted ?? 0,
      inOtherFiles: 0,
      inDownloadedModules: result.inDownloadedModules,
      excluded: built.excluded,
      switchedOff: off.all,
      switchedOffByInputs: options.worlds === 'one' || options.inputs.any === true ? 0 : off.byInputs,
    },
    ...(options.shard !== undefined && { shard: { ...options.shard, parts: reached } }),
  };
}

/** tfsg's checks, and the own rules of the configs of all files. */
function checksOf(models: readonly SecurityModel[], configFor: LintOptions['configFor']): readonly Check[] {
  const paths = new Set(models.flatMap(({ files }) => files.map(({ path }) => path)));
  const lists = new Set([...paths].map((path) => configFor(path).ownChecks));
  const own = new Set([...lists].flat());
  return own.size === 0 ? ownOfTfsg : [...ownOfTfsg, ...own];
}

/** The addresses and names of all services and groups. */
function namesOfEnds({ exposures }: Evaluated): ReadonlySet<string> {
  return new Set(exposures.flatMap(({ ends }) => ends.flatMap(({ names }) => names)));
}

/** Not where only the world is judged that Terraform would plan now. */
const suggests = ({ suggestEnvironments, worlds }: BuildOptions): boolean => suggestEnvironments ?? worlds !== 'one';

/** Sources of libraries are what callers give. */
function withCallers(parts: readonly Part[], models: readonly SecurityModel[]): readonly Part[] {
  const libraries = new Map<string, boolean>();
  const isInLibrary = ({ root }: Part): boolean => {
    const known = libraries.get(root) ?? models.every((model) => model.root !== root || isLibrary(root, model.trees));
    libraries.set(root, known);
    return known;
  };
  return parts.map((part) =>
    part.question?.isOfSource === true && isInLibrary(part) ? { ...part, isCallers: true } : part,
  );
}

interface LintInWorlds {
  readonly checks: readonly Check[];
  readonly checksFor: ChecksFor;
  /** Gets what there is in the worlds, if anybody asks. */
  readonly created: CreatedBlocks | undefined;
  readonly work: object;
  readonly hasLaterRuns: boolean;
}

/** What is found in all worlds that the configurations speak of. */
function inAllWorlds(
  roots: readonly BuiltRoot[],
  parts: readonly Part[],
  { checks, checksFor, created, work, hasLaterRuns }: LintInWorlds,
): Pick<PartsInWorlds, 'parts' | 'problems'> {
  const byRoot = groupBy(parts, rootKey);
  const ofUnits = checks.filter(({ scope }) => scope !== 'model');
  const explored = roots.map((root) => {
    const own = byRoot.get(rootKey(root.model)) ?? [];
    return partsInWorlds(root, own, {
      checks: ofUnits,
      settings: [...new Set(root.model.files.map(({ path }) => checksFor(path)))],
      cache: hasLaterRuns ? root.cache : undefined,
      partsIn: (model, asked, cache) => {
        const on = ofUnits.filter(({ id }) => asked.has(id));
        return runChecks(on, [model], checksFor, cache === undefined ? undefined : [cache], undefined, work).parts;
      },
      onModel: (model) => created?.add(model),
      isTold: (part) => !followsFromRejection(part, root.model, checks, checksFor),
    });
  });
  return { parts: explored.flatMap(({ parts: each }) => each), problems: explored.flatMap(({ problems }) => problems) };
}

/** Whether a check that is on in a file has a finding for what Terraform rejects. */
function isReported(
  kind: Rejection['kind'] | undefined,
  span: Span | undefined,
  checks: readonly Check[],
  checksFor: ChecksFor,
): boolean {
  if (kind === undefined || span === undefined) return false;
  const on = checksFor(span.file.path).checks;
  return checks.some(({ id, rejection }) => rejection === kind && on.has(id));
}

/** Whether a result is undecided only because of something that Terraform rejects, which has a finding of its own. */
function followsFromRejection(
  part: Part,
  model: SecurityModel,
  checks: readonly Check[],
  checksFor: ChecksFor,
): boolean {
  const groups = model.of('security-group');
  return (
    part.answer === 'unknown' &&
    part.because.some((reason) =>
      isReported(groups.rejectionBehind(reason, part.subject), part.span, checks, checksFor),
    )
  );
}

/** The rule model of the configurations at some paths, without environments unless one is asked for. */
export async function inspect(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: LintOptions,
): Promise<Inspected> {
  const configFor = configForInspection(options);
  const { roots, problems, excluded } = await build(fileSystem, paths, { ...options, worlds: 'one', configFor });
  return { models: roots.map(({ model }) => model.of('security-group')), problems: sortProblems(problems), excluded };
}

/**
 * What the configurations at some paths would create in all worlds, without environments unless one is asked for; with `worlds: 'one'` as
 * `inspect` has it.
 */
export async function inspectWorlds(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: LintOptions,
): Promise<InspectedWorlds> {
  const { roots, problems, excluded } = await build(fileSystem, paths, {
    ...options,
    configFor: configForInspection(options),
  });
  const { inspectedKinds, inspectedRoot, partsOfModel } = await import('./report/inspected-worlds.ts');
  const all = roots.map((root) => {
    const base = partsOfModel(root.model.of('security-group'));
    const asked: AskedInWorlds = {
      checks: inspectedKinds,
      settings: [],
      partsIn: (model) => partsOfModel(model.of('security-group')),
    };
    const found = options.worlds === 'one' ? { parts: base, problems: [] } : partsInWorlds(root, base, asked);
    return { root: inspectedRoot(root.model.root, found.parts, base), problems: found.problems };
  });
  return {
    roots: all.map(({ root }) => root),
    problems: sortProblems([...problems, ...all.flatMap((each) => each.problems)]),
    excluded,
  };
}

/** What the internet reaches of the configurations at some paths, in each environment and in all worlds; with `worlds: 'one'` in that one alone. */
export async function exposure(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: LintOptions,
): Promise<FoundExposures> {
  const { roots, files, problems, excluded } = await build(fileSystem, paths, {
    ...options,
    suggestEnvironments: suggests(options),
  });
  const all = roots.map((root) => ({
    model: root.model.of('security-group'),
    ...(options.worlds === 'one'
      ? { exposure: exposureOf(root.model, root.resources), problems: [] }
      : exposureInWorlds(root)),
  }));
  return {
    roots: all.map(({ model, exposure: of }) => ({ model, exposure: of })),
    files,
    problems: sortProblems([...problems, ...all.flatMap((each) => each.problems)]),
    excluded,
  };
}

/** The module calls of the configurations at some paths. */
export async function moduleCallsIn(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: LintOptions,
): Promise<ModuleCallsIn> {
  const { roots, unitCalls, problems, excluded } = await loadRoots(fileSystem, paths, options);
  return { calls: moduleCallsOf(roots, unitCalls), roots: roots.length, problems: sortProblems(problems), excluded };
}

/** Without environments unless one is asked for. */
export function configForInspection({ environment, configFor }: LintOptions): LintOptions['configFor'] {
  return environment === undefined ? (path) => ({ ...configFor(path), environments: [] }) : configFor;
}

/** The configurations at some paths, in every environment, and the rule model of each: what two states of a tree are compared by. */
export async function evaluateModels(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: LintOptions,
): Promise<Evaluated> {
  return evaluatedOf(await build(fileSystem, paths, { ...options, suggestEnvironments: suggests(options) }));
}

function evaluatedOf({ roots, problems }: Built): Evaluated {
  return {
    models: roots.map(({ model }) => model.of('security-group')),
    configurations: roots.map(({ configuration }) => configuration),
    exposures: roots.map(({ model, resources }) => exposureOf(model, resources)),
    problems,
  };
}

export interface Inspected extends Inspection {
  /** Configuration files that the configuration leaves out. */
  readonly excluded: number;
}

export interface ModuleCallsIn extends Pick<Inspected, 'problems' | 'excluded'> {
  readonly calls: readonly ModuleCall[];
  /** How many root modules there are. */
  readonly roots: number;
}

export interface FoundExposures extends ShownExposures, Pick<Inspected, 'excluded'> {}

export interface InspectedWorlds extends Pick<Inspected, 'problems' | 'excluded'> {
  readonly roots: readonly InspectedRoot[];
}

/** `configurations` are those that the models are made of, in the same order; nothing of `exposures` is evaluated before it is asked for. */
export interface Evaluated extends Inspection {
  readonly configurations: readonly Configuration[];
  readonly exposures: readonly RootExposure[];
}

const noChecks: FileChecks = { checks: new Map() };

/** Those without a place first; each once, however many roots share the module that has it, and as many of a file as anybody reads. */
function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return firstOfEachFile(distinctProblems(problems).toSorted(compareProblems));
}
