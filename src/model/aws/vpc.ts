/** The VPC of a group. */

import { argument } from '../../terraform/instances/body.ts';
import type { ResourceInstance } from '../../terraform/instances/instance.ts';

/** Whether an empty text stands where a group's VPC should be. It is not evaluated before somebody asks. */
export function hasEmptyVpc({ body }: ResourceInstance): boolean {
  const vpc = argument(body, 'vpc_id')?.value;
  return vpc?.kind === 'string' && vpc.value === '';
}
