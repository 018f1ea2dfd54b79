/** The rules inside a group: `ingress` and `egress`, as blocks and as attributes. */

import { append } from '../../../collections/append.ts';
import type { Span } from '../../../source/span.ts';
import type { EvaluationProblem } from '../../../terraform/expressions/scope.ts';
import { argument, type EvaluatedAttribute } from '../../../terraform/instances/body.ts';
import type { ResourceInstance } from '../../../terraform/instances/instance.ts';
import { mismatch } from '../../../terraform/values/mismatch.ts';
import { anyType, objectType } from '../../../terraform/values/type.ts';
import {
  isMapping,
  isSequence,
  type MappingValue,
  memberOf,
  typeOf,
  type UnknownReason,
  unknownValue,
  type Value,
} from '../../../terraform/values/value.ts';
import type { Direction, Rule } from '../../rule.ts';
import type { GroupForm, RuleForm } from '../../rule-form.ts';
import type { RuleList, SecurityGroup } from '../../security-group.ts';
import {
  argumentsOfBody,
  argumentsOfObject,
  argumentsOfUnknown,
  firstOf,
  inappropriate,
  type ResourceArguments,
  stringFact,
} from '../arguments.ts';
import type { BlockSchema } from '../block-schema.ts';
import { vpcOf } from '../vpc.ts';
import { ruleOf } from './rule.ts';

/**
 * The rules that a group's own block says. An attribute and blocks of the same name are the same argument of the provider.
 *
 * Source: https://developer.hashicorp.com/terraform/language/attr-as-blocks
 *
 * @param schema of one rule, all of which an object of the attribute must have; undefined where it may leave something out
 */
export function inlineRulesOf(
  instance: ResourceInstance,
  form: RuleForm,
  schema: BlockSchema | undefined,
  problems: EvaluationProblem[],
): Rule[] {
  return Object.entries(form.blocks).flatMap(([name, direction]) => {
    const place = { instance, form, schema, name, direction };
    return [...ruleBlocks(place, problems), ...ruleElements(place, problems)];
  });
}

/** Where rules stand in a group. */
interface Place {
  readonly instance: ResourceInstance;
  readonly form: RuleForm;
  readonly schema: BlockSchema | undefined;
  /** Of the blocks or the attribute. */
  readonly name: string;
  readonly direction: Direction;
}

function ruleBlocks(place: Place, problems: EvaluationProblem[]): Rule[] {
  const { instance, name } = place;
  const blocks = instance.body.blocks.filter((block) => block.type === name);
  return firstOf(blocks, name, instance.span, problems).map((block) => ({
    ...inlineRule(
      place,
      argumentsOfBody(block.body, block.span, { calls: instance.calls, problems }),
      block.existsIf,
      false,
    ),
    indefinite: block.indefinite === undefined ? undefined : { form: 'dynamic', span: block.indefinite },
  }));
}

function ruleElements(place: Place, problems: EvaluationProblem[]): Rule[] {
  const { instance, name } = place;
  const found = argument(instance.body, name);
  if (found === undefined) return [];
  const { value, span: within } = found;
  if (isSequence(value)) {
    const indefinite = value.deferred === true ? ({ form: 'attribute', span: within } as const) : undefined;
    return firstOf(value.items, name, within, problems)
      .filter((item) => item.kind !== 'null')
      .map((item) => ({ ...elementRule(place, memberOf(item, value), within, problems), indefinite }));
  }
  if (value.kind === 'unknown') {
    const certain = (value.known ?? []).map((item) => elementRule(place, item, within, problems));
    const rest = value.item ?? unknownValue(value.reasons, undefined, value.origin);
    return [...certain, elementRule(place, rest, within, problems, value.reasons)].map((rule) => ({
      ...rule,
      indefinite: { form: 'attribute', span: within },
    }));
  }
  problems.push(inappropriate(found, 'a list of objects is required, one for each rule', instance.calls));
  // That it may lack attributes comes second.
  return isMapping(value) ? [elementRule({ ...place, schema: undefined }, value, within, problems)] : [];
}

function elementRule(
  place: Place,
  element: Value,
  within: Span,
  problems: EvaluationProblem[],
  existsIf?: readonly UnknownReason[],
): Rule {
  const { instance, name } = place;
  if (isMapping(element)) {
    const from = argumentsOfObject(element, within, { calls: instance.calls, problems });
    append(problems, shapeProblems(element, place, { name, value: element, span: within }));
    return inlineRule(place, from, existsIf, false);
  }
  const unknown = element.kind === 'unknown' ? element : unknownValue({ name, span: within });
  return inlineRule(place, argumentsOfUnknown(unknown, within, { calls: instance.calls, problems }), existsIf, true);
}

/** Terraform makes an object fit that has more than it needs, and rejects one that lacks something. */
function shapeProblems(
  element: MappingValue,
  { schema, instance }: Place,
  found: EvaluatedAttribute,
): readonly EvaluationProblem[] {
  if (schema === undefined) return [];
  const isWhole = element.kind === 'object' && schema.arguments.every((each) => element.entries.has(each));
  if (isWhole) return [];
  const type = objectType(schema.arguments.map((each) => [each, anyType] as const));
  const { rejection, ...problem } = inappropriate(found, mismatch(typeOf(element), type), instance.calls);
  return [{ ...problem, rejection: { ...rejection!, kind: 'rule-object' } }];
}

function inlineRule(
  { instance, form, direction }: Place,
  from: ResourceArguments,
  existsIf: readonly UnknownReason[] | undefined,
  isOpenEnded: boolean,
): Rule {
  return ruleOf(instance, form, from, {
    direction,
    owner: { kind: 'group', address: instance.address },
    existsIf: existsIf === undefined ? instance.existsIf : [...(instance.existsIf ?? []), ...existsIf],
    isOpenEnded,
  });
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

function ruleListOf(
  instance: ResourceInstance,
  blocks: RuleForm['blocks'],
  direction: Direction,
): RuleList | undefined {
  const name = Object.keys(blocks).find((each) => blocks[each] === direction);
  const found = name === undefined ? undefined : argument(instance.body, name);
  return found && { span: found.span, reasons: found.value.kind === 'unknown' ? found.value.reasons : undefined };
}
