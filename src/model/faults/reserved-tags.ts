/** Tags that only AWS may set. */

import { type Tag, tagsOf } from '../aws/tags.ts';
import type { Rule } from '../rule.ts';
import type { SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

export interface ReservedTag {
  readonly subject: SecurityGroup | Rule;
  readonly tag: Tag;
}

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
export function* reservedTags({ groups, rules }: SecurityGroupModel): Iterable<ReservedTag> {
  for (const subject of [...groups, ...rules.filter(({ form }) => form.kind === 'standalone')]) {
    for (const tag of tagsOf(subject.instance)) if (/^aws:/i.test(tag.key)) yield { subject, tag };
  }
}
