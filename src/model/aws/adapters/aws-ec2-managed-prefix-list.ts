/**
 * aws_ec2_managed_prefix_list and aws_ec2_managed_prefix_list_entry.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_managed_prefix_list and
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_managed_prefix_list_entry
 */

import { argument } from '../../../terraform/instances/body.ts';
import type { ResourceInstance } from '../../../terraform/instances/instance.ts';
import { isMapping, isSequence, memberOf, type UnknownReason, unknownValue } from '../../../terraform/values/value.ts';
import {
  argumentsOfBody,
  argumentsOfObject,
  argumentsOfUnknown,
  type InstanceContext,
  numberFact,
  type ResourceArguments,
  referenceOf,
  requiredStringFact,
  stringFact,
} from '../arguments.ts';
import type { PrefixList, PrefixListEntry } from '../prefix-list.ts';
import type { Adapter } from './adapter.ts';

export const adapter: Adapter = {
  kind: 'security-group',
  types: ['aws_ec2_managed_prefix_list', 'aws_ec2_managed_prefix_list_entry'],
  adapt(instance, problems) {
    const context = { calls: instance.calls, problems };
    const from = argumentsOfBody(instance.body, instance.span, context);
    if (instance.type === 'aws_ec2_managed_prefix_list') return { prefixLists: [prefixList(instance, from, context)] };
    const entry = entryOf(from, instance.existsIf);
    return { prefixListEntries: [{ list: referenceOf(from, 'prefix_list_id'), entry }] };
  },
};

function prefixList(instance: ResourceInstance, from: ResourceArguments, context: InstanceContext): PrefixList {
  return {
    address: instance.address,
    resourceAddress: instance.resourceAddress,
    calls: instance.calls,
    name: stringFact(from, 'name'),
    addressFamily: stringFact(from, 'address_family'),
    maxEntries: numberFact(from, 'max_entries'),
    entries: [...entryBlocks(instance, context), ...entryElements(instance, context)],
    span: instance.span,
    existsIf: instance.existsIf,
  };
}

function entryBlocks(instance: ResourceInstance, context: InstanceContext): PrefixListEntry[] {
  return instance.body.blocks
    .filter((block) => block.type === 'entry')
    .map((block) => entryOf(argumentsOfBody(block.body, block.span, context), block.existsIf));
}

/** In JSON syntax blocks are objects in an array. */
function entryElements(instance: ResourceInstance, context: InstanceContext): PrefixListEntry[] {
  const found = argument(instance.body, 'entry');
  if (found === undefined) return [];
  const { value, span: within } = found;
  const items = isSequence(value) ? value.items.map((item) => memberOf(item, value)) : [value];
  return items.map((item) => {
    if (isMapping(item)) return entryOf(argumentsOfObject(item, within, context), undefined);
    const unknown = item.kind === 'unknown' ? item : unknownValue({ name: 'entry', span: within });
    return entryOf(argumentsOfUnknown(unknown, within, context), unknown.reasons);
  });
}

function entryOf(from: ResourceArguments, existsIf: readonly UnknownReason[] | undefined): PrefixListEntry {
  return {
    cidr: requiredStringFact(from, 'cidr'),
    description: stringFact(from, 'description'),
    span: from.span,
    existsIf,
  };
}
