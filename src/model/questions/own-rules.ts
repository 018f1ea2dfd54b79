/** The inline rules of a group. */

import { nodesIn } from '../../hcl/walk.ts';
import type { Span } from '../../source/span.ts';
import { argument } from '../../terraform/instances/expand.ts';
import type { Because } from '../../terraform/values/value.ts';
import type { Direction, Rule } from '../rule.ts';
import type { SecurityGroup } from '../security-group.ts';

export interface OwnRules {
  readonly span: Span;
  /** What decides whether the group says any; undefined where it does. */
  readonly because: readonly Because[] | undefined;
}

/**
 * Where a group says its own rules, an empty list of them included; undefined for a group without, of which the provider leaves all
 * rules as they are, and for one that is told to leave alone what others change.
 *
 * @param rules all of the group
 */
export function ownRulesOf(group: SecurityGroup, direction: Direction, rules: readonly Rule[]): OwnRules | undefined {
  if (isIgnored(group, direction)) return undefined;
  const own = certainFirst(rules.filter((rule) => rule.form === 'inline' && rule.direction === direction))[0];
  if (own !== undefined && own.possible === undefined) return { span: own.span, because: undefined };
  const found = argument(group.instance.body, direction);
  if (found !== undefined) {
    const { value, attribute } = found;
    return { span: attribute.value, because: value.kind === 'unknown' ? value.because : undefined };
  }
  return own && { span: own.span, because: own.possible };
}

/** Rules that exist for certain, then the others. */
export function certainFirst(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((a, b) => Number(a.possible !== undefined) - Number(b.possible !== undefined));
}

/** Source: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes */
function isIgnored({ instance }: SecurityGroup, direction: Direction): boolean {
  const lifecycles = instance.body.content.blocks.filter(({ block }) => block.type.name === 'lifecycle');
  for (const item of lifecycles.flatMap(({ block }) => block.body.items)) {
    if (item.kind !== 'attribute' || item.name.name !== 'ignore_changes') continue;
    for (const { node } of nodesIn(item.value)) {
      const name = node.kind === 'reference' ? node.name : node.kind === 'string' ? node.value : undefined;
      if (name === direction || name === 'all') return true;
    }
  }
  return false;
}
