/** The values of variables: the given value or the default, in the declared type. */

import { expressionOf } from '../../hcl/json/blocks.ts';
import { evaluate, evaluateOrUnknown } from '../expressions/evaluate.ts';
import type { Scope } from '../expressions/scope.ts';
import { parseTypeConstraint } from '../expressions/type-constraint.ts';
import type { Declaration } from '../modules/module.ts';
import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { meantAs } from '../values/slip.ts';
import { anyType, boolType, type Type } from '../values/type.ts';
import { asSensitive, isSensitive, unknownValue, type Value } from '../values/value.ts';
import { asEphemeral } from './instance-values.ts';

/**
 * A variable's value in its module: unknown where nothing is given and there is no default, or where it does not convert, which
 * is a problem too.
 *
 * @param name as messages have it: `module.net.var.ports`
 * @param given what the caller, or the user, gives for it
 * @param scope the module's own
 */
export function variableValue(name: string, declaration: Declaration, given: Value | undefined, scope: Scope): Value {
  const { span, content } = declaration;
  const type = typeOfVariable(declaration, scope);
  const isSecret = flagOf(declaration, 'sensitive', scope);
  const inType = (given: Value): Value => {
    const value = isSecret ? asSensitive(given) : given;
    try {
      if (type.kind !== 'any') scope.budget.spendOnMade(value, value.origin?.span ?? span);
      return { ...convert(value, type), origin: value.origin };
    } catch (error) {
      if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
      // Where a sensitive value is given, it may stand in clear.
      const at = isSensitive(value) ? span : (value.origin?.span ?? span);
      const message = `This value is not suitable for ${name.slice(name.lastIndexOf('var.'))}: ${error.message}.`;
      const rejection = { kind: 'type', within: undefined, reason: name } as const;
      scope.problems?.add({ kind: 'evaluation', severity: 'warning', message, span: at, rejection });
      return meantAs(value, type) ?? unknownValue({ name, span }, type, { span: at });
    }
  };
  const converted = given === undefined ? undefined : inType(given);
  const isUsed = converted !== undefined && (converted.kind !== 'null' || flagOf(declaration, 'nullable', scope, true));
  const fallback = content.attributes.get('default')?.value;
  let value: Value;
  if (isUsed) value = converted;
  else if (fallback !== undefined) value = inType(evaluateOrUnknown(fallback, scope));
  else value = unknownValue({ name, span }, type, { span });
  if (flagOf(declaration, 'ephemeral', scope)) value = asEphemeral(value, name, span);
  return isSecret ? asSensitive(value) : value;
}

/** What it declares; any type where it declares none, or something that is no type. */
export function typeOfVariable(declaration: Declaration, scope: Scope): Type {
  const expression = declaration.content.attributes.get('type')?.value;
  if (expression === undefined) return anyType;
  // JSON syntax has no place for an expression but a string.
  const read = declaration.syntax === 'json' ? expressionOf(expression) : { value: expression, problems: [] };
  const parsed = parseTypeConstraint(read.value, (value) => evaluate(value, { ...scope, problems: undefined }));
  for (const problem of [...read.problems, ...parsed.problems]) scope.problems?.add(problem);
  return parsed.value;
}

/** An argument of a variable or output that is true or false; `otherwise` where it is missing or is neither. */
export function flagOf(declaration: Declaration, name: string, scope: Scope, otherwise = false): boolean {
  const expression = declaration.content.attributes.get(name)?.value;
  if (expression === undefined) return otherwise;
  const value = evaluateOrUnknown(expression, scope);
  try {
    const flag = convert(value, boolType);
    return flag.kind === 'bool' ? flag.value : otherwise;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return otherwise;
  }
}
