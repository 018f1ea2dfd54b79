/** Expressions of own rules, made ready to be asked of many objects. */

import type { Call, Expression } from '../hcl/syntax.ts';
import { evaluate } from '../terraform/expressions/evaluate.ts';
import { getAttribute, getIndex } from '../terraform/expressions/members.ts';
import { binary, unary } from '../terraform/expressions/operators.ts';
import type { Scope } from '../terraform/expressions/scope.ts';
import type { FunctionWorld } from '../terraform/functions/index.ts';
import type { Pool } from '../terraform/values/budget.ts';
import { EvaluationError } from '../terraform/values/errors.ts';
import type { Value } from '../terraform/values/value.ts';
import { scopeWith } from './evaluation.ts';
import { type OwnFunctions, ownFunctionNames } from './functions.ts';
import { falseValue, LazyEntries, trueValue } from './values.ts';

/** What an expression is asked of. */
export class Frame {
  readonly own: OwnFunctions;
  readonly #functions: FunctionWorld;
  readonly #pool: Pool;
  #values: Readonly<Record<string, Value>>;
  #scope: Scope | undefined;

  /** @param values of the names that an expression can have */
  constructor(
    values: Readonly<Record<string, Value>>,
    { own, functions }: { readonly own: OwnFunctions; readonly functions: FunctionWorld },
    pool: Pool,
  ) {
    this.#values = values;
    this.own = own;
    this.#functions = functions;
    this.#pool = pool;
  }

  /** The same for another object. */
  ask(values: Readonly<Record<string, Value>>): this {
    this.#values = values;
    this.#scope = undefined;
    return this;
  }

  valueOf(name: string): Value | undefined {
    return this.#values[name];
  }

  /** For what is evaluated as Terraform does. */
  get scope(): Scope {
    this.#scope ??= scopeWith(this.#values, this.#functions, this.#pool);
    return this.#scope;
  }
}

/** The value of an expression. Throws EvaluationError as `evaluate`. */
export type Ready = (frame: Frame) => Value;

/**
 * The same as `evaluate`, in less time: what is the same for every object is worked out once, and the second operand of `&&` and `||` only
 * where the first one does not decide. Values have no places.
 */
export function ready(expression: Expression): Ready {
  return compile(expression).value;
}

interface Compiled {
  readonly value: Ready;
  /** Whether it is the same for every object. */
  readonly isConstant: boolean;
}

function constant(value: Ready): Compiled {
  let known: Value | undefined;
  return {
    isConstant: true,
    value(frame) {
      known ??= value(frame);
      return known;
    },
  };
}

const changing = (value: Ready): Compiled => ({ value, isConstant: false });

const either = (isConstant: boolean, value: Ready): Compiled => (isConstant ? constant(value) : changing(value));

function compile(expression: Expression): Compiled {
  const plain: Ready = ({ scope }) => evaluate(expression, scope);
  switch (expression.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return constant(plain);
    case 'parentheses':
      return compile(expression.inner);
    case 'tuple':
      return either(
        expression.items.every((item) => compile(item).isConstant),
        plain,
      );
    case 'reference': {
      const { name } = expression;
      return changing((frame) => frame.valueOf(name) ?? plain(frame));
    }
    case 'get': {
      const object = compile(expression.object).value;
      const { name } = expression.name;
      return changing((frame) => {
        const value = object(frame);
        const known = value.kind === 'object' && value.entries instanceof LazyEntries && value.entries.get(name);
        return known || at(expression, () => getAttribute(value, name));
      });
    }
    case 'index': {
      const [object, index] = [compile(expression.object).value, compile(expression.index).value];
      return changing((frame) => {
        const [value, key] = [object(frame), index(frame)];
        const isPlain = value.kind === 'map' && key.kind === 'string' && value.sensitive === undefined;
        return (isPlain && value.entries.get(key.value)) || at(expression, () => getIndex(value, key));
      });
    }
    case 'unary': {
      const operand = compile(expression.operand);
      const { operator } = expression;
      return either(operand.isConstant, (frame) => {
        const value = operand.value(frame);
        if (operator === '!' && value.kind === 'bool') return value.value ? falseValue : trueValue;
        return at(expression, () => unary(operator, value));
      });
    }
    case 'binary': {
      const [left, right] = [compile(expression.left), compile(expression.right)];
      const { operator } = expression;
      const isConstant = left.isConstant && right.isConstant;
      if (operator === '&&' || operator === '||') {
        const decisive = operator === '||';
        return either(isConstant, (frame) => {
          const a = left.value(frame);
          if (a.kind === 'bool' && a.value === decisive) return a;
          const b = right.value(frame);
          if (b.kind === 'bool' && (a.kind === 'bool' || b.value === decisive)) return b;
          return at(expression, () => binary(operator, a, b));
        });
      }
      const isEqual = operator === '==';
      if (isEqual || operator === '!=') {
        return either(isConstant, (frame) => {
          const [a, b] = [left.value(frame), right.value(frame)];
          if (a.kind === 'string' && b.kind === 'string')
            return (a.value === b.value) === isEqual ? trueValue : falseValue;
          return at(expression, () => binary(operator, a, b));
        });
      }
      return either(isConstant, (frame) =>
        at(expression, () => binary(operator, left.value(frame), right.value(frame))),
      );
    }
    case 'call':
      return ownFunctionNames.has(expression.name.name) && !expression.expandFinal
        ? changing(ownCall(expression))
        : changing(plain);
    default:
      return changing(plain);
  }
}

function ownCall(call: Call): Ready {
  const parts = call.arguments.map((each) => compile(each).value);
  const { name } = call.name;
  return (frame) => {
    const values = parts.map((part) => part(frame));
    try {
      return frame.own[name]!(values);
    } catch (error) {
      if (!(error instanceof EvaluationError) || error.span !== undefined) throw error;
      const argument = error.argument === undefined ? undefined : call.arguments[error.argument];
      throw new EvaluationError(`${name}: ${error.message}`, { ...error, span: argument ?? call });
    }
  };
}

/** Says where a fault is. */
function at<T>(whole: Expression, get: () => T): T {
  try {
    return get();
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.span !== undefined) throw error;
    const operands = whole.kind === 'binary' ? [whole.left, whole.right] : [];
    throw new EvaluationError(error.message, { ...error, span: operands[error.argument ?? -1] ?? whole });
  }
}
