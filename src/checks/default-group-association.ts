/** Default groups that are associated with another VPC. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';

export const defaultGroupAssociation = defineCheck({
  id: 'default-group-association',
  summary: 'The default group of a VPC is associated with another one',
  label: 'a default group',
  help: 'Associate a group of your own.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_vpc_association',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const association of model.vpcAssociations) {
      const { named, isDefault, existsIf } = association;
      if (isDefault === 'no') continue;
      const { id } = named;
      yield {
        subject: association,
        place: id,
        message: 'AWS associates no default group with another VPC, so it rejects this.',
        ...(isDefault === 'yes'
          ? { answer: 'yes', existsIf: waitsFor(existsIf) }
          : { answer: 'unknown', reasons: waitsFor(existsIf, id.kind === 'unknown' ? id.reasons : undefined) }),
      };
    }
  },
});
