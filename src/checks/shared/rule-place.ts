/** The place of a finding about a rule among other rules. */

import type { Fact } from '../../model/fact.ts';
import { isInDownloadedModule, type Place, sourceOf } from '../../model/place.ts';
import { countOf } from '../../model/questions/rule-count.ts';
import { factOfPeer, type Rule } from '../../model/rule.ts';
import { containsSpan, type Span, spanKey } from '../../source/span.ts';

/**
 * At what a caller of the rule's module passes and none of the others gets from there, for that makes the difference; else at the
 * caller's list that says how many such rules there are; else at the module call that the others don't come by; else at the rule
 * itself.
 */
export function placeApart(rule: Rule, others: readonly Rule[]): Place {
  const theirs = new Set(others.flatMap(factsOf).map(sourceKey));
  const facts = factsOf(rule);
  const apart = facts.filter((fact) => !theirs.has(sourceKey(fact)));
  const given = [...apart, ...countOf(rule)].find((fact) => isGiven(fact, rule));
  if (given !== undefined) return given;
  const call = rule.calls.find((each) => others.every(({ calls }) => calls.every(({ block }) => block !== each.block)));
  if (call !== undefined && !isInDownloadedModule(call.span)) return { span: call.span, origin: { span: rule.span } };
  const fact = apart.find(({ origin }) => origin?.from) ?? facts[0];
  return { span: rule.span, origin: fact?.origin?.from, isSensitive: fact?.isSensitive };
}

/** What tells rules apart, without the group itself, which no caller names; what matters least comes last. */
function factsOf({ peers, fromPort, toPort, protocol, description }: Rule): readonly Fact<unknown>[] {
  const named = peers.filter(({ kind }) => kind !== 'self').map(factOfPeer);
  const selves = peers.filter(({ kind }) => kind === 'self').map(factOfPeer);
  return [...named, fromPort, toPort, protocol, description, ...selves];
}

/** Whether a place lies in one of the calls of the rule's module. */
export const isGiven = ({ span }: { readonly span: Span }, { calls }: Rule): boolean =>
  calls.some(({ block }) => containsSpan(block, span));

const sourceKey = (fact: Place): string => spanKey(sourceOf(fact));
