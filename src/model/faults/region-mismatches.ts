/** Rules that are made in another region than their group. */

import { isSensitive } from '../../terraform/values/value.ts';
import { type Fact, type KnownFact, knownText } from '../fact.ts';
import type { Rule } from '../rule.ts';
import type { RuleSet, SecurityGroup } from '../security-group.ts';

export interface RegionMismatch {
  readonly rule: Rule;
  readonly group: SecurityGroup;
  readonly region: KnownFact<string>;
  readonly theirs: KnownFact<string>;
}

/** Where the regions of both are known, by their argument or by their provider. */
export function* regionMismatches({ group, standalone }: RuleSet): Iterable<RegionMismatch> {
  if (group === undefined || standalone.length === 0) return;
  const theirs = regionOf(group);
  if (theirs === undefined) return;
  for (const rule of standalone) {
    const region = regionOf(rule);
    if (region !== undefined && region.value !== theirs.value) yield { rule, group, region, theirs };
  }
}

/** Without an argument it is that of the provider, where that is written and nobody can give another one. */
function regionOf({ region, span, instance }: RegionOwner): KnownFact<string> | undefined {
  if (region.kind === 'unknown' || region.value) return knownText(region);
  const given = instance.ofProvider?.('region');
  if (given?.value.kind !== 'string' || given.value.value === '' || given.defaults.size > 0) return undefined;
  const { value } = given;
  return { kind: 'known', value: value.value, span, origin: value.origin, isSensitive: isSensitive(value) };
}

type RegionOwner = Pick<SecurityGroup, 'span' | 'instance'> & { readonly region: Fact<string | null> };
