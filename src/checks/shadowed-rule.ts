/** Rules that other rules of their group already allow. */

import { defineCheck, type Hit } from '../findings/check.ts';
import { type Shadow, shadowsIn } from '../model/questions/shadows.ts';
import type { Rule } from '../model/rule.ts';
import type { RuleSet } from '../model/security-group.ts';
import { TCP, UDP } from '../network/protocol.ts';
import { differenceOfTraffic, isNoTraffic, trafficOfValues, unionOfTraffic } from '../network/traffic.ts';
import { spanKey } from '../source/span.ts';
import { duplicateRule } from './duplicate-rule.ts';
import { placeApart } from './shared/rule-place.ts';
import { describeRule } from './shared/rule-text.ts';

export const shadowedRule = defineCheck({
  id: 'shadowed-rule',
  summary: 'A rule is redundant because other rules of its group already allow its traffic',
  label: 'redundant',
  help: 'Remove the narrow rule if the wide one is intended; otherwise narrow the wide one.',
  severity: 'low',
  preset: 'recommended',
  topic: 'hygiene',
  aliases: {},
  tags: ['unnecessary'],
  coveredBy: [duplicateRule],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const ruleSet of model.ruleSets) {
      const open = openToInternet(ruleSet);
      for (const direction of ['ingress', 'egress'] as const) {
        for (const shadow of shadowsIn(ruleSet, direction)) {
          if (!shadow.others.some((other) => open.has(other))) yield hitOf(shadow);
        }
      }
    }
  },
});

/** Ports that port-open lets everybody have by default. */
const harmless = unionOfTraffic(
  [TCP, UDP].map((protocol) =>
    trafficOfValues(protocol, [
      { first: 80, last: 80 },
      { first: 443, last: 443 },
    ]),
  ),
);

/** Rules that are at fault because the internet gets in: the narrow rule beside one is the good one, and has to stay when that is narrowed. */
function openToInternet(ruleSet: RuleSet): ReadonlySet<Rule> {
  const faults = ruleSet
    .exposures('ingress')
    .filter(({ traffic }) => !isNoTraffic(differenceOfTraffic(traffic, harmless)));
  return new Set(faults.flatMap(({ rule, partners }) => [rule, ...partners.map((partner) => partner.rule)]));
}

function hitOf({ rule, others, reasons }: Shadow): Hit {
  if (others.length === 0) {
    const message = `The group has too many rules to compare: ${describeRule(rule)} and narrower rules may be redundant.`;
    return { answer: 'unknown', subject: rule, rule, place: { span: rule.span }, message, reasons };
  }
  const names = others.length > 2 ? `${others.length} other rules together` : others.map(describeRule).join(' and ');
  const place = placeApart(rule, others);
  return {
    answer: reasons.length > 0 ? 'unknown' : 'yes',
    subject: rule,
    rule,
    place,
    message: `${describeRule(rule).replace(/^all/, 'All')} is redundant: already allowed by ${names}.`,
    related: others
      .map((other) => ({ message: `${describeRule(other)} is allowed here`, span: placeApart(other, [rule]).span }))
      // Rules of one resource stand at one place.
      .filter(({ span }) => spanKey(span) !== spanKey(place.span)),
    reasons,
  };
}
