/** Rules that are separate resources. */

import type { Problem } from '../../../source/problem.ts';
import type { ResourceInstance } from '../../../terraform/instances/instance.ts';
import { convert } from '../../../terraform/values/convert.ts';
import { EvaluationError } from '../../../terraform/values/errors.ts';
import { stringType } from '../../../terraform/values/type.ts';
import { isSensitive, type Value } from '../../../terraform/values/value.ts';
import type { Owner, Rule } from '../../rule.ts';
import type { RuleForm } from '../../rule-form.ts';
import { argumentsOfBody, type ResourceArguments, stringFact } from '../arguments.ts';
import { ruleOf } from './rule.ts';

/** @param direction of the resource type, or undefined where its argument `type` says it */
export function standaloneRule(
  instance: ResourceInstance,
  direction: Rule['direction'] | undefined,
  form: RuleForm,
  problems: Problem[],
): Rule {
  const from = argumentsOfBody(instance.body, instance.span, { calls: instance.calls, problems });
  return ruleOf(instance, form, from, {
    direction: direction ?? directionOf(from),
    owner: ownerOf(from),
    existsIf: instance.existsIf,
  });
}

function directionOf(from: ResourceArguments): Rule['direction'] {
  const type = stringFact(from, 'type');
  if (type.kind === 'known' && (type.value === 'ingress' || type.value === 'egress')) return type.value;
  return 'unknown';
}

function ownerOf(from: ResourceArguments): Owner {
  const found = from.get('security_group_id');
  const value = found === undefined ? undefined : textOf(found.value);
  if (value?.kind === 'string') return { kind: 'id', id: value.value, isSensitive: isSensitive(value) };
  if (value?.kind === 'unknown') return { kind: 'unknown', reasons: value.reasons, identity: value.identity };
  return { kind: 'unknown', reasons: [{ name: 'security_group_id', span: from.span }], identity: undefined };
}

function textOf(value: Value): Value {
  try {
    return convert(value, stringType);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return value;
  }
}
