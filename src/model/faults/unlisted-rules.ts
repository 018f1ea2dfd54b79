/** Rules that an exclusive list of their group's rules leaves out. */

import type { ExclusiveRules } from '../aws/exclusive-rules.ts';
import type { UnknownReason } from '../fact.ts';
import { ownerKey } from '../owner-key.ts';
import { ownerReasons, type Rule } from '../rule.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

export interface UnlistedRule {
  readonly rule: Rule;
  readonly list: ExclusiveRules;
  /** What decides whether it is left out; empty where it is certain. */
  readonly reasons: readonly UnknownReason[];
}

/** Inline rules are in no list, because they have no identifier in the configuration. */
export function* unlistedRules(model: SecurityGroupModel): Iterable<UnlistedRule> {
  for (const list of model.exclusiveRules) {
    const key = ownerKey(list.owner);
    for (const rule of model.rules) {
      if (rule.direction === 'unknown' || ownerKey(rule.owner) !== key) continue;
      const ids = list.ids[rule.direction];
      if (rule.form.kind === 'standalone' && ids.some(({ reference }) => reference?.address === rule.address)) continue;
      // Whatever is not known may be the rule.
      const open = ids.flatMap(({ id, reference }) =>
        id.kind === 'unknown' && reference === undefined && rule.form.kind === 'standalone' ? id.reasons : [],
      );
      yield { rule, list, reasons: [...open, ...ownerReasons(rule), ...(list.existsIf ?? [])] };
    }
  }
}
