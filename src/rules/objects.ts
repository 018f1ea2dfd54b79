/** The objects that conditions of own rules ask, and their attributes. */

import { groupBy } from '../collections/group-by.ts';
import type { ExposedService, RootExposure, ServiceExposure } from '../exposure/exposure.ts';
import type { AclEntry } from '../model/acl-entry.ts';
import type { Attachment } from '../model/aws/attachments.ts';
import { SERVICE_KINDS } from '../model/aws/service-kinds.ts';
import type { Vpc } from '../model/aws/vpc.ts';
import { shown } from '../model/fact.ts';
import type { EntrySet, NetworkAcl } from '../model/network-acl.ts';
import type { NetworkAclModel } from '../model/network-acl-model.ts';
import {
  type Addressed,
  factOfPeer,
  type Owner,
  type Peer,
  protocolOf,
  type Rule,
  type TrafficRule,
} from '../model/rule.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import { parseProtocol } from '../network/protocol.ts';
import { unionOfTraffic } from '../network/traffic.ts';
import { folderOf } from '../source/path.ts';
import { argument } from '../terraform/instances/body.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import {
  boolType,
  listType,
  mapType,
  numberType,
  objectType,
  stringType,
  type Type,
} from '../terraform/values/type.ts';
import {
  boolValue,
  compareStrings,
  isMapping,
  listValue,
  type ObjectValue,
  stringValue,
  tupleValue,
  type UnknownReason,
  unknownFrom,
  unknownValue,
  type Value,
} from '../terraform/values/value.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { portsOfRule, portsOfTraffic, textsOfTraffic } from './port-set.ts';
import { sourcesOfRule } from './source-set.ts';
import { askedSetValue, factValue, LazyEntries, lazyObject, plainAsValue, tagsValue, unknownOf } from './values.ts';

/** What an attribute is, as far as names and functions depend on it. */
export type AskedType =
  | 'string'
  | 'number'
  | 'bool'
  | 'ports'
  | 'sources'
  | 'texts'
  | 'tags'
  /** A string that is one of a few. */
  | { readonly words: readonly string[] }
  | { readonly object: ObjectName }
  | { readonly listOf: ObjectName };

export type ObjectName = 'rule' | 'group' | 'attachment' | 'service' | 'exposure' | 'acl' | 'entry';

/** What an object is. */
interface ObjectDefinition {
  /** For the reference, without a full stop. */
  readonly summary: string;
  readonly attributes: Attributes<never>;
}

/** @typeParam Of what the object stands for */
interface Attribute<Of> {
  readonly type: AskedType;
  /** For the reference, without a full stop. */
  readonly summary: string;
  /** Whether it tells more than what one unit of a model holds. */
  readonly isOfModel?: true;
  get(of: Of, world: ObjectWorld): Value;
}

type Attributes<Of> = Readonly<Record<string, Attribute<Of>>>;

/** The models that objects are of, each of which makes its values once. */
export class ObjectWorld {
  readonly groups: SecurityGroupModel | undefined;
  readonly acls: NetworkAclModel | undefined;
  readonly exposure: RootExposure | undefined;
  readonly #values = new WeakMap<object, ObjectValue>();
  #groupAt: ReadonlyMap<string, SecurityGroup> | undefined;
  #rulesOf: ReadonlyMap<string, readonly Rule[]> | undefined;
  #attachmentsOf: ReadonlyMap<string, readonly Attachment[]> | undefined;
  #aclAt: ReadonlyMap<string, EntrySet> | undefined;
  readonly #once = new Map<string, unknown>();

  constructor(
    groups: SecurityGroupModel | undefined,
    acls: NetworkAclModel | undefined,
    exposure: RootExposure | undefined,
  ) {
    this.groups = groups;
    this.acls = acls;
    this.exposure = exposure;
  }

  /** @param subject what the object stands for: the same value for the same */
  object(name: ObjectName, subject: object): ObjectValue {
    const known = this.#values.get(subject);
    if (known !== undefined) return known;
    const value = objectOf(name, subject, this);
    this.#values.set(subject, value);
    return value;
  }

  objects(name: ObjectName, subjects: readonly object[]): Value {
    return tupleValue(subjects.map((each) => this.object(name, each)));
  }

  /** What several conditions ask, worked out once. */
  once<T>(key: string, compute: () => T): T {
    if (!this.#once.has(key)) this.#once.set(key, compute());
    return this.#once.get(key) as T;
  }

  groupAt(address: string): SecurityGroup | undefined {
    this.#groupAt ??= new Map(this.groups?.groups.map((group) => [group.address, group]));
    return this.#groupAt.get(address);
  }

  rulesOf({ address }: SecurityGroup): readonly Rule[] {
    this.#rulesOf ??= groupBy(this.groups?.rules ?? [], ({ owner }) => addressOf(owner));
    return this.#rulesOf.get(address) ?? [];
  }

  attachmentsOf({ address }: SecurityGroup): readonly Attachment[] {
    if (this.#attachmentsOf === undefined) {
      const found = new Map<string, Attachment[]>();
      for (const attachment of this.groups?.attachments ?? []) {
        for (const at of new Set(attachment.groups.flatMap(({ group }) => group?.address ?? [])))
          found.set(at, [...(found.get(at) ?? []), attachment]);
      }
      this.#attachmentsOf = found;
    }
    return this.#attachmentsOf.get(address) ?? [];
  }

  aclAt(address: string): EntrySet | undefined {
    this.#aclAt ??= new Map(this.acls?.sets.flatMap((set) => (set.acl ? [[set.acl.address, set] as const] : [])));
    return this.#aclAt.get(address);
  }
}

const addressOf = (owner: Owner): string => (owner.kind === 'group' ? owner.address : '');

function objectOf(name: ObjectName, subject: object, world: ObjectWorld): ObjectValue {
  const attributes = attributesOfObject(name) as Attributes<object>;
  return lazyObject(
    new LazyEntries(subject, plainNames[name]!, (each) =>
      Object.hasOwn(attributes, each) ? attributes[each]!.get(subject, world) : undefined,
    ),
  );
}

/** A group or network ACL that is none of the configuration's. */
class Elsewhere {
  readonly address: string | undefined;
  readonly reasons: readonly UnknownReason[];

  constructor(address: string | undefined, reasons: readonly UnknownReason[]) {
    this.address = address;
    this.reasons = reasons;
  }
}

type Foreign<T> = T | Elsewhere;

/** @param get of what is in the configuration; of another one it is not known */
function own<Of extends object>(
  type: AskedType,
  summary: string,
  get: (of: Of, world: ObjectWorld) => Value,
  more: { readonly isOfModel?: true } = {},
): Attribute<Foreign<Of>> {
  return {
    type,
    summary,
    ...more,
    get: (of, world) => (of instanceof Elsewhere ? unknownOf(of.reasons, typeOfAsked(type)) : get(of, world)),
  };
}

const addressAttribute = <Of extends Addressed>(): Attribute<Foreign<Of>> => ({
  type: 'string',
  summary: 'Address with module path and instance keys; of what is from elsewhere its identifier',
  get: (of) => (of.address === undefined ? unknownOf((of as Elsewhere).reasons, stringType) : stringValue(of.address)),
});

const moduleAttribute = <Of extends Addressed>(): Attribute<Foreign<Of>> =>
  own('string', 'Path of the module that it is in, such as `module.network`; "" for the root module', ({ calls }) =>
    stringValue(calls.flatMap(({ name }) => (name === '' ? [] : `module.${name}`)).join('.')),
  );

const placeAttribute = <Of extends Addressed & { readonly span: Rule['span'] }>(): Attributes<Foreign<Of>> => ({
  address: addressAttribute<Of>(),
  module: moduleAttribute<Of>(),
  file: own('string', 'Path of its file, relative to the repository root', ({ span }: Of) =>
    stringValue(span.file.path),
  ),
  folder: own('string', 'The folder of that; "" for the repository root', ({ span }: Of) =>
    stringValue(folderOf(span.file.path)),
  ),
});

const typeAttribute = <Of extends { readonly type: string }>(): Attribute<Foreign<Of & object>> =>
  own('string', 'Resource type that it is written in, such as `aws_security_group`', ({ type }) => stringValue(type));

const tagsAttribute = <Of extends { readonly instance: ResourceInstance }>(): Attribute<Foreign<Of & object>> =>
  own(
    'tags',
    'The argument `tags`, without default tags of the provider; a key that is not there is null',
    ({ instance }) => tagsOf(instance),
  );

function tagsOf(instance: ResourceInstance): Value {
  const tags = argument(instance.body, 'tags')?.value;
  if (tags === undefined) return tagsValue([]);
  if (isMapping(tags)) return { ...tagsValue(tags.entries), sensitive: tags.sensitive };
  if (tags.kind !== 'unknown') return tagsValue([]);
  const { knownEntries } = tags;
  return { ...unknownValue(tags.reasons, mapType(stringType)), ...(knownEntries && { knownEntries }) };
}

const trafficAttributes: Attributes<TrafficRule> = {
  direction: {
    type: { words: ['ingress', 'egress'] },
    summary: '`ingress` or `egress`',
    get: ({ direction, resourceAddress }) =>
      direction === 'unknown' ? unknownValue({ name: `${resourceAddress}.type` }, stringType) : stringValue(direction),
  },
  protocol: {
    type: { words: ['tcp', 'udp', 'icmp', 'icmpv6', 'all'] },
    summary: '`tcp`, `udp`, `icmp`, `icmpv6`, `all`, or the number of another protocol; null if it is missing',
    get: (rule) => {
      const protocol = protocolOf(rule);
      if (protocol === undefined) return factValue(rule.protocol, stringType);
      const text = protocol === 'all' ? 'all' : parseProtocol(protocol).canonical;
      return factValue({ ...rule.protocol, kind: 'known', value: text }, stringType);
    },
  },
  from_port: {
    type: 'number',
    summary: 'First port as written, or ICMP type; null if it is missing',
    get: ({ fromPort }) => factValue(fromPort, numberType),
  },
  to_port: {
    type: 'number',
    summary: 'Last port as written, or ICMP code; null if it is missing',
    get: ({ toPort }) => factValue(toPort, numberType),
  },
  ports: {
    type: 'ports',
    summary: 'What it lets through, as a set: `22/tcp`, `8000-8010/udp`, `icmp`, `all`',
    get: (rule) => portsValue(portsOfRule(rule)),
  },
};

function portsValue(set: ReturnType<typeof portsOfRule>): Value {
  if (set.reasons.length > 0) return askedSetValue(() => [unknownValue(set.reasons, stringType)], set);
  const { isSensitive } = set.certain;
  return askedSetValue(() => {
    const texts = textsOfTraffic(set.certain).map((text) => stringValue(text));
    return isSensitive === true ? texts.map((text) => ({ ...text, sensitive: true })) : texts;
  }, set);
}

/** A source as a text that functions of sources read again. */
function textOfPeer(peer: Peer): Value {
  if (peer.kind === 'self')
    return factValue({ ...peer.value, ...(peer.value.kind === 'known' && { value: 'self' }) }, stringType);
  const fact = factOfPeer(peer);
  if (fact.kind === 'known') return factValue(fact, stringType);
  return peer.kind !== 'cidr' && peer.reference !== undefined && peer.reference.path.join('.') === 'id'
    ? stringValue(peer.reference.address)
    : factValue(fact, stringType);
}

const sourcesAttribute: Attribute<TrafficRule> = {
  type: 'sources',
  summary: 'Its sources, or for egress its destinations, as a set: CIDR blocks, groups, prefix lists and `self`',
  get: (rule, { groups }) => askedSetValue(() => rule.peers.map(textOfPeer), sourcesOfRule(rule, groups)),
};

const cidrsAttribute: Attribute<TrafficRule> = {
  type: 'texts',
  summary: 'Only the CIDR blocks of `sources`, as texts',
  get: ({ peers }) =>
    listValue(
      peers.flatMap((peer) => (peer.kind === 'cidr' ? factValue(peer.text, stringType) : [])),
      stringType,
    ),
};

const vpcValue = ({ key, reference }: Vpc): Value =>
  reference !== undefined
    ? stringValue(reference.address)
    : key === undefined
      ? unknownValue({ name: 'vpc_id' }, stringType)
      : stringValue(key.startsWith('default ') ? 'default' : key);

function ownerValue(rule: Rule, world: ObjectWorld): Value {
  const { owner } = rule;
  if (owner.kind === 'group') {
    const group = world.groupAt(owner.address);
    return world.object('group', group ?? elsewhere(world, owner.address, [{ name: owner.address }]));
  }
  return world.object('group', elsewhereOf(owner, world));
}

/** What has no object of its own in the configuration. */
function elsewhereOf(owner: Exclude<Owner, { readonly kind: 'group' }>, world: ObjectWorld): Elsewhere {
  if (owner.kind === 'unknown') return elsewhere(world, undefined, owner.reasons);
  const name = owner.isSensitive ? SENSITIVE : owner.id;
  return elsewhere(world, name, [{ name }]);
}

const elsewhere = (world: ObjectWorld, address: string | undefined, reasons: readonly UnknownReason[]): Elsewhere =>
  world.once(
    `elsewhere ${address ?? ''} ${reasons.map(({ name }) => name).join('\n')}`,
    () => new Elsewhere(address, reasons),
  );

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
const exposureAttributes: Attributes<ServiceExposure> = {
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
    } as Attributes<Rule>,
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
    } as Attributes<Foreign<SecurityGroup>>,
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
    } as Attributes<Attachment>,
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
    } as Attributes<ExposedService>,
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
    } as Attributes<Foreign<NetworkAcl>>,
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
    } as Attributes<AclEntry>,
  },
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
export const attributesOfObject = (name: ObjectName): Attributes<never> => objects[name].attributes;

/** The type of a value that is not known. */
export function typeOfAsked(type: AskedType): Type {
  switch (type) {
    case 'string':
      return stringType;
    case 'number':
      return numberType;
    case 'bool':
      return boolType;
    case 'ports':
    case 'sources':
    case 'texts':
      return listType(stringType);
    case 'tags':
      return mapType(stringType);
    default:
      if ('words' in type) return stringType;
      return 'object' in type ? objectType([]) : listType(objectType([]));
  }
}

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
