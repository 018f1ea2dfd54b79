/** Rules that are made in another region than their group. */

import { type KnownFact, knownText } from '../fact.ts';
import type { Rule } from '../rule.ts';
import type { RuleSet, SecurityGroup } from '../security-group.ts';

export interface RegionMismatch {
  readonly rule: Rule;
  readonly group: SecurityGroup;
  readonly region: KnownFact<string>;
  readonly theirs: KnownFact<string>;
}

/** Where both say a region: what a provider decides may be the same. */
export function* regionMismatches({ group, rules }: RuleSet): Iterable<RegionMismatch> {
  const theirs = group && knownText(group.region);
  if (theirs === undefined || group === undefined) return;
  for (const rule of rules) {
    const region = knownText(rule.region);
    if (region !== undefined && region.value !== theirs.value) yield { rule, group, region, theirs };
  }
}
