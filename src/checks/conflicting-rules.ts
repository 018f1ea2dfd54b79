/** Groups whose rules are managed in the group and outside it. */

import { nodesIn } from '../hcl/walk.ts';
import { formatCount } from '../model/count.ts';
import type { Direction, Rule } from '../model/rule.ts';
import type { RuleSet, SecurityGroup } from '../model/security-group.ts';
import type { Span } from '../source/span.ts';
import { argument } from '../terraform/expand.ts';
import { isDownloaded } from '../terraform/load.ts';
import type { Because } from '../terraform/value.ts';
import { defineCheck, type Hit } from './check.ts';
import { localAddress } from './description.ts';
import { groupHit } from './rule-fault.ts';

/** How many standalone rules a finding shows. */
const shown = 5;

export const conflictingRules = defineCheck({
  id: 'conflicting-rules',
  summary: 'A group has rules of its own and standalone rules, which remove one another at each apply',
  severity: 'high',
  set: 'recommended',
  aliases: [],
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
  ],
  options: {},
  *run(model) {
    for (const ruleSet of model.ruleSets) {
      for (const direction of ['ingress', 'egress'] as const) {
        const hit = conflictIn(ruleSet, direction);
        if (hit !== undefined) yield hit;
      }
    }
  },
});

function conflictIn({ group, rules }: RuleSet, direction: Direction): Hit | undefined {
  if (group === undefined || isIgnored(group, direction)) return undefined;
  const standalone = certainFirst(rules.filter((rule) => rule.form === 'standalone' && rule.direction === direction));
  const [first] = standalone;
  const own = ownRules(group, direction, rules);
  if (own === undefined || first === undefined) return undefined;
  // What nobody wrote in this tree, nobody can mend in it.
  const isOurs = !isDownloaded(own.span.file.path);
  const places = [...new Map(standalone.map((rule) => [rule.subject, rule])).values()];
  const [place, others] = isOurs ? [own.span, places] : [first.span, places.slice(1)];
  const related = others.slice(0, shown).map((rule) => ({ message: localAddress(rule), span: rule.span }));
  const count = formatCount(standalone.length, 'resource');
  return groupHit(group, {
    place: { span: place },
    message: `${localAddress(group)} has ${direction} rules of its own and others in ${count}: each apply takes away what the one before added.`,
    related: isOurs ? related : [{ message: `${direction} of ${localAddress(group)}`, span: own.span }, ...related],
    because: [...(own.because ?? []), ...(first.possible ?? [])],
  });
}

function certainFirst(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((a, b) => Number(a.possible !== undefined) - Number(b.possible !== undefined));
}

/** Where a group says its own rules, an empty list of them included; without one, the provider leaves all rules as they are. */
function ownRules(
  group: SecurityGroup,
  direction: Direction,
  rules: readonly Rule[],
): { readonly span: Span; readonly because: readonly Because[] | undefined } | undefined {
  const [own] = certainFirst(rules.filter((rule) => rule.form === 'inline' && rule.direction === direction));
  if (own !== undefined && own.possible === undefined) return { span: own.span, because: undefined };
  const found = argument(group.instance.body, direction);
  if (found !== undefined) {
    const { value, attribute } = found;
    return { span: attribute.value, because: value.kind === 'unknown' ? value.because : undefined };
  }
  return own && { span: own.span, because: own.possible };
}

/** Whether the group is told to leave rules alone that others add. */
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
