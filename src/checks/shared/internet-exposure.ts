/** Hits of the checks of internet exposure, ingress and egress. */

import { groupBy } from '../../collections/group-by.ts';
import type { Hit } from '../../findings/check.ts';
import type { Question, Related } from '../../findings/finding.ts';
import type { Exposure } from '../../model/questions/exposure.ts';
import type { Direction, Rule } from '../../model/rule.ts';
import type { SecurityGroup } from '../../model/security-group.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { isNoTraffic, type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import { spanKey } from '../../source/span.ts';
import { localAddress } from './description.ts';
import { describeBlocks, isOfSource, nameOfPeer } from './rule-text.ts';

/** What one block does, and what several do. */
const verbs: Readonly<Record<Direction, readonly [string, string]>> = {
  ingress: ['opens', 'open'],
  egress: ['allows', 'allow'],
};

/** What a check asks about, and how it words the answer. */
export interface ExposureQuestion {
  readonly direction: Direction;
  /**
   * The part of an exposure that the check is about, no traffic where it has none; `others` are all exposures of the group.
   */
  readonly faultOf: (exposure: Exposure, others: readonly Exposure[]) => Traffic;
  /** Completes "0.0.0.0/0 opens ... to the whole IPv4 internet", for egress "0.0.0.0/0 allows ... to the whole IPv4 internet". */
  readonly describe: (traffic: Traffic, rule: Rule) => string;
}

/**
 * One hit for each rule and each peer that opens it. Rules of one group that share a place, such as those of one dynamic block, have the
 * same message, which tells what they open together.
 */
export function* exposureHits(
  model: SecurityGroupModel,
  { direction, faultOf, describe }: ExposureQuestion,
): Iterable<Hit> {
  const faults = model.units.flatMap((unit, index) =>
    unit.flatMap((ruleSet) => {
      const all = ruleSet.exposures(direction);
      return all
        .map((exposure) => ({ exposure, index, group: ruleSet.group, traffic: faultOf(exposure, all) }))
        .filter(({ traffic }) => !isNoTraffic(traffic));
    }),
  );
  const uses = direction === 'ingress' ? usesByGroup(model) : undefined;
  const byPlace = groupBy(
    faults,
    ({ exposure: { answer, peer }, index }) => `${answer} ${index} ${spanKey(peer.text.span)}`,
  );
  for (const same of byPlace.values()) {
    const [{ exposure: first }] = same;
    const { peer, partners, answer, rule } = first;
    const verb = verbs[direction];
    const subject = describeBlocks([peer, ...partners.map((partner) => partner.peer)], verb, answer === 'yes');
    const what = describe(unionOfTraffic(same.map(({ traffic }) => traffic)), rule);
    const message = `${subject} ${what} to the whole IPv${peer.family} internet.`;
    // What stands between commas is about how it is written.
    const traffic = what.replace(/,.*,$/, '');
    for (const { exposure, group } of same) {
      const hit = hitOf(exposure, direction, message, traffic);
      const told = group === undefined || answer !== 'yes' ? undefined : uses?.get(group);
      yield { ...hit, related: [...hit.related, ...(told ?? [])] };
    }
  }
}

/** Nobody reads more of them. */
const maximumUses = 1_000;

/** What makes a fault worth a look: the services that have the group. */
function usesByGroup({ attachments }: SecurityGroupModel): ReadonlyMap<SecurityGroup, readonly Related[]> {
  const uses = new Map<SecurityGroup, Related[]>();
  for (const service of attachments) {
    const seen = new Set<SecurityGroup>();
    for (const { group, existsIf, named } of service.groups) {
      if (group === undefined || existsIf !== undefined || seen.has(group)) continue;
      seen.add(group);
      const ofGroup = uses.get(group) ?? [];
      uses.set(group, ofGroup);
      if (ofGroup.length >= maximumUses) continue;
      ofGroup.push({
        message: `used by ${localAddress(service)} (${service.kind})`,
        span: named.id.span,
        isUse: true,
      });
    }
  }
  return uses;
}

function hitOf(
  { answer, rule, peer, partners, reasons, existsIf }: Exposure,
  direction: Direction,
  message: string,
  traffic: string,
): Hit & { readonly related: readonly Related[] } {
  const [opens] = verbs[direction];
  const part = partners.length === 1 ? 'the rest' : 'part of the rest';
  const related = partners.map((partner) => ({
    message: `${nameOfPeer(partner.peer)}, which ${opens} ${part}`,
    span: partner.peer.text.span,
  }));
  const together = [{ rule, peer }, ...partners].map((each) => ({ rule: each.rule, peers: [each.peer] }));
  const identity = partners.length === 0 ? undefined : { together };
  const where = { subject: rule, rule, place: peer.text };
  const question: Question = {
    traffic,
    state: `${direction === 'ingress' ? 'open' : 'allowed'} to the internet`,
    isOfSource: isOfSource(reasons, [peer, ...partners.map((partner) => partner.peer)]),
  };
  return { answer, ...where, message, related, reasons, existsIf, question, ...(identity && { identity }) };
}
