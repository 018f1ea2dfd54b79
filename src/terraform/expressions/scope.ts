/** The meaning of names in an expression. */

import type { Block, Expression } from '../../hcl/syntax.ts';
import { type Problem, problemKey } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import type { FunctionWorld } from '../functions/index.ts';
import type { Budget } from '../values/budget.ts';
import type { RejectionKind } from '../values/rejection.ts';
import type { Value } from '../values/value.ts';
import type { Worlds } from './worlds.ts';

/** A variable of a for-expression, a template's `for` or a `dynamic` block; the innermost comes first. */
export interface Binding {
  readonly name: string;
  readonly value: Value;
  readonly outer: Binding | undefined;
}

/** What a module's names mean. */
export interface ModuleNames {
  /**
   * The value of `root.name`, such as `var.x`, `local.y`, `module.z` or `aws_vpc.main`; for data sources `root` is
   * `data.TYPE`.
   *
   * @throws EvaluationError if the configuration declares no such thing
   */
  member(root: string, name: string, span: Span): Value;
  /** The object that a local value is written as, where its entries are evaluated one by one; undefined for any other. */
  readonly written?: ((local: string) => WrittenObject | undefined) | undefined;
}

/** An object of which one entry can be had without the others. */
export interface WrittenObject {
  readonly names: readonly string[];
  /** @param name one of the names */
  entry(name: string, span: Span): Value;
}

export interface Scope {
  readonly names: ModuleNames;
  /** `each.key`, `each.value`, `count.index`, `self`: what a repeated block adds, by root and name. */
  readonly repetition?: ReadonlyMap<string, Value> | undefined;
  readonly bindings?: Binding | undefined;
  /** The element that the innermost splat is about. */
  readonly splatItem?: Value | undefined;
  readonly functions: FunctionWorld;
  /** Of what is being computed. */
  readonly budget: Budget;
  /** What inputs are that nobody has given; absent where that is not asked. */
  readonly worlds?: Worlds | undefined;
  /**
   * Takes the problems of parts whose value could not be found, which are then unknown. Absent inside `try` and `can`, where
   * the first fault ends the whole expression.
   */
  readonly problems?: ProblemSink | undefined;
  /** Whether Terraform may not come to evaluate it: the branch of a condition that is not known, a block that may not exist. */
  readonly isInDoubt?: boolean | undefined;
}

/** What came up in an evaluation. */
export interface EvaluationProblem extends Problem {
  /** Absent where it is not certain that Terraform rejects it. */
  readonly rejection?: FoundRejection | undefined;
}

export interface FoundRejection {
  readonly kind: RejectionKind;
  /** The expression that has no value; undefined where more than its own text decides what it means. */
  readonly within: Expression | undefined;
  /** The argument that it is about, where the problem stands elsewhere: at what a caller hands to a module. */
  readonly argument?: Span | undefined;
  /** What its value waits for, as reasons name it. */
  readonly reason: string;
}

/** Keeps problems, each once: an expression may be evaluated for many instances. */
export class ProblemSink {
  #problems: Map<string, EvaluationProblem> | undefined;
  #absent: Set<Block> | undefined;

  /** Notes a block that is written and makes nothing, because its collection is empty. */
  addAbsent(block: Block): void {
    this.#absent ??= new Set();
    this.#absent.add(block);
  }

  get absent(): Iterable<Block> {
    return this.#absent ?? [];
  }

  add(problem: EvaluationProblem): void {
    this.#problems ??= new Map();
    const key = problemKey(problem);
    if (!this.#problems.has(key)) this.#problems.set(key, problem);
  }

  get isEmpty(): boolean {
    return this.#problems === undefined;
  }

  get problems(): readonly EvaluationProblem[] {
    return this.#problems === undefined ? [] : [...this.#problems.values()];
  }
}

/** The scope with one more variable. */
export function bind(scope: Scope, name: string, value: Value): Scope {
  const inner = copyOf(scope);
  inner.bindings = { name, value, outer: scope.bindings };
  return inner;
}

/** The scope where the first fault ends the whole. */
export function strict(scope: Scope): Scope {
  const inner = copyOf(scope);
  inner.problems = undefined;
  return inner;
}

/** The scope of what Terraform may not come to evaluate. */
export function inDoubt(scope: Scope): Scope {
  const inner = copyOf(scope);
  inner.isInDoubt = true;
  return inner;
}

/** Field by field: V8 is slow to copy what has many forms. */
function copyOf(scope: Scope): { -readonly [Key in keyof Scope]: Scope[Key] } {
  return {
    names: scope.names,
    repetition: scope.repetition,
    bindings: scope.bindings,
    splatItem: scope.splatItem,
    functions: scope.functions,
    budget: scope.budget,
    worlds: scope.worlds,
    problems: scope.problems,
    isInDoubt: scope.isInDoubt,
  };
}

/** The variable of that name, if one is bound. */
export function boundValue(scope: Scope, name: string): Value | undefined {
  for (let binding = scope.bindings; binding !== undefined; binding = binding.outer) {
    if (binding.name === name) return binding.value;
  }
  return undefined;
}
