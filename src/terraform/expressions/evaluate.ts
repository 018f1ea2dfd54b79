/** Expression in scope -> value. */

import { append } from '../../collections/append.ts';
import type { Binary, Call, Expression, Template } from '../../hcl/syntax.ts';
import { type Span, textOf } from '../../source/span.ts';
import type { FunctionContext } from '../functions/definition.ts';
import { callFunction } from '../functions/index.ts';
import { madeAt } from '../functions/origin.ts';
import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { numberFromText } from '../values/number-text.ts';
import { anyType, boolType, stringType } from '../values/type.ts';
import {
  asDeferred,
  boolValue,
  isSensitive,
  isSequence,
  isWhollyKnown,
  marked,
  memberOf,
  nullValue,
  objectValue,
  type Sensitivity,
  type StringValue,
  seenAt,
  seenFrom,
  stringValue,
  strongest,
  tupleValue,
  type UnknownValue,
  unknownFrom,
  unknownValue,
  type Value,
} from '../values/value.ts';
import { conditional } from './conditional.ts';
import { renderTemplate } from './evaluate-template.ts';
import { evaluateFor } from './for.ts';
import { asLookedUp, foresee } from './foresee.ts';
import { nameOf, shortText } from './input-name.ts';
import { binary, unary } from './operators.ts';
import { inDoubt, type Scope, strict } from './scope.ts';
import { evaluateSplat, evaluateTraversal, whole } from './traversal.ts';
import { parseTypeConstraint } from './type-constraint.ts';
import { asCondition, asKey, decided, propose, proposeBools, unnoted, withSource } from './worlds.ts';

/**
 * The expression's value. A part that has none is a problem and unknown, so that the other parts stay known.
 *
 * @throws EvaluationError where the whole has no value; for a scope without `problems`, also where a part has none
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  scope.budget.spend(1, expression);
  switch (expression.kind) {
    case 'string':
      return stringValue(expression.value, { span: expression });
    case 'number':
      return numberFromText(expression.text, { span: expression });
    case 'boolean':
      return boolValue(expression.value, { span: expression });
    case 'null':
      return nullValue(anyType, { span: expression });
    case 'template':
      return evaluateTemplate(expression, scope);
    case 'tuple':
      scope.budget.spend(3 * expression.items.length, expression);
      return scope.budget.checkSize(
        tupleValue(
          expression.items.map((item) => evaluatePart(item, scope)),
          { span: expression },
        ),
      );
    case 'object': {
      scope.budget.spend(3 * expression.entries.length, expression);
      const entries: (readonly [string, Value])[] = [];
      let mark: Sensitivity | undefined;
      let unknownName: UnknownValue | undefined;
      for (const { key, value } of expression.entries) {
        const name = key.kind === 'identifier' ? stringValue(key.name) : objectKey(key, scope);
        mark = strongest(mark, name.sensitive);
        // A fault in a value is one whatever its name will be.
        const member = evaluatePart(value, scope);
        if (name.kind === 'unknown') unknownName ??= name;
        else entries.push([name.value, member]);
      }
      if (unknownName !== undefined) return { ...unknownName, origin: { span: expression } };
      const object = scope.budget.checkSize(objectValue(entries, { span: expression }));
      return marked(object, mark);
    }
    case 'for':
      return scope.budget.checkSize(evaluateFor(expression, scope));
    case 'conditional': {
      const given = evaluate(expression.condition, scope);
      proposeBools(given, scope.worlds);
      const condition = convertAt(
        given,
        boolType,
        expression.condition,
        'The condition expression must be of type bool',
      );
      return evaluateConditional(expression, condition, scope);
    }
    case 'binary':
      return made(
        expression,
        scope,
        (operands) => compared(expression, operands[0]!, operands[1]!, scope),
        [expression.left, expression.right],
        expression.operator === '&&' || expression.operator === '||',
      );
    case 'unary':
      return made(expression, scope, (operands) => unary(expression.operator, operands[0]!), [expression.operand]);
    case 'call':
      return scope.budget.spendOnMade(evaluateCall(expression, scope), expression);
    case 'reference':
    case 'get':
    case 'index':
      return whole(seenAt(decided(evaluateTraversal(expression, scope), scope.worlds), expression));
    case 'splat':
      return evaluateSplat(expression, scope);
    case 'splat-item':
      return scope.splatItem ?? invalid(expression);
    case 'parentheses':
      return evaluate(expression.inner, scope);
    case 'invalid':
      return invalid(expression);
  }
}

/** The expression's value, or unknown with a problem if it has none. */
export function evaluateOrUnknown(expression: Expression, scope: Scope): Value {
  try {
    return evaluate(expression, scope);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return unknownAfter(error, expression, scope);
  }
}

/** The expression's value, which is asked beside the evaluation and leaves no notes; undefined if it has none. */
export function evaluateAside(expression: Expression, scope: Scope): Value | undefined {
  try {
    return evaluate(expression, { ...scope, problems: undefined, worlds: scope.worlds && unnoted(scope.worlds) });
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return undefined;
  }
}

/** What stands for a value that could not be found: the fault becomes a problem. */
export function unknownAfter(error: EvaluationError, expression: Expression, scope: Scope): UnknownValue {
  const span = error.span ?? expression;
  if (!error.isTold) {
    const { kind, message } = error;
    scope.problems?.add({ kind, severity: 'warning', message, span, rejection: rejectionOf(error, expression, scope) });
  }
  return unknownValue({ name: shortText(span), span }, anyType, { span: expression });
}

function rejectionOf({ rejection: kind, span }: EvaluationError, expression: Expression, scope: Scope) {
  if (kind === undefined || (scope.isInDoubt === true && kind !== 'name')) return undefined;
  const isPlain = scope.bindings === undefined && scope.splatItem === undefined;
  return { kind, within: isPlain ? expression : undefined, reason: shortText(span ?? expression) };
}

/** A part that Terraform may not come to evaluate: what is wrong in it is not certain to count. */
function evaluateInDoubt(part: Expression, scope: Scope): Value {
  try {
    return evaluate(part, inDoubt(scope));
  } catch (error) {
    throw error instanceof EvaluationError && error.rejection !== 'name' ? error.inDoubt : error;
  }
}

function evaluatePart(expression: Expression, scope: Scope): Value {
  return scope.problems === undefined ? evaluate(expression, scope) : evaluateOrUnknown(expression, scope);
}

/** The text of a syntax fault already is a problem: its value is just not known. */
function invalid(expression: Span): Value {
  return unknownValue({ name: shortText(expression), span: expression }, anyType, { span: expression });
}

/**
 * A value that an operation made of its operands: it came from here, and before that from the first operand that came from elsewhere.
 *
 * @param mayStop whether the first operand can decide it: Terraform 1.12 and later then do without the second
 */
function made(
  expression: Span,
  scope: Scope,
  operate: (operands: readonly Value[]) => Value,
  operands: readonly Expression[],
  mayStop = false,
): Value {
  const values = operands.map((operand, index) =>
    mayStop && index > 0 ? evaluateInDoubt(operand, scope) : evaluate(operand, scope),
  );
  for (const value of values) scope.budget.spendOn(value, expression);
  return seenFrom(operate(values), madeAt(expression, values));
}

function objectKey(key: Expression, scope: Scope): StringValue | UnknownValue {
  const value = evaluate(key, scope);
  if (value.kind === 'unknown') return unknownFrom([value]);
  if (value.kind === 'null') throw new EvaluationError("Can't use a null value as a key.", { span: key });
  const text = convertAt(value, stringType, key, "Can't use this value as a key");
  return text.kind === 'string' ? text : invalidKey(key);
}

function invalidKey(key: Expression): never {
  throw new EvaluationError("Can't use this value as a key: string required.", { span: key });
}

/**
 * The value in a type.
 *
 * @throws EvaluationError at the given place: `what`, and why the value does not convert
 */
export function convertAt(value: Value, type: Parameters<typeof convert>[1], at: Span, what: string): Value {
  try {
    return convert(value, type);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError(`${what}: ${error.message}.`, { span: at, kind: error.kind });
  }
}

function evaluateConditional(
  expression: Extract<Expression, { kind: 'conditional' }>,
  condition: Value,
  scope: Scope,
): Value {
  if (condition.kind === 'null') {
    throw new EvaluationError('The condition value is null. Conditions must either be true or false.', {
      span: expression.condition,
    });
  }
  // A fault in the branch that is not taken counts for nothing, but its type does.
  const branch = (part: Expression, taken: boolean): Value => {
    if (taken) return condition.kind === 'bool' ? evaluate(part, scope) : evaluateInDoubt(part, scope);
    try {
      return evaluate(part, strict(scope));
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return unknownValue({ name: shortText(part), span: part });
    }
  };
  const decided = condition.kind === 'bool';
  const whenTrue = branch(expression.whenTrue, !decided || condition.value);
  const whenFalse = branch(expression.whenFalse, !decided || !condition.value);
  for (const value of [whenTrue, whenFalse]) scope.budget.spendOn(value, expression);
  return conditional(condition, whenTrue, whenFalse, expression);
}

function evaluateCall(call: Call, scope: Scope): Value {
  const name = call.name.name.startsWith('core::') ? call.name.name.slice('core::'.length) : call.name.name;
  if (name === 'try' || name === 'can') return evaluateAttempts(name, call, scope);
  if (name === 'convert') return evaluateConvert(call, scope);
  const values = call.arguments.map((argument) => evaluatePart(argument, scope));
  if (call.expandFinal) {
    const last = values.pop();
    if (last === undefined) throw new EvaluationError('An argument is required before "...".', { span: call });
    if (last.kind === 'unknown') return unknownFrom([last], anyType, { span: call });
    if (!isSequence(last)) {
      throw new EvaluationError('The value before "..." must be a list, set or tuple.', {
        span: call.arguments.at(-1) ?? call,
      });
    }
    if (last.kind === 'set' && !isWhollyKnown(last)) return unknownFrom([last], anyType, { span: call });
    append(
      values,
      last.items.map((item) => memberOf(item, last)),
    );
  }
  for (const value of values) scope.budget.spendOn(value, call);
  try {
    if (name === 'lookup' && values[1]?.kind === 'unknown')
      values[1] = asLookedUp(values, nameOf(call.arguments[1]!, scope), scope.worlds);
    const foreseen = foresee(name, values, scope);
    if (foreseen !== undefined) return foreseen.origin === undefined ? seenFrom(foreseen, { span: call }) : foreseen;
    const result = asCondition(
      withSource(callFunction(name, values, call, contextOf(scope)), name, values, prefixTakenOff(call, values, scope)),
      nameOf(call, scope),
      scope.worlds,
    );
    // A function that hands on one of its arguments, or a member, hands on its places too.
    const placed = result.origin === undefined ? seenFrom(result, madeAt(call, values)) : result;
    return values.some((value) => value.deferred === true) ? asDeferred(placed) : placed;
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.span !== undefined) throw error;
    const argument = error.argument === undefined ? undefined : call.arguments[error.argument];
    throw new EvaluationError(`${name}: ${error.message}`, {
      span: argument ?? call,
      kind: error.kind,
      rejection: mayDiffer.test(name) ? 'none' : (error.rejection ?? 'none'),
    });
  }
}

function contextOf({ functions, budget, worlds }: Scope): FunctionContext {
  const { files, basePath, renderTemplate, decodeVariables, patterns, added, inside } = functions;
  return { files, basePath, renderTemplate, decodeVariables, patterns, added, inside, budget, worlds };
}

/** Functions that read files, which something may make before Terraform runs, and those whose texts are of languages with many dialects. */
const mayDiffer = /^(?:abspath|file.*|pathexpand|regex.*|template.*|yamldecode)$/;

/**
 * `convert(value, type)`, whose second argument is a type as variables declare it.
 *
 * Source: https://developer.hashicorp.com/terraform/language/functions/convert, since Terraform 1.15
 */
function evaluateConvert(call: Call, scope: Scope): Value {
  const [given, constraint, further] = call.arguments;
  if (given === undefined || constraint === undefined) {
    const missing = given === undefined ? 'value' : 'type';
    throw new EvaluationError(`Function "convert" expects 2 argument(s). Missing value for "${missing}".`, {
      span: call,
    });
  }
  if (further !== undefined) {
    throw new EvaluationError('Function "convert" expects only 2 argument(s).', { span: further });
  }
  const { value: type, problems } = parseTypeConstraint(constraint, (expression) =>
    evaluate(expression, strict(scope)),
  );
  const [fault] = problems;
  if (fault !== undefined) throw new EvaluationError(`convert: ${fault.message}`, { span: fault.span ?? constraint });
  const value = evaluate(given, scope);
  scope.budget.spendOnMade(value, call);
  try {
    return convert(value, type);
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
    throw new EvaluationError(`convert: ${error.message}.`, { span: given });
  }
}

/** `try` and `can`: a fault counts as an answer; where something is unknown, the fault may still come. */
function evaluateAttempts(name: 'try' | 'can', call: Call, scope: Scope): Value {
  const inner = strict(scope);
  for (const argument of call.arguments) {
    try {
      const value = evaluate(argument, inner);
      // Terraform decides only when the argument can no longer fail.
      if (name === 'try') return isWhollyKnown(value) ? value : asDeferred(value);
      if (isWhollyKnown(value)) return boolValue(true, { span: call });
      return asCondition(unknownFrom([value], boolType, { span: call }), nameOf(call, scope), scope.worlds);
    } catch (error) {
      if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
    }
    if (name === 'can') return boolValue(false, { span: call });
  }
  throw new EvaluationError('no expression succeeded in "try"', { span: call });
}

/** `a operator b`, where what is compared with an input is noted. */
function compared(expression: Binary, a: Value, b: Value, scope: Scope): Value {
  const { operator } = expression;
  if (operator === '&&' || operator === '||') for (const each of [a, b]) proposeBools(each, scope.worlds);
  const value = binary(operator, a, b);
  if (value.kind !== 'unknown' || scope.worlds === undefined) return value;
  const isEquality = operator === '==' || operator === '!=';
  if (isEquality && a.kind !== b.kind) {
    if (propose(a, [b], scope.worlds) || propose(b, [a], scope.worlds)) return value;
    const [left, right] = [asCompared(a, b, expression.left, scope), asCompared(b, a, expression.right, scope)];
    if (left !== a || right !== b) return binary(operator, left, right);
  }
  return operator === '&&' || operator === '||' ? value : asCondition(value, nameOf(expression, scope), scope.worlds);
}

function asCompared(value: Value, other: Value, expression: Expression, scope: Scope): Value {
  return other.kind === 'string' ? asKey(value, [other], nameOf(expression, scope), scope.worlds) : value;
}

/** What `substr(x, length(prefix), length(x))` takes off in front, whatever that is there; undefined for another call. */
function prefixTakenOff(call: Call, [of, offset]: readonly Value[], scope: Scope): string | undefined {
  if (call.name.name !== 'substr' || of?.kind !== 'unknown' || offset?.kind !== 'number') return undefined;
  const measured = call.arguments.map((each) =>
    each.kind === 'call' && each.name.name === 'length' ? each : undefined,
  );
  const [prefix, whole] = [measured[1]?.arguments[0], measured[2]?.arguments[0]];
  if (prefix === undefined || whole === undefined || textOf(whole) !== textOf(call.arguments[0]!)) return undefined;
  const text = evaluateAside(prefix, scope);
  const isPlain = text?.kind === 'string' && !isSensitive(text) && /^[ -~]*$/.test(text.value);
  return isPlain ? text.value : undefined;
}

function evaluateTemplate(template: Template, scope: Scope): Value {
  const [only] = template.parts;
  if (only?.kind === 'interpolation' && template.parts.length === 1) {
    return seenAt(evaluate(only.expression, scope), template);
  }
  return renderTemplate(template.parts, template, scope);
}
