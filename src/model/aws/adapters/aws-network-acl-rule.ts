/**
 * aws_network_acl_rule.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_rule
 */

import type { AclForm } from '../../acl-entry.ts';
import { argumentsOfBody, boolFact } from '../arguments.ts';
import { ownerOf } from '../owner.ts';
import type { Adapter } from './adapter.ts';
import { entryOf } from './network-acl-entry.ts';

const form: AclForm = { kind: 'standalone', number: 'rule_number', action: 'rule_action' };

export const adapter: Adapter = {
  kind: 'network-acl',
  types: ['aws_network_acl_rule'],
  adapt: (instance, problems) => {
    const from = argumentsOfBody(instance.body, instance.span, { calls: instance.calls, problems });
    const egress = boolFact(from, 'egress');
    const entry = entryOf(instance, form, from, {
      direction: egress.kind === 'unknown' ? 'unknown' : egress.value === true ? 'egress' : 'ingress',
      directionReasons: egress.kind === 'unknown' ? egress.reasons : [],
      owner: ownerOf(from, 'network_acl_id'),
      existsIf: instance.existsIf,
      indefinite: undefined,
      isOpenEnded: false,
    });
    return { aclEntries: [entry] };
  },
};
