/** Entries of network ACLs that do what earlier ones do already. */

import { defineCheck } from '../findings/check.ts';
import { aclDuplicateNumber } from './acl-duplicate-number.ts';
import { unreachableHits } from './shared/unreachable-entries.ts';

export const aclRedundantEntry = defineCheck({
  id: 'acl-redundant-entry',
  summary: 'An entry of a network ACL is redundant, because earlier entries do the same',
  label: 'redundant',
  help: 'Remove the entry, or narrow those that come before it.',
  severity: 'low',
  preset: 'recommended',
  topic: 'hygiene',
  aliases: {},
  tags: ['unnecessary'],
  coveredBy: [aclDuplicateNumber],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html'],
  about: 'network-acl',
  options: {},
  run: (model) => unreachableHits(model, true),
});
