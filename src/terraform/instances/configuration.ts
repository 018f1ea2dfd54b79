/** All resource instances of a root module, with the addresses that Terraform gives them. */

import { type QueryCache, query } from '../../collections/query-cache.ts';
import type { FileSystem } from '../../files.ts';
import type { Problem } from '../../source/problem.ts';
import { ProblemSink } from '../expressions/scope.ts';
import type { LoadedModule } from '../modules/load.ts';
import type { Declaration } from '../modules/module.ts';
import type { RootSteps } from '../values/budget.ts';
import type { Value } from '../values/value.ts';
import { Earlier } from './earlier.ts';
import { type AttributeSchemas, Evaluation, type RootInputs } from './evaluation.ts';
import type { Resources } from './instance.ts';
import { ModuleInstance } from './module-instance.ts';
import { type References, referencesOf, referencesOfCall } from './references.ts';

export interface Configuration extends Resources {
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
  /** What could not be evaluated until now, or Terraform would reject. */
  readonly problems: readonly Problem[];
}

/** Evaluates root modules. What depends on nothing that changed since the revision before is the same object again. */
export class Evaluator {
  readonly #cache: QueryCache;
  readonly #attributeSchema: AttributeSchemas;

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
    inputs: RootInputs,
    files: FileSystem,
    steps: RootSteps,
    isFresh = false,
  ): Configuration {
    const before = isFresh ? undefined : this.#cache.latest(roots, '');
    before?.earlier?.release();
    const changed = before?.instance.evaluation.changedInputs(inputs, files);
    const earlier =
      before === undefined || changed === undefined
        ? undefined
        : new Earlier(before.instance, root, changed, (declaration, isCall) =>
            this.#cache.get(references, declaration, undefined, () =>
              isCall ? referencesOfCall(declaration as Declaration) : referencesOf(declaration),
            ),
          );
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
    this.#cache.keep(roots, '', undefined, { instance, earlier });
    return {
      root,
      instances: (isWanted) => instance.instances(isWanted),
      valuesOf: (directory, of, name) => [...instance.valuesOf(directory, of, name)],
      directories: () => new Set(instance.directories()),
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
}

const roots = query<
  undefined,
  { readonly instance: ModuleInstance; readonly earlier: Earlier<ModuleInstance> | undefined }
>();

const references = query<undefined, References>();
