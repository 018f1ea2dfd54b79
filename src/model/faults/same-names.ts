/** Groups that have the name of another one in the same VPC. */

import { type KnownFact, knownText } from '../fact.ts';
import type { SecurityGroup } from '../security-group.ts';

export interface SameName {
  readonly group: SecurityGroup;
  readonly name: KnownFact<string>;
  /** The first group of that name. */
  readonly earlier: SecurityGroup;
}

/**
 * Each but the first, in the order that the groups have: by address, whatever their places. AWS leaves out spaces at the end of a name.
 */
export function* sameNames(groups: readonly SecurityGroup[]): Iterable<SameName> {
  const first = new Map<string, SecurityGroup>();
  for (const group of groups) {
    const { form } = group;
    const name = knownText(group.name);
    const { key: vpc } = group.vpc;
    if (form.isDefault || !form.hasEc2Texts || name === undefined || vpc === undefined) continue;
    const key = JSON.stringify([vpc, name.value.trimEnd()]);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, group);
    else yield { group, name, earlier };
  }
}
