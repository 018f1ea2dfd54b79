/** How many rules a resource makes. */

import { argumentsOfBody, numberFact } from '../aws/arguments.ts';
import type { Fact } from '../fact.ts';
import type { Rule } from '../rule.ts';

/** What the resource's block says; empty where it makes one rule, or one for each key. */
export function countOf({ form, instance, calls, span }: Rule): readonly Fact<number | null>[] {
  if (form.kind === 'inline' || ![...instance.body.names].includes('count')) return [];
  return [numberFact(argumentsOfBody(instance.body, span, { calls, problems: [] }), 'count')];
}
