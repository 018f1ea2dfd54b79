/** What the evaluation of one root has in common: its inputs, its problems, and its bounds. */

import type { FileSystem } from '../files.ts';
import type { Span } from '../source/span.ts';
import { Budget } from './budget.ts';
import { EvaluationError } from './errors.ts';
import { type Expansion, maximumInstances } from './expand.ts';
import { createFunctionContext } from './function-context.ts';
import type { FunctionContext } from './functions/index.ts';
import type { Declaration } from './module.ts';
import type { ProblemSink } from './scope.ts';
import type { Type } from './type.ts';
import type { Value } from './value.ts';
import { WatchedFiles } from './watched-files.ts';

/** What a provider's schema says of an attribute that the configuration does not write. */
export interface AttributeSchema {
  readonly type: Type;
  /** Its value where it is not written; undefined where apply gives it one. */
  readonly absent: Value | undefined;
}

/** Undefined where nothing is known of the attribute. */
export type AttributeSchemas = (resourceType: string, isManaged: boolean, name: string) => AttributeSchema | undefined;

/** What a root module gets from outside. */
export interface RootInputs {
  /** Values of variables, by name, already in Terraform's order of precedence. */
  readonly variables: ReadonlyMap<string, Value>;
  readonly workspace: string;
}

/** Deeper chains of references than this are not followed: the evaluator would run out of stack. */
const maximumDepth = 300;

/** More instances than this of all modules together are not made. */
const maximumModules = 20_000;

/** What the module instances of one root share. */
export class Evaluation {
  readonly attributeSchema: AttributeSchemas;
  readonly functions: FunctionContext;
  readonly budget = new Budget();
  readonly #active = new Set<string>();
  readonly #made = new Map<string, number>();
  readonly #files: WatchedFiles;
  #modules = 0;
  #inputs: RootInputs;

  constructor(inputs: RootInputs, files: FileSystem, directory: string, attributeSchema: AttributeSchemas) {
    this.#inputs = inputs;
    this.#files = new WatchedFiles(files);
    this.attributeSchema = attributeSchema;
    this.functions = createFunctionContext(this.#files, directory, this.budget);
  }

  get inputs(): RootInputs {
    return this.#inputs;
  }

  /** @returns the names of the variables with other values than before; undefined if what changed may be behind any value */
  update(inputs: RootInputs, files: FileSystem): ReadonlySet<string> | undefined {
    const before = this.#inputs;
    if (before.workspace !== inputs.workspace || !this.#files.update(files)) return undefined;
    this.#inputs = inputs;
    this.budget.renew();
    const names = new Set([...before.variables.keys(), ...inputs.variables.keys()]);
    return new Set([...names].filter((name) => before.variables.get(name) !== inputs.variables.get(name)));
  }

  /** The instances that may still be made of a resource or module call, however many instances its own module has. */
  admit(subject: string, expansion: Expansion, { span }: Declaration, problems: ProblemSink): Expansion {
    const isModule = isModuleCall(subject);
    const made = this.#made.get(subject) ?? 0;
    const left = Math.min(maximumInstances - made, isModule ? maximumModules - this.#modules : maximumInstances);
    const instances = expansion.instances.slice(0, Math.max(left, 0));
    this.#made.set(subject, made + instances.length);
    if (isModule) this.#modules += instances.length;
    if (instances.length === expansion.instances.length) return expansion;
    const most = left === maximumInstances - made ? maximumInstances : maximumModules;
    const what = most === maximumModules ? 'The modules of this root have' : `${subject} has`;
    problems.add({
      kind: 'limit',
      severity: 'warning',
      message: `${what} more than ${most.toLocaleString('en')} instances in all: no more are looked at.`,
      span,
    });
    return { ...expansion, instances };
  }

  /** Takes back instances that were admitted and are no more. */
  release(subject: string, count: number): void {
    this.#made.set(subject, (this.#made.get(subject) ?? 0) - count);
    if (isModuleCall(subject)) this.#modules -= count;
  }

  /** Evaluates something with a name, unless that is what is being evaluated already. */
  enter(name: string, span: Span, compute: () => Value): Value {
    if (this.#active.has(name)) {
      throw new EvaluationError(`${name} refers to itself, directly or through others.`, { span });
    }
    if (this.#active.size >= maximumDepth) {
      throw new EvaluationError(`More than ${maximumDepth} references follow one another here.`, {
        span,
        kind: 'limit',
      });
    }
    this.#active.add(name);
    try {
      return compute();
    } finally {
      this.#active.delete(name);
    }
  }
}

const isModuleCall = (subject: string): boolean => /(?:^|\.)module\.[^.]+$/.test(subject);
