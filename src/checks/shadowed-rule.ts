/** Rules that the group's other rules allow already. */

import { numberOfAddresses } from '../model/address-set.ts';
import {
  type Allowance,
  allowanceKey,
  allowancesOf,
  mayOverlap,
  possiblyAllowedBy,
  surelyAllowedBy,
} from '../model/allowance.ts';
import { known, waitsFor } from '../model/fact.ts';
import { size } from '../model/interval.ts';
import type { Rule } from '../model/rule.ts';
import type { RuleSet } from '../model/security-group.ts';
import { defineCheck, type Hit } from './check.ts';
import { placeApart } from './rule-place.ts';
import { describeRule } from './rule-text.ts';

export const shadowedRule = defineCheck({
  id: 'shadowed-rule',
  summary: "A rule allows only what the group's other rules allow already",
  severity: 'low',
  set: 'recommended',
  aliases: [],
  coveredBy: ['duplicate-rule'],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  options: {},
  *run(model) {
    for (const ruleSet of model.ruleSets) {
      yield* shadowedIn(ruleSet, 'ingress');
      yield* shadowedIn(ruleSet, 'egress');
    }
  },
});

interface Candidate {
  readonly rule: Rule;
  readonly allowances: readonly Allowance[];
}

/** Rules are asked one after the other, narrow ones first, and a shadowed one shadows no other: so all of them may go together. */
function* shadowedIn({ rules }: RuleSet, direction: Rule['direction']): Iterable<Hit> {
  const candidates = rules
    .filter((rule) => rule.direction === direction && !rule.isOpenEnded)
    .map((rule): Candidate => ({ rule, allowances: allowancesOf(rule) }));
  candidates.sort((a, b) => compareWidths(a, b));
  const all = candidates.flatMap(({ allowances }) => allowances);
  const doubles = doublesAmong(candidates);
  const gone = new Set<Rule>();
  for (const { rule, allowances } of candidates) {
    if (allowances.length === 0 || allowances.length < rule.peers.length || doubles.has(rule)) continue;
    const theirs = all.filter(
      (other) => allowances.some((wanted) => mayOverlap(wanted, other)) && other.rule !== rule && !gone.has(other.rule),
    );
    const sure = behind(allowances, (wanted) => surelyAllowedBy(wanted, theirs));
    if (sure !== undefined) {
      const hit = hitOf(rule, sure);
      if (hit.answer === 'yes') gone.add(rule);
      yield hit;
      continue;
    }
    const possible = behind(allowances, (wanted) => possiblyAllowedBy(wanted, theirs));
    if (possible === undefined) continue;
    const because = [...allowances, ...possible].flatMap((one) => [...one.because, ...one.peerBecause]);
    if (because.length > 0)
      yield { ...hitOf(rule, possible), answer: 'unknown', because: [...new Set(because)].sort() };
  }
}

/** Rules that others repeat word by word, whole or with more sources: they are doubles, not shadowed. */
function doublesAmong(candidates: readonly Candidate[]): ReadonlySet<Rule> {
  const byKey = new Map<string, Candidate[]>();
  const keysOf = ({ allowances }: Candidate) => allowances.map((allowance) => allowanceKey([allowance]));
  for (const candidate of candidates) {
    for (const key of keysOf(candidate)) {
      if (key === undefined) continue;
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [candidate]);
      else same.push(candidate);
    }
  }
  const isDouble = (one: Candidate): boolean =>
    keysOf(one).every((key) =>
      byKey.get(key ?? '')?.some((other) => other.rule !== one.rule && !isMergedInto(one, other)),
    );
  return new Set(candidates.filter(isDouble).map(({ rule }) => rule));
}

/** Of what a group's own rules say in the same words the provider makes one rule: then the shorter one just adds nothing. */
function isMergedInto(one: Candidate, other: Candidate): boolean {
  const [a, b] = [one.rule, other.rule];
  const isInline = a.form === 'inline' && b.form === 'inline';
  return (
    isInline &&
    one.allowances.length < other.allowances.length &&
    (known(a.description) ?? '') === (known(b.description) ?? '')
  );
}

function compareWidths(a: Candidate, b: Candidate): number {
  const [left, right] = [widthOf(a), widthOf(b)];
  return left < right ? -1 : Number(left > right);
}

function widthOf({ allowances }: Candidate): bigint {
  return allowances.reduce(
    (sum, { traffic, addresses }) =>
      sum + size(traffic.points) * (addresses === undefined ? 1n : numberOfAddresses(addresses)),
    0n,
  );
}

/** The allowances of others behind each of a rule's; undefined if one of them has none. */
function behind(
  allowances: readonly Allowance[],
  allowedBy: (wanted: Allowance) => readonly Allowance[],
): readonly Allowance[] | undefined {
  const each = allowances.map(allowedBy);
  return each.some((some) => some.length === 0) ? undefined : each.flat();
}

function hitOf(rule: Rule, allowances: readonly Allowance[]): Hit {
  const others = [...new Set(allowances.map((allowance) => allowance.rule))];
  const names = others.length > 2 ? `${others.length} other rules together` : others.map(describeRule).join(' and ');
  const because = waitsFor(rule.possible, ownerBecause(rule));
  return {
    answer: because.length > 0 ? 'unknown' : 'yes',
    subject: rule,
    rule,
    place: placeApart(rule, others),
    message: `${describeRule(rule)} is allowed already by ${names}, so this rule adds nothing.`,
    related: others.map((other) => ({
      message: `${describeRule(other)} is allowed here`,
      span: placeApart(other, [rule]).span,
    })),
    because,
  };
}

/** Rules that wait for the same value may still belong to different groups. */
function ownerBecause({ owner }: Rule) {
  return owner.kind === 'unknown' && owner.identity === undefined ? owner.because : undefined;
}
