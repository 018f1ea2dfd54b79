/** All resource instances of a root module, with the addresses that Terraform gives them. */

import { type QueryCache, query } from '../../collections/query-cache.ts';
import type { FileSystem } from '../../files.ts';
import type { Attribute } from '../../hcl/syntax.ts';
import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { ProblemSink } from '../expressions/scope.ts';
import type { LoadedModule } from '../modules/load.ts';
import type { Declaration, ResourceDeclaration } from '../modules/module.ts';
import { type NameUse, type NameUses, nameUsesIn } from '../modules/name-uses.ts';
import type { RootSteps } from '../values/budget.ts';
import type { InputAnswer } from '../values/inputs.ts';
import { numberText } from '../values/number-text.ts';
import { boolValue, integerValue, isEmptyCollection, type Value } from '../values/value.ts';
import { Earlier, type User, usersIn } from './earlier.ts';
import { type AttributeSchemas, Evaluation, type RootInputs } from './evaluation.ts';
import type { Resources } from './instance.ts';
import { type Absent, type Domain, ModuleInstance } from './module-instance.ts';
import { type References, referencesOf, referencesOfCall } from './references.ts';
import type { Rejecting } from './rejection.ts';
import { rejectionsOf } from './rejections.ts';
import { noWorld, type World, type WorldInputs } from './world.ts';

export type { Absent, Domain };

export interface Configuration extends Resources, Rejecting {
  readonly root: LoadedModule;
  /** What `var.NAME` or `local.NAME` is in each instance of the module of a directory; none where it declares no such thing. */
  valuesOf(directory: string, root: 'var' | 'local', name: string): readonly Value[];
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

/** Something that makes no instance because of the defaults of some variables. */
export interface Switch {
  readonly kind: Absent['kind'];
  /** Of the resource or module call, without keys. */
  readonly address: string;
  /** For a nested block of that resource. */
  readonly block: Span | undefined;
  /** What the variables would be otherwise. */
  readonly world: World;
}

/** Evaluates root modules. What depends on nothing that changed since the revision before is the same object again. */
export class Evaluator {
  readonly #cache: QueryCache;
  readonly #attributeSchema: AttributeSchemas;
  readonly #nameUses: NameUses = (part) => this.#cache.get(nameUses, part, undefined, () => nameUsesIn(part));

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
    const revision = this.#revise(root, world, files, steps, before, changed);
    this.#cache.keep(roots, '', undefined, revision);
    return configurationOf(root, revision, this.#nameUses);
  }

  /**
   * The same where inputs that nobody gives are something; after `configure`, of which it takes what does not depend on them.
   *
   * @param key of the world, by which an earlier revision of it is found; undefined where there will be no later one
   */
  configureWorld(
    root: LoadedModule,
    inputs: RootInputs,
    files: FileSystem,
    steps: RootSteps,
    key: string | undefined,
  ): Configuration {
    const base = this.#cache.latest(roots, '')!;
    const own = key === undefined ? undefined : this.#cache.latest(roots, key);
    own?.earlier?.release();
    base.instance.reclaim();
    own?.instance.reclaim();
    const before = own ?? base;
    // The values of one world are the same objects from revision to revision.
    const now = own === undefined ? inputs : { ...inputs, world: own.instance.evaluation.inputs.world };
    const changed = before.instance.evaluation.changedInputs(now, own === undefined ? undefined : files);
    const revision = this.#revise(root, now, files, steps, before, changed);
    if (key !== undefined) this.#cache.keep(roots, key, undefined, revision);
    return configurationOf(root, revision, this.#nameUses);
  }

  /** @param changed inputs whose values are others than before; undefined where nothing of that holds */
  #revise(
    root: LoadedModule,
    inputs: RootInputs,
    files: FileSystem,
    steps: RootSteps,
    before: Revision | undefined,
    changed: ReadonlySet<string> | undefined,
  ): Revision {
    const earlier =
      before === undefined || changed === undefined
        ? undefined
        : new Earlier(before.instance, root, changed, (module) => this.#usersOf(module));
    const evaluation = new Evaluation(
      inputs,
      files,
      root.directory,
      this.#attributeSchema,
      steps,
      earlier && before?.instance.evaluation,
    );
    const instance = new ModuleInstance(evaluation, earlier, root, '', '', [], undefined, undefined);
    if (before !== undefined) earlier?.pair(before.instance, instance);
    return { instance, earlier };
  }

  #usersOf(module: LoadedModule): ReadonlyMap<string, readonly User[]> {
    const ofDeclaration = (declaration: Declaration | Attribute, isCall: boolean): References =>
      this.#cache.get(references, declaration, undefined, () =>
        isCall ? referencesOfCall(declaration as Declaration) : referencesOf(declaration),
      );
    return this.#cache.get(users, module, undefined, () => usersIn(module, ofDeclaration));
  }
}

interface Revision {
  readonly instance: ModuleInstance;
  readonly earlier: Earlier<ModuleInstance> | undefined;
}

function configurationOf(root: LoadedModule, { instance, earlier }: Revision, nameUses: NameUses): Configuration {
  const { evaluation } = instance;
  return {
    root,
    instances: (isWanted) => instance.instances(isWanted),
    valuesOf: (directory, of, name) => [...instance.valuesOf(directory, of, name)],
    rejections: (query) => rejectionsOf(instance, query, nameUses),
    uncreated: (isWanted) => instance.uncreated(isWanted),
    directories: () => new Set(instance.directories()),
    domains: () => domainsOf(instance),
    inputsBehind: (reasons) => inputsBehind(reasons, evaluation.worlds),
    absent: (isWanted) => instance.absent(isWanted),
    switches: (isWanted) => switchesOf(instance.absent(isWanted)),
    get problems() {
      const problems = new ProblemSink();
      for (const problem of instance.problems()) problems.add(problem);
      if (evaluation.pool.problem !== undefined) problems.add(evaluation.pool.problem);
      return problems.problems;
    },
    get isExact() {
      return earlier === undefined || evaluation.isWhole;
    },
  };
}

/** By the world; empty for the base. */
const roots = query<undefined, Revision>();

const references = query<undefined, References>();
const nameUses = query<undefined, readonly NameUse[]>();
const users = query<undefined, ReadonlyMap<string, readonly User[]>>();

function inputsBehind(reasons: Iterable<string>, worlds: WorldInputs): readonly InputBehind[] {
  const names = new Set([...reasons].flatMap((reason) => [...(worlds.reasons.get(reason) ?? [])]));
  return [...names]
    .filter((name) => !worlds.isRenamed(name))
    .sort()
    .map((name) => ({ name, sources: worlds.sourcesOf(name) }));
}

/** More candidates of one input are not looked at: it is left open. */
const maximumCandidates = 256;

function domainsOf(root: ModuleInstance): ReadonlyMap<string, Domain> {
  const found = new Map<string, Map<string, Value>>();
  const propose = (input: string, candidate: Value): void => {
    const known = found.get(input) ?? new Map<string, Value>();
    found.set(input, known);
    known.set(`${candidate.kind} ${shown(candidate)}`, candidate);
  };
  for (const { input, candidate } of [...root.proposals(), ...root.validations()]) propose(input, candidate);
  const domains = new Map<string, Domain>();
  for (const [input, candidates] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (candidates.size > maximumCandidates) continue;
    const sorted = [...candidates].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, candidate]) => candidate);
    domains.set(input, root.domainOf(input, sorted));
  }
  return domains;
}

/** A value of an input as text, the same for the same. */
function shown(value: Value): string {
  return value.kind === 'string' || value.kind === 'bool'
    ? String(value.value)
    : value.kind === 'number'
      ? numberText(value.value)
      : '';
}

function switchesOf(absent: Iterable<Absent>): readonly Switch[] {
  return [...absent].flatMap((each) => {
    const world = new Map<string, InputAnswer>();
    for (const { name, value, isGiven } of each.variables()) {
      const answer = isGiven ? undefined : otherwise(value);
      if (answer !== undefined) world.set(name, answer);
    }
    if (world.size === 0) return [];
    return [{ kind: each.kind, address: each.address, block: each.kind === 'block' ? each.block : undefined, world }];
  });
}

/** What a variable would be that does not switch something off; undefined for what switches nothing. */
function otherwise(value: Value): InputAnswer | undefined {
  if (value.kind === 'bool') return { is: boolValue(!value.value) };
  if (value.kind === 'number' && value.value === 0) return { is: integerValue(1) };
  if (value.kind === 'null' || (value.kind === 'string' && value.value === '')) return { not: [value] };
  return isEmptyCollection(value) ? { not: [value] } : undefined;
}
