/** The rules inside a group: `ingress` and `egress`, as blocks and as attributes. */

import type { EvaluationProblem } from '../../../terraform/expressions/scope.ts';
import { argument } from '../../../terraform/instances/body.ts';
import type { ResourceInstance } from '../../../terraform/instances/instance.ts';
import type { Direction, Rule } from '../../rule.ts';
import type { GroupForm, RuleForm } from '../../rule-form.ts';
import type { RuleList, SecurityGroup } from '../../security-group.ts';
import { argumentsOfBody, stringFact } from '../arguments.ts';
import { listedObjects } from '../attributes-as-blocks.ts';
import type { BlockSchema } from '../block-schema.ts';
import { vpcOf } from '../vpc.ts';
import { ruleOf } from './rule.ts';

/**
 * The rules that a group's own block says.
 *
 * @param schema of one rule, all of which an object of the attribute must have; undefined where it may leave something out
 */
export function inlineRulesOf(
  instance: ResourceInstance,
  form: RuleForm,
  schema: BlockSchema | undefined,
  problems: EvaluationProblem[],
): Rule[] {
  return Object.entries(form.blocks).flatMap(([name, direction]) =>
    listedObjects({ instance, name, noun: 'rule', schema }, problems).map(({ from, ...circumstances }) =>
      ruleOf(instance, form, from, {
        direction,
        owner: { kind: 'group', address: instance.address },
        ...circumstances,
      }),
    ),
  );
}

/** A group's own arguments. */
export function groupOf(
  instance: ResourceInstance,
  form: GroupForm,
  { blocks }: RuleForm,
  problems: EvaluationProblem[],
): SecurityGroup {
  const { name, namePrefix, description } = form.texts;
  const from = argumentsOfBody(instance.body, instance.span, { calls: instance.calls, problems });
  return {
    noun: 'group',
    address: instance.address,
    resourceAddress: instance.resourceAddress,
    calls: instance.calls,
    type: instance.type,
    form,
    name: stringFact(from, name),
    namePrefix:
      namePrefix === undefined ? { kind: 'known', value: null, span: from.span } : stringFact(from, namePrefix),
    description: stringFact(from, description),
    ruleLists: { ingress: ruleListOf(instance, blocks, 'ingress'), egress: ruleListOf(instance, blocks, 'egress') },
    vpc: vpcOf(instance),
    region: stringFact(from, 'region'),
    lifecycle: instance.lifecycle,
    span: instance.span,
    instance,
    existsIf: instance.existsIf,
  };
}

/** Where an attribute of a resource lists rules of a direction. */
export function ruleListOf(
  instance: ResourceInstance,
  blocks: RuleForm['blocks'],
  direction: Direction,
): RuleList | undefined {
  const name = Object.keys(blocks).find((each) => blocks[each] === direction);
  const found = name === undefined ? undefined : argument(instance.body, name);
  return found && { span: found.span, reasons: found.value.kind === 'unknown' ? found.value.reasons : undefined };
}
