/** Duplicates in a group: the same traffic from, or to, the same peer. */

import { known } from '../fact.ts';
import { type Rule, trafficOf } from '../rule.ts';
import { type Allowance, allowanceKey, allowancesOf } from './allowance.ts';

/** What a rule allows a peer that an earlier rule of the group, or the rule itself, allows it already. */
export interface Duplicate {
  readonly again: Allowance;
  readonly before: Allowance;
}

/** What one rule repeats. */
export type Duplicates = readonly [Duplicate, ...Duplicate[]];

/**
 * What each rule repeats, in the order of the rules; rules that repeat nothing are left out. What the provider merges counts
 * only where it leaves nothing of a rule.
 */
export function duplicatesIn(rules: readonly Rule[]): readonly Duplicates[] {
  const seen = new Map<string, Allowance>();
  const found: Duplicates[] = [];
  for (const rule of rules) {
    const [first, ...others] = repeatedBy(rule, seen);
    if (first !== undefined) found.push([first, ...others]);
  }
  return found;
}

/** What the rule repeats of those seen, or of itself; puts the rest among those seen. */
function repeatedBy(rule: Rule, seen: Map<string, Allowance>): readonly Duplicate[] {
  if (rule.direction === 'unknown' || trafficOf(rule).kind !== 'traffic') return [];
  const duplicates: Duplicate[] = [];
  const allowances = allowancesOf(rule);
  for (const again of allowances) {
    const key = allowanceKey(again);
    const before = key === undefined ? undefined : seen.get(key);
    if (before !== undefined) duplicates.push({ again, before });
    else if (key !== undefined) seen.set(key, again);
  }
  const isWhole = duplicates.length === allowances.length;
  return duplicates.filter(({ before }) => !isMerged(before.rule, rule) || isWhole);
}

/** Whether the provider makes one rule of two: it does of what a group's own rules say in the same words. */
export function isMerged(a: Rule, b: Rule): boolean {
  if (a.form.kind !== 'inline' || b.form.kind !== 'inline') return false;
  return (known(a.description) ?? '') === (known(b.description) ?? '');
}
