/** Names, ARNs and CIDR blocks where the identifier of a group is wanted. */

import { defineCheck } from '../findings/check.ts';
import { type WrongId, wrongIds } from '../model/faults/wrong-ids.ts';
import { rootDefault } from '../model/written/placeholder.ts';
import { localAddress } from './shared/description.ts';
import { hitIfAllExist } from './shared/rule-fault.ts';

export const notAGroupId = defineCheck({
  id: 'not-a-group-id',
  summary: "A group's name, its ARN or a CIDR block stands for the group's ID",
  label: "not a group's ID",
  help: 'Use the attribute `id` of the group.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UserIdGroupPair.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const wrong of wrongIds(model)) {
      const { subject, place, existsIf, kind, group } = wrong;
      // Whoever runs Terraform gives another one.
      if (kind === 'name' && group === undefined && rootDefault(model, place) !== undefined) continue;
      yield hitIfAllExist(subject, { place, message: messageOf(wrong), reasons: existsIf });
    }
  },
});

function messageOf({ argument, text, kind, group }: WrongId): string {
  const found = text === undefined ? '' : ` ${text}`;
  const remedy = group === undefined ? '' : `: use ${localAddress(group)}.id`;
  switch (kind) {
    case 'name':
      return `${argument} needs the ID of a group, not its name${found}, so AWS rejects it${remedy}.`;
    case 'arn':
      return `${argument} needs the ID of a group, not its ARN${found}, so AWS rejects it${remedy}.`;
    case 'cidr':
      return `${argument} needs the ID of a group, not the CIDR block${found}, so AWS rejects it.`;
  }
}
