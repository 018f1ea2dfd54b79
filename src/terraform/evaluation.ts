/** What the evaluation of one root has in common: its inputs, its problems, and its bounds. */

import type { FileSystem } from '../files.ts';
import type { Span } from '../source/span.ts';
import { Budget } from './budget.ts';
import { EvaluationError } from './errors.ts';
import { type Expansion, maximumInstances } from './expand.ts';
import { createFunctionContext } from './function-context.ts';
import type { FunctionContext } from './functions/index.ts';
import type { Declaration } from './module.ts';
import { ProblemSink } from './scope.ts';
import type { Type } from './type.ts';
import type { Value } from './value.ts';

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
  readonly problems = new ProblemSink();
  readonly inputs: RootInputs;
  readonly attributeSchema: AttributeSchemas;
  readonly functions: FunctionContext;
  readonly budget = new Budget();
  readonly #active = new Set<string>();
  readonly #made = new Map<string, number>();
  #modules = 0;

  constructor(inputs: RootInputs, files: FileSystem, directory: string, attributeSchema: AttributeSchemas) {
    this.inputs = inputs;
    this.attributeSchema = attributeSchema;
    this.functions = createFunctionContext(files, directory, this.budget);
  }

  /** The instances that may still be made of a resource or module call, however many instances its own module has. */
  admit(subject: string, expansion: Expansion, { span }: Declaration): Expansion {
    const isModule = /(?:^|\.)module\.[^.]+$/.test(subject);
    const made = this.#made.get(subject) ?? 0;
    const left = Math.min(maximumInstances - made, isModule ? maximumModules - this.#modules : maximumInstances);
    const instances = expansion.instances.slice(0, Math.max(left, 0));
    this.#made.set(subject, made + instances.length);
    if (isModule) this.#modules += instances.length;
    if (instances.length === expansion.instances.length) return expansion;
    const most = left === maximumInstances - made ? maximumInstances : maximumModules;
    const what = most === maximumModules ? 'The modules of this root have' : `${subject} has`;
    this.problems.add({
      kind: 'limit',
      severity: 'warning',
      message: `${what} more than ${most.toLocaleString('en')} instances in all: no more are looked at.`,
      span,
    });
    return { ...expansion, instances };
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
