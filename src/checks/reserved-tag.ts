/** Tags whose keys are reserved for AWS. */

import { defineCheck } from '../findings/check.ts';
import { reservedTags } from '../model/written/reserved-tags.ts';
import { groupHit } from './shared/rule-fault.ts';

export const reservedTag = defineCheck({
  id: 'reserved-tag',
  summary: 'A tag has a key that starts with "aws:", which is reserved for AWS',
  label: 'reserved',
  help: 'Choose a key with another prefix.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/tags.go',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { subject, key, place } of reservedTags(model)) {
      const message = `Only AWS sets tags that start with "aws:", so the tag "${key}" is never set.`;
      yield groupHit(subject, { place, message });
    }
  },
});
