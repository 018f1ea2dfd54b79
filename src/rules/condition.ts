/** Expressions of own rules, made ready to be asked of many objects. */

import type { Expression } from '../hcl/syntax.ts';
import type { Span } from '../source/span.ts';
import { evaluate } from '../terraform/expressions/evaluate.ts';
import { getAttribute, getIndex } from '../terraform/expressions/members.ts';
import { binary, unary } from '../terraform/expressions/operators.ts';
import type { Binding, Scope } from '../terraform/expressions/scope.ts';
import { callDefinition } from '../terraform/functions/call.ts';
import { EvaluationError } from '../terraform/values/errors.ts';
import { boolValue, isSequence, type Value } from '../terraform/values/value.ts';
import { functionTexts } from './functions.ts';

/** The value of an expression in a scope. Throws EvaluationError as `evaluate`. */
export type Ready = (scope: Scope) => Value;

/**
 * The same as `evaluate`, in less time: what is the same for every object is worked out once, and the second operand of `&&` and `||` only
 * where the first one does not decide.
 */
export function ready(expression: Expression): Ready {
  return compile(expression).value;
}

interface Compiled {
  readonly value: Ready;
  readonly isConstant: boolean;
}

function compile(expression: Expression): Compiled {
  const made = (isConstant: boolean, value: Ready): Compiled => {
    if (!isConstant) return { value, isConstant };
    let known: Value | undefined;
    return {
      isConstant,
      value(scope) {
        known ??= value(scope);
        return known;
      },
    };
  };
  const plain = (isConstant: boolean): Compiled => made(isConstant, (scope) => evaluate(expression, scope));
  switch (expression.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return plain(true);
    case 'parentheses':
      return compile(expression.inner);
    case 'tuple':
      return plain(expression.items.every((item) => compile(item).isConstant));
    case 'reference':
      return made(false, ({ bindings }) => boundTo(expression.name, bindings, expression));
    case 'get': {
      const object = compile(expression.object);
      const { name } = expression.name;
      return made(false, (scope) => at(expression, () => getAttribute(object.value(scope), name)));
    }
    case 'index': {
      const [object, index] = [compile(expression.object), compile(expression.index)];
      return made(false, (scope) => at(expression, () => getIndex(object.value(scope), index.value(scope))));
    }
    case 'unary': {
      const operand = compile(expression.operand);
      return made(operand.isConstant, (scope) =>
        at(expression, () => unary(expression.operator, operand.value(scope))),
      );
    }
    case 'binary': {
      const [left, right] = [compile(expression.left), compile(expression.right)];
      const { operator } = expression;
      const isConstant = left.isConstant && right.isConstant;
      if (operator === '&&' || operator === '||') {
        const decisive = operator === '||';
        return made(isConstant, (scope) => {
          const a = left.value(scope);
          if (a.kind === 'bool' && a.value === decisive) return a;
          return at(expression, () => binary(operator, a, right.value(scope)));
        });
      }
      if (operator === '==' || operator === '!=') {
        return made(isConstant, (scope) => {
          const [a, b] = [left.value(scope), right.value(scope)];
          if (a.kind === 'string' && b.kind === 'string' && (a.sensitive ?? b.sensitive) === undefined)
            return (a.value === b.value) === (operator === '==') ? yes : no;
          return at(expression, () => binary(operator, a, b));
        });
      }
      return made(isConstant, (scope) => at(expression, () => binary(operator, left.value(scope), right.value(scope))));
    }
    case 'call': {
      const name = expression.name.name.replace(/^core::/, '');
      if (expression.expandFinal || !Object.hasOwn(functionTexts, name)) return plain(false);
      const parts = expression.arguments.map((each) => compile(each).value);
      return made(false, (scope) => {
        const values = parts.map((part) => part(scope));
        scope.budget.spend(1 + 4 * values.length, expression);
        for (const value of values) if (isSequence(value)) scope.budget.spend(value.items.length >> 3, expression);
        const context = { ...scope.functions, budget: scope.budget };
        try {
          return callDefinition(scope.functions.added![name]!, values, { name, span: expression, context });
        } catch (error) {
          if (!(error instanceof EvaluationError) || error.span !== undefined) throw error;
          const argument = error.argument === undefined ? undefined : expression.arguments[error.argument];
          throw new EvaluationError(`${name}: ${error.message}`, { ...error, span: argument ?? expression });
        }
      });
    }
    default:
      return plain(false);
  }
}

const yes = boolValue(true);
const no = boolValue(false);

function boundTo(name: string, bindings: Binding | undefined, span: Span): Value {
  for (let binding = bindings; binding !== undefined; binding = binding.outer)
    if (binding.name === name) return binding.value;
  throw new EvaluationError(`There is no "${name}" here.`, { span });
}

/** Says where a fault is. */
function at<T>(span: Span, get: () => T): T {
  try {
    return get();
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.span !== undefined) throw error;
    throw new EvaluationError(error.message, { ...error, span });
  }
}
