/** What is replaced before it is deleted, and needs what it still has. */

import { type KnownFact, knownText } from '../fact.ts';
import type { Rule } from '../rule.ts';
import type { SecurityGroup } from '../security-group.ts';

export interface ReusedName {
  readonly group: SecurityGroup;
  readonly name: KnownFact<string>;
}

/** Groups that keep their name. */
export function reusedNames(groups: readonly SecurityGroup[]): readonly ReusedName[] {
  return groups.flatMap((group) => {
    const name = knownText(group.name);
    if (group.lifecycle?.isCreatedBeforeDestroy !== true || group.form.isDefault || name === undefined) return [];
    return { group, name };
  });
}

/** Rules that a change of anything but the description replaces, of a group that is not replaced along with them. */
export function reusedRules(rules: readonly Rule[], groups: readonly SecurityGroup[]): readonly Rule[] {
  const byAddress = new Map(groups.map((group) => [group.address, group]));
  return rules.filter(({ form, instance, owner }) => {
    if (!form.isReplacedOnChange || instance.lifecycle?.isCreatedBeforeDestroy !== true) return false;
    if (owner.kind === 'id') return true;
    const group = owner.kind === 'group' ? byAddress.get(owner.address) : undefined;
    // The rule of a new group has nothing in common with that of the old one.
    return group !== undefined && (group.lifecycle?.isCreatedBeforeDestroy !== true || reusedNames([group]).length > 0);
  });
}
