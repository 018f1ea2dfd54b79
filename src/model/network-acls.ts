/** What resources make of network ACLs -> NetworkAclModel. */

import { query, type Results } from '../collections/query-cache.ts';
import { isSameList } from '../collections/same-list.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import type { Resources } from '../terraform/instances/instance.ts';
import { compareStrings } from '../terraform/values/value.ts';
import { formatNumber } from '../text/count.ts';
import type { AclEntry } from './acl-entry.ts';
import type { Adapted } from './aws/adapters/adapter.ts';
import { SubnetAcls } from './aws/subnet-acls.ts';
import type { ModelSource } from './kind-model.ts';
import { EntrySet, type NetworkAcl, type OtherEntries } from './network-acl.ts';
import { NetworkAclModel } from './network-acl-model.ts';
import { ownerKey } from './owner-key.ts';
import { MAX_ORDERED } from './questions/acl-allowed.ts';
import type { Owner } from './rule.ts';

/** Entries as they are in the model, by what the adapters gave. */
const ownedEntries = query<Pick<AclEntry, 'owner'>, AclEntry>((a, b) => ownerKey(a.owner) === ownerKey(b.owner));

/** By owner. */
const madeSets = query<Pick<EntrySet, 'acl' | 'entries' | 'others'>, EntrySet>(
  (a, b) => a.acl === b.acl && a.others === b.others && isSameList(a.entries, b.entries),
);

/** @param all what the adapters made of each resource, in order of place */
export function networkAcls(
  all: readonly Adapted[],
  resources: Resources,
  source: ModelSource,
  cache: Results,
): Outcome<NetworkAclModel> {
  const adapted = all.filter(({ acls, aclEntries, aclAssociations }) => acls ?? aclEntries ?? aclAssociations);
  const acls = adapted.flatMap((each) => each.acls ?? []).sort((a, b) => compareStrings(a.address, b.address));
  const link = linkerOf(acls);
  const entries = adapted
    .flatMap((each) => each.aclEntries ?? [])
    .map((entry) => {
      const owner = link(entry.owner);
      return owner === entry.owner ? entry : cache.get(ownedEntries, entry, { owner }, () => ({ ...entry, owner }));
    })
    .sort((a, b) => compareStrings(a.address, b.address));
  const found = new Map<string, { acl: NetworkAcl | undefined; entries: AclEntry[]; others: OtherEntries }>();
  for (const acl of acls)
    found.set(ownerKey({ kind: 'group', address: acl.address }), { acl, entries: [], others: 'none' });
  for (const entry of entries) {
    const key = ownerKey(entry.owner);
    const set = found.get(key);
    if (set !== undefined) set.entries.push(entry);
    else found.set(key, { acl: undefined, entries: [entry], others: othersOf(entry.owner, resources) });
  }
  const sets = new Map(
    [...found].map(([key, set]) => [
      key,
      cache.get(madeSets, key, set, () => new EntrySet(set.acl, set.entries, set.others)),
    ]),
  );
  const contents = {
    sets: [...sets.values()],
    associations: adapted.flatMap((each) => each.aclAssociations ?? []),
  };
  const setOf = (owner: Owner): EntrySet | undefined => sets.get(ownerKey(link(owner)));
  const subnetAcls = (): SubnetAcls => new SubnetAcls(resources, contents.sets, contents.associations, setOf);
  return {
    value: new NetworkAclModel(source, contents, subnetAcls),
    problems: contents.sets.flatMap((set) => tooMany(set) ?? []),
  };
}

/** What is told of an ACL whose entries are not put in order. */
function tooMany({ acl, entries }: EntrySet): Problem | undefined {
  const most = Math.max(...directions.map((each) => entries.filter(({ direction }) => direction === each).length));
  if (most <= MAX_ORDERED) return undefined;
  const { resourceAddress: name, span } = acl ?? entries[0]!;
  const message = `${name} has ${formatNumber(most)} entries in one direction, too many to put in order: what it allows is not checked.`;
  return { kind: 'limit', severity: 'warning', message, span };
}

const directions = ['ingress', 'egress'] as const;

/** An identifier that is the `id` of an ACL of the configuration is that ACL, and so is that of a VPC's default ACL which it adopts. */
function linkerOf(acls: readonly NetworkAcl[]): (owner: Owner) => Owner {
  const byAddress = new Set(acls.map(({ address }) => address));
  const byIdentity = new Map<string, string>();
  for (const { address, adopts } of acls) {
    if (adopts === undefined) continue;
    const { id, reference } = adopts;
    if (reference !== undefined) byIdentity.set([reference.address, ...reference.path].join('.'), address);
    else if (id.kind === 'known' && id.value !== null) byIdentity.set(id.value, address);
  }
  return (owner) => {
    if (owner.kind === 'group') return owner;
    const adopting = owner.kind === 'id' ? byIdentity.get(owner.id) : undefined;
    if (adopting !== undefined) return { kind: 'group', address: adopting };
    if (owner.kind === 'id' || owner.identity === undefined) return owner;
    const { address, path } = owner.identity;
    if (path.length === 1 && path[0] === 'id' && byAddress.has(address)) return { kind: 'group', address };
    const named = byIdentity.get([address, ...path].join('.'));
    return named === undefined ? owner : { kind: 'group', address: named };
  };
}

/** The default ACL of a VPC that the configuration makes is as AWS makes it; what others are like, it does not say. */
function othersOf(owner: Owner, resources: Resources): OtherEntries {
  if (owner.kind !== 'unknown' || owner.identity === undefined) return 'unknown';
  const { address, path } = owner.identity;
  if (path.length !== 1 || path[0] !== 'default_network_acl_id') return 'unknown';
  const isMade = resources.instances(({ mode, type }) => mode === 'managed' && type === 'aws_vpc');
  return isMade.some((vpc) => vpc.address === address) ? 'as made' : 'unknown';
}
