/** Security groups without a meaningful description. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { descriptionFault, descriptionOptions, localAddress } from './shared/description.ts';

export const missingGroupDescription = defineCheck({
  id: 'missing-group-description',
  summary: 'A security group has no meaningful description',
  severity: 'low',
  set: 'recommended',
  topic: 'hygiene',
  aliases: ['CKV_AWS_23', 'BC_AWS_NETWORKING_31', 'AWS-0099'],
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#description-1'],
  options: descriptionOptions,
  *run(model, demands) {
    for (const group of model.groups) {
      // A default group has AWS's description, which can't be set.
      if (group.isDefault) continue;
      const consequence = '. Set one now: adding it later replaces the group';
      const possible = waitsFor(group.possible);
      const fault = descriptionFault(group.description, demands, localAddress(group), consequence, possible);
      if (fault !== undefined) yield { subject: group, ...fault };
    }
  },
});
