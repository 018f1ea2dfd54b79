/** Groups with both inline and standalone rules. */

import { defineCheck, type Hit } from '../findings/check.ts';
import { isInDownloadedModule } from '../model/place.ts';
import { certainFirst, ownRulesOf } from '../model/questions/own-rules.ts';
import type { Direction } from '../model/rule.ts';
import type { RuleSet } from '../model/security-group.ts';
import { formatCount } from '../text/count.ts';
import { localAddress } from './shared/description.ts';
import { groupHit } from './shared/rule-fault.ts';

/** How many standalone rules a finding shows. */
const shown = 5;

export const conflictingRules = defineCheck({
  id: 'conflicting-rules',
  summary: 'A group mixes inline and standalone rules, which remove each other on every apply',
  label: 'inline rules',
  help: 'Use only one form for each direction.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
  ],
  about: 'security-group',
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
  if (group === undefined || !group.form.removesOtherRules) return undefined;
  const standalone = certainFirst(
    rules.filter((rule) => rule.form.kind === 'standalone' && rule.direction === direction),
  );
  const [first] = standalone;
  const own = ownRulesOf(group, direction, rules);
  if (own === undefined || first === undefined) return undefined;
  // A finding in a downloaded module cannot be fixed in this tree.
  const isOurs = !isInDownloadedModule(own.span);
  const places = [...new Map(standalone.map((rule) => [rule.resourceAddress, rule])).values()];
  const [place, others] = isOurs ? [own.span, places] : [first.span, places.slice(1)];
  const related = others.slice(0, shown).map((rule) => ({ message: localAddress(rule), span: rule.span }));
  const name = localAddress(group);
  const where = standalone.length === 1 ? localAddress(first) : formatCount(standalone.length, 'resource');
  const hit = groupHit(group, {
    place: { span: place },
    message: `${name} mixes inline ${direction} rules with ${where}, so each apply removes what the previous one added.`,
    related: isOurs ? related : [{ message: `${direction} of ${name}`, span: own.span }, ...related],
    reasons: [...(own.reasons ?? []), ...(first.existsIf ?? [])],
  });
  return { ...hit, identity: { direction } };
}
