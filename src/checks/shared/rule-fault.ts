/** Shared code of the checks of rules and groups that fail to apply. */

import type { Hit } from '../../findings/check.ts';
import { type Fact, type UnknownReason, waitsFor } from '../../model/fact.ts';
import type { Addressed, TrafficRule } from '../../model/rule.ts';

/** What is wrong with a rule or group. */
export interface Fault {
  readonly place: Hit['place'];
  readonly message: string;
  readonly related?: Hit['related'];
  /** What the fault itself waits for; absent for one that is certain if there is such a rule or group. */
  readonly reasons?: readonly UnknownReason[] | undefined;
}

/** Something that may not exist, such as a rule or group. */
type Subject = Addressed & { readonly existsIf: readonly UnknownReason[] | undefined };

/** Certain where the fault is if there is such a rule. */
export function ruleHit(rule: TrafficRule, fault: Fault): Hit {
  return { ...groupHit(rule, fault), rule };
}

/** Certain where the fault is if there is such a group. */
export function groupHit(subject: Subject, { place, message, related, reasons = [] }: Fault): Hit {
  const answer: Pick<Hit, 'answer' | 'reasons' | 'existsIf'> =
    reasons.length > 0
      ? { answer: 'unknown', reasons: waitsFor(subject.existsIf, reasons) }
      : { answer: 'yes', existsIf: waitsFor(subject.existsIf) };
  return { ...answer, subject, place, message, ...(related && { related }) };
}

/** Certain only if all that the fault is about exists: until then it is undecided, and waits for what decides that too. */
export function hitIfAllExist(subject: Subject, { place, message, related, reasons: ofFault }: Fault): Hit {
  const reasons = waitsFor(subject.existsIf, ofFault);
  return {
    answer: reasons.length > 0 ? 'unknown' : 'yes',
    subject,
    place,
    message,
    ...(related && { related }),
    reasons,
  };
}

/** What a fact waits for; undefined for a known one. */
export function reasonsOf(fact: Fact<unknown>): readonly UnknownReason[] | undefined {
  return fact.kind === 'unknown' ? fact.reasons : undefined;
}
