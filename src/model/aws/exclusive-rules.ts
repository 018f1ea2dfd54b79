/** Lists of the only rules that a group may have. */

import type { ResourceInstance, Resources } from '../../terraform/instances/instance.ts';
import type { UnknownReason } from '../../terraform/values/value.ts';
import type { Place } from '../place.ts';
import type { Addressed, Direction, GroupPeer, Owner } from '../rule.ts';
import { argumentsOfBody, peersOf } from './arguments.ts';
import { ownerOf } from './owner.ts';

/** An aws_vpc_security_group_rules_exclusive, which removes every rule of its group that it does not list. */
export interface ExclusiveRules extends Addressed, Place {
  readonly owner: Owner;
  /** The identifiers of the rules, by direction. */
  readonly ids: Readonly<Record<Direction, readonly Pick<GroupPeer, 'id' | 'reference'>[]>>;
  /** What decides whether the list exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

/** Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_rules_exclusive */
export function exclusiveRulesOf(resources: Resources): readonly ExclusiveRules[] {
  return resources
    .instances(({ mode, type }) => mode === 'managed' && type === 'aws_vpc_security_group_rules_exclusive')
    .map(exclusiveRules);
}

function exclusiveRules({ address, resourceAddress, calls, span, existsIf, body }: ResourceInstance): ExclusiveRules {
  const from = argumentsOfBody(body, span, { calls, problems: [] });
  const idsIn = (name: string) =>
    peersOf(from, name, { kind: 'group', isList: true }).filter((each) => each.kind === 'group');
  const ids = { ingress: idsIn('ingress_rule_ids'), egress: idsIn('egress_rule_ids') };
  return { address, resourceAddress, calls, span, existsIf, owner: ownerOf(from), ids };
}
