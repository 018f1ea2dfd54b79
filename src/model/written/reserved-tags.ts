/** Tags that only AWS may set. */

import type { Expression } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import type { Span } from '../../source/span.ts';
import { isMapping, isSequence, memberOf, type Value } from '../../terraform/values/value.ts';
import { outermostPlace } from '../aws/arguments.ts';
import type { Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import type { SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

export interface ReservedTag {
  readonly subject: SecurityGroup | Rule;
  readonly key: string;
  /** The key where the argument has it in its own text, else what its value comes from. */
  readonly place: Place;
}

/**
 * In the argument `tags`, as far as it is known. The provider leaves such tags out (`IgnoreAWS`).
 *
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions and
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/tags.go
 */
export function* reservedTags({ groups, rules }: SecurityGroupModel): Iterable<ReservedTag> {
  for (const subject of [...groups, ...rules.filter(({ form }) => form.kind === 'standalone')]) {
    const { body, calls, beside } = subject.instance;
    const tags = body.content?.attributes.get('tags')?.value;
    if (tags === undefined || beside === undefined) continue;
    const written = keysIn(tags);
    const { value } = beside(tags);
    const known = tagsOf(value);
    for (const { key, value: tag } of known ?? [...written.keys()].map((key) => ({ key, value }))) {
      if (!/^aws:/i.test(key)) continue;
      const own = written.get(key);
      const place =
        own === undefined ? { span: outermostPlace(tags, tag.origin, calls), origin: tag.origin } : { span: own };
      yield { subject, key, place };
    }
  }
}

/** Keys of objects in the text of an expression. */
function keysIn(expression: Expression): ReadonlyMap<string, Span> {
  const keys = new Map<string, Span>();
  for (const { node } of nodesIn(expression))
    if (node.kind === 'entry' && node.key.kind === 'string' && !keys.has(node.key.value))
      keys.set(node.key.value, node.key);
  return keys;
}

/** By key, or as objects with `key` and `value`; undefined where nothing is known of them. */
function tagsOf(tags: Value): readonly { readonly key: string; readonly value: Value }[] | undefined {
  const entries = isMapping(tags) ? tags.entries : tags.kind === 'unknown' ? tags.knownEntries : undefined;
  if (entries !== undefined) return [...entries].map(([key, value]) => ({ key, value: memberOf(value, tags) }));
  if (!isSequence(tags)) return undefined;
  return tags.items.flatMap((item) => {
    const key = isMapping(item) ? item.entries.get('key') : undefined;
    return key?.kind === 'string' ? { key: key.value, value: memberOf(key, item) } : [];
  });
}
