/** Entries of network ACLs that never take effect, as earlier ones do the opposite. */

import { defineCheck } from '../findings/check.ts';
import { aclDuplicateNumber } from './acl-duplicate-number.ts';
import { unreachableHits } from './shared/unreachable-entries.ts';

export const aclUnreachableEntry = defineCheck({
  id: 'acl-unreachable-entry',
  summary: 'An entry of a network ACL never takes effect, because earlier entries do the opposite',
  label: 'never decides',
  help: 'Give the entry a lower number than those that decide before it.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  coveredBy: [aclDuplicateNumber],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html'],
  about: 'network-acl',
  options: {},
  run: (model) => unreachableHits(model, false),
});
