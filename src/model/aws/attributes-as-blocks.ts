/** Lists of objects that resources have as blocks or as an attribute of the same name, such as `ingress`. */

import { append } from '../../collections/append.ts';
import type { Span } from '../../source/span.ts';
import type { EvaluationProblem } from '../../terraform/expressions/scope.ts';
import { argument, type EvaluatedAttribute } from '../../terraform/instances/body.ts';
import type { ResourceInstance } from '../../terraform/instances/instance.ts';
import { mismatch } from '../../terraform/values/mismatch.ts';
import { anyType, objectType } from '../../terraform/values/type.ts';
import {
  isMapping,
  isSequence,
  type MappingValue,
  memberOf,
  typeOf,
  type UnknownReason,
  unknownValue,
  type Value,
} from '../../terraform/values/value.ts';
import {
  argumentsOfBody,
  argumentsOfObject,
  argumentsOfUnknown,
  firstOf,
  inappropriate,
  type ResourceArguments,
} from './arguments.ts';
import type { BlockSchema } from './block-schema.ts';

/** Where the objects stand. */
export interface ListPlace {
  readonly instance: ResourceInstance;
  /** Of the blocks or the attribute. */
  readonly name: string;
  /** What an object makes: `rule`. */
  readonly noun: string;
  /** Arguments that an object of the attribute must have all of; undefined where it may leave something out. */
  readonly schema: Pick<BlockSchema, 'arguments'> | undefined;
}

/** One of the objects. */
export interface ListedObject {
  readonly from: ResourceArguments;
  /** What decides whether it exists at all, its resource included; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
  /** What it comes from, a `dynamic` block or an attribute, where only apply knows how many objects that makes. */
  readonly indefinite: { readonly form: 'dynamic' | 'attribute'; readonly span: Span } | undefined;
  /** Nothing of it is known, not even whether it is one object, none or many. */
  readonly isOpenEnded: boolean;
}

/**
 * The objects of blocks first, then those of the attribute: to the provider both are the same argument.
 *
 * Source: https://developer.hashicorp.com/terraform/language/attr-as-blocks
 */
export function listedObjects(place: ListPlace, problems: EvaluationProblem[]): readonly ListedObject[] {
  return [...ofBlocks(place, problems), ...ofAttribute(place, problems)];
}

function ofBlocks({ instance, name }: ListPlace, problems: EvaluationProblem[]): ListedObject[] {
  const blocks = instance.body.blocks.filter((block) => block.type === name);
  return firstOf(blocks, name, instance.span, problems).map((block) => ({
    from: argumentsOfBody(block.body, block.span, { calls: instance.calls, problems }),
    existsIf: existsIfBoth(instance, block.existsIf),
    indefinite: block.indefinite === undefined ? undefined : { form: 'dynamic', span: block.indefinite },
    isOpenEnded: false,
  }));
}

function ofAttribute(place: ListPlace, problems: EvaluationProblem[]): ListedObject[] {
  const { instance, name, noun } = place;
  const found = argument(instance.body, name);
  if (found === undefined) return [];
  const { value, span: within } = found;
  if (isSequence(value)) {
    const indefinite = value.deferred === true ? ({ form: 'attribute', span: within } as const) : undefined;
    return firstOf(value.items, name, within, problems)
      .filter((item) => item.kind !== 'null')
      .map((item) => ({ ...element(place, memberOf(item, value), within, problems), indefinite }));
  }
  if (value.kind === 'unknown') {
    const certain = (value.known ?? []).map((item) => element(place, item, within, problems));
    const rest = value.item ?? unknownValue(value.reasons, undefined, value.origin);
    return [...certain, element(place, rest, within, problems, value.reasons)].map((object) => ({
      ...object,
      indefinite: { form: 'attribute', span: within },
    }));
  }
  problems.push(inappropriate(found, `a list of objects is required, one for each ${noun}`, instance.calls));
  // That it may lack attributes comes second.
  return isMapping(value) ? [element({ ...place, schema: undefined }, value, within, problems)] : [];
}

function element(
  place: ListPlace,
  value: Value,
  within: Span,
  problems: EvaluationProblem[],
  existsIf?: readonly UnknownReason[],
): ListedObject {
  const { instance, name } = place;
  const context = { calls: instance.calls, problems };
  const circumstances = { existsIf: existsIfBoth(instance, existsIf), indefinite: undefined };
  if (isMapping(value)) {
    const from = argumentsOfObject(value, within, context);
    append(problems, shapeProblems(value, place, { name, value, span: within }));
    return { ...circumstances, from, isOpenEnded: false };
  }
  const unknown = value.kind === 'unknown' ? value : unknownValue({ name, span: within });
  return { ...circumstances, from: argumentsOfUnknown(unknown, within, context), isOpenEnded: true };
}

function existsIfBoth(
  instance: ResourceInstance,
  existsIf: readonly UnknownReason[] | undefined,
): readonly UnknownReason[] | undefined {
  return existsIf === undefined ? instance.existsIf : [...(instance.existsIf ?? []), ...existsIf];
}

/** Terraform makes an object fit that has more than it needs, and rejects one that lacks something. */
function shapeProblems(
  object: MappingValue,
  { schema, instance }: ListPlace,
  found: EvaluatedAttribute,
): readonly EvaluationProblem[] {
  if (schema === undefined) return [];
  const isWhole = object.kind === 'object' && schema.arguments.every((each) => object.entries.has(each));
  if (isWhole) return [];
  const type = objectType(schema.arguments.map((each) => [each, anyType] as const));
  const { rejection, ...problem } = inappropriate(found, mismatch(typeOf(object), type), instance.calls);
  return [{ ...problem, rejection: { ...rejection!, kind: 'rule-object' } }];
}
