/** Tags that only AWS may set, as they are written. */

import { nodesIn } from '../../hcl/walk.ts';
import type { Span } from '../../source/span.ts';
import type { Rule } from '../rule.ts';
import type { SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

export interface ReservedTag {
  readonly subject: SecurityGroup | Rule;
  readonly key: string;
  /** The key. */
  readonly span: Span;
}

/**
 * In the objects of the argument `tags`. Keys that come from elsewhere are passed over. The provider leaves such tags out (`IgnoreAWS`).
 *
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions and
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/tags.go
 */
export function* reservedTags({ groups, rules }: SecurityGroupModel): Iterable<ReservedTag> {
  for (const subject of [...groups, ...rules.filter(({ form }) => form.kind === 'standalone')]) {
    const tags = subject.instance.body.content?.attributes.get('tags')?.value;
    if (tags === undefined) continue;
    for (const { node } of nodesIn(tags)) {
      if (node.kind !== 'object') continue;
      for (const { key } of node.entries) {
        if (key.kind === 'string' && /^aws:/i.test(key.value)) yield { subject, key: key.value, span: key };
      }
    }
  }
}
