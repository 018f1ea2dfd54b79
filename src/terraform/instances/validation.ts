/** What the validations of a variable say of a value that is not known. */

import { evaluate } from '../expressions/evaluate.ts';
import type { ModuleNames, Scope } from '../expressions/scope.ts';
import { conditionsIn } from '../modules/conditions.ts';
import type { Declaration } from '../modules/module.ts';
import { setValue } from '../values/equality.ts';
import { EvaluationError } from '../values/errors.ts';
import { isCollection, stringType } from '../values/type.ts';
import { listValue, stringValue, type UnknownValue, unknownValue, type Value } from '../values/value.ts';

/** Whether a validation of a variable is false, so that Terraform rejects the value that the variable has in the scope. */
export function isRejected({ content }: Declaration, scope: Scope): boolean {
  return conditionsIn(content.blocks, 'validation').some(({ condition }) => {
    try {
      const value = evaluate(condition, { ...scope, problems: undefined });
      return value.kind === 'bool' && !value.value;
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return false;
    }
  });
}

/** All addresses of a family: what validations of blocks reject. */
const internet: readonly Value[] = ['0.0.0.0/0', '::/0'].map((text) => stringValue(text));

/** The value of a variable, where it is not known without what the validations reject: it, or its items, are not the whole internet. */
export function withoutRejected(value: Value, name: string, declaration: Declaration, scope: Scope): Value {
  if (value.kind !== 'unknown' || !declaration.content.blocks.some(({ block }) => block.type.name === 'validation'))
    return value;
  const { type } = value;
  const isList = isCollection(type) && type.kind !== 'map' && type.element.kind === 'string';
  if (!isList && type.kind !== 'string' && type.kind !== 'any') return value;
  const asGiven = (text: Value): Value => {
    if (!isList) return text;
    return type.kind === 'set' ? setValue([text], stringType) : listValue([text], stringType);
  };
  const not = internet.filter((text) => isRejected(declaration, withValue(name, asGiven(text), scope)));
  if (not.length === 0) return value;
  if (!isList) return { ...value, not };
  const item: UnknownValue = { ...unknownValue(value.reasons, stringType), not };
  return { ...value, item };
}

/** The scope where a variable has a value. */
function withValue(name: string, value: Value, { names, ...scope }: Scope): Scope {
  const own: ModuleNames = {
    member: (root, member, span) => (root === 'var' && member === name ? value : names.member(root, member, span)),
  };
  return { ...scope, names: own, worlds: undefined };
}
