/** Groups that have the name of another one in the same VPC. */

import { type KnownFact, knownText, type UnknownFact } from '../fact.ts';
import type { SecurityGroup } from '../security-group.ts';

export interface SameName {
  readonly group: SecurityGroup;
  /** Unknown where both are the same, whatever that is. */
  readonly name: KnownFact<string> | UnknownFact;
  /** The first group of that name. */
  readonly earlier: SecurityGroup;
}

/**
 * Each but the first, in the order that the groups have: by address, whatever their places. AWS leaves out spaces at the end of a name, and takes
 * capital letters for small ones.
 *
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html ("Names are case-insensitive and must be unique
 * within the VPC"), https://github.com/chef-boneyard/chef-provisioning-aws/issues/452 and, for spaces,
 * https://docs.aws.amazon.com/vpc/latest/userguide/creating-security-groups.html
 */
export function* sameNames(groups: readonly SecurityGroup[]): Iterable<SameName> {
  const inVpcs = new Map<string, Map<string, SecurityGroup>>();
  for (const group of groups) {
    const { form } = group;
    const name = group.name.kind === 'unknown' ? group.name : knownText(group.name);
    const text = name?.kind === 'known' ? `known ${name.value.trimEnd().toLowerCase()}` : name?.sameAs;
    const { key: vpc } = group.vpc;
    if (form.isDefault || !form.hasEc2Texts || name === undefined || text === undefined || vpc === undefined) continue;
    const first = inVpcs.get(vpc) ?? new Map<string, SecurityGroup>();
    inVpcs.set(vpc, first);
    const earlier = first.get(text);
    if (earlier === undefined) first.set(text, group);
    else yield { group, name, earlier };
  }
}
