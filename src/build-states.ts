/** The states of the root modules of one run, for those that read them. */

import { groupBy } from './collections/group-by.ts';
import type { RootCase } from './config/environment-inputs.ts';
import { awsAttribute } from './model/aws/aws-attributes.ts';
import { LookupCandidate, lookedUpTypes, resourceLookedUp } from './model/aws/lookups.ts';
import type { Configuration } from './terraform/instances/configuration.ts';
import type { Inputs } from './terraform/instances/inputs.ts';
import type { ResourceInstance, ResourceKind } from './terraform/instances/instance.ts';
import { resourceValue } from './terraform/instances/instance-values.ts';
import { asOfOtherRoot } from './terraform/instances/other-root.ts';
import type { AskedState, StateOfRoot, StatesOfRoots } from './terraform/instances/remote-state.ts';
import { type StatePlace, stateAskedFor, stateOfRoot, workspaceRead } from './terraform/modules/backend.ts';
import { type LoadedModule, modulesOf, rootDirectory } from './terraform/modules/load.ts';
import { CircularLookup } from './terraform/values/errors.ts';
import type { UnknownValue, Value } from './terraform/values/value.ts';

interface PlacedRoot {
  readonly root: LoadedModule;
  readonly own: StatePlace;
}

const nameOf = (root: LoadedModule): string => rootDirectory(root) || '.';

/** Whether a resource can be what a data source of a type looks up. */
const isCandidate =
  (wanted: string) =>
  ({ mode, type }: ResourceKind): boolean =>
    mode === 'managed' && type === wanted;

const hasCandidates = (root: LoadedModule, type: string): boolean =>
  modulesOf(root).some(({ resources }) => [...resources.values()].some(isCandidate(type)));

const noStates: Omit<StatesOfRoots, 'depth'> = {
  find: () => undefined,
  isLookup: () => false,
  lookUp: () => undefined,
};

export class States {
  readonly #roots: readonly LoadedModule[];
  readonly #casesOf: (root: LoadedModule) => readonly RootCase[];
  readonly #configure: (root: LoadedModule, inputs: Inputs) => Configuration;
  readonly #configurations = new Map<string, Configuration>();
  #places: ReadonlyMap<string, readonly PlacedRoot[]> | undefined;
  /** By type and environment, and by root where not all roots count. */
  readonly #resources = new Map<string, readonly LookupCandidate[]>();
  /** By type, root and environment. */
  readonly #resourcesOfCases = new Map<string, readonly LookupCandidate[]>();
  readonly #known = new Map<LoadedModule, readonly RootCase[]>();
  readonly #placeOfUnit: (root: LoadedModule) => StatePlace | undefined;
  readonly #isWhole: boolean;
  readonly #depth = { count: 0 };
  #lookups = 0;

  /**
   * @param configure evaluates a root from the start, of which only what is asked for is evaluated
   * @param placeOfUnit where Terragrunt keeps the state of a root
   * @param isWhole whether these are all roots of the tree
   */
  constructor(
    roots: readonly LoadedModule[],
    casesOf: (root: LoadedModule) => readonly RootCase[],
    configure: (root: LoadedModule, inputs: Inputs) => Configuration,
    placeOfUnit: (root: LoadedModule) => StatePlace | undefined,
    isWhole: boolean,
  ) {
    this.#placeOfUnit = placeOfUnit;
    this.#isWhole = isWhole;
    this.#roots = roots;
    this.#casesOf = casesOf;
    this.#configure = configure;
  }

  /** Whether something is evaluated to find out what roots make that another one looks up. */
  get isLookingUp(): boolean {
    return this.#lookups > 0;
  }

  /** For the data sources of a root in one environment. */
  readBy(root: LoadedModule, environment: string | undefined): StatesOfRoots {
    return {
      find: (asked) => this.#find(asked, root, environment),
      isLookup: (type) => lookedUpTypes.has(type),
      lookUp: (asked) => this.#lookUp(asked, root, environment),
      depth: this.#depth,
    };
  }

  #lookUp(asked: ResourceInstance, reader: LoadedModule, environment: string | undefined): UnknownValue | undefined {
    const own = nameOf(reader);
    const found = this.#lookingUp(() =>
      resourceLookedUp(asked, this.#resourcesFor(reader, environment, asked.type), own),
    );
    if (found === undefined) return undefined;
    const { instance, root } = found;
    const once = (_: string, compute: () => Value): Value => compute();
    const value = resourceValue(instance, once, (name) => awsAttribute(instance.type, true, name));
    return root === own ? value : (asOfOtherRoot(value, root) as UnknownValue);
  }

  /** Undefined where what is looked up would have to be known. */
  #lookingUp<T>(find: () => T): T | undefined {
    this.#lookups++;
    try {
      return find();
    } catch (error) {
      if (!(error instanceof CircularLookup)) throw error;
      return undefined;
    } finally {
      this.#lookups--;
    }
  }

  /**
   * What the roots make that can be looked up; of the reader alone where others may be missing. Of one type alone, as what other resources
   * are may hang on what is looked up.
   */
  #resourcesFor(reader: LoadedModule, environment: string | undefined, type: string): readonly LookupCandidate[] {
    const key = JSON.stringify([type, environment ?? null, this.#isWhole ? null : nameOf(reader)]);
    const known = this.#resources.get(key);
    if (known !== undefined) return known;
    const roots = (this.#isWhole ? this.#roots : [reader]).filter((root) => hasCandidates(root, type));
    const found = roots.flatMap((root) => {
      const all = this.#cases(root);
      const same = all.filter((each) => each.environment === environment);
      return (same.length > 0 ? same : all).flatMap((each) => this.#resourcesOf(root, each, type));
    });
    this.#resources.set(key, found);
    return found;
  }

  #resourcesOf(root: LoadedModule, of: RootCase, type: string): readonly LookupCandidate[] {
    const key = JSON.stringify([type, nameOf(root), root.directory, of.environment ?? null]);
    const known = this.#resourcesOfCases.get(key);
    if (known !== undefined) return known;
    // What is looked up for a lookup would go round in circles.
    const states: StatesOfRoots = { ...noStates, depth: this.#depth };
    const found = this.#configure(root, { ...of.inputs, states }).instances(isCandidate(type));
    const candidates = found.map((instance) => new LookupCandidate(instance, nameOf(root)));
    this.#resourcesOfCases.set(key, candidates);
    return candidates;
  }

  #cases(root: LoadedModule): readonly RootCase[] {
    const known = this.#known.get(root) ?? this.#casesOf(root);
    this.#known.set(root, known);
    return known;
  }

  #find(
    { backend, config, workspace }: AskedState,
    reader: LoadedModule,
    environment: string | undefined,
  ): StateOfRoot | undefined {
    const place = stateAskedFor(backend, config, rootDirectory(reader));
    if (place === undefined) return undefined;
    const isDefault = workspace === undefined || workspace.kind === 'null';
    const name = isDefault ? 'default' : workspace.kind === 'string' ? workspace.value : null;
    const found = this.#rootsAt(place).flatMap(({ root, own }) => {
      const read = workspaceRead(own, place, name);
      return read === undefined ? [] : [{ root, ...read }];
    });
    const [first, second] = found;
    if (first === undefined || second !== undefined) return undefined;
    return this.#stateOf(first.root, reader, environment, first.workspace ?? undefined);
  }

  /** Roots that may keep their states in a place. */
  #rootsAt(place: StatePlace): readonly PlacedRoot[] {
    const keyOf = (of: StatePlace): string => of.remote?.organization ?? of.id;
    this.#places ??= groupBy(
      this.#roots.flatMap((root) => {
        const own = stateOfRoot(root) ?? this.#placeOfUnit(root);
        return own === undefined ? [] : [{ root, own }];
      }),
      ({ own }) => keyOf(own),
    );
    return this.#places.get(keyOf(place)) ?? [];
  }

  /** @param workspace undefined where it is not known: what does not depend on it is the same in all */
  #stateOf(
    root: LoadedModule,
    reader: LoadedModule,
    environment: string | undefined,
    workspace: string | undefined,
  ): StateOfRoot | undefined {
    const all = this.#cases(root).filter(
      (each) => each.inputs.workspace === undefined || workspace === undefined || each.inputs.workspace === workspace,
    );
    const same = all.filter((each) => each.environment === environment);
    const [of, other] = same.length > 0 ? same : all;
    // Which of several environments it is of is not known.
    if (of === undefined || other !== undefined) return undefined;
    const name = nameOf(root);
    const output = (output: string): Value =>
      this.#configurationOf(root, of, of.inputs.workspace ?? workspace).output(output);
    return {
      names: root.outputs.keys(),
      output(each) {
        if (!root.outputs.has(each)) return undefined;
        // What a root reads of its own state is what it makes.
        return root === reader ? output(each) : asOfOtherRoot(output(each), name);
      },
    };
  }

  #configurationOf(root: LoadedModule, of: RootCase, workspace: string | undefined): Configuration {
    const key = JSON.stringify([rootDirectory(root), root.directory, of.environment ?? null, workspace ?? null]);
    const known = this.#configurations.get(key) ?? this.#configure(root, { ...of.inputs, workspace });
    this.#configurations.set(key, known);
    return known;
  }
}
