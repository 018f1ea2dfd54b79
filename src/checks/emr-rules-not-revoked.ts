/** Groups that EMR adds rules to, which keep Terraform from deleting them. */

import { defineCheck } from '../findings/check.ts';
import { emrGroups } from '../model/faults/emr-groups.ts';
import { localAddress } from './shared/description.ts';
import { hitIfAllExist } from './shared/rule-fault.ts';

export const emrRulesNotRevoked = defineCheck({
  id: 'emr-rules-not-revoked',
  summary: 'A group that EMR adds rules to is deleted without them, which AWS rejects',
  label: 'keeps the rules of EMR',
  help: 'Set `revoke_rules_on_delete`: Terraform then removes all rules of the group before it deletes it.',
  severity: 'info',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#revoke_rules_on_delete-1',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/emr_cluster',
    'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { group, place, cluster, reasons } of emrGroups(model)) {
      yield hitIfAllExist(group, {
        place: { span: group.span },
        message: `EMR adds rules to ${localAddress(group)} that name each other, so AWS does not delete it.`,
        related: [{ message: `named by ${cluster}`, span: place.span, isUse: true }],
        reasons,
      });
    }
  },
});
