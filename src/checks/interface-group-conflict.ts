/** Groups that are attached to an interface in two ways. */

import { defineCheck } from '../findings/check.ts';
import { interfaceConflicts } from '../model/faults/interface-conflicts.ts';
import { localAddress } from './shared/description.ts';
import { hitIfAllExist } from './shared/rule-fault.ts';

export const interfaceGroupConflict = defineCheck({
  id: 'interface-group-conflict',
  summary: 'A group is attached to an interface whose own resource lists its groups, which removes it on every apply',
  label: 'attached in two ways',
  help: 'Attach all groups in one way: in the list, or with attachments alone.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_interface_sg_attachment',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { attachment, owner, list } of interfaceConflicts(model.attachments)) {
      const { argument } = list.named;
      yield hitIfAllExist(attachment, {
        place: { span: attachment.span },
        message: `${localAddress(owner)} lists its groups in ${argument}, so each apply removes what ${localAddress(attachment)} attached. Add the group to ${argument} instead.`,
        related: [{ message: `${argument} of ${localAddress(owner)}`, span: list.named.id.span }],
        reasons: [...(owner.existsIf ?? []), ...(list.existsIf ?? [])],
      });
    }
  },
});
