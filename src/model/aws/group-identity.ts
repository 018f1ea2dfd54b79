/** Which attributes are the identifier of a group. */

import type { Identity } from '../../terraform/values/value.ts';

const awsccGroup = /(?:^|\.)awscc_ec2_security_group\.[^.]+$/;
const awsccIds: readonly unknown[] = ['group_id', 'security_group_id'];

/**
 * The attribute, as `id` where it is another name for a group's identifier.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/ec2_security_group
 */
export function canonicalIdentity(identity: Identity): Identity {
  const { address, path } = identity;
  return path.length === 1 && awsccIds.includes(path[0]) && awsccGroup.test(address)
    ? { address, path: ['id'] }
    : identity;
}
