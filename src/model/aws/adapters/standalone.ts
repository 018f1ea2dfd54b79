/** Rules that are separate resources. */

import type { EvaluationProblem } from '../../../terraform/expressions/scope.ts';
import type { ResourceInstance } from '../../../terraform/instances/instance.ts';
import type { Rule } from '../../rule.ts';
import type { RuleForm } from '../../rule-form.ts';
import { argumentsOfBody, type ResourceArguments, stringFact } from '../arguments.ts';
import { ownerOf } from '../owner.ts';
import { ruleOf } from './rule.ts';

/** @param direction of the resource type, or undefined where its argument `type` says it */
export function standaloneRule(
  instance: ResourceInstance,
  direction: Rule['direction'] | undefined,
  form: RuleForm,
  problems: EvaluationProblem[],
): Rule {
  const from = argumentsOfBody(instance.body, instance.span, { calls: instance.calls, problems });
  return ruleOf(instance, form, from, {
    direction: direction ?? directionOf(from),
    owner: ownerOf(from, form.group),
    existsIf: instance.existsIf,
    region: stringFact(from, 'region'),
  });
}

function directionOf(from: ResourceArguments): Rule['direction'] {
  const type = stringFact(from, 'type');
  // Terraform rejects capitals, and what is meant is clear.
  const meant = type.kind === 'known' ? type.value?.toLowerCase() : undefined;
  return meant === 'ingress' || meant === 'egress' ? meant : 'unknown';
}
