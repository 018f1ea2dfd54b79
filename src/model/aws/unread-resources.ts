/** Security groups of other providers than hashicorp/aws, which are not supported. */

import type { Problem } from '../../source/problem.ts';
import type { LoadedModule } from '../../terraform/modules/load.ts';

const unread = /^awscc_ec2_security_group(?:_(?:ingress|egress)|_vpc_association)?$/;

/** A warning at the first of such resources; none where there are none. */
export function unreadResources(modules: readonly LoadedModule[]): readonly Problem[] {
  const found = modules.flatMap(({ resources }) =>
    [...resources.values()].filter(({ mode, type }) => mode === 'managed' && unread.test(type)),
  );
  const [first] = found;
  if (first === undefined) return [];
  const are =
    found.length === 1 ? 'The rules of this awscc resource were' : `The rules of ${found.length} awscc resources were`;
  return [
    {
      kind: 'unread',
      severity: 'warning',
      message: `${are} not checked: tfsg does not support security groups of the awscc provider.`,
      span: first.span,
    },
  ];
}
