/** Egress rules that are written and that nothing creates. */

import type { Attribute, Block } from '../../hcl/syntax.ts';
import { directoryOf } from '../../source/path.ts';
import { spanKey } from '../../source/span.ts';
import type { SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

const egressTypes = /^(?:aws_security_group_rule|aws_vpc_security_group_egress_rule|awscc_ec2_security_group_egress)$/;

/**
 * Whether the module of a group writes egress rules that have no instance: a `dynamic` block in the group, or a resource. Somebody gives
 * what makes them.
 */
export function hasUncreatedEgress({ instance }: SecurityGroup, { trees, rules }: SecurityGroupModel): boolean {
  const created = new Set(rules.map((rule) => spanKey(rule.instance.span)));
  const directory = directoryOf(instance.span.file.path);
  const blocks = trees.flatMap(({ body, file }) =>
    directoryOf(file.path) === directory ? body.items.filter((item) => item.kind === 'block') : [],
  );
  return blocks.some(({ type, labels, header, body }) => {
    if (type.name !== 'resource') return false;
    if (spanKey(header) === spanKey(instance.span)) return body.items.some(isDynamicEgress);
    return egressTypes.test(labels[0]?.name ?? '') && !created.has(spanKey(header));
  });
}

function isDynamicEgress(item: Attribute | Block): boolean {
  return item.kind === 'block' && item.type.name === 'dynamic' && item.labels[0]?.name === 'egress';
}
