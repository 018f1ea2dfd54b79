/** Values of a type that Terraform rejects, where one sees what is meant. */

import { convert } from './convert.ts';
import { EvaluationError } from './errors.ts';
import { isCollection, isPrimitive, type Type } from './type.ts';
import { isSequence, memberOf, tupleValue, type Value } from './value.ts';

/** One text is meant as the list of it, and a list of one as its member; undefined where nothing is that clear. */
export function meantAs(value: Value, type: Type): Value | undefined {
  const meant = meaningOf(value, type);
  if (meant === undefined) return undefined;
  try {
    return { ...convert(meant, type), origin: value.origin, sensitive: value.sensitive };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return undefined;
  }
}

function meaningOf(value: Value, type: Type): Value | undefined {
  if (isCollection(type) && type.kind !== 'map') {
    const isOne = value.kind === 'string' || (value.kind === 'unknown' && isPrimitive(value.type));
    return isOne ? tupleValue([value]) : undefined;
  }
  if (!isPrimitive(type) || !isSequence(value) || value.items.length !== 1) return undefined;
  return memberOf(value.items[0]!, value);
}
