/** Rules in another region than their group. */

import { defineCheck } from '../findings/check.ts';
import { quotedFact } from '../model/fact.ts';
import { regionMismatches } from '../model/faults/region-mismatches.ts';
import { localAddress } from './shared/description.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const regionMismatch = defineCheck({
  id: 'region-mismatch',
  summary: 'A rule is in another region than its group, so AWS does not find the group',
  label: 'another region',
  help: 'Give the rule the region of its group.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  // What a provider says is no part of a group.
  scope: 'model',
  aliases: {},
  knownBy: 'text',
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support'],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const set of model.ruleSets) {
      for (const { rule, group, region, theirs } of regionMismatches(set)) {
        const message = `The rule is in ${quotedFact(region)}, but ${localAddress(group)} is in ${quotedFact(theirs)}, so AWS does not find the group.`;
        yield ruleHit(rule, {
          place: region,
          message,
          related: [{ message: `region of ${localAddress(group)}`, span: theirs.span }],
          reasons: group.existsIf,
        });
      }
    }
  },
});
