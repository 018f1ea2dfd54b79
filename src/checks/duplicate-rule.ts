/** Rules that a group has already. */

import { type Allowance, allowancesOf, peersKey } from '../model/allowance.ts';
import { formatCount } from '../model/count.ts';
import { known } from '../model/fact.ts';
import { type Peer, type Rule, trafficOf } from '../model/rule.ts';
import { formatTraffic } from '../model/traffic.ts';
import { compareSpans } from '../source/span.ts';
import type { Because } from '../terraform/value.ts';
import { defineCheck, type Hit } from './check.ts';
import { ruleHit } from './rule-fault.ts';
import { nameOfPeer } from './rule-text.ts';

export const duplicateRule = defineCheck({
  id: 'duplicate-rule',
  summary: 'A group gets the same rule twice: same traffic, same source or destination',
  severity: 'medium',
  set: 'recommended',
  aliases: [],
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/25965',
  ],
  options: {},
  *run(model) {
    for (const { rules } of model.ruleSets) {
      const seen = new Map<string, Allowance>();
      for (const rule of rules) {
        const doubles = doublesIn(rule, seen);
        const [first] = doubles;
        if (first !== undefined) yield hitOf(rule, first, doubles.length - 1);
      }
    }
  },
});

interface Double {
  readonly again: Allowance;
  readonly before: Allowance;
}

/** What the rule repeats of those seen, or of itself; puts the rest among those seen. */
function doublesIn(rule: Rule, seen: Map<string, Allowance>): readonly Double[] {
  if (rule.direction === 'unknown' || trafficOf(rule).kind !== 'traffic') return [];
  const doubles: Double[] = [];
  const allowances = allowancesOf(rule);
  for (const again of allowances) {
    const key = keyOf(again);
    const before = key === undefined ? undefined : seen.get(key);
    if (before !== undefined) doubles.push({ again, before });
    else if (key !== undefined) seen.set(key, again);
  }
  const isRepeated = allowances.length > 0 && doubles.length === allowances.length;
  return doubles.filter(({ before }) => !isMerged(before.rule, rule) || (isRepeated && before.rule !== rule));
}

function keyOf(allowance: Allowance): string | undefined {
  const peer = peersKey([allowance]);
  if (peer === undefined) return undefined;
  const traffic = allowance.traffic.points.map(({ first, last }) => `${first}-${last}`);
  return [allowance.rule.direction, ...traffic, peer].join('\n');
}

/** The provider makes one rule of what a group's own rules say twice in the same words. */
function isMerged(a: Rule, b: Rule): boolean {
  if (a.form !== 'inline' || b.form !== 'inline') return false;
  return (known(a.description) ?? '') === (known(b.description) ?? '');
}

function hitOf(rule: Rule, { again, before }: Double, more: number): Hit {
  const [place, earlier] = [placeOf(again.peer), placeOf(before.peer)];
  // Instances of one block share their places.
  const isHere = compareSpans(place.span, earlier.span) === 0;
  const what = `${formatTraffic(again.traffic)} ${rule.direction === 'egress' ? 'to' : 'from'} ${nameOfPeer(again.peer)}`;
  const rest = more === 0 ? '' : ` and ${formatCount(more, 'other')} of its rules`;
  const owner = rule.owner.kind === 'unknown' && rule.owner.identity === undefined ? rule.owner.because : [];
  const possible: readonly Because[] = before.rule.possible ?? [];
  return ruleHit(rule, {
    place,
    message: `${what.replace(/^every/, 'Every')}${rest} is in the group already, so ${consequence(before.rule, rule)}.`,
    related: isHere ? [] : [{ message: 'the same rule', span: earlier.span }],
    because: [...owner, ...possible],
  });
}

function consequence(before: Rule, rule: Rule): string {
  if (isMerged(before, rule)) return 'this one has no effect';
  const isOneCall = before === rule || (before.form === 'inline' && rule.form === 'inline');
  return `AWS refuses it (${isOneCall ? 'the same permission must not appear multiple times' : 'InvalidPermission.Duplicate'})`;
}

function placeOf(peer: Peer): Hit['place'] {
  return peer.kind === 'cidr' ? peer.text : peer.kind === 'self' ? peer.value : peer.id;
}
