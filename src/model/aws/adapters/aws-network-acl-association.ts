/**
 * aws_network_acl_association.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_association
 */

import { argumentsOfBody, peersOf } from '../arguments.ts';
import { ownerOf } from '../owner.ts';
import type { Adapter } from './adapter.ts';

export const adapter: Adapter = {
  kind: 'network-acl',
  types: ['aws_network_acl_association'],
  adapt: ({ address, resourceAddress, calls, span, existsIf, body }, problems) => {
    const from = argumentsOfBody(body, span, { calls, problems });
    const [subnet] = peersOf(from, 'subnet_id', { kind: 'group', isList: false }).filter(
      ({ kind }) => kind === 'group',
    );
    if (subnet?.kind !== 'group') return {};
    const acl = ownerOf(from, 'network_acl_id');
    return { aclAssociations: [{ address, resourceAddress, calls, span, existsIf, acl, subnet }] };
  },
};
