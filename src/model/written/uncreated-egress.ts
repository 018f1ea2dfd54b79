/** Egress rules that are written and that nothing creates. */

import type { Attribute, Block } from '../../hcl/syntax.ts';
import { directoryOf } from '../../source/path.ts';
import { spanKey } from '../../source/span.ts';
import { isOfGroups } from '../normalize.ts';
import type { SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

const egressTypes = /^(?:aws_security_group_rule|aws_vpc_security_group_egress_rule|awscc_ec2_security_group_egress)$/;

/**
 * Whether the module of a group writes egress rules that have no instance: a `dynamic` block in the group, or a resource. Somebody gives
 * what makes them.
 */
export function hasUncreatedEgress({ instance: { span } }: SecurityGroup, model: SecurityGroupModel): boolean {
  const { groups, directories } = model.once(uncreatedEgressIn);
  return groups.has(spanKey(span)) || directories.has(directoryOf(span.file.path));
}

interface UncreatedEgress {
  /** Headers of groups with a `dynamic` block. */
  readonly groups: ReadonlySet<string>;
  /** Modules with a resource that has no instance. */
  readonly directories: ReadonlySet<string>;
}

function uncreatedEgressIn({ trees, rules }: SecurityGroupModel): UncreatedEgress {
  const created = new Set(rules.map((rule) => spanKey(rule.instance.span)));
  const groups = new Set<string>();
  const directories = new Set<string>();
  for (const { body, file } of trees) {
    for (const item of body.items) {
      if (item.kind !== 'block' || item.type.name !== 'resource') continue;
      const key = spanKey(item.header);
      const type = item.labels[0]?.name ?? '';
      if (isOfGroups({ mode: 'managed', type }) && item.body.items.some(isDynamicEgress)) groups.add(key);
      if (egressTypes.test(type) && !created.has(key)) directories.add(directoryOf(file.path));
    }
  }
  return { groups, directories };
}

function isDynamicEgress(item: Attribute | Block): boolean {
  return item.kind === 'block' && item.type.name === 'dynamic' && item.labels[0]?.name === 'egress';
}
