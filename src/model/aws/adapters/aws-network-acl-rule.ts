/**
 * aws_network_acl_rule.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_rule
 */

import type { AclEntry, AclForm } from '../../acl-entry.ts';
import { argumentsOfBody, boolFact, type ResourceArguments } from '../arguments.ts';
import { ownerOf } from '../owner.ts';
import type { Adapter } from './adapter.ts';
import { entryOf } from './network-acl-entry.ts';

const form: AclForm = { kind: 'standalone', number: 'rule_number', action: 'rule_action' };

export const adapter: Adapter = {
  kind: 'network-acl',
  types: ['aws_network_acl_rule'],
  adapt: (instance, problems) => {
    const from = argumentsOfBody(instance.body, instance.span, { calls: instance.calls, problems });
    const entry = entryOf(instance, form, from, {
      direction: directionOf(from),
      owner: ownerOf(from, 'network_acl_id'),
      existsIf: instance.existsIf,
      indefinite: undefined,
      isOpenEnded: false,
    });
    return { aclEntries: [entry] };
  },
};

function directionOf(from: ResourceArguments): AclEntry['direction'] {
  const egress = boolFact(from, 'egress');
  if (egress.kind === 'unknown') return 'unknown';
  return egress.value === true ? 'egress' : 'ingress';
}
