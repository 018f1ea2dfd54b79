/** Rules that name a group of another VPC. */

import type { UnknownReason } from '../fact.ts';
import type { GroupPeer, Rule } from '../rule.ts';
import type { SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

export interface ForeignGroup {
  readonly rule: Rule;
  readonly peer: GroupPeer;
  readonly group: SecurityGroup;
  /** Addresses of the VPCs. */
  readonly vpcs: { readonly own: string; readonly theirs: string };
  /** What decides whether the other group exists; empty where it is certain. */
  readonly reasons: readonly UnknownReason[];
}

/** Only of VPCs that the configuration creates, and that nothing in it connects so that the rule may name the group. */
export function* foreignGroups(model: SecurityGroupModel): Iterable<ForeignGroup> {
  const named = model.ruleSets.filter(({ groupPeers }) => groupPeers.length > 0);
  if (named.length === 0) return;
  const vpcOf = new Map(model.groups.map((group) => [group, createdVpc(group)]));
  if (new Set([...vpcOf.values()].filter((vpc) => vpc !== undefined)).size < 2) return;
  const groups = new Map(model.groups.map((group) => [group.address, group]));
  for (const { groupPeers } of named) {
    for (const { rule, peer } of groupPeers) {
      if (peer.reference === undefined || rule.owner.kind !== 'group') continue;
      const group = groups.get(peer.reference.address);
      const owner = groups.get(rule.owner.address);
      if (group === undefined || owner === undefined || group === owner) continue;
      const vpcs = { own: vpcOf.get(owner), theirs: vpcOf.get(group) };
      if (vpcs.own === undefined || vpcs.theirs === undefined || vpcs.own === vpcs.theirs) continue;
      if (model.vpcLink === 'peering' || (model.vpcLink === 'transit gateway' && rule.direction !== 'egress')) continue;
      yield { rule, peer, group, vpcs: { own: vpcs.own, theirs: vpcs.theirs }, reasons: group.existsIf ?? [] };
    }
  }
}

/** The address of the group's aws_vpc; undefined where its VPC comes from elsewhere. */
function createdVpc({ vpc: { reference } }: SecurityGroup): string | undefined {
  if (reference === undefined || reference.path.join('.') !== 'id') return undefined;
  return /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*aws_vpc\.[^.]+$/.test(reference.address) ? reference.address : undefined;
}
