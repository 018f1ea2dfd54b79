/** The rules inside a group: `ingress` and `egress`, as blocks and as attributes. */

import { append } from '../../../collections/append.ts';
import type { Problem } from '../../../source/problem.ts';
import type { Span } from '../../../source/span.ts';
import type { ResourceInstance } from '../../../terraform/instances/configuration.ts';
import { argument } from '../../../terraform/instances/expand.ts';
import { mismatch } from '../../../terraform/values/mismatch.ts';
import { anyType, objectType, typeOf } from '../../../terraform/values/type.ts';
import {
  type Because,
  isMapping,
  isSequence,
  type MappingValue,
  memberOf,
  unknownValue,
  type Value,
} from '../../../terraform/values/value.ts';
import type { Direction, Rule } from '../../rule.ts';
import type { SecurityGroup } from '../../security-group.ts';
import {
  type Arguments,
  argumentsOfBody,
  argumentsOfObject,
  argumentsOfUnknown,
  emptyPeersOf,
  numberFact,
  type PeerKind,
  peersOf,
  selfPeers,
  stringFact,
} from '../arguments.ts';
import { inlineRuleSchema } from '../resource-schema.ts';

const peerArguments: Readonly<Record<string, PeerKind>> = {
  cidr_blocks: { kind: 'cidr', family: 4, isList: true },
  ipv6_cidr_blocks: { kind: 'cidr', family: 6, isList: true },
  prefix_list_ids: { kind: 'prefix-list', isList: true },
  security_groups: { kind: 'group', isList: true },
};

/**
 * The rules that a group's own block says. An attribute and blocks of the same name are the same argument of the provider.
 *
 * Source: https://developer.hashicorp.com/terraform/language/attr-as-blocks
 */
export function inlineRules(instance: ResourceInstance, problems: Problem[]): Rule[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => [
    ...ruleBlocks(instance, direction, problems),
    ...ruleElements(instance, direction, problems),
  ]);
}

function ruleBlocks(instance: ResourceInstance, direction: Direction, problems: Problem[]): Rule[] {
  return instance.body.blocks
    .filter((block) => block.type === direction)
    .map((block) => ({
      ...inlineRule(
        instance,
        direction,
        argumentsOfBody(block.body, block.span, { calls: instance.calls, problems }),
        block.possible,
        false,
      ),
      indefinite: block.indefinite === undefined ? undefined : { form: 'dynamic', span: block.indefinite },
    }));
}

function ruleElements(instance: ResourceInstance, direction: Direction, problems: Problem[]): Rule[] {
  const found = argument(instance.body, direction);
  if (found === undefined) return [];
  const { value } = found;
  const within = found.attribute.value;
  if (isSequence(value)) {
    const indefinite = value.deferred === true ? ({ form: 'attribute', span: within } as const) : undefined;
    return value.items
      .filter((item) => item.kind !== 'null')
      .map((item) => ({ ...elementRule(instance, direction, memberOf(item, value), within, problems), indefinite }));
  }
  if (value.kind === 'unknown') {
    const certain = (value.known ?? []).map((item) => elementRule(instance, direction, item, within, problems));
    const rest = value.item ?? unknownValue(value.because, undefined, value.origin);
    return [...certain, elementRule(instance, direction, rest, within, problems, value.because)].map((rule) => ({
      ...rule,
      indefinite: { form: 'attribute', span: within },
    }));
  }
  problems.push({
    kind: 'evaluation',
    severity: 'warning',
    message: `Inappropriate value for "${direction}": a list of objects is required, one for each rule.`,
    span: within,
  });
  return isMapping(value) ? [elementRule(instance, direction, value, within, problems)] : [];
}

function elementRule(
  instance: ResourceInstance,
  direction: Direction,
  element: Value,
  within: Span,
  problems: Problem[],
  possible?: readonly Because[],
): Rule {
  if (isMapping(element)) {
    const from = argumentsOfObject(element, within, { calls: instance.calls, problems });
    append(problems, shapeProblems(element, direction, from.span));
    return inlineRule(instance, direction, from, possible, false);
  }
  const unknown = element.kind === 'unknown' ? element : unknownValue({ name: direction, span: within });
  return inlineRule(
    instance,
    direction,
    argumentsOfUnknown(unknown, within, { calls: instance.calls, problems }),
    possible,
    true,
  );
}

const ruleType = objectType(inlineRuleSchema.arguments.map((name) => [name, anyType] as const));

/** Terraform makes an object fit that has more than it needs, and rejects one that lacks something. */
function shapeProblems(element: MappingValue, direction: Direction, span: Span): readonly Problem[] {
  const isWhole = element.kind === 'object' && inlineRuleSchema.arguments.every((name) => element.entries.has(name));
  if (isWhole) return [];
  const message = `Inappropriate value for "${direction}": ${mismatch(typeOf(element), ruleType)}.`;
  const hint =
    'Terraform rejects the group: each rule in the list must set every attribute, with null for those it does not use.';
  return [{ kind: 'evaluation', severity: 'warning', message, hint, span }];
}

function inlineRule(
  instance: ResourceInstance,
  direction: Direction,
  from: Arguments,
  possible: readonly Because[] | undefined,
  isOpenEnded: boolean,
): Rule {
  return {
    address: instance.address,
    subject: instance.subject,
    calls: instance.calls,
    direction,
    owner: { kind: 'group', address: instance.address },
    form: 'inline',
    instance,
    protocol: stringFact(from, 'protocol'),
    fromPort: numberFact(from, 'from_port'),
    toPort: numberFact(from, 'to_port'),
    peers: [...Object.entries(peerArguments).flatMap(([name, kind]) => peersOf(from, name, kind)), ...selfPeers(from)],
    emptyPeers: emptyPeersOf(from, [...Object.keys(peerArguments), 'self']),
    description: stringFact(from, 'description'),
    span: from.span,
    possible: possible === undefined ? instance.possible : [...(instance.possible ?? []), ...possible],
    indefinite: undefined,
    isOpenEnded,
  };
}

/** A group's own arguments. */
export function groupOf(instance: ResourceInstance, isDefault: boolean, problems: Problem[]): SecurityGroup {
  const from = argumentsOfBody(instance.body, instance.declaration.span, { calls: instance.calls, problems });
  return {
    address: instance.address,
    subject: instance.subject,
    calls: instance.calls,
    type: instance.type,
    isDefault,
    name: stringFact(from, 'name'),
    namePrefix: stringFact(from, 'name_prefix'),
    description: stringFact(from, 'description'),
    span: instance.declaration.span,
    instance,
    possible: instance.possible,
  };
}
