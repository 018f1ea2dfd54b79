/** Terragrunt's units as root modules. */

import { append } from './collections/append.ts';
import { type QueryCache, query } from './collections/query-cache.ts';
import type { Config } from './config/config.ts';
import type { FileSystem } from './files.ts';
import type { Problem } from './source/problem.ts';
import type { Configuration } from './terraform/instances/configuration.ts';
import type { Inputs } from './terraform/instances/inputs.ts';
import { type StatePlace, stateAskedFor } from './terraform/modules/backend.ts';
import type { LoadedModule, Loader } from './terraform/modules/load.ts';
import { EvaluationError } from './terraform/values/errors.ts';
import { extraArguments } from './terragrunt/extra-arguments.ts';
import { outputsOfUnit } from './terragrunt/outputs.ts';
import { inputOf, type Unit, Units } from './terragrunt/units.ts';
import { describeUnreadUnits } from './terragrunt/unread-units.ts';

/** Deeper chains of units than this are not followed: the evaluator would run out of stack. */
const MAX_DEPTH = 100;

export class UnitRoots {
  /** In the order of the units' directories. */
  readonly roots: readonly LoadedModule[];
  readonly #units: Units;
  readonly #unitOf: ReadonlyMap<LoadedModule, Unit>;
  readonly #problems: Problem[] = [];

  private constructor(units: Units, unitOf: ReadonlyMap<LoadedModule, Unit>) {
    this.#units = units;
    this.#unitOf = unitOf;
    this.roots = [...unitOf.keys()];
  }

  /** @param paths of files of units and stacks */
  static async load(
    fileSystem: FileSystem,
    paths: readonly string[],
    loader: Loader,
    configFor: (path: string) => Config,
    cache: QueryCache,
  ): Promise<UnitRoots> {
    const units = new Units(fileSystem, (path) => configFor(path).modules, loader.finder, cache);
    units.add(paths);
    const unitOf = new Map<LoadedModule, Unit>();
    for (const unit of units.units) {
      const { directory: at, module, files, file } = unit;
      const given = (root: { readonly variables: ReadonlyMap<string, unknown> }) =>
        new Map([...root.variables.keys()].flatMap((name) => pairOf(name, inputOf(file.inputs(), name))));
      const loaded = await loader.load(module, given, configFor(file.place.about).modules, { directory: at, files });
      if (loaded === undefined) continue;
      // Units of one module are different roots.
      unitOf.set(
        cache.get(unitRoots, at, loaded, () => ({ ...loaded, unit: at })),
        unit,
      );
    }
    return new UnitRoots(units, unitOf);
  }

  /** The tree as a root sees it; undefined for one that no unit applies. */
  filesOf(root: LoadedModule): FileSystem | undefined {
    return this.#unitOf.get(root)?.files;
  }

  /** Where Terragrunt keeps the state of a root; undefined for one that no unit applies, and where that is not known. */
  stateOf(root: LoadedModule): StatePlace | undefined {
    const unit = this.#unitOf.get(root);
    const state = unit?.file.remoteState();
    if (state?.backend.kind !== 'string') return undefined;
    return stateAskedFor(state.backend.value, state.config, unit!.directory);
  }

  /** What a root is given with what its unit gives. */
  inputsOf(root: LoadedModule, inputs: Inputs): Inputs {
    const unit = this.#unitOf.get(root);
    if (unit === undefined) return inputs;
    const extra = extraArguments(unit);
    append(this.#problems, extra.problems);
    const values = unit.file.inputs();
    return {
      ...inputs,
      variables: [...extra.variables, ...inputs.variables],
      environment: { ...extra.environment, ...inputs.environment },
      workspace: inputs.workspace ?? 'default',
      ofUnit: (name) => inputOf(values, name),
    };
  }

  /** @param configurationOf what a root makes, evaluated when it is first asked for */
  resolve(configurationOf: (root: LoadedModule) => Configuration | undefined): void {
    const roots = new Map(this.roots.map((root) => [root.unit!, root]));
    const active = new Set<string>();
    this.#units.resolve((directory) => {
      const root = roots.get(directory);
      if (root === undefined) return undefined;
      if (active.has(directory)) {
        throw new EvaluationError(`The unit ${directory || '.'} depends on itself, directly or through others.`);
      }
      if (active.size >= MAX_DEPTH) {
        throw new EvaluationError(`Units depend on one another more than ${MAX_DEPTH} levels deep here.`, {
          kind: 'limit',
        });
      }
      active.add(directory);
      try {
        const configuration = configurationOf(root);
        return configuration && outputsOfUnit(directory, configuration);
      } finally {
        active.delete(directory);
      }
    });
  }

  /** Of units and stacks, where they are no directories. */
  get sources(): ReadonlySet<string> {
    return this.#units.sources;
  }

  /** Known once all roots are evaluated. */
  get problems(): readonly Problem[] {
    return [...this.#units.problems, ...this.#problems, ...describeUnreadUnits(this.#units.unread)];
  }
}

/** By the unit's directory. */
const unitRoots = query<LoadedModule, LoadedModule>((a, b) => a === b);

const pairOf = <V>(name: string, value: V | undefined): (readonly [string, V])[] =>
  value === undefined ? [] : [[name, value]];
