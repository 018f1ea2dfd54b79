/** What mixes rules in its own block with rules that are resources of their own: security groups, and network ACLs. */

import type { Hit } from '../../findings/check.ts';
import type { UnknownReason } from '../../model/fact.ts';
import { isInDownloadedModule } from '../../model/place.ts';
import { certainFirst } from '../../model/questions/own-rules.ts';
import type { Addressed, Direction, TrafficRule } from '../../model/rule.ts';
import type { RuleList } from '../../model/security-group.ts';
import { formatCount } from '../../text/count.ts';
import { localAddress } from './description.ts';
import { groupHit } from './rule-fault.ts';

/** How many standalone rules a finding shows. */
const shown = 5;

/** A group, or a network ACL. */
type Mixing = Addressed & { readonly existsIf: readonly UnknownReason[] | undefined };

/**
 * Undefined where nothing is mixed.
 *
 * @param own what removes the rules that are not in it; undefined where nothing does
 * @param rules all of the direction that are resources of their own
 * @param describe what happens, by the names or number of the others
 */
export function mixedFormsHit(
  mixing: Mixing,
  direction: Direction,
  own: RuleList | undefined,
  rules: readonly TrafficRule[],
  describe: (others: string) => string,
): Hit | undefined {
  const standalone = certainFirst(rules);
  const [first] = standalone;
  if (own === undefined || first === undefined) return undefined;
  // A finding in a downloaded module cannot be fixed in this tree.
  const isOurs = !isInDownloadedModule(own.span);
  const places = [...new Map(standalone.map((rule) => [rule.resourceAddress, rule])).values()];
  const [place, others] = isOurs ? [own.span, places] : [first.span, places.slice(1)];
  const related = others.slice(0, shown).map((rule) => ({ message: localAddress(rule), span: rule.span }));
  const name = localAddress(mixing);
  const where = standalone.length === 1 ? localAddress(first) : formatCount(standalone.length, 'resource');
  const hit = groupHit(mixing, {
    place: { span: place },
    message: `${name} ${describe(where)}, so each apply removes what the previous one added.`,
    related: isOurs ? related : [{ message: `${direction} of ${name}`, span: own.span }, ...related],
    reasons: [...(own.reasons ?? []), ...(first.existsIf ?? [])],
  });
  return { ...hit, identity: { direction } };
}
