/** Where a finding about a rule beside other rules stands. */

import type { Fact } from '../model/fact.ts';
import type { Rule } from '../model/rule.ts';
import { containsSpan, type Span } from '../source/span.ts';
import type { Origin } from '../terraform/value.ts';

/**
 * At what a caller of the rule's module hands in and none of the others gets from there, for that makes the difference; else at the
 * rule itself.
 */
export function placeApart(
  rule: Rule,
  others: readonly Rule[],
): { readonly span: Span; readonly origin?: Origin | undefined } {
  const theirs = new Set(others.flatMap(factsOf).map(placeKey));
  const facts = factsOf(rule);
  const given = facts.find((fact) => isGiven(fact, rule) && !theirs.has(placeKey(fact)));
  return given ?? { span: rule.span, origin: facts[0]?.origin?.from };
}

/** What tells rules apart, without the group itself, which no caller names. */
function factsOf({ peers, fromPort, toPort, protocol }: Rule): readonly Fact<unknown>[] {
  const sources = peers.flatMap((peer) => (peer.kind === 'self' ? [] : peer.kind === 'cidr' ? peer.text : peer.id));
  return [...sources, fromPort, toPort, protocol];
}

const isGiven = ({ span }: Fact<unknown>, { calls }: Rule): boolean =>
  calls.some(({ block }) => containsSpan(block, span));

const placeKey = ({ span }: Fact<unknown>): string => `${span.start} ${span.end} ${span.file.path}`;
