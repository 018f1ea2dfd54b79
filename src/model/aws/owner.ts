/** Which group a resource belongs to. */

import { convert } from '../../terraform/values/convert.ts';
import { EvaluationError } from '../../terraform/values/errors.ts';
import { stringType } from '../../terraform/values/type.ts';
import { isSensitive, type Value } from '../../terraform/values/value.ts';
import type { Owner } from '../rule.ts';
import type { ResourceArguments } from './arguments.ts';
import { canonicalIdentity } from './group-identity.ts';

/** The group that an argument names, `security_group_id` as a rule. */
export function ownerOf(from: ResourceArguments, argument = 'security_group_id'): Owner {
  const found = from.get(argument);
  const value = found === undefined ? undefined : textOf(found.value);
  if (value?.kind === 'string') return { kind: 'id', id: value.value, isSensitive: isSensitive(value) };
  if (value?.kind === 'unknown') {
    const identity = value.identity && canonicalIdentity(value.identity);
    return { kind: 'unknown', reasons: value.reasons, identity };
  }
  return { kind: 'unknown', reasons: [{ name: argument, span: from.span }], identity: undefined };
}

function textOf(value: Value): Value {
  try {
    return convert(value, stringType);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return value;
  }
}
