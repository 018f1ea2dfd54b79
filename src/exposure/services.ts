/** What has security groups, with its interfaces and the rules that hold there. */

import { append } from '../collections/append.ts';
import { type AttachedGroup, type Attachment, argumentsAt } from '../model/aws/attachments.ts';
import { shown, waitsFor } from '../model/fact.ts';
import { ownerKey } from '../model/owner-key.ts';
import { namesOfGroup } from '../model/questions/group-names.ts';
import type { Rule } from '../model/rule.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import { possibleOwners } from '../model/written/owner-names.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { PathEnd, PathStep } from './exposure.ts';
import type { NetworkResources } from './network-resources.ts';
import { type Placement, subnetsOf } from './placement.ts';
import { placementOf } from './placements.ts';
import { referenceIn } from './references.ts';
import { eachOnce } from './verdict.ts';

/** A group on an interface. */
export interface GroupOn {
  /** The same text for the same group; undefined where nothing tells it from others. */
  readonly key: string | undefined;
  /** Address, or the identifier of one from elsewhere. */
  readonly name: string;
  readonly group: SecurityGroup | undefined;
  /** Those that are known. */
  readonly rules: readonly Rule[];
  /** What the rules that are not known wait for; empty where all are known. */
  readonly unread: readonly string[];
  /** What decides whether the interface has the group. */
  readonly existsIf: readonly string[];
}

export interface Interface {
  readonly groups: readonly GroupOn[];
  readonly placement: Placement;
  /** The VPCs that it may be in; none where that is not known. */
  readonly vpcs: readonly string[];
}

export interface NetworkService {
  readonly attachment: Attachment;
  readonly instance: ResourceInstance;
  readonly interfaces: readonly Interface[];
  readonly groups: readonly GroupOn[];
  /** What decides whether there is such a service. */
  readonly existsIf: readonly string[];
}

export class Services {
  readonly all: readonly NetworkService[];
  readonly #network: NetworkResources;
  readonly #model: SecurityGroupModel;
  readonly #groups = new Map<string, GroupOn>();
  readonly #defaultGroups: ReadonlyMap<string, SecurityGroup>;

  constructor(model: SecurityGroupModel, network: NetworkResources) {
    this.#network = network;
    this.#model = model;
    this.#defaultGroups = new Map(
      model.groups.flatMap((group) => (group.form.isDefault ? [[keyOfVpc(group.vpc) ?? '', group] as const] : [])),
    );
    const added = new Map<string, AttachedGroup[]>();
    const joined = new Set<string>();
    for (const attachment of model.attachments) {
      const { interface: to } = attachment;
      const instance = network.at(attachment.address);
      // An interface that an instance takes is a part of it.
      for (const taken of instance === undefined ? [] : interfacesNamedBy(instance)) joined.add(taken);
      if (to === undefined || network.at(to.address) === undefined) continue;
      joined.add(attachment.address);
      added.set(to.address, [...(added.get(to.address) ?? []), ...attachment.groups]);
    }
    const byAddress = new Map(model.attachments.map((attachment) => [attachment.address, attachment]));
    this.all = model.attachments
      .filter(({ address }) => !joined.has(address))
      .flatMap((attachment) => {
        const instance = network.at(attachment.address);
        return instance === undefined ? [] : this.#service(attachment, instance, byAddress, added);
      });
  }

  /** Groups that nothing has, each as if something had it of which nothing else is known. */
  unattached(groups: readonly SecurityGroup[]): readonly NetworkService[] {
    const used = new Set(this.all.flatMap((each) => each.groups.map(({ group }) => group?.address)));
    return groups
      .filter(({ address }) => !used.has(address))
      .map((group): NetworkService => {
        const { address, resourceAddress, calls, span, type, instance, existsIf } = group;
        const on = this.#own(group);
        const vpc = keyOfVpc(group.vpc);
        const placement: Placement = { kind: 'unknown', waits: [address], subnets: [] };
        return {
          attachment: {
            ...{ address, resourceAddress, calls, span, type, existsIf, kind: 'interface', groups: [] },
            ...{ interface: undefined, lifecycle: undefined, takesDefault: 'no', takesDefaultReasons: [] },
          },
          instance,
          interfaces: [{ groups: [on], placement, vpcs: vpc === undefined ? [] : [vpc] }],
          groups: [on],
          existsIf: waitsFor(existsIf),
        };
      });
  }

  #service(
    attachment: Attachment,
    instance: ResourceInstance,
    byAddress: ReadonlyMap<string, Attachment>,
    added: ReadonlyMap<string, readonly AttachedGroup[]>,
  ): NetworkService {
    const interfaceOf = (of: Attachment, at: ResourceInstance): Interface => {
      const more = added.get(at.address) ?? [];
      const groups = [...of.groups, ...more].map((each) => this.#groupOn(each, of.existsIf));
      const placement = this.#elsewhere(placementOf(at, this.#network), groups, at);
      const vpcs = vpcsOf(placement, groups);
      return { groups: [...groups, ...this.#defaultGroup(of, vpcs)], placement, vpcs };
    };
    const others = interfacesNamedBy(instance).flatMap((address) => {
      const [of, at] = [byAddress.get(address), this.#network.at(address)];
      return of === undefined || at === undefined ? [] : interfaceOf(of, at);
    });
    const interfaces = others.length > 0 ? others : [interfaceOf(attachment, instance)];
    const groups = new Map(interfaces.flatMap((each) => each.groups.map((group) => [group.name, group] as const)));
    return {
      attachment,
      instance,
      interfaces,
      groups: [...groups.values()],
      existsIf: waitsFor(attachment.existsIf),
    };
  }

  /** AWS takes no group of another VPC: what names no subnet, and such a group, is in no default one. */
  #elsewhere(placement: Placement, groups: readonly GroupOn[], { address }: ResourceInstance): Placement {
    const isDefault = subnetsOf(placement).some((subnet) => subnet.isDefault && subnet.instance === undefined);
    const isOther = groups.some(
      ({ group }) => this.#network.at(group?.vpc.reference?.address ?? '')?.type === 'aws_vpc',
    );
    if (placement.kind !== 'places' || !isDefault || !isOther) return placement;
    return { kind: 'unknown', waits: [`the subnet of ${address}`], subnets: [] };
  }

  /** @param ofService what decides whether the service exists, which says nothing of the group on it */
  #groupOn({ named, group, existsIf }: AttachedGroup, ofService: Attachment['existsIf']): GroupOn {
    const exists = waitsFor(existsIf === ofService ? undefined : existsIf, group?.existsIf);
    if (group !== undefined) return { ...this.#own(group), existsIf: exists };
    const { id, reference } = named;
    const because = id.kind === 'unknown' ? waitsFor(id.reasons) : [String(shown(id))];
    const identity = reference && [reference.address, ...reference.path].join('.');
    const key = id.kind === 'known' ? `id ${id.value}` : identity && `unknown ${identity}`;
    const name = id.kind === 'known' ? String(shown(id)) : (reference?.address ?? because[0] ?? 'a group');
    const rules = key === undefined ? [] : (this.#model.once(rulesByGroup).get(key) ?? []);
    return { key, name, group, rules, unread: because, existsIf: exists };
  }

  #own(group: SecurityGroup): GroupOn {
    const known = this.#groups.get(group.address);
    if (known !== undefined) return known;
    const key = `group ${group.address}`;
    const on: GroupOn = {
      key,
      name: group.address,
      group,
      rules: [
        ...(this.#model.once(rulesByGroup).get(key) ?? []),
        ...this.#model
          .once(rulesOfAny)
          .flatMap(({ rule, owners }) => (owners?.has(group.resourceAddress) === false ? [] : rule)),
      ],
      unread: [],
      existsIf: [],
    };
    this.#groups.set(group.address, on);
    return on;
  }

  /** The group that AWS gives what names none; where it is none of the configuration's, it lets in only itself. */
  #defaultGroup({ takesDefault, takesDefaultReasons }: Attachment, vpcs: readonly string[]): readonly GroupOn[] {
    if (takesDefault === 'no') return [];
    const existsIf = takesDefault === 'yes' ? [] : waitsFor(takesDefaultReasons);
    const own = vpcs.flatMap((vpc) => this.#defaultGroups.get(vpc) ?? []);
    // As AWS makes it, a default group allows only what has it.
    const isAsMade = vpcs.every((vpc) => vpc.startsWith('default ') || this.#network.at(vpc)?.type === 'aws_vpc');
    if (own.length > 0) return own.map((group) => ({ ...this.#own(group), existsIf }));
    const [vpc] = vpcs;
    const of = this.#network.at(vpc ?? '')?.address ?? (vpc?.startsWith('default ') ? 'the default VPC' : 'its VPC');
    const name = `the default group of ${of}`;
    return [
      {
        key: `${name} ${vpc}`,
        name,
        group: undefined,
        rules: [],
        unread: isAsMade && vpc !== undefined ? [] : [name],
        existsIf,
      },
    ];
  }
}

/** A rule of which only apply knows the group. */
interface OpenRule {
  readonly rule: Rule;
  /** By `possibleOwners`. */
  readonly owners: ReadonlySet<string> | undefined;
}

/** Those of which only apply knows the group: each as one that may not exist. */
function rulesOfAny({ rules }: SecurityGroupModel): readonly OpenRule[] {
  return rules.flatMap((rule) => {
    const { owner, existsIf = [] } = rule;
    const isOfAny = owner.kind === 'unknown' && owner.identity === undefined;
    return isOfAny
      ? { rule: { ...rule, existsIf: [...existsIf, ...owner.reasons] }, owners: possibleOwners(rule) }
      : [];
  });
}

function rulesByGroup({ ruleSets }: SecurityGroupModel): ReadonlyMap<string, readonly Rule[]> {
  const rules = new Map<string, Rule[]>();
  for (const set of ruleSets) {
    const [first] = set.rules;
    const key = set.group !== undefined ? `group ${set.group.address}` : first && ownerKey(first.owner);
    if (key === undefined) continue;
    const known = rules.get(key) ?? [];
    append(known, set.rules);
    rules.set(key, known);
  }
  return rules;
}

/** Addresses of the interfaces that an instance takes instead of one of its own. */
function interfacesNamedBy(instance: ResourceInstance): readonly string[] {
  return [
    ...argumentsAt(instance, ['network_interface']),
    ...argumentsAt(instance, ['primary_network_interface']),
  ].flatMap(({ from }) => {
    const reference = referenceIn(from, 'network_interface_id');
    return reference?.kind === 'attribute' ? [reference.address] : [];
  });
}

const keyOfVpc = ({ reference, key }: SecurityGroup['vpc']): string | undefined => reference?.address ?? key;

function vpcsOf(placement: Placement, groups: readonly GroupOn[]): readonly string[] {
  const ofSubnets = subnetsOf(placement).flatMap(({ vpc }) => vpc.key ?? []);
  const ofGroups = groups.flatMap(({ group }) => (group && keyOfVpc(group.vpc)) ?? []);
  return eachOnce([...ofSubnets, ...ofGroups]);
}

/** The step that a service is. */
export function stepOf({ instance: { address, span }, groups }: NetworkService): PathStep {
  return { kind: 'service', address, text: `has ${groups.map(({ name }) => name).join(', ')}`, span };
}

/** What a service is by its own address, and by its groups. */
export function endOf({ attachment, groups }: NetworkService): PathEnd {
  const { address, resourceAddress, calls, span } = attachment;
  const own = groups.flatMap(({ group }) => group ?? []);
  const names = groups.flatMap(({ group, name }) => (group === undefined ? [name] : namesOfGroup(group)));
  return { address, resourceAddress, calls, span, groups: own, names: eachOnce([resourceAddress, ...names]) };
}
