/** Identifiers of groups where an instance takes names. */

import { defineCheck } from '../findings/check.ts';
import { localAddress } from './shared/description.ts';
import { hitIfAllExist } from './shared/rule-fault.ts';

export const groupIdAsName = defineCheck({
  id: 'group-id-as-name',
  summary: 'security_groups of aws_instance has IDs, so every apply replaces the machine',
  label: 'takes names',
  help: 'Use `vpc_security_group_ids`, which takes IDs and is changed in place.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#security_groups-1',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/ec2_instance.go',
    'https://github.com/hashicorp/terraform-provider-aws/issues/9295',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const service of model.attachments) {
      if (service.type !== 'aws_instance') continue;
      const ignored = service.lifecycle?.ignoresChanges;
      if (ignored?.has('security_groups') === true || ignored?.has('all') === true) continue;
      const wrong = service.groups.find(
        ({ named: { argument, id, reference } }) =>
          argument === 'security_groups' &&
          (id.kind === 'known' ? id.value.startsWith('sg-') : reference?.path.at(-1) === 'id'),
      );
      if (wrong === undefined) continue;
      const message = `security_groups of ${localAddress(service)} takes names of groups in the default VPC. With an ID, every apply replaces the machine.`;
      yield hitIfAllExist(service, { place: wrong.named.id, message, reasons: wrong.existsIf });
    }
  },
});
