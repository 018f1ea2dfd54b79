/** What expressions of a module are before any module that it calls is read: sources of modules may hang on variables and locals. */

import type { FileSystem } from '../../files.ts';
import type { Expression } from '../../hcl/syntax.ts';
import type { Span } from '../../source/span.ts';
import { evaluate } from '../expressions/evaluate.ts';
import { createFunctionContext } from '../expressions/function-context.ts';
import type { Scope } from '../expressions/scope.ts';
import { relativePath } from '../functions/path.ts';
import { Budget, Pool, rootSteps } from '../values/budget.ts';
import { EvaluationError } from '../values/errors.ts';
import { asSensitive, isSensitive, stringValue, unknownValue, type Value } from '../values/value.ts';
import type { Module } from './module.ts';

/**
 * Variables, locals and `path`, as far as they hang on nothing else.
 *
 * Source: https://opentofu.org/docs/language/modules/sources/#support-for-variable-and-local-evaluation, and
 * https://developer.hashicorp.com/terraform/language/block/variable#const since Terraform 1.15
 */
export class EarlyValues {
  readonly #module: Module;
  readonly #given: ReadonlyMap<string, Value> | undefined;
  readonly #root: string;
  readonly #scope: Scope;
  /** Locals that are being worked out. */
  readonly #active = new Set<string>();

  /**
   * @param given what the caller, or the user, gives for variables; a variable without it has its default. Undefined where nothing is
   * known of any variable
   * @param root directory of the root module
   */
  constructor(module: Module, given: ReadonlyMap<string, Value> | undefined, files: FileSystem, root: string) {
    this.#module = module;
    this.#given = given;
    this.#root = root;
    const length = module.trees.reduce((sum, { file }) => sum + file.text.length, 64);
    this.#scope = {
      names: { member: (of, name, span) => this.#member(of, name, span) },
      functions: createFunctionContext(files, root),
      budget: new Budget(new Pool(rootSteps('called', Number.POSITIVE_INFINITY, 1, length)), 0),
    };
  }

  /** Unknown where it hangs on more, or has no value. */
  value(expression: Expression): Value {
    try {
      return evaluate(expression, this.#scope);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return unknownValue({ name: 'a value', span: expression });
    }
  }

  /** The text that an expression makes; undefined where that is not known, or sensitive. */
  text(expression: Expression): string | undefined {
    const value = this.value(expression);
    return value.kind === 'string' && !isSensitive(value) ? value.value : undefined;
  }

  #member(of: string, name: string, span: Span): Value {
    switch (of) {
      case 'var':
        return this.#variable(name, span);
      case 'local':
        return this.#local(name, span);
      case 'path':
        if (name === 'root') return stringValue('.');
        if (name === 'module') return stringValue(relativePath(this.#root, this.#module.directory) || '.');
        break;
    }
    throw new EvaluationError(`"${of}.${name}" is not known here.`, { span });
  }

  #variable(name: string, span: Span): Value {
    const attributes = this.#module.variables.get(name)?.content.attributes;
    if (attributes === undefined) throw new EvaluationError(`There is no variable "${name}".`, { span });
    const fallback = attributes.get('default')?.value;
    const value =
      this.#given?.get(name) ??
      (fallback === undefined || this.#given === undefined
        ? unknownValue({ name: `var.${name}`, span })
        : this.value(fallback));
    const sensitive = attributes.get('sensitive')?.value;
    return sensitive === undefined || (sensitive.kind === 'boolean' && !sensitive.value) ? value : asSensitive(value);
  }

  #local(name: string, span: Span): Value {
    const local = this.#module.locals.get(name);
    if (local === undefined) throw new EvaluationError(`There is no local value "${name}".`, { span });
    if (this.#active.has(name)) throw new EvaluationError(`local.${name} refers to itself.`, { span });
    this.#active.add(name);
    try {
      return evaluate(local.value, this.#scope);
    } finally {
      this.#active.delete(name);
    }
  }
}
