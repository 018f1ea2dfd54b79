/** The states of the root modules of one run, for those that read them. */

import type { RootCase } from './config/environment-inputs.ts';
import { awsAttribute } from './model/aws/aws-attributes.ts';
import { lookedUpTypes, resourceLookedUp } from './model/aws/lookups.ts';
import type { Configuration } from './terraform/instances/configuration.ts';
import type { Inputs } from './terraform/instances/inputs.ts';
import type { ResourceInstance, ResourceKind } from './terraform/instances/instance.ts';
import { resourceValue } from './terraform/instances/instance-values.ts';
import { addressOfOtherRoot, asOfOtherRoot } from './terraform/instances/other-root.ts';
import type { AskedState, StateOfRoot, StatesOfRoots } from './terraform/instances/remote-state.ts';
import { type StatePlace, stateAskedFor, stateOfRoot, workspaceRead } from './terraform/modules/backend.ts';
import { type LoadedModule, modulesOf, rootDirectory } from './terraform/modules/load.ts';
import type { UnknownValue, Value } from './terraform/values/value.ts';

interface Resource {
  readonly instance: ResourceInstance;
  /** Of its root module. */
  readonly root: string;
}

const nameOf = (root: LoadedModule): string => rootDirectory(root) || '.';

const isCandidate = ({ mode, type }: ResourceKind): boolean => mode === 'managed' && lookedUpTypes.has(type);

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
  #places: ReadonlyMap<LoadedModule, StatePlace> | undefined;
  readonly #resources = new Map<string, readonly Resource[]>();
  readonly #placeOfUnit: (root: LoadedModule) => StatePlace | undefined;
  readonly #isWhole: boolean;
  readonly #depth = { count: 0 };

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
    const candidates = this.#resourcesFor(reader, environment).map(({ instance, root }) => {
      const address = root === own ? instance.address : addressOfOtherRoot(instance.address, root);
      return { instance, root, address };
    });
    const found = resourceLookedUp(asked, candidates, own);
    if (found === undefined) return undefined;
    const { instance, root } = found;
    const once = (_: string, compute: () => Value): Value => compute();
    const value = resourceValue(instance, once, (name) => awsAttribute(instance.type, true, name));
    return root === own ? value : (asOfOtherRoot(value, root) as UnknownValue);
  }

  /** What the roots make that can be looked up; of the reader alone where others may be missing. */
  #resourcesFor(reader: LoadedModule, environment: string | undefined): readonly Resource[] {
    const roots = this.#isWhole ? this.#roots : [reader];
    return roots.flatMap((root) => {
      const all = this.#casesOf(root);
      const same = all.filter((each) => each.environment === environment);
      return (same.length > 0 ? same : all).flatMap((each) => this.#resourcesOf(root, each));
    });
  }

  #resourcesOf(root: LoadedModule, of: RootCase): readonly Resource[] {
    const key = JSON.stringify([nameOf(root), root.directory, of.environment ?? null]);
    const known = this.#resources.get(key);
    if (known !== undefined) return known;
    const hasAny = modulesOf(root).some(({ resources }) => [...resources.values()].some(isCandidate));
    // What is looked up for a lookup would go round in circles.
    const states: StatesOfRoots = { ...noStates, depth: this.#depth };
    const found = hasAny ? this.#configure(root, { ...of.inputs, states }).instances(isCandidate) : [];
    const resources = found.map((instance) => ({ instance, root: nameOf(root) }));
    this.#resources.set(key, resources);
    return resources;
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
    const found = [...this.#placesOfRoots()].flatMap(([root, own]) => {
      const read = workspaceRead(own, place, name);
      return read === undefined ? [] : [{ root, ...read }];
    });
    const [first, second] = found;
    if (first === undefined || second !== undefined) return undefined;
    return this.#stateOf(first.root, reader, environment, first.workspace ?? undefined);
  }

  #placesOfRoots(): ReadonlyMap<LoadedModule, StatePlace> {
    this.#places ??= new Map(
      this.#roots.flatMap((root) => {
        const own = stateOfRoot(root) ?? this.#placeOfUnit(root);
        return own === undefined ? [] : [[root, own] as const];
      }),
    );
    return this.#places;
  }

  /** @param workspace undefined where it is not known: what does not depend on it is the same in all */
  #stateOf(
    root: LoadedModule,
    reader: LoadedModule,
    environment: string | undefined,
    workspace: string | undefined,
  ): StateOfRoot | undefined {
    const all = this.#casesOf(root).filter(
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
