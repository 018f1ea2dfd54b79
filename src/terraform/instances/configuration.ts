/** All resource instances of a root module, with the addresses that Terraform gives them. */

import type { FileSystem } from '../../files.ts';
import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { ProblemSink } from '../expressions/scope.ts';
import type { LoadedModule } from '../modules/load.ts';
import type { ResourceDeclaration } from '../modules/module.ts';
import type { RootSteps } from '../values/budget.ts';
import type { Because, Value } from '../values/value.ts';
import { type AttributeSchemas, Evaluation, type RootInputs } from './evaluation.ts';
import type { EvaluatedBody } from './expand.ts';
import { ModuleInstance } from './module-instance.ts';

/** A call of a module on the way to an instance, outermost first. */
export interface CallSite {
  /** Name of the call. */
  readonly name: string;
  /** The call's header. */
  readonly span: Span;
  /** The whole of the call: the arguments lie in it. */
  readonly block: Span;
  /** What it says the module is. */
  readonly source: Span;
  /** Whether the module is what `terraform init` has downloaded. */
  readonly isDownloaded: boolean;
}

/** One resource as Terraform would create it. */
export interface ResourceInstance {
  /** With module path and keys, as Terraform prints it. */
  readonly address: string;
  /** The same without keys. */
  readonly subject: string;
  readonly mode: ResourceDeclaration['mode'];
  readonly type: string;
  readonly name: string;
  readonly declaration: ResourceDeclaration;
  readonly calls: readonly CallSite[];
  readonly body: EvaluatedBody;
  /** What decides whether this instance exists at all; undefined for a certain one. */
  readonly possible: readonly Because[] | undefined;
}

export interface Configuration {
  readonly root: LoadedModule;
  /** The instances of the wanted types of managed resources and data sources, in all modules, in order of place. */
  instances(isWanted: (declaration: ResourceDeclaration) => boolean): readonly ResourceInstance[];
  /** What `var.NAME` or `local.NAME` is in each instance of the module of a directory; none where it declares no such thing. */
  valuesOf(directory: string, root: 'var' | 'local', name: string): readonly Value[];
  /** Of the modules with at least one instance, the root's included, and of those that a call says are not enabled. */
  directories(): ReadonlySet<string>;
  /** Whether nothing is cut off, whatever it was updated from: otherwise it may not be what it would be from the start. */
  readonly isWhole: boolean;
  /** What could not be evaluated until now, or Terraform would refuse. */
  readonly problems: readonly Problem[];
  /**
   * Takes the same root as it is now. What depends on nothing that changed is not evaluated again, and its instances stay the same
   * objects.
   *
   * @returns whether it could; otherwise the root has to be configured anew
   */
  update(root: LoadedModule, inputs: RootInputs, files: FileSystem, steps: RootSteps): boolean;
}

/** Evaluates a root module. Nothing is evaluated before it is asked for, and nothing twice. */
export function configure(
  root: LoadedModule,
  inputs: RootInputs,
  files: FileSystem,
  attributeSchema: AttributeSchemas,
  steps: RootSteps,
): Configuration {
  const evaluation = new Evaluation(inputs, files, root.directory, attributeSchema, steps);
  const instance = new ModuleInstance(evaluation, root, '', '', [], undefined, undefined);
  return {
    get root() {
      return instance.module;
    },
    instances: (isWanted) => instance.instances(isWanted),
    valuesOf: (directory, of, name) => [...instance.valuesOf(directory, of, name)],
    directories: () => new Set(instance.directories()),
    get problems() {
      const problems = new ProblemSink();
      for (const problem of instance.problems()) problems.add(problem);
      if (evaluation.pool.problem !== undefined) problems.add(evaluation.pool.problem);
      return problems.problems;
    },
    get isWhole() {
      return evaluation.isWhole;
    },
    update(changed, given, now, stepsNow) {
      const changedInputs = evaluation.update(given, now, stepsNow);
      if (changedInputs === undefined) return false;
      instance.update(changed, changedInputs);
      return true;
    },
  };
}
