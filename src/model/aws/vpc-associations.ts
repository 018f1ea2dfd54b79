/** Groups that are associated with another VPC than their own. */

import type { EvaluationProblem } from '../../terraform/expressions/scope.ts';
import type { Resources } from '../../terraform/instances/instance.ts';
import type { UnknownReason } from '../../terraform/values/value.ts';
import type { Answer } from '../answer.ts';
import type { Addressed, GroupPeer } from '../rule.ts';
import { argumentsOfBody, peersOf } from './arguments.ts';
import { isDefault, type KnownGroups } from './known-groups.ts';

/** An aws_vpc_security_group_vpc_association. */
export interface VpcAssociation extends Addressed {
  readonly named: GroupPeer;
  /** Whether it is of a VPC's default group. */
  readonly isDefault: Answer;
  /** What decides whether it exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

/** Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_vpc_association */
export function vpcAssociationsOf(resources: Resources, known: KnownGroups): readonly VpcAssociation[] {
  const problems: EvaluationProblem[] = [];
  return resources
    .instances(({ mode, type }) => mode === 'managed' && type === 'aws_vpc_security_group_vpc_association')
    .flatMap(({ address, resourceAddress, calls, span, existsIf, body }) =>
      peersOf(argumentsOfBody(body, span, { calls, problems }), 'security_group_id', { kind: 'group', isList: false })
        .filter((named) => named.kind === 'group')
        .map((named) => ({ address, resourceAddress, calls, existsIf, named, isDefault: isDefault(named, known) })),
    );
}
