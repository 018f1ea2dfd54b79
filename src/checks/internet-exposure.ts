/** Hits of the checks on what the internet reaches through a group's rules, or what they let out to it. */

import type { Exposure } from '../model/exposure.ts';
import { waitsFor } from '../model/fact.ts';
import type { CidrPeer, Direction, Rule } from '../model/rule.ts';
import type { RuleSet, SecurityGroup, SecurityModel } from '../model/security-group.ts';
import { isNoTraffic, NO_TRAFFIC, type Traffic, unionOfTraffic } from '../model/traffic.ts';
import type { Hit } from './check.ts';
import { localAddress } from './description.ts';
import type { Related } from './finding.ts';

/** What a check asks about, and how it words the answer. */
export interface ExposureQuestion {
  readonly direction: Direction;
  /**
   * The part of an exposure that the check is about, no traffic where it has none; `others` are all exposures of the group.
   */
  readonly faultOf: (exposure: Exposure, others: readonly Exposure[]) => Traffic;
  /** Completes "0.0.0.0/0 opens ... to the whole IPv4 internet", for egress "0.0.0.0/0 lets out ...". */
  readonly describe: (traffic: Traffic, rule: Rule) => string;
}

/**
 * One hit for each rule and each peer that opens it. Rules that share a place, such as those of one dynamic block, have the
 * same message, which tells what they open together.
 */
export function* exposureHits(model: SecurityModel, { direction, faultOf, describe }: ExposureQuestion): Iterable<Hit> {
  const byPlace = new Map<string, { readonly exposures: [Exposure, RuleSet][]; traffic: Traffic }>();
  for (const ruleSet of model.ruleSets) {
    const all = ruleSet.exposures(direction);
    for (const exposure of all) {
      const traffic = faultOf(exposure, all);
      if (isNoTraffic(traffic)) continue;
      const { span } = exposure.peer.text;
      const key = `${exposure.answer} ${span.start} ${span.end} ${span.file.path}`;
      const same = byPlace.get(key) ?? { exposures: [], traffic: NO_TRAFFIC };
      same.exposures.push([exposure, ruleSet]);
      same.traffic = unionOfTraffic([same.traffic, traffic]);
      byPlace.set(key, same);
    }
  }
  for (const { exposures, traffic } of byPlace.values()) {
    const [[first]] = exposures as [[Exposure, RuleSet]];
    const audience = `the whole IPv${first.peer.family} internet`;
    const message = `${subjectOf(first, direction)} ${describe(traffic, first.rule)} to ${audience}.`;
    for (const [exposure, { group }] of exposures) {
      const hit = hitOf(exposure, direction, message);
      const isTold = direction === 'ingress' && exposure.answer === 'yes';
      const uses = group === undefined || !isTold ? [] : usesOf(model, group);
      yield { ...hit, related: [...hit.related, ...uses] };
    }
  }
}

/** What makes the fault worth a look: the services that have the group. */
function usesOf({ attachments }: SecurityModel, group: SecurityGroup): Related[] {
  return attachments.flatMap((service) => {
    const found = service.groups.find((attached) => attached.group === group && attached.possible === undefined);
    const message = `used by ${localAddress(service)} (${service.kind})`;
    return found === undefined ? [] : { message, span: found.named.id.span };
  });
}

function hitOf(
  { answer, rule, peer, partners, because }: Exposure,
  direction: Direction,
  message: string,
): Hit & { readonly related: readonly Related[] } {
  const verb = direction === 'ingress' ? 'opens' : 'lets out';
  const related = partners.map((partner) => ({
    message: `${nameOf(partner.peer)}, which ${verb} ${partners.length === 1 ? 'the rest' : 'a part of the rest'}`,
    span: partner.peer.text.span,
  }));
  return { answer, subject: rule, rule, place: peer.text, message, related, because };
}

/** `0.0.0.0/0 opens`, `0.0.0.0/1 and 128.0.0.0/1 together open`, `0.0.0.0/0 lets out`. */
function subjectOf({ answer, peer, partners }: Exposure, direction: Direction): string {
  const [partner] = partners;
  const [one, many] = direction === 'ingress' ? ['opens', 'open'] : ['lets out', 'let out'];
  const others = partners.length === 1 ? nameOf(partner!.peer) : `${partners.length} more blocks`;
  if (answer === 'unknown')
    return `${partner === undefined ? nameOf(peer) : `${nameOf(peer)}, with ${others},`} may ${many}`;
  return partner === undefined ? `${nameOf(peer)} ${one}` : `${nameOf(peer)} and ${others} together ${many}`;
}

function nameOf({ text }: CidrPeer): string {
  return text.kind === 'known' ? text.value : (waitsFor(text.because)[0] ?? 'a block');
}
