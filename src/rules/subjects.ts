/** What own rules are asked of, one by one: `for = NAME`. */

import type { RootExposure } from '../exposure/exposure.ts';
import type { CheckedKind, CheckedKinds, Hit } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import type { NetworkAclModel } from '../model/network-acl-model.ts';
import type { OpenedModel } from '../model/opened.ts';
import { type Addressed, factOfPeer, type TrafficRule } from '../model/rule.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import type { Span } from '../source/span.ts';
import type { UnknownReason, Value } from '../terraform/values/value.ts';
import { objectWorld } from './objects.ts';
import type { ObjectName, ObjectWorld } from './world.ts';

/** Something that an own rule is asked of. */
interface Asked extends Addressed {
  readonly span: Span;
  readonly existsIf?: readonly UnknownReason[] | undefined;
}

export interface Subject {
  /** Which of the models has them. */
  readonly about: CheckedKind;
  /** Whether they are of several units of a model. */
  readonly isOfModel: boolean;
  /** The objects that conditions about one can name. */
  readonly names: Readonly<Record<string, ObjectName>>;
  all(world: ObjectWorld): readonly Asked[];
  /** The value of each name. */
  values(subject: Asked, world: ObjectWorld): Readonly<Record<string, Value>>;
}

const ofTraffic = (subject: Asked, name: 'rule' | 'entry' | 'opened', owner: 'group' | 'acl', world: ObjectWorld) => {
  const value = world.object(name, subject);
  return { [name]: value, [owner]: value.entries.get(owner)! };
};

/** Another one is a line here, with the object that it is. */
export const subjects: Readonly<Record<string, Subject>> = {
  rule: {
    about: 'security-group',
    isOfModel: false,
    names: { rule: 'rule', group: 'group' },
    all: ({ groups }) => groups?.rules ?? [],
    values: (subject, world) => ofTraffic(subject, 'rule', 'group', world),
  },
  group: {
    about: 'security-group',
    isOfModel: false,
    names: { group: 'group' },
    all: ({ groups }) => groups?.groups ?? [],
    values: (subject, world) => ({ group: world.object('group', subject) }),
  },
  service: {
    about: 'security-group',
    isOfModel: true,
    names: { service: 'service' },
    all: ({ exposure }) => exposure?.services ?? [],
    values: (subject, world) => ({ service: world.object('service', subject) }),
  },
  acl: {
    about: 'network-acl',
    isOfModel: false,
    names: { acl: 'acl' },
    all: ({ acls }) => acls?.sets.flatMap(({ acl }) => acl ?? []) ?? [],
    values: (subject, world) => ({ acl: world.object('acl', subject) }),
  },
  entry: {
    about: 'network-acl',
    isOfModel: false,
    names: { entry: 'entry', acl: 'acl' },
    all: ({ acls }) => acls?.sets.flatMap(({ entries }) => entries) ?? [],
    values: (subject, world) => ofTraffic(subject, 'entry', 'acl', world),
  },
  opened: {
    about: 'opened',
    isOfModel: false,
    names: { opened: 'opened', group: 'group' },
    all: ({ opened }) => opened,
    values: (subject, world) => ofTraffic(subject, 'opened', 'group', world),
  },
};

/** What a check is given, as the world of its conditions. */
export function worldOf(
  about: CheckedKind,
  given: CheckedKinds[CheckedKind],
  exposure: RootExposure | undefined,
): ObjectWorld {
  switch (about) {
    case 'security-group':
      return objectWorld({ groups: given as SecurityGroupModel, exposure });
    case 'network-acl':
      return objectWorld({ acls: given as NetworkAclModel, exposure });
    case 'opened':
      return objectWorld({ ...(given as OpenedModel), exposure });
  }
}

/** What a finding about it has in common with an undecided one. */
export function hitAt(subject: Asked): Pick<Hit, 'subject' | 'rule' | 'place' | 'existsIf'> {
  const { span, existsIf } = subject;
  return { subject, ...(isTrafficRule(subject) && { rule: subject }), place: { span }, existsIf: waitsFor(existsIf) };
}

/** The same subject with one of its sources each, and where that is written; none for what has no sources. */
export function withOneSource(subject: Asked): readonly { readonly subject: Asked; readonly place: Hit['place'] }[] {
  if (!isTrafficRule(subject)) return [];
  return subject.peers.map((peer) => ({ subject: { ...subject, peers: [peer] } as Asked, place: factOfPeer(peer) }));
}

const isTrafficRule = (subject: Addressed): subject is TrafficRule => 'owner' in subject && 'peers' in subject;
