/** Configuration -> SecurityModel, through the adapters. */

import { append, concatenated } from '../collections/append.ts';
import { query, type Results, unkept } from '../collections/query-cache.ts';
import { isSameList } from '../collections/same-list.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import type { EvaluationProblem } from '../terraform/expressions/scope.ts';
import type { ResourceInstance, ResourceKind, Resources } from '../terraform/instances/instance.ts';
import type { Rejecting } from '../terraform/instances/rejections/rejection.ts';
import { compareStrings } from '../terraform/values/value.ts';
import type { Adapted, Adapter } from './aws/adapters/adapter.ts';
import { adapterFor } from './aws/adapters/resource-types.ts';
import { attachmentsOf } from './aws/attachments.ts';
import { exclusiveRulesOf } from './aws/exclusive-rules.ts';
import { type KnownGroups, knownGroupsOf } from './aws/known-groups.ts';
import { managedListsOf, weighPrefixList } from './aws/managed-lists.ts';
import { joinEntries, openPrefixList, type PrefixList, type StandaloneEntry } from './aws/prefix-list.ts';
import { vpcLinkOf } from './aws/vpc.ts';
import { vpcAssociationsOf } from './aws/vpc-associations.ts';
import type { ModelSource } from './kind-model.ts';
import { networkAcls } from './network-acls.ts';
import { ownerKey } from './owner-key.ts';
import { comparableParts } from './questions/comparable.ts';
import { rejectionsIn } from './rejections.ts';
import type { Owner, Rule } from './rule.ts';
import { RuleSet, type SecurityGroup } from './security-group.ts';
import { SecurityGroupModel } from './security-group-model.ts';
import type { ModelKind, ModelKinds, SecurityModel } from './security-model.ts';

/** By resource instance. */
const adaptedInstances = query<undefined, AdaptedInstance>();

/** Rules as they are in the model, by what the adapters gave. */
const ownedRules = query<Pick<Rule, 'owner' | 'peers'>, Rule>(
  (a, b) => isSameOwner(a.owner, b.owner) && isSameList(a.peers, b.peers),
);

/** By the first rule of a part of an owner's rules. */
const ruleSetsOfParts = query<Pick<RuleSet, 'group' | 'rules' | 'all'>, RuleSet>(
  (a, b) => a.group === b.group && isSameList(a.rules, b.rules) && isSameList(a.all, b.all),
);

type OwnedRules = Pick<RuleSet, 'group' | 'all'>;

const isSameOwned = (a: OwnedRules, b: OwnedRules): boolean => a.group === b.group && isSameList(a.all, b.all);

/** By the group's address. */
const setsOfGroups = query<OwnedRules, readonly RuleSet[]>(isSameOwned);

/** By owner. */
const setsOfOthers = query<OwnedRules, readonly RuleSet[]>(isSameOwned);

/** Whether a model of some kind holds what comes of a resource. */
export function isOfModel({ mode, type }: ResourceKind): boolean {
  return mode === 'managed' && adapterFor(type) !== undefined;
}

/** Whether security groups and their rules come of it, which is what summaries count. */
export function isOfGroups({ mode, type }: ResourceKind): boolean {
  return mode === 'managed' && adapterFor(type)?.kind === 'security-group';
}

/** Addresses of resources, without keys. */
export type SomeAddresses = Pick<ReadonlySet<string>, 'has'>;

/**
 * Whether a resource is looked at for a model.
 *
 * @param address without keys
 * @param addresses of the only groups and rules that are in the model; undefined for all
 */
export function isInModel(kind: ResourceKind, address: string, addresses: SomeAddresses | undefined): boolean {
  return isOfModel(kind) && (addresses?.has(address) !== false || isOfMany(kind));
}

/** What says something of several groups, or of several network ACLs. */
const isOfMany = ({ type }: ResourceKind): boolean =>
  type.startsWith('aws_ec2_managed_prefix_list') || type === 'aws_network_acl_association';

/**
 * What resources make of each kind that there is a model of.
 *
 * @param resources of a configuration, or of anything else that knows what Terraform would create
 * @param cache of one root module in one environment: what comes from the same instances is the same objects again
 * @param addresses without keys of the only groups and rules that are in it; absent for all
 */
export function normalize(
  resources: Resources & Rejecting,
  source: ModelSource,
  cache: Results = unkept,
  addresses?: SomeAddresses,
): Outcome<SecurityModel> {
  const problems: Problem[] = [];
  const all: Adapted[] = [];
  const faultsOf = new Map<ResourceInstance, readonly EvaluationProblem[]>();
  for (const instance of resources.instances(isOfModel, (kind, address) => isInModel(kind, address, addresses))) {
    const { value: adapted, problems: faults } = cache.get(adaptedInstances, instance, undefined, () =>
      adapt(adapterFor(instance.type)!, instance),
    );
    append(problems, faults);
    faultsOf.set(instance, faults);
    all.push(adapted);
  }
  const groups = securityGroups(all, faultsOf, resources, source, cache);
  const acls = networkAcls(all, resources, source, cache);
  const models: ModelKinds = { 'security-group': groups.value, 'network-acl': acls.value };
  const kinds = Object.keys(models) as ModelKind[];
  return {
    value: { ...source, of: (kind) => models[kind], kinds },
    problems: [...problems, ...groups.problems, ...acls.problems],
  };
}

/**
 * Every security group and rule.
 *
 * @param adaptedOnes what the adapters made of each resource
 * @param faultsOf what has no meaning in the arguments of each
 */
function securityGroups(
  adaptedOnes: readonly Adapted[],
  faultsOf: Map<ResourceInstance, readonly EvaluationProblem[]>,
  resources: Resources & Rejecting,
  source: ModelSource,
  cache: Results,
): Outcome<SecurityGroupModel> {
  const problems: Problem[] = [];
  const made: SecurityGroup[] = [];
  const written: WrittenRules[] = [];
  const prefixLists: PrefixList[] = [];
  const prefixListEntries: StandaloneEntry[] = [];
  for (const adapted of adaptedOnes) {
    if (adapted.groups !== undefined) append(made, adapted.groups);
    if (adapted.rules !== undefined && adapted.rules.length > 0) written.push(writtenRules(adapted.rules, adapted));
    if (adapted.prefixLists !== undefined) append(prefixLists, adapted.prefixLists);
    if (adapted.prefixListEntries !== undefined) append(prefixListEntries, adapted.prefixListEntries);
  }
  const groups = inOrder(made, cache, 'groups', ({ address }) => address);
  const byAddress = new Map(groups.map((group) => [group.address, group]));
  const managed = managedListsOf(resources);
  const lists = joinEntries(prefixLists, prefixListEntries);
  const hasLists = lists.size + managed.size > 0;
  const ownedOf = ({ address, owner: writtenOwner, rules }: WrittenRules): WrittenRules => {
    const owner = linkOwner(writtenOwner, byAddress);
    if (owner === writtenOwner && !hasLists) return { address, owner, rules };
    const owned = rules.map((rule) => {
      const peers = hasLists
        ? rule.peers.map((peer) => weighPrefixList(openPrefixList(peer, lists), managed))
        : rule.peers;
      return cache.get(ownedRules, rule, { owner, peers }, () => ({ ...rule, owner, peers }));
    });
    return { address, owner, rules: owned };
  };
  const owned = inOrder(written.map(ownedOf), cache, 'rules', ({ address }) => address);
  const sortedLists = [...lists.values()].sort((a, b) => compareStrings(a.address, b.address));
  const contents = {
    groups,
    rules: concatenated(owned.map(({ rules }) => rules)),
    prefixLists: sortedLists,
    ruleSets: ruleSets(groups, owned, cache, problems),
  };
  let knownGroups: KnownGroups | undefined;
  const known = (): KnownGroups => {
    knownGroups ??= knownGroupsOf(resources, groups);
    return knownGroups;
  };
  const value: SecurityGroupModel = new SecurityGroupModel(source, contents, {
    attachments: () => attachmentsOf(resources, known(), faultsOf as Map<ResourceInstance, EvaluationProblem[]>),
    vpcAssociations: () => vpcAssociationsOf(resources, known()),
    rejections: () => {
      // What takes groups adds to the faults.
      void value.attachments;
      return rejectionsIn(resources, isOfModel, faultsOf, cache);
    },
    exclusiveRules: () =>
      exclusiveRulesOf(resources).map((list) => ({ ...list, owner: linkOwner(list.owner, byAddress) })),
    vpcLink: () => vpcLinkOf(resources),
    groupAt: (address) => byAddress.get(address),
  });
  return { value, problems };
}

/** The rules of one resource, which have one address and one owner. */
interface WrittenRules {
  readonly address: string;
  readonly owner: Owner;
  readonly rules: readonly Rule[];
}

/** Those in the block of a group are its own: there are many, and each that is looked at takes its time. */
function writtenRules(rules: readonly Rule[], { groups }: Adapted): WrittenRules {
  if (groups?.[0] === undefined) return { address: rules[0]!.address, owner: rules[0]!.owner, rules };
  const { address } = groups[0];
  return { address, owner: { kind: 'group', address }, rules };
}

/** By address. Most runs have the addresses of the one before, so their order is kept, by the name of what has them. */
function inOrder<T>(items: readonly T[], cache: Results, name: string, addressOf: (item: T) => string): readonly T[] {
  const addresses = items.map(addressOf);
  const order = cache.get(orders, name, addresses, () =>
    [...addresses.keys()].sort((a, b) => compareStrings(addresses[a]!, addresses[b]!)),
  );
  return order.map((index) => items[index]!);
}

const orders = query<readonly string[], readonly number[]>((a, b) => isSameList(a, b));

/** An identifier that is the `id` of a group of the configuration is that group. */
function linkOwner(owner: Owner, groups: ReadonlyMap<string, SecurityGroup>): Owner {
  if (owner.kind !== 'unknown' || owner.identity === undefined) return owner;
  const { address, path } = owner.identity;
  return path.length === 1 && path[0] === 'id' && groups.has(address) ? { kind: 'group', address } : owner;
}

interface AdaptedInstance extends Outcome<Adapted> {
  readonly problems: readonly EvaluationProblem[];
}

function adapt(adapter: Adapter, instance: ResourceInstance): AdaptedInstance {
  const problems: EvaluationProblem[] = [];
  return { value: adapter.adapt(instance, problems), problems };
}

interface OwnedLists {
  /** Undefined for a group from elsewhere, or one that is not known before apply. */
  readonly group: SecurityGroup | undefined;
  readonly lists: (readonly Rule[])[];
}

function ruleSets(
  groups: readonly SecurityGroup[],
  owned: readonly WrittenRules[],
  cache: Results,
  problems: Problem[],
): RuleSet[] {
  const ofGroups = new Map<string, OwnedLists>(groups.map((group) => [group.address, { group, lists: [] }]));
  const ofOthers = new Map<string, OwnedLists>();
  for (const { owner, rules } of owned) {
    const own = owner.kind === 'group' ? ofGroups.get(owner.address) : undefined;
    if (own !== undefined) own.lists.push(rules);
    else {
      const key = ownerKey(owner);
      const others = ofOthers.get(key) ?? { group: undefined, lists: [] };
      ofOthers.set(key, others);
      others.lists.push(rules);
    }
  }
  const setsOf = (key: string, { group, lists }: OwnedLists): readonly RuleSet[] => {
    const all = lists.length === 1 ? lists[0]! : concatenated(lists);
    const made = group === undefined ? setsOfOthers : setsOfGroups;
    const sets = cache.get(made, key, { group, all }, () =>
      comparableParts(all).map((rules) =>
        cache.get(ruleSetsOfParts, rules[0] ?? group!, { group, rules, all }, () => new RuleSet(group, rules, all)),
      ),
    );
    if (sets.length > 1) problems.push(tooMany(group, all));
    return sets;
  };
  return [...ofGroups, ...ofOthers].flatMap(([key, set]) => setsOf(key, set));
}

function tooMany(group: SecurityGroup | undefined, rules: readonly Rule[]): Problem {
  const { span, resourceAddress } = group ?? rules[0]!;
  const name = group === undefined ? 'The group of this rule' : resourceAddress;
  const message = `${name} has ${rules.length.toLocaleString('en')} rules, too many to compare every pair: each is compared with some of the others.`;
  return { kind: 'limit', severity: 'warning', message, span };
}

/** Of one rule, whose own part is the same: only whether its group is there can have changed. */
function isSameOwner(a: Owner, b: Owner): boolean {
  return a.kind === b.kind && (a.kind !== 'group' || (b.kind === 'group' && a.address === b.address));
}
