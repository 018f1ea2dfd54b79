/** Ports that are open to the whole internet in IPv6 but only to some sources in IPv4. */

import { type AddressSet, overlapsAddresses, unionOfAddresses } from '../../network/address-set.ts';
import { ALL_PORTS } from '../../network/ports.ts';
import { TCP, UDP } from '../../network/protocol.ts';
import { privateAddresses, publicAddresses } from '../../network/special-addresses.ts';
import {
  differenceOfTraffic,
  intersectionOfTraffic,
  isNoTraffic,
  overlapsTraffic,
  type Traffic,
  trafficOfValues,
  unionOfTraffic,
} from '../../network/traffic.ts';
import type { CidrPeer } from '../rule.ts';
import type { RuleSet } from '../security-group.ts';
import { type BlockAllowance, blockAllowancesOf, type Exposure } from './exposure.ts';

export interface FamilyGap {
  /** What opens the ports in IPv6. */
  readonly exposure: Exposure;
  /** Ports of TCP and UDP; never empty. */
  readonly traffic: Traffic;
  /** The IPv4 sources that may send some of it; one or more. */
  readonly sources: readonly CidrPeer[];
  /** What it waits for; empty for one that is certain if its rule exists. */
  readonly reasons: readonly string[];
}

const everyPort = unionOfTraffic([trafficOfValues(TCP, ALL_PORTS), trafficOfValues(UDP, ALL_PORTS)]);

/** Addresses that somebody can have: to shut everybody out, people name others. */
const hosts = (): AddressSet => unionOfAddresses(4, [publicAddresses(4), privateAddresses(4)]);

/** At most one for each exposure in IPv6; where it is not certain, with all that it may be. */
export function familyGapsOf(ruleSet: RuleSet): readonly FamilyGap[] {
  const exposures = ruleSet.exposures('ingress');
  const wide = exposures.filter(({ peer }) => peer.family === 6);
  if (wide.length === 0) return [];
  const open = exposures.filter(({ peer }) => peer.family === 4);
  const anybody = hosts();
  const sources = ruleSet.rules
    .filter(({ direction }) => direction !== 'egress')
    .flatMap((rule) => blockAllowancesOf(rule))
    .filter(({ peer, addresses }) => peer.family === 4 && overlapsAddresses(addresses, anybody));
  const surely = narrowing(sources.filter(isCertain), open);
  const perhaps = narrowing(sources, open.filter(isCertain));
  return wide.flatMap((exposure) => {
    const certain = gapOf(exposure, surely);
    if (exposure.answer === 'yes' && certain !== undefined) return { ...certain, reasons: [] };
    const possible = gapOf(exposure, perhaps);
    if (possible === undefined) return [];
    const involved = [exposure, ...possible.some, ...open.filter(({ traffic }) => overlaps(traffic, possible))];
    const names = involved.flatMap(({ reasons, existsIf }) => [...reasons, ...existsIf]);
    return { ...possible, reasons: [...new Set(names)].sort() };
  });
}

/** Sources, what they may send, and what the internet may. */
interface Narrowing {
  readonly sources: readonly BlockAllowance[];
  readonly forSome: Traffic;
  readonly forAll: Traffic;
}

const narrowing = (sources: readonly BlockAllowance[], open: readonly Exposure[]): Narrowing => ({
  sources,
  forSome: unionOfTraffic(sources.map(({ traffic }) => traffic)),
  forAll: unionOfTraffic(open.map(({ traffic }) => traffic)),
});

/** The ports of an exposure that some IPv4 sources may reach and the IPv4 internet may not. */
function gapOf(exposure: Exposure, { sources, forSome, forAll }: Narrowing) {
  const wanted = intersectionOfTraffic(intersectionOfTraffic(exposure.traffic, everyPort), forSome);
  const traffic = differenceOfTraffic(wanted, forAll);
  if (isNoTraffic(traffic)) return undefined;
  const some = sources.filter((source) => overlaps(source.traffic, { traffic }));
  return { exposure, traffic, some, sources: some.map(({ peer }) => peer) };
}

const isCertain = ({ reasons, existsIf }: Pick<Exposure, 'reasons' | 'existsIf'>): boolean =>
  reasons.length === 0 && existsIf.length === 0;

const overlaps = (traffic: Traffic, other: { readonly traffic: Traffic }): boolean =>
  overlapsTraffic(traffic, other.traffic);
