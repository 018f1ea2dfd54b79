/** Groups that have the name of another one in the same VPC. */

import { keptFor } from '../../collections/kept-for.ts';
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
  const first = new Map<string, SecurityGroup>();
  for (const group of groups) {
    const known = nameOf(group);
    if (known === undefined) continue;
    const earlier = first.get(known.key);
    if (earlier === undefined) first.set(known.key, group);
    else yield { group, name: known.name, earlier };
  }
}

type ComparedName = Pick<SameName, 'name'> & { readonly key: string };

/** The name that AWS compares, and a text of it and its VPC; undefined where there is none. */
const nameOf = keptFor(({ form, name: fact, vpc }: SecurityGroup): ComparedName | undefined => {
  const name = fact.kind === 'unknown' ? fact : knownText(fact);
  const text = name?.kind === 'known' ? `known ${name.value.trimEnd().toLowerCase()}` : name?.sameAs;
  if (form.isDefault || !form.hasEc2Texts || name === undefined || text === undefined || vpc.key === undefined)
    return undefined;
  return { name, key: JSON.stringify([vpc.key, text]) };
});
