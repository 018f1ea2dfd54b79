/** What is replaced before it is deleted, and needs what it still has. */

import type { KnownFact } from '../fact.ts';
import type { Rule } from '../rule.ts';
import type { SecurityGroup } from '../security-group.ts';

export interface ReusedName {
  readonly group: SecurityGroup;
  readonly name: KnownFact<string>;
}

/** Groups that keep their name. */
export function reusedNames(groups: readonly SecurityGroup[]): readonly ReusedName[] {
  return groups.flatMap((group) => {
    const { name, lifecycle, form } = group;
    if (lifecycle?.isCreatedBeforeDestroy !== true || form.isDefault || name.kind === 'unknown' || !name.value)
      return [];
    return { group, name: { ...name, value: name.value } };
  });
}

/** Rules that a change of anything but the description replaces. */
export function reusedRules(rules: readonly Rule[]): readonly Rule[] {
  return rules.filter(
    ({ form, instance }) => form.isReplacedOnChange && instance.lifecycle?.isCreatedBeforeDestroy === true,
  );
}
