/** What the groups on an interface open to the internet. */

import { shown, waitsFor } from '../model/fact.ts';
import { placeInTree } from '../model/place.ts';
import { exposuresOf } from '../model/questions/exposure.ts';
import { factOfPeer, type Peer, type Rule } from '../model/rule.ts';
import type { Family } from '../network/ip-address.ts';
import { ALL_TRAFFIC, formatTraffic, type Traffic } from '../network/traffic.ts';
import type { PathStep } from './exposure.ts';
import type { GroupOn, Interface } from './services.ts';
import { eachOnce, type ReachVerdict, unknown, yes } from './verdict.ts';

export interface OpenTraffic {
  readonly traffic: Traffic;
  readonly verdict: ReachVerdict;
}

/** By the groups of the interface, and the family. */
export class Openings {
  readonly #known = new Map<string, readonly OpenTraffic[]>();

  of({ groups }: Interface, family: Family): readonly OpenTraffic[] {
    const key = [family, ...groups.map(({ name, existsIf }) => [name, ...existsIf].join('\t')).sort()].join('\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const openings = openingsOf(groups, family);
    this.#known.set(key, openings);
    return openings;
  }
}

function openingsOf(groups: readonly GroupOn[], family: Family): readonly OpenTraffic[] {
  const existsIf = new Map(groups.flatMap(({ rules, existsIf: each }) => rules.map((rule) => [rule, each] as const)));
  const known = exposuresOf(
    groups.flatMap(({ rules }) => rules),
    'ingress',
  ).filter(({ peer }) => peer.family === family);
  const openings = known.map(({ rule, peer, partners, answer, traffic, reasons, existsIf: ofRule }): OpenTraffic => {
    const rules = [rule, ...partners.map((partner) => partner.rule)];
    const waits = eachOnce([...reasons, ...ofRule, ...rules.flatMap((each) => existsIf.get(each) ?? [])]);
    const step = ruleStep(rule, peer, traffic);
    return { traffic, verdict: answer === 'yes' && waits.length === 0 ? yes(step) : unknown(waits, step) };
  });
  const unread = eachOnce(groups.flatMap((group) => group.unread));
  if (unread.length > 0) openings.push({ traffic: ALL_TRAFFIC, verdict: unknown(unread) });
  return openings;
}

/** The step that a rule is. */
export function ruleStep(rule: Rule, peer: Peer, traffic: Traffic): PathStep {
  const text = `allows ${formatTraffic(traffic)} from ${peerText(peer)}`;
  return { kind: 'rule', address: rule.address, text, span: placeInTree(factOfPeer(peer).span, rule.calls) };
}

function peerText(peer: Peer): string {
  switch (peer.kind) {
    case 'self':
      return 'itself';
    case 'cidr': {
      const { text, reference } = peer;
      if (text.kind === 'known') return shown(text);
      return reference === undefined
        ? waitsFor(text.reasons).join(', ')
        : [reference.address, ...reference.path].join('.');
    }
    case 'group':
    case 'prefix-list': {
      const { id, reference } = peer;
      if (reference !== undefined) return reference.address;
      return id.kind === 'known' ? shown(id) : waitsFor(id.reasons).join(', ');
    }
  }
}
