/** What stands for the identifier of a group and is none. */

import { parseCidr } from '../../network/cidr.ts';
import { argumentsOfBody, peersOf } from '../aws/arguments.ts';
import type { Attachment } from '../aws/attachments.ts';
import { quotedFact, type UnknownReason } from '../fact.ts';
import type { Place } from '../place.ts';
import type { GroupPeer, Rule } from '../rule.ts';
import type { NamedGroup, SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

export interface WrongId {
  readonly subject: Rule | Attachment;
  readonly place: Place;
  readonly argument: string;
  /** As messages show it; undefined where it is not known before apply. */
  readonly text: string | undefined;
  readonly kind: 'name' | 'arn' | 'cidr';
  /** The group of the configuration that it is about. */
  readonly group: SecurityGroup | undefined;
  /** What decides whether the subject names it at all; undefined where it does. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

export function* wrongIds(model: SecurityGroupModel): Iterable<WrongId> {
  const groups = (): KnownGroups => model.once(groupsByName);
  for (const { standalone, groupPeers } of model.ruleSets) {
    if (standalone.length + groupPeers.length === 0) continue;
    for (const { rule, peer } of [...standalone.flatMap(ownersOf), ...groupPeers]) {
      // Inline rules take names in the default VPC.
      const isOnlyId = rule.form.kind === 'standalone';
      if (!peer.argument.endsWith('_name')) yield* wrongId(rule, peer, groups, undefined, isOnlyId);
    }
  }
  for (const service of model.attachments) {
    for (const { named, existsIf } of service.groups) {
      if (takesIds(service.type, named.argument)) yield* wrongId(service, named, groups, existsIf, true);
    }
  }
}

interface KnownGroups {
  readonly byName: ReadonlyMap<string, SecurityGroup>;
  readonly byAddress: ReadonlyMap<string, SecurityGroup>;
}

function groupsByName({ groups }: SecurityGroupModel): KnownGroups {
  return {
    byName: new Map(
      groups.flatMap((group) =>
        group.name.kind === 'known' && group.name.value ? [[group.name.value, group] as const] : [],
      ),
    ),
    byAddress: new Map(groups.map((group) => [group.address, group])),
  };
}

/** The group that a standalone rule belongs to, as it is written. */
function ownersOf(rule: Rule): readonly NamedGroup[] {
  const { form, instance, owner, span, calls } = rule;
  // What is a group of the configuration is its identifier.
  if (form.group === undefined || owner.kind === 'group') return [];
  const from = argumentsOfBody(instance.body, span, { calls, problems: [] });
  return peersOf(from, form.group, { kind: 'group', isList: false }).flatMap((peer) =>
    peer.kind === 'group' ? { rule, peer } : [],
  );
}

/** Instances take names in the default VPC, and a few arguments take names or ARNs wherever they are. */
const takesIds = (type: string, argument: string): boolean =>
  !/(?:names?|arns?)$/.test(argument) &&
  !(
    argument === 'security_groups' &&
    ['aws_instance', 'aws_spot_instance_request', 'aws_launch_configuration'].includes(type)
  );

/** The attribute of a group that is neither its identifier nor unknown. */
const groupAddress = /(?:^|\.)aws_(?:default_)?security_group\.[^.]+$/;

/** @param isOnlyId whether AWS takes nothing but an identifier there */
function* wrongId(
  subject: Rule | Attachment,
  { id, reference, argument }: GroupPeer,
  groups: () => KnownGroups,
  existsIf: readonly UnknownReason[] | undefined,
  isOnlyId: boolean,
): Iterable<WrongId> {
  const common = { subject, place: id, argument, existsIf };
  if (id.kind === 'unknown') {
    const attribute = reference?.path.join('.');
    if (reference === undefined || !groupAddress.test(reference.address)) return;
    if (attribute !== 'name' && attribute !== 'arn') return;
    yield { ...common, text: undefined, kind: attribute, group: groups().byAddress.get(reference.address) };
    return;
  }
  const text = quotedFact(id);
  if (id.value.startsWith('arn:')) yield { ...common, text, kind: 'arn', group: undefined };
  else if (id.value.includes('/') && parseCidr(id.value).kind !== 'invalid')
    yield { ...common, text, kind: 'cidr', group: undefined };
  else if (groups().byName.has(id.value) || (isOnlyId && namePattern.test(id.value)))
    yield { ...common, text, kind: 'name', group: groups().byName.get(id.value) };
}

/** A text that is a name, and not what stands for an identifier until somebody replaces it. */
const namePattern = /^(?!sg[-_])[a-z][\w.-]*$/i;
