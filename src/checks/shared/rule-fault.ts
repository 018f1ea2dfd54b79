/** Shared code of the checks of rules and groups that fail to apply. */

import type { Hit } from '../../findings/check.ts';
import { type Because, type Fact, waitsFor } from '../../model/fact.ts';
import type { Rule } from '../../model/rule.ts';
import type { SecurityGroup } from '../../model/security-group.ts';

/** What is wrong with a rule or group. */
export interface Fault {
  readonly place: Hit['place'];
  readonly message: string;
  readonly related?: Hit['related'];
  /** What the fault itself waits for; absent for one that is certain if there is such a rule or group. */
  readonly because?: readonly Because[] | undefined;
}

/** Certain where the fault is if there is such a rule. */
export function ruleHit(rule: Rule, fault: Fault): Hit {
  return { ...groupHit(rule, fault), rule };
}

/** Certain where the fault is if there is such a group. */
export function groupHit(subject: SecurityGroup | Rule, { place, message, related, because = [] }: Fault): Hit {
  const reasons: Pick<Hit, 'answer' | 'because' | 'existence'> =
    because.length > 0
      ? { answer: 'unknown', because: waitsFor(subject.possible, because) }
      : { answer: 'yes', existence: waitsFor(subject.possible) };
  return { ...reasons, subject, place, message, ...(related && { related }) };
}

/** What a fact waits for; undefined for a known one. */
export function reasonOf(fact: Fact<unknown>): readonly Because[] | undefined {
  return fact.kind === 'unknown' ? fact.because : undefined;
}
