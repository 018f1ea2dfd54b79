/** What a group or network ACL lists in its own block. */

import type { Lifecycle } from '../../terraform/instances/lifecycle.ts';
import type { Direction, TrafficRule } from '../rule.ts';
import type { RuleList, SecurityGroup } from '../security-group.ts';

/** A rule, or an entry. */
type Listed = Pick<TrafficRule, 'direction' | 'span' | 'existsIf'> & {
  readonly form: { readonly kind: 'inline' | 'standalone' };
};

interface Lists extends Pick<SecurityGroup, 'ruleLists'> {
  readonly lifecycle: Lifecycle | undefined;
}

/**
 * Where a group or ACL says its own rules, an empty list of them included; undefined for one without, of which the provider leaves all
 * rules as they are, and for one that is told to leave alone what others change. `reasons`: what decides whether it says any.
 *
 * @param rules all that it has
 */
export function ownRulesOf(lists: Lists, direction: Direction, rules: readonly Listed[]): RuleList | undefined {
  const ignored = lists.lifecycle?.ignoresChanges;
  if (ignored?.has(direction) === true || ignored?.has('all') === true) return undefined;
  const own = certainFirst(rules.filter((rule) => rule.form.kind === 'inline' && rule.direction === direction));
  const [first] = own;
  if (first !== undefined && first.existsIf === undefined) return { span: first.span, reasons: undefined };
  return lists.ruleLists[direction] ?? (first && { span: first.span, reasons: first.existsIf });
}

/** Rules that exist for certain, then the others. */
export function certainFirst<T extends Pick<Listed, 'existsIf'>>(rules: readonly T[]): readonly T[] {
  return [...rules].sort((a, b) => Number(a.existsIf !== undefined) - Number(b.existsIf !== undefined));
}
