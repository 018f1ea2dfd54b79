/** Groups that nothing refers to. */

import { defineCheck } from '../findings/check.ts';
import { groupReferencesOf } from '../model/written/references.ts';
import { localAddress } from './shared/description.ts';
import { hitIfAllExist } from './shared/rule-fault.ts';

export const unusedGroup = defineCheck({
  id: 'unused-group',
  summary: 'Nothing refers to a security group except its own rules',
  label: 'unused',
  help: 'Attach the group, or remove it with its rules.',
  severity: 'low',
  preset: 'strict',
  topic: 'hygiene',
  scope: 'model',
  aliases: {
    checkov: ['CKV2_AWS_5'],
    kics: ['4849211b-ac39-479e-ae78-5694d506cb24'],
  },
  tags: ['unnecessary'],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  about: 'security-group',
  options: {},
  *run(model) {
    const referred = model.once(groupReferencesOf);
    for (const group of model.groups) {
      if (group.form.isDefault || referred.has(group)) continue;
      const message = `Nothing in this configuration uses ${localAddress(group)}: only its own rules refer to it.`;
      yield hitIfAllExist(group, { place: { span: group.span }, message });
    }
  },
});
