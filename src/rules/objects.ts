/** The objects that conditions of own rules ask, and their attributes. */

import type { ExposedService, ServiceExposure } from '../exposure/exposure.ts';
import type { AclEntry } from '../model/acl-entry.ts';
import type { Attachment } from '../model/aws/attachments.ts';
import { SERVICE_KINDS } from '../model/aws/service-kinds.ts';
import type { Vpc } from '../model/aws/vpc.ts';
import { shown } from '../model/fact.ts';
import type { NetworkAcl } from '../model/network-acl.ts';
import type { Rule } from '../model/rule.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import { unionOfTraffic } from '../network/traffic.ts';
import { boolType, numberType, stringType } from '../terraform/values/type.ts';
import {
  boolValue,
  compareStrings,
  listValue,
  type ObjectValue,
  stringValue,
  tupleValue,
  type UnknownReason,
  unknownFrom,
  unknownValue,
  type Value,
} from '../terraform/values/value.ts';
import {
  addressAttribute,
  cidrsAttribute,
  own,
  placeAttribute,
  portsValue,
  sourcesAttribute,
  tagsAttribute,
  trafficAttributes,
  typeAttribute,
} from './attributes.ts';
import { openedObject } from './opened-object.ts';
import { portsOfTraffic, textsOfTraffic } from './port-set.ts';
import { askedSetValue, factValue, LazyEntries, lazyObject, plainAsValue, unknownOf } from './values.ts';
import {
  type AskedAttributes,
  type AskedModels,
  elsewhere,
  elsewhereOf,
  type Foreign,
  type ObjectDefinition,
  type ObjectName,
  ObjectWorld,
  typeOfAsked,
} from './world.ts';

const vpcValue = ({ key, reference }: Vpc): Value =>
  reference !== undefined
    ? stringValue(reference.address)
    : key === undefined
      ? unknownValue({ name: 'vpc_id' }, stringType)
      : stringValue(key.startsWith('default ') ? 'default' : key);

export function ownerValue(rule: Rule, world: ObjectWorld): Value {
  const { owner } = rule;
  if (owner.kind === 'group') {
    const group = world.groupAt(owner.address);
    return world.object('group', group ?? elsewhere(world, owner.address, [{ name: owner.address }]));
  }
  return world.object('group', elsewhereOf(owner, world));
}

function sourceGroups({ peers }: Rule, world: ObjectWorld): Value {
  const groups = peers.flatMap((peer) => {
    if (peer.kind !== 'group') return [];
    const group = peer.reference === undefined ? undefined : world.groupAt(peer.reference.address);
    if (group !== undefined) return group;
    const { id, reference } = peer;
    const name = id.kind === 'known' ? String(shown(id)) : reference?.address;
    return elsewhere(world, name, id.kind === 'unknown' ? id.reasons : [{ name: name! }]);
  });
  return world.objects('group', groups);
}

const serviceKinds = Object.keys(SERVICE_KINDS);

const kindSummary = `What kind of service it is: ${serviceKinds.map((kind) => `\`${kind}\``).join(', ')}`;

/** A range of ports of one family. */
const exposureAttributes: AskedAttributes<ServiceExposure> = {
  family: {
    type: 'number',
    summary: '4 or 6',
    get: ({ family }) => plainAsValue(family),
  },
  ports: {
    type: 'ports',
    summary: 'What the groups of the service open to the internet, as a set',
    get: ({ traffic }) => portsValue(portsOfTraffic(traffic)),
  },
  reached: {
    type: 'bool',
    summary: 'Whether the internet reaches it',
    get: ({ answer, because }) =>
      answer === 'unknown'
        ? unknownOf(
            because.map((name) => ({ name })),
            boolType,
          )
        : boolValue(answer === 'yes'),
  },
  hops: {
    type: 'number',
    summary: 'Services on the way: 1 if the internet reaches it directly; null where it is not reached',
    get: ({ hops }) => plainAsValue(hops, numberType),
  },
};

function openPortsOf({ exposures }: ExposedService): Value {
  const of = (answer: string) => exposures.filter((each) => each.answer === answer);
  const points = (some: readonly ServiceExposure[]) => some.map(({ traffic }) => portsOfTraffic(traffic).certain);
  const certain = unionOfTraffic(points(of('yes')));
  const open = of('unknown');
  const set = {
    kind: 'ports' as const,
    certain,
    possible: unionOfTraffic([certain, ...points(open)]),
    reasons: open.flatMap(({ because }) => because.map((name) => ({ name }))),
  };
  return askedSetValue(() => {
    const texts = textsOfTraffic(certain).map((text): Value => stringValue(text));
    return open.length === 0 ? texts : [...texts, unknownOf(set.reasons, stringType)];
  }, set);
}

function groupsOfService({ groups }: ExposedService, world: ObjectWorld): Value {
  return world.objects(
    'group',
    groups.map((name) => world.groupAt(name) ?? elsewhere(world, name, [{ name }])),
  );
}

/** By name; the order is that of the reference. */
export const objects: Readonly<Record<ObjectName, ObjectDefinition>> = {
  rule: {
    summary: 'A rule of a security group, however it is written',
    attributes: {
      ...placeAttribute<Rule>(),
      type: typeAttribute<Rule>(),
      ...trafficAttributes,
      sources: sourcesAttribute,
      cidrs: cidrsAttribute,
      source_groups: {
        type: { listOf: 'group' },
        summary: 'The groups among `sources`, as objects',
        isOfModel: true,
        get: sourceGroups,
      },
      description: {
        type: 'string',
        summary: 'Null if it is missing',
        get: ({ description }) => factValue(description, stringType),
      },
      tags: tagsAttribute<Rule>(),
      group: { type: { object: 'group' }, summary: 'Its group', get: ownerValue },
    } as AskedAttributes<Rule>,
  },
  group: {
    summary: 'A security group with its rules',
    attributes: {
      ...placeAttribute<SecurityGroup>(),
      type: typeAttribute<SecurityGroup>(),
      name: own('string', 'Null if it is missing', ({ name }: SecurityGroup) => factValue(name, stringType)),
      name_prefix: own('string', 'Null if it is missing', ({ namePrefix }: SecurityGroup) =>
        factValue(namePrefix, stringType),
      ),
      description: own('string', 'Null if it is missing', ({ description }: SecurityGroup) =>
        factValue(description, stringType),
      ),
      tags: tagsAttribute<SecurityGroup>(),
      vpc: own(
        'string',
        'Address of its VPC in the configuration, else its identifier; `default` for the default VPC',
        (group: SecurityGroup) => vpcValue(group.vpc),
      ),
      region: own('string', 'Region, as the group or its provider says', (group: SecurityGroup) => regionOf(group)),
      is_default: own('bool', 'Whether it is the default group of its VPC', ({ form }: SecurityGroup) =>
        boolValue(form.isDefault),
      ),
      rules: own({ listOf: 'rule' }, 'All of its rules', (group: SecurityGroup, world) =>
        world.objects('rule', world.rulesOf(group)),
      ),
      attached_to: own({ listOf: 'attachment' }, 'The resources that have the group', (group: SecurityGroup, world) =>
        world.objects('attachment', world.attachmentsOf(group)),
      ),
    } as AskedAttributes<Foreign<SecurityGroup>>,
  },
  attachment: {
    summary: 'A resource that has a security group',
    attributes: {
      address: addressAttribute<Attachment>(),
      type: typeAttribute<Attachment>(),
      kind: {
        type: { words: serviceKinds },
        summary: kindSummary,
        get: ({ kind }) => stringValue(kind),
      },
    } as AskedAttributes<Attachment>,
  },
  service: {
    summary: 'A resource that has security groups, with what the internet reaches of it',
    attributes: {
      ...placeAttribute<ExposedService>(),
      type: typeAttribute<ExposedService>(),
      kind: {
        type: { words: serviceKinds },
        summary: kindSummary,
        get: ({ kind }) => stringValue(kind),
      },
      groups: { type: { listOf: 'group' }, summary: 'Its groups', get: groupsOfService },
      open_ports: {
        type: 'ports',
        summary: 'What the internet reaches of it, as a set',
        get: openPortsOf,
      },
      exposures: {
        type: { listOf: 'exposure' },
        summary: 'What its groups open to the internet, family by family and range by range',
        get: ({ exposures }, world) => world.objects('exposure', exposures),
      },
    } as AskedAttributes<ExposedService>,
  },
  exposure: {
    summary: 'A range of ports that the groups of a service open to the internet',
    attributes: exposureAttributes,
  },
  acl: {
    summary: 'A network ACL with its entries',
    attributes: {
      ...placeAttribute<NetworkAcl>(),
      type: typeAttribute<NetworkAcl>(),
      tags: tagsAttribute<NetworkAcl>(),
      vpc: own('string', 'Address of its VPC in the configuration, else its identifier', (acl: NetworkAcl) =>
        vpcValue(acl.vpc),
      ),
      is_default: own('bool', 'Whether it is the default network ACL of its VPC', ({ isDefault }: NetworkAcl) =>
        boolValue(isDefault),
      ),
      subnets: own(
        'texts',
        'Addresses of its subnets in the configuration, else their identifiers',
        (acl: NetworkAcl) =>
          listValue(
            acl.subnets.map(({ id, reference }) =>
              reference === undefined ? factValue(id, stringType) : stringValue(reference.address),
            ),
            stringType,
          ),
      ),
      entries: own({ listOf: 'entry' }, 'All of its entries', (acl: NetworkAcl, world) =>
        world.objects('entry', world.aclAt(acl.address)?.entries ?? []),
      ),
    } as AskedAttributes<Foreign<NetworkAcl>>,
  },
  entry: {
    summary: 'An entry of a network ACL',
    attributes: {
      ...placeAttribute<AclEntry>(),
      type: typeAttribute<AclEntry>(),
      ...trafficAttributes,
      number: {
        type: 'number',
        summary: 'Its place in the order; null if it is missing',
        get: ({ number }) => factValue(number, numberType),
      },
      action: {
        type: { words: ['allow', 'deny'] },
        summary: '`allow` or `deny`; null if it is missing',
        get: ({ action }) => factValue(action, stringType),
      },
      sources: sourcesAttribute,
      cidrs: cidrsAttribute,
      acl: { type: { object: 'acl' }, summary: 'Its network ACL', get: aclValue },
    } as AskedAttributes<AclEntry>,
  },
  opened: openedObject,
};

function aclValue({ owner }: AclEntry, world: ObjectWorld): Value {
  const acl = owner.kind === 'group' ? world.aclAt(owner.address)?.acl : undefined;
  if (acl !== undefined) return world.object('acl', acl);
  return world.object(
    'acl',
    owner.kind === 'group' ? elsewhere(world, owner.address, [{ name: owner.address }]) : elsewhereOf(owner, world),
  );
}

function regionOf({ region, instance }: SecurityGroup): Value {
  if (region.kind === 'unknown' || region.value !== null) return factValue(region, stringType);
  const ofProvider = instance.ofProvider?.('region')?.value;
  if (ofProvider?.kind === 'string') return stringValue(ofProvider.value);
  return ofProvider?.kind === 'unknown'
    ? unknownFrom([ofProvider], stringType)
    : unknownValue({ name: 'the region of the provider' }, stringType);
}

/** Names of the attributes that lead to no other objects, in Terraform's order. */
const plainNames: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(objects).map(([name, { attributes }]) => [
    name,
    Object.entries(attributes)
      .filter(([, { type }]) => typeof type === 'string' || 'words' in type)
      .map(([each]) => each)
      .sort(compareStrings),
  ]),
);

/** The attributes of an object, by name. */
export const attributesOfObject = (name: ObjectName): AskedAttributes<never> => objects[name].attributes;

function objectOf(name: ObjectName, subject: object, world: ObjectWorld): ObjectValue {
  const attributes = attributesOfObject(name) as AskedAttributes<object>;
  return lazyObject(
    new LazyEntries(subject, plainNames[name]!, (each) =>
      Object.hasOwn(attributes, each) ? attributes[each]!.get(subject, world) : undefined,
    ),
  );
}

/** @param models what there is to ask; none for conditions without a configuration */
export const objectWorld = (models: AskedModels = {}): ObjectWorld => new ObjectWorld(models, objectOf);

/** An object of which nothing is known: what conditions are tried with before there is a configuration. */
export function sampleOf(name: ObjectName): ObjectValue {
  const attributes = attributesOfObject(name);
  const reasons = (each: string): UnknownReason => ({ name: `${name}.${each}` });
  return lazyObject(
    new LazyEntries({}, plainNames[name]!, (each) => {
      if (!Object.hasOwn(attributes, each)) return undefined;
      const { type } = attributes[each]!;
      if (typeof type === 'string' || 'words' in type) return unknownValue(reasons(each), typeOfAsked(type));
      return 'object' in type ? sampleOf(type.object) : tupleValue([sampleOf(type.listOf)]);
    }),
  );
}
