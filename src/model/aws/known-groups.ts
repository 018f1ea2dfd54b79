/** Groups that others name. */

import type { ResourceInstance, Resources } from '../../terraform/instances/instance.ts';
import { type Answer, answerOf } from '../answer.ts';
import type { GroupPeer } from '../rule.ts';
import type { SecurityGroup } from '../security-group.ts';
import { argumentsOfBody, stringFact } from './arguments.ts';

/** What is known of groups by what names them. */
export interface KnownGroups {
  readonly byAddress: ReadonlyMap<string, SecurityGroup>;
  /** The names by which data sources look groups up; undefined where it is not by a known name. */
  readonly lookedUp: ReadonlyMap<string, string | undefined>;
}

export function knownGroupsOf(resources: Resources, groups: readonly SecurityGroup[]): KnownGroups {
  return {
    byAddress: new Map(groups.map((group) => [group.address, group])),
    lookedUp: new Map(
      resources
        .instances(({ mode, type }) => mode === 'data' && type === 'aws_security_group')
        .map((instance) => [instance.address, nameOf(instance)]),
    ),
  };
}

function nameOf({ body }: ResourceInstance): string | undefined {
  const name = stringFact(argumentsOfBody(body, body.span, { calls: [], problems: [] }), 'name');
  return name.kind === 'known' ? (name.value ?? undefined) : undefined;
}

export function knownGroupOf({ reference }: GroupPeer, { byAddress }: KnownGroups): SecurityGroup | undefined {
  const isWhole = reference?.path.length === 1 && ['id', 'arn', 'name'].includes(String(reference.path[0]));
  return isWhole ? byAddress.get(reference.address) : undefined;
}

/** A group of the configuration, or one that a resource makes for itself, such as an EKS cluster. */
const namedGroup =
  /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(?:aws_security_group\.[^.]+\.(?:id|arn|name)|awscc_ec2_security_group\.[^.]+\.\w+|aws_\w+\..*(?<!default_)security_group_id)$/;

/** Whether it is the default group of a VPC. */
export function isDefault(named: GroupPeer, known: KnownGroups): Answer {
  const { id, reference } = named;
  const group = knownGroupOf(named, known);
  if (group !== undefined) return answerOf(group.form.isDefault);
  // A literal identifier does not tell, and nothing that apply will know changes that.
  if (id.kind === 'known') return answerOf(id.value === 'default');
  const name = reference === undefined ? undefined : known.lookedUp.get(reference.address);
  if (name !== undefined) return answerOf(name === 'default');
  if (reference !== undefined && !/(?:^|\.)data\.[\w-]+\./.test(reference.address)) {
    return answerOf(reference.path.at(-1) === 'default_security_group_id');
  }
  return id.reasons.every((reason) => namedGroup.test(reason.name)) ? 'no' : 'unknown';
}
