/** Security groups of other providers than hashicorp/aws, which the model does not hold. */

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
  const are = found.length === 1 ? 'one of its resources is' : `${found.length} of its resources are`;
  return [
    {
      kind: 'unread',
      severity: 'warning',
      message: `tfsg does not read security groups of the awscc provider, and ${are} here. What their rules open is not known.`,
      span: first.span,
    },
  ];
}
