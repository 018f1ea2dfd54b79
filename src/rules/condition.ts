/** Expressions of own rules, made ready to be asked of many objects. */

import type { Call, Expression, ForExpression } from '../hcl/syntax.ts';
import { evaluate } from '../terraform/expressions/evaluate.ts';
import { getAttribute, getIndex } from '../terraform/expressions/members.ts';
import { binary, unary } from '../terraform/expressions/operators.ts';
import type { Scope } from '../terraform/expressions/scope.ts';
import { callFunction, type FunctionContext, type FunctionWorld } from '../terraform/functions/index.ts';
import type { Pool } from '../terraform/values/budget.ts';
import { EvaluationError } from '../terraform/values/errors.ts';
import { boolType } from '../terraform/values/type.ts';
import { integerValue, tupleValue, unknownFrom, type Value } from '../terraform/values/value.ts';
import { budgetOfQuestion, scopeWith } from './evaluation.ts';
import { type OwnFunctions, ownFunctionNames } from './functions.ts';
import { falseValue, LazyEntries, trueValue } from './values.ts';

/** What an expression is asked of. */
export class Frame {
  readonly own: OwnFunctions;
  readonly #functions: FunctionWorld;
  readonly #pool: Pool;
  #values: Readonly<Record<string, Value>>;
  #scope: Scope | undefined;
  #budget: Scope['budget'] | undefined;
  #context: FunctionContext | undefined;
  #isInner = false;

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
    if (!this.#isInner) this.#budget = undefined;
    this.#context = undefined;
    return this;
  }

  /** With one more name, and the same limit. */
  with(name: string, value: Value): Frame {
    const frame = new Frame(
      { ...this.#values, [name]: value },
      { own: this.own, functions: this.#functions },
      this.#pool,
    );
    frame.#budget = this.budget;
    frame.#isInner = true;
    return frame;
  }

  /** Of a frame that `with` made: another value of its name. */
  again(name: string, value: Value): this {
    (this.#values as Record<string, Value>)[name] = value;
    this.#scope = undefined;
    return this;
  }

  valueOf(name: string): Value | undefined {
    return this.#values[name];
  }

  get budget(): Scope['budget'] {
    this.#budget ??= budgetOfQuestion(this.#pool);
    return this.#budget;
  }

  get context(): FunctionContext {
    this.#context ??= { ...this.#functions, budget: this.budget };
    return this.#context;
  }

  /** For what is evaluated as Terraform does. */
  get scope(): Scope {
    this.#scope ??= scopeWith(this.#values, this.#functions, this.budget);
    return this.#scope;
  }
}

/** The value of an expression. Throws EvaluationError as `evaluate`. */
export type Ready = (frame: Frame) => Value;

/**
 * The same as `evaluate`, in less time: what is the same for every object is worked out once, and the second operand of `&&` and `||` only
 * where the first one does not decide. Values have no places.
 *
 * @param known values of names that are the same for every object
 */
export function ready(expression: Expression, known: Readonly<Record<string, Value>> = {}): Ready {
  return compile(expression, known).value;
}

type Known = Readonly<Record<string, Value>>;

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

function compile(expression: Expression, known: Known): Compiled {
  const plain: Ready = ({ scope }) => evaluate(expression, scope);
  switch (expression.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return constant(plain);
    case 'parentheses':
      return compile(expression.inner, known);
    case 'tuple':
      return either(
        expression.items.every((item) => compile(item, known).isConstant),
        plain,
      );
    case 'reference': {
      const { name } = expression;
      const value = known[name];
      if (value !== undefined) return constant(() => value);
      return changing((frame) => frame.valueOf(name) ?? plain(frame));
    }
    case 'get': {
      const object = compile(expression.object, known);
      const { name } = expression.name;
      return either(object.isConstant, (frame) => {
        const value = object.value(frame);
        const found = value.kind === 'object' && value.entries instanceof LazyEntries && value.entries.get(name);
        return found || at(expression, () => getAttribute(value, name));
      });
    }
    case 'index': {
      const [object, index] = [compile(expression.object, known).value, compile(expression.index, known).value];
      return changing((frame) => {
        const [value, key] = [object(frame), index(frame)];
        const isPlain = value.kind === 'map' && key.kind === 'string' && value.sensitive === undefined;
        return (isPlain && value.entries.get(key.value)) || at(expression, () => getIndex(value, key));
      });
    }
    case 'unary': {
      const operand = compile(expression.operand, known);
      const { operator } = expression;
      return either(operand.isConstant, (frame) => {
        const value = operand.value(frame);
        if (operator === '!' && value.kind === 'bool') return value.value ? falseValue : trueValue;
        return at(expression, () => unary(operator, value));
      });
    }
    case 'binary': {
      const [left, right] = [compile(expression.left, known), compile(expression.right, known)];
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
          if ((a.kind === 'null' || b.kind === 'null') && a.kind !== 'unknown' && b.kind !== 'unknown')
            return (a.kind === b.kind) === isEqual ? trueValue : falseValue;
          if (a.kind === 'string' && b.kind === 'string')
            return (a.value === b.value) === isEqual ? trueValue : falseValue;
          return at(expression, () => binary(operator, a, b));
        });
      }
      const compare = Object.hasOwn(comparisons, operator)
        ? comparisons[operator as keyof typeof comparisons]
        : undefined;
      return either(isConstant, (frame) => {
        const [a, b] = [left.value(frame), right.value(frame)];
        const isPlain = compare !== undefined && a.kind === 'number' && b.kind === 'number';
        if (isPlain && typeof a.value === 'number' && typeof b.value === 'number')
          return compare(a.value, b.value) ? trueValue : falseValue;
        return at(expression, () => binary(operator, a, b));
      });
    }
    case 'call':
      return call(expression, known, plain);
    case 'for':
      return changing(loop(expression, known, plain));
    default:
      return changing(plain);
  }
}

const comparisons = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
} as const;

/** Those that look at their arguments before these have values. */
const notPlain: ReadonlySet<string> = new Set(['try', 'can', 'convert', 'lookup']);

function call(expression: Call, known: Known, plain: Ready): Compiled {
  const name = expression.name.name.replace(/^core::/, '');
  if (name === 'can') return changing(canMatch(expression, known) ?? plain);
  if (expression.expandFinal || notPlain.has(name)) return changing(plain);
  const parts = expression.arguments.map((each) => compile(each, known));
  const isOwn = ownFunctionNames.has(name);
  const isConstant = !isOwn && parts.every((part) => part.isConstant);
  const values = (frame: Frame): readonly Value[] => parts.map((part) => part.value(frame));
  if (isOwn) return changing((frame) => placed(expression, name, () => frame.own[name]!(values(frame))));
  const isAny = name === 'anytrue';
  return either(isConstant, (frame) => {
    const given = values(frame);
    const [list] = given;
    if ((isAny || name === 'alltrue') && list?.kind === 'tuple' && given.length === 1) {
      const decided = decidedBy(list.items, isAny);
      if (decided !== undefined) return decided ? trueValue : falseValue;
    }
    const isCounted = name === 'length' && given.length === 1;
    if (isCounted && (list?.kind === 'tuple' || list?.kind === 'list')) return integerValue(list.items.length);
    if (isCounted && list?.kind === 'string' && list.sensitive === undefined && /^[ -~]*$/.test(list.value))
      return integerValue(list.value.length);
    const { budget, context } = frame;
    budget.spend(1, expression);
    for (const value of given) budget.spendOn(value, expression);
    return budget.spendOnMade(
      placed(expression, name, () => callFunction(name, given, expression, context)),
      expression,
    );
  });
}

/** What anytrue or alltrue gives for known items; undefined where one is not known. */
function decidedBy(items: readonly Value[], isAny: boolean): boolean | undefined {
  let isOpen = false;
  for (const item of items) {
    if (item.kind !== 'bool') isOpen = true;
    else if (item.value === isAny && !isOpen) return isAny;
  }
  return isOpen ? undefined : !isAny;
}

/** `can(regex(pattern, text))` without an error for each text that does not match; undefined for anything else. */
function canMatch({ arguments: given }: Call, known: Known): Ready | undefined {
  const [inner, further] = given;
  if (inner?.kind !== 'call' || inner.name.name !== 'regex' || further !== undefined) return undefined;
  const [pattern, text, more] = inner.arguments;
  if (pattern?.kind !== 'string' || text === undefined || more !== undefined || inner.expandFinal) return undefined;
  const asked = compile(text, known).value;
  const { value } = compile(pattern, known);
  // Many objects have the same text.
  const answers = new Map<string, boolean>();
  return (frame) => {
    const subject = asked(frame);
    const isKnown = subject.kind === 'string' && subject.sensitive === undefined;
    const answered = isKnown ? answers.get(subject.value) : undefined;
    if (answered !== undefined) return answered ? trueValue : falseValue;
    let found: Value;
    try {
      found = callFunction('regexall', [value(frame), subject], inner, frame.context);
    } catch (error) {
      if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
      return falseValue;
    }
    if (found.kind === 'unknown') return unknownFrom([found], boolType);
    const isMatch = found.kind === 'list' && found.items.length > 0;
    if (isKnown && answers.size < MOST_ANSWERS) answers.set(subject.value, isMatch);
    return isMatch ? trueValue : falseValue;
  };
}

/** Texts for which it is kept whether a pattern matches them. */
const MOST_ANSWERS = 1000;

function placed(expression: Call, name: string, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.span !== undefined) throw error;
    const argument = error.argument === undefined ? undefined : expression.arguments[error.argument];
    throw new EvaluationError(`${name}: ${error.message}`, { ...error, span: argument ?? expression });
  }
}

/** `[for x in list : ...]` over what is known; anything else as Terraform does it. */
function loop(expression: ForExpression, known: Known, plain: Ready): Ready {
  const { form, keyName, valueName, collection, value, condition } = expression;
  if (form !== 'tuple' || keyName !== undefined) return plain;
  const { [valueName.name]: _, ...outside } = known;
  const items = compile(collection, known).value;
  const each = compile(value, outside).value;
  const isMeant = condition && compile(condition, outside).value;
  return (frame) => {
    const of = items(frame);
    if ((of.kind !== 'list' && of.kind !== 'tuple') || of.sensitive !== undefined) return plain(frame);
    const made: Value[] = [];
    let inner: Frame | undefined;
    for (const item of of.items) {
      frame.budget.spend(4, expression);
      inner = inner?.again(valueName.name, item) ?? frame.with(valueName.name, item);
      const wanted = isMeant?.(inner);
      if (wanted !== undefined && wanted.kind !== 'bool') return plain(frame);
      if (wanted?.value !== false) made.push(each(inner));
    }
    // The steps limit how many there are; to look into objects would make all of their attributes.
    return tupleValue(made);
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
