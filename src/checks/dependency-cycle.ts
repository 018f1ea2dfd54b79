/** Circles of references between security groups, and in what they depend on. */

import { defineCheck } from '../findings/check.ts';
import type { Rejection } from '../model/rejections.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const dependencyCycle = defineCheck({
  id: 'dependency-cycle',
  summary: 'Security groups depend on each other in a cycle',
  label: 'part of the cycle',
  help: 'Write the rules of at least one direction as standalone rules, which come after both groups.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  rejection: 'cycle',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
    'https://developer.hashicorp.com/terraform/internals/graph',
  ],
  about: 'security-group',
  options: {},
  run: (model) => rejectionHits(model, 'cycle', messageOf),
});

/** More addresses than these are counted. */
const MAX_NAMED = 6;

/** The message of the rejection has the addresses. */
function messageOf({ message }: Rejection): string {
  const addresses = message.split(', ');
  const isOfGroups = addresses.every((address) => /security_group\./.test(address));
  const remedy = isOfGroups ? ': use standalone rules for one direction.' : '.';
  const more = addresses.length - MAX_NAMED;
  const named = more > 0 ? `${addresses.slice(0, MAX_NAMED).join(', ')} and ${more} more` : message;
  const what = addresses.length > 1 ? `${named} depend on each other` : `${message} depends on itself`;
  return `${what}, so Terraform rejects the configuration (Cycle)${remedy}`;
}
