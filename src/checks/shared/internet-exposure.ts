/** Hits of the checks of internet exposure, ingress and egress. */

import { groupBy } from '../../collections/group-by.ts';
import type { Hit } from '../../findings/check.ts';
import type { Question, Related, Twin } from '../../findings/finding.ts';
import type { Exposure } from '../../model/questions/exposure.ts';
import type { Direction, Rule } from '../../model/rule.ts';
import type { RuleSet, SecurityGroup } from '../../model/security-group.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import type { Family } from '../../network/ip-address.ts';
import { equalTraffic, isNoTraffic, type Traffic, unionOfTraffic } from '../../network/traffic.ts';
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

/** A part of an exposure that a check is about. */
interface Fault {
  readonly exposure: Exposure;
  /** Of the unit that the group is in. */
  readonly index: number;
  readonly ruleSet: RuleSet;
  readonly traffic: Traffic;
}

/** Faults of one unit at one place, in one address family, and what they open together in words. */
interface FaultsAtPlace {
  readonly faults: readonly [Fault, ...Fault[]];
  readonly what: string;
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
        .map((exposure): Fault => ({ exposure, index, ruleSet, traffic: faultOf(exposure, all) }))
        .filter(({ traffic }) => !isNoTraffic(traffic));
    }),
  );
  // Finding all services takes longer than all else here.
  const isTold = direction === 'ingress' && faults.some(({ exposure }) => exposure.answer === 'yes');
  const uses = isTold ? usesByGroup(model) : undefined;
  const byPlace = groupBy(
    faults,
    ({ exposure: { answer, peer }, index }) => `${answer} ${index} ${peer.family} ${spanKey(peer.text.span)}`,
  );
  const places = [...byPlace.values()].map((same): FaultsAtPlace => {
    const traffic = unionOfTraffic(same.map((fault) => fault.traffic));
    return { faults: same, what: describe(traffic, same[0].exposure.rule) };
  });
  const twins = twinsOf(places, direction);
  for (const { faults: same, what } of places) {
    const [{ exposure: first }] = same;
    const { peer, partners, answer } = first;
    const verb = verbs[direction];
    const subject = describeBlocks([peer, ...partners.map((partner) => partner.peer)], verb, answer === 'yes');
    const message = `${subject} ${what} to the whole IPv${peer.family} internet.`;
    // What stands between commas is about how it is written.
    const asked = what.replace(/,.*,$/, '');
    for (const fault of same) {
      const { ruleSet } = fault;
      const hit = hitOf(fault, direction, message, asked);
      const { group } = ruleSet;
      const told = group === undefined || answer !== 'yes' ? undefined : uses?.get(group);
      const twin = twins.get(fault);
      yield { ...hit, related: [...hit.related, ...(told ?? [])], ...(twin && { twin }) };
    }
  }
}

/** The faults that are the same in IPv4 and IPv6: of the same rules, or else of two rules of one group that allow the same. */
function twinsOf(places: readonly FaultsAtPlace[], direction: Direction): ReadonlyMap<Fault, Twin> {
  const twins = new Map<Fault, Twin>();
  const open = places.filter(({ faults }) =>
    faults.every(({ exposure }) => exposure.answer === 'yes' && exposure.partners.length === 0),
  );
  for (const keyOf of [ruleOf, openingOf]) {
    const left = open.filter(({ faults }) => !twins.has(faults[0]));
    const sixes = new Map([...groupBy(left.filter(isOf(6)), keyOf)].map(([key, same]) => [key, same.values()]));
    for (const four of left.filter(isOf(4))) {
      const six = sixes.get(keyOf(four))?.next().value;
      if (six !== undefined && isTwin(four, six)) joinTwins(four, six, direction, twins);
    }
  }
  return twins;
}

const isOf =
  (family: Family) =>
  ({ faults: [{ exposure }] }: FaultsAtPlace): boolean =>
    exposure.peer.family === family;

const ruleOf = ({ faults: [{ exposure }] }: FaultsAtPlace): Rule | string => exposure.rule;

const openingOf = ({ faults: [{ exposure, index }], what }: FaultsAtPlace): Rule | string =>
  `${index} ${exposure.existsIf.join()} ${what}`;

function isTwin(four: FaultsAtPlace, six: FaultsAtPlace): boolean {
  return (
    four.what === six.what &&
    four.faults.length === six.faults.length &&
    four.faults.every(({ exposure, ruleSet, traffic }, index) => {
      const other = six.faults[index]!;
      const isSameRule = exposure.rule === other.exposure.rule;
      return isSameRule || (ruleSet === other.ruleSet && equalTraffic(traffic, other.traffic));
    })
  );
}

function joinTwins(four: FaultsAtPlace, six: FaultsAtPlace, direction: Direction, twins: Map<Fault, Twin>): void {
  const [name, other] = [four, six].map(({ faults }) => nameOfPeer(faults[0].exposure.peer));
  // Of two blocks that are not shown, a sentence about both would say nothing.
  if (name === other) return;
  const [opens, open] = verbs[direction];
  const message = `${name} and ${other} ${open} ${four.what} to the whole internet.`;
  for (const [index, fault] of four.faults.entries()) {
    const second = six.faults[index]!;
    const key = [fault, second]
      .map(({ exposure: { rule, peer } }) => `${rule.address} ${spanKey(rule.span)} ${spanKey(peer.text.span)}`)
      .join('\n');
    twins.set(fault, { key, message });
    twins.set(second, { key, message, also: `${other}, which ${opens} the same to IPv6` });
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
  { exposure: { answer, rule, peer, partners, reasons, existsIf }, traffic }: Fault,
  direction: Direction,
  message: string,
  asked: string,
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
    traffic: asked,
    state: `${direction === 'ingress' ? 'open' : 'allowed'} to the internet`,
    isOfSource: isOfSource(reasons, [peer, ...partners.map((partner) => partner.peer)]),
  };
  return {
    answer,
    ...where,
    message,
    related,
    reasons,
    existsIf,
    question,
    ...(direction === 'ingress' && { opens: { family: peer.family, traffic } }),
    ...(identity && { identity }),
  };
}
