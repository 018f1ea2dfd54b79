/** The inline rules of a group. */

import type { Direction, Rule } from '../rule.ts';
import type { RuleList, SecurityGroup } from '../security-group.ts';

/**
 * Where a group says its own rules, an empty list of them included; undefined for a group without, of which the provider leaves all
 * rules as they are, and for one that is told to leave alone what others change. `reasons`: what decides whether it says any.
 *
 * @param rules all of the group
 */
export function ownRulesOf(group: SecurityGroup, direction: Direction, rules: readonly Rule[]): RuleList | undefined {
  const ignored = group.lifecycle?.ignoresChanges;
  if (ignored?.has(direction) === true || ignored?.has('all') === true) return undefined;
  const own = certainFirst(rules.filter((rule) => rule.form.kind === 'inline' && rule.direction === direction));
  const [first] = own;
  if (first !== undefined && first.existsIf === undefined) return { span: first.span, reasons: undefined };
  return group.ruleLists[direction] ?? (first && { span: first.span, reasons: first.existsIf });
}

/** Rules that exist for certain, then the others. */
export function certainFirst(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((a, b) => Number(a.existsIf !== undefined) - Number(b.existsIf !== undefined));
}
