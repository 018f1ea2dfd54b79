/** All resource instances of a root module, with the addresses that Terraform gives them. */

import { type QueryCache, query } from '../../collections/query-cache.ts';
import type { FileSystem } from '../../files.ts';
import type { Problem } from '../../source/problem.ts';
import { ProblemSink } from '../expressions/scope.ts';
import type { LoadedModule } from '../modules/load.ts';
import type { Declaration, ResourceDeclaration } from '../modules/module.ts';
import type { RootSteps } from '../values/budget.ts';
import { EvaluationError } from '../values/errors.ts';
import type { Value } from '../values/value.ts';
import { type Absent, absentIn, type Domain, domainsOf, type Switch, switchesOf } from './domains.ts';
import {
  AskedStale,
  type ChangesOf,
  Earlier,
  knownChanges,
  MarkedStale,
  type ReferencesOf,
  type Stale,
  type User,
  usersIn,
} from './earlier.ts';
import { type AttributeSchemas, Evaluation, type RootInputs } from './evaluation.ts';
import { isAlwaysOne } from './expand.ts';
import type { IsMeant, ResourceKind, Resources } from './instance.ts';
import { ModuleInstance } from './module-instance.ts';
import { callOf, kindOf, type References, referencesOf, referencesOfCall, resourceOf } from './references.ts';
import type { Rejecting } from './rejections/rejection.ts';
import { rejectionsOf } from './rejections/rejections.ts';
import { noWorld, type WorldInputs } from './world.ts';
import { problemsBehind, problemsOfExistence } from './world-faults.ts';

export type { Absent, Domain, Switch };

export interface Configuration extends Resources, Rejecting {
  readonly root: LoadedModule;
  /** What `var.NAME` or `local.NAME` is in each instance of the module of a directory; none where it declares no such thing. */
  valuesOf(directory: string, root: 'var' | 'local', name: string): readonly Value[];
  /**
   * What it gives to others.
   *
   * @throws EvaluationError if it has no such output
   */
  output(name: string): Value;
  /** Of the modules with at least one instance, the root's included, and of those that a call says are not enabled. */
  directories(): ReadonlySet<string>;
  /**
   * Whether it is what it would be from the start. Otherwise something is cut off that is not cut off from the start, or the other
   * way round: what is cut off depends on the order in which things are evaluated.
   */
  readonly isExact: boolean;
  /** What inputs that nobody has given could be, by name, as far as what was evaluated until now speaks of them. */
  domains(): ReadonlyMap<string, Domain>;
  /**
   * The inputs that decide what waits for something, by the name that messages have for that.
   *
   * @param reasons names of what it waits for
   */
  inputsBehind(reasons: Iterable<string>): readonly InputBehind[];
  /**
   * What comes up in how many instances there are of some resources, and in the local values that compare an input of the world with
   * something, as far as the base did: each as soon as it is known.
   */
  problemsOfExistence(isMeant: IsMeant): Iterable<Problem>;
  /** What came up in some resources that were asked for, and in all that they were worked out from. */
  problemsBehind(isMeant: IsMeant): readonly Problem[];
  /** What is written and switched off by the defaults of variables that nobody gives, until now. */
  switches(isWanted: (declaration: ResourceDeclaration) => boolean): readonly Switch[];
  /** What is written and makes no instance, until now. */
  absent(isWanted: (declaration: ResourceDeclaration) => boolean): Iterable<Absent>;
  /** What could not be evaluated until now, or Terraform would reject. */
  readonly problems: readonly Problem[];
}

/** An input that decides something. */
export interface InputBehind {
  readonly name: string;
  /** For a condition: what it depends on. */
  readonly sources: ReadonlySet<string> | undefined;
}

/** Evaluates root modules. What depends on nothing that changed since the revision before is the same object again. */
export class Evaluator {
  readonly #cache: QueryCache;
  readonly #attributeSchema: AttributeSchemas;
  /** What is stale in worlds, by what is another there. */
  #inWorlds: StaleInWorlds | undefined;

  /** @param cache of one root module in one environment */
  constructor(cache: QueryCache, attributeSchema: AttributeSchemas) {
    this.#cache = cache;
    this.#attributeSchema = attributeSchema;
  }

  /**
   * A root module as it is now. Nothing is evaluated before it is asked for, and nothing twice.
   *
   * @param isFresh whether it is evaluated from the start, whatever is known of earlier revisions
   */
  configure(
    root: LoadedModule,
    inputs: Omit<RootInputs, 'world'>,
    files: FileSystem,
    steps: RootSteps,
    isFresh = false,
  ): Configuration {
    const before = isFresh ? undefined : this.#cache.latest(roots, '');
    before?.earlier?.release();
    before?.instance.reclaim();
    const world: RootInputs = { ...inputs, world: noWorld };
    const changed = before?.instance.evaluation.changedInputs(world, files);
    const revision = this.#revise(root, world, files, steps, before, changed, undefined);
    return this.#cache.keep(roots, '', undefined, revision).configuration;
  }

  /**
   * The same where inputs that nobody gives are something; after `configure`, of which it takes what does not depend on them.
   *
   * @param key of the world, by which an earlier revision of it is found; undefined where there will be no later one
   * @param isAsked whether a resource may be asked for
   * @param isKnown whether all is known that is going to be asked of an earlier configuration: then that is the result, if nothing is
   * different of what was asked of it. What else was asked of it would be of a text that is gone
   */
  configureWorld(
    root: LoadedModule,
    inputs: RootInputs,
    files: FileSystem,
    steps: RootSteps,
    key: string | undefined,
    isAsked: IsAsked,
    isKnown: (earlier: Configuration) => boolean,
  ): Configuration {
    const base = this.#cache.latest(roots, '')!;
    const own = key === undefined ? undefined : this.#cache.latest(roots, key);
    const before = own ?? base;
    // The values of one world are the same objects from revision to revision.
    const now = own === undefined ? inputs : { ...inputs, world: own.instance.evaluation.inputs.world };
    const changed = before.instance.evaluation.changedInputs(now, own === undefined ? undefined : files);
    const isSame = own !== undefined && changed?.size === 0 && this.#isSame(own, root, steps, isAsked);
    if (isSame && (own.instance.module === root || isKnown(own.configuration)))
      return this.#cache.keep(roots, key!, undefined, own).configuration;
    own?.earlier?.release();
    base.instance.reclaim();
    own?.instance.reclaim();
    const revision = this.#revise(root, now, files, steps, before, changed, base);
    if (key !== undefined) this.#cache.keep(roots, key, undefined, revision);
    return revision.configuration;
  }

  /** Whether all that was asked of a revision is the same now, and nothing else would be asked. */
  #isSame({ instance }: Revision, root: LoadedModule, steps: RootSteps, isAsked: IsAsked): boolean {
    if (instance.module === root) return true;
    if (!instance.evaluation.pool.isEnough(steps)) return false;
    const marked = this.#marked(instance, root, []);
    for (const [at, keys] of marked.all) {
      for (const key of keys) {
        if (callOf(key) !== undefined) return false;
        const address = resourceOf(key);
        const isWanted = address !== undefined && isAsked(kindOf(address), at.modulePath + address);
        const before = address === undefined ? undefined : at.module.resources.get(address);
        const now = address === undefined ? undefined : marked.moduleOf(at)?.resources.get(address);
        // That there is one was asked for, and nothing in it.
        if (before && now && !isWanted && isAlwaysOne(before.content) && isAlwaysOne(now.content)) continue;
        if (at.asked(key) !== undefined) return false;
        if (isWanted && before === undefined) return false;
      }
    }
    return true;
  }

  /**
   * @param changed inputs whose values are others than before; undefined where nothing of that holds
   * @param base of a world
   */
  #revise(
    root: LoadedModule,
    inputs: RootInputs,
    files: FileSystem,
    steps: RootSteps,
    before: Revision | undefined,
    changed: ReadonlySet<string> | undefined,
    base: Revision | undefined,
  ): Revision {
    const earlier =
      before === undefined || changed === undefined
        ? undefined
        : before === base && before.instance.module === root
          ? new Earlier(this.#staleInWorld(before.instance, changed))
          : new Earlier(this.#marked(before.instance, root, changed));
    const evaluation = new Evaluation(
      inputs,
      files,
      root.directory,
      this.#attributeSchema,
      steps,
      earlier && before?.instance.evaluation,
    );
    const site = root.site && { name: '', span: root.site.source, ...root.site };
    const calls = site === undefined ? [] : [site];
    const instance = new ModuleInstance(evaluation, earlier, root, '', '', calls, undefined, undefined);
    if (before !== undefined) earlier?.pair(before.instance, instance);
    const configuration = configurationOf(instance, earlier !== undefined, base?.instance ?? instance, this.#cache);
    return { instance, earlier, configuration };
  }

  #marked(before: ModuleInstance, now: LoadedModule, changed: Iterable<string>): MarkedStale<ModuleInstance> {
    const changesOf: ChangesOf = (a, b) => knownChanges(a, b, this.#cache);
    return new MarkedStale(before, now, changed, (module) => this.#usersOf(module), changesOf);
  }

  /** Many worlds give other values to the same inputs. */
  #staleInWorld(base: ModuleInstance, changed: ReadonlySet<string>): Stale<ModuleInstance> {
    const { made } = base.evaluation;
    const known = this.#inWorlds;
    const isSame = known !== undefined && known.base === base && known.made === made;
    const { stale } = isSame ? known : (this.#inWorlds = { base, made, stale: new Map() });
    const key = [...changed].sort().join('\n');
    const found = stale.get(key) ?? new AskedStale<ModuleInstance>(changed, this.#referencesOf);
    stale.set(key, found);
    return found;
  }

  readonly #referencesOf: ReferencesOf = (declaration, isCall) =>
    this.#cache.get(references, declaration, undefined, () =>
      isCall ? referencesOfCall(declaration as Declaration) : referencesOf(declaration),
    );

  #usersOf(module: LoadedModule): ReadonlyMap<string, readonly User[]> {
    return this.#cache.get(users, module, undefined, () => usersIn(module, this.#referencesOf));
  }
}

/** Whether a resource may be asked for. `address` is without keys. */
export type IsAsked = (kind: ResourceKind, address: string) => boolean;

interface StaleInWorlds {
  readonly base: ModuleInstance;
  /** How many instances of modules there were in the base: what is made later may be stale too. */
  readonly made: number;
  readonly stale: Map<string, Stale<ModuleInstance>>;
}

interface Revision {
  readonly instance: ModuleInstance;
  readonly earlier: Earlier<ModuleInstance> | undefined;
  readonly configuration: Configuration;
}

/** @param base of a world; else the instance itself */
function configurationOf(
  instance: ModuleInstance,
  isRevised: boolean,
  base: ModuleInstance,
  cache: QueryCache,
): Configuration {
  const { evaluation } = instance;
  return {
    root: instance.module,
    instances: (isWanted, isMeant) => instance.instances(isWanted, isMeant),
    valuesOf: (directory, of, name) => [...instance.valuesOf(directory, of, name)],
    output(name) {
      const span = instance.module.outputs.get(name)?.span;
      if (span === undefined) throw new EvaluationError(`The module has no output "${name}".`);
      return instance.output(name, span, instance.unkept());
    },
    rejections: (asked) => rejectionsOf(instance, asked, cache),
    uncreated: (isWanted) => instance.uncreated(isWanted),
    directories: () => new Set(instance.directories()),
    domains: () => domainsOf(instance),
    problemsOfExistence: (isMeant) => problemsOfExistence(instance, base, isMeant),
    problemsBehind: (isMeant) => problemsBehind(instance, isMeant),
    inputsBehind: (reasons) => inputsBehind(reasons, evaluation.worlds),
    absent: (isWanted) => absentIn(instance, isWanted),
    switches: (isWanted) => switchesOf(absentIn(instance, isWanted)),
    get problems() {
      const problems = new ProblemSink();
      for (const problem of instance.problems()) problems.add(problem);
      if (evaluation.pool.problem !== undefined) problems.add(evaluation.pool.problem);
      return problems.problems;
    },
    get isExact() {
      return !isRevised || evaluation.isWhole;
    },
  };
}

/** By the world; empty for the base. */
const roots = query<undefined, Revision>();

/** By the earlier of two states of a module. */
const references = query<undefined, References>();
const users = query<undefined, ReadonlyMap<string, readonly User[]>>();

function inputsBehind(reasons: Iterable<string>, worlds: WorldInputs): readonly InputBehind[] {
  const names = new Set([...reasons].flatMap((reason) => [...(worlds.reasons.get(reason) ?? [])]));
  return [...names]
    .filter((name) => !worlds.isRenamed(name))
    .sort()
    .map((name) => ({ name, sources: worlds.sourcesOf(name) }));
}
