/** Holds the rules of tfsg against those that Terraform plans. */

import type { InspectedRule } from '../../src/report/inspected.ts';

/** A rule as Terraform plans it; what it can't know before apply is named in `unknown`. */
export type PlannedRule = Omit<InspectedRule, 'span'>;

const scalars = ['address', 'group', 'direction', 'protocol', 'from_port', 'to_port', 'self', 'description'] as const;
const lists = [
  'cidr_ipv4',
  'cidr_ipv6',
  'prefix_list_ids',
  'security_groups',
  'security_group_refs',
  'prefix_list_refs',
] as const;
const dependsOn: Readonly<Record<string, string>> = {
  security_group_refs: 'security_groups',
  prefix_list_refs: 'prefix_list_ids',
};

/** Equal in all that Terraform knows; where Terraform says unknown, tfsg may know more. */
function isSame(planned: PlannedRule, ours: InspectedRule): boolean {
  const unknown = new Set(planned.unknown);
  if (ours.unknown.some((name) => !unknown.has(name))) return false;
  return (
    scalars.every((name) => unknown.has(name) || planned[name] === ours[name]) &&
    lists.every((name) => {
      const theirs = [...planned[name]].sort();
      const mine = [...ours[name]].sort();
      if (!unknown.has(name) && !unknown.has(dependsOn[name] ?? '')) return theirs.join('\n') === mine.join('\n');
      return theirs.every((value) => value === 'unknown' || mine.includes(value));
    })
  );
}

/**
 * Whether the differences are only that tfsg knows more: every planned rule that is missing is one of tfsg's with more unknown,
 * and the other way round. Rules that differ in nothing known are one to tfsg where Terraform still tells them apart; and a
 * `dynamic` block without a known size is one rule to Terraform, of which nothing is known, and may be none.
 */
export function knowsMore(planned: readonly PlannedRule[], ours: readonly InspectedRule[]): boolean {
  const { missing, spare } = unmatched(planned, ours);
  return (
    missing.every(
      (rule) => rule.unknown.length > 0 && (hasNothingKnown(rule) || ours.some((other) => isSame(rule, other))),
    ) && spare.every((rule) => planned.some((other) => other.unknown.length > 0 && isSame(other, rule)))
  );
}

const hasNothingKnown = (rule: PlannedRule): boolean =>
  ['protocol', 'from_port', 'to_port'].every((name) => rule.unknown.includes(name));

/** What is missing and what is too much; `["*"]` stands for any number of rules with something unknown. */
export function differences(planned: readonly PlannedRule[], ours: readonly InspectedRule[]) {
  const { missing, spare } = unmatched(planned, ours);
  return { missing, tooMany: spare.map(({ span, ...rule }) => rule) };
}

function unmatched(planned: readonly PlannedRule[], ours: readonly InspectedRule[]) {
  const spare = [...ours];
  const missing: PlannedRule[] = [];
  const openEnded = planned.filter((rule) => rule.unknown[0] === '*');
  for (const rule of [...planned].sort((a, b) => a.unknown.length - b.unknown.length)) {
    if (openEnded.includes(rule)) continue;
    const index = spare.findIndex((candidate) => isSame(rule, candidate));
    if (index === -1) missing.push(rule);
    else spare.splice(index, 1);
  }
  const isOpenEnded = (rule: InspectedRule): boolean =>
    rule.unknown.length > 0 &&
    openEnded.some(({ address, direction }) => address === rule.address && direction === rule.direction);
  return { missing, spare: spare.filter((rule) => !isOpenEnded(rule)) };
}
