/** What entries of a network ACL allow from the internet, port by port. */

import { groupBy } from '../../collections/group-by.ts';
import {
  type AddressSet,
  isEmptyAddresses,
  numberOfAddresses,
  overlapsAddresses,
  unionOfAddresses,
} from '../../network/address-set.ts';
import type { Share } from '../../network/first-match.ts';
import { covers, difference, type Interval, intersection } from '../../network/interval.ts';
import type { Family } from '../../network/ip-address.ts';
import { MAX_PORT, numberOfPorts } from '../../network/ports.ts';
import { hasPorts, TCP, UDP } from '../../network/protocol.ts';
import { publicAddresses, publicPart } from '../../network/special-addresses.ts';
import {
  differenceOfTraffic,
  intersectionOfTraffic,
  isNoTraffic,
  NO_TRAFFIC,
  type Traffic,
  trafficOfProtocol,
  trafficOfValues,
  unionOfTraffic,
  valuesOf,
} from '../../network/traffic.ts';
import { type AclEntry, reasonsOfEntry } from '../acl-entry.ts';
import { waitsFor } from '../fact.ts';
import { EntrySet } from '../network-acl.ts';
import { idInWords } from '../owner-key.ts';
import { protocolOf, trafficOf } from '../rule.ts';
import { aclAllowed } from './acl-allowed.ts';
import { isSurelyPart } from './exposure.ts';

/** Ports that one entry lets in from the internet. */
export interface AclExposure {
  readonly answer: 'yes' | 'unknown';
  readonly entry: AclEntry;
  /** Those that are needed beside it, as each lets in a part of the internet; empty where it does so alone. */
  readonly partners: readonly AclEntry[];
  readonly family: Family;
  readonly traffic: Traffic;
  /** For `unknown`: what it depends on. */
  readonly reasons: readonly string[];
}

/** The ACL without entries for blocks that are unknown and surely a small part of the internet, such as that of a VPC. */
export function withoutParts(set: EntrySet): EntrySet {
  const isPart = ({ peers }: AclEntry): boolean =>
    peers.some((peer) => peer.text.kind === 'unknown' && isSurelyPart(peer, waitsFor(peer.text.reasons)));
  const entries = set.entries.filter((entry) => !isPart(entry));
  return entries.length === set.entries.length ? set : new EntrySet(set.acl, entries, set.others);
}

/** Ports that clients listen on for replies. https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports */
export const EPHEMERAL: Interval = { first: 1024, last: MAX_PORT };

/** Every port that is in use. */
const USED: Interval = { first: 1, last: MAX_PORT };

/** As many of them in one range are for replies, and for no service. */
const MANY = 1000;

/** The ports that an entry singles out; none where it matches every port. */
export function namedPorts(entry: AclEntry): Traffic {
  return portsOf(entry, false);
}

/**
 * The ports of TCP and UDP that an entry matches, without those that it only has for replies.
 *
 * @param withEvery whether those of an entry count that matches every port
 */
export function portsOf(entry: AclEntry, withEvery: boolean): Traffic {
  const read = trafficOf(entry);
  if (read.kind === 'invalid') return NO_TRAFFIC;
  const protocol = protocolOf(entry);
  const transports = protocol === undefined || protocol === 'all' ? [TCP, UDP] : hasPorts(protocol) ? [protocol] : [];
  if (read.kind === 'unknown') return unionOfTraffic(transports.map(trafficOfProtocol));
  const parts = transports.map((transport) => {
    const ports = valuesOf(read.traffic, transport);
    if (covers(ports, [USED])) return withEvery ? trafficOfValues(transport, ports) : NO_TRAFFIC;
    const isForReplies = numberOfPorts(intersection(ports, [EPHEMERAL])) >= MANY;
    return trafficOfValues(transport, isForReplies ? difference(ports, [EPHEMERAL]) : ports);
  });
  const all = unionOfTraffic(parts);
  return read.traffic.isSensitive === true ? { ...all, isSensitive: true } : all;
}

/** Whether three quarters of the internet are among some addresses: lists of blocked hosts make it no smaller. */
export function hasMostOfInternet(addresses: AddressSet): boolean {
  return numberOfAddresses(publicPart(addresses)) * 4n >= numberOfAddresses(publicAddresses(addresses.family)) * 3n;
}

/** What decides what an ACL from elsewhere has beside the entries of the configuration, by name. */
export function reasonsOfOthers({ others, entries }: EntrySet): readonly string[] {
  const owner = entries[0]?.owner;
  if (others !== 'unknown' || owner === undefined) return [];
  if (owner.kind === 'id') return [owner.isSensitive ? 'network_acl_id' : idInWords(owner)];
  return owner.kind === 'unknown' ? owner.reasons.map(({ name }) => name) : [];
}

/** What entries that name ports let in from most of the internet, and what others do not let in anyway. */
export function aclExposures(whole: EntrySet, family: Family): readonly AclExposure[] {
  const set = withoutParts(whole);
  const named = new Map<AclEntry, Traffic>();
  for (const entry of set.entries) {
    const isDeny = entry.action.kind === 'known' && entry.action.value !== 'allow';
    const traffic = isDeny ? NO_TRAFFIC : namedPorts(entry);
    if (!isNoTraffic(traffic)) named.set(entry, traffic);
  }
  if (named.size === 0) return [];
  const { acl, others } = set;
  const rest = { acl, others, entries: set.entries.filter((entry) => !named.has(entry)) };
  const anyway = unionOfTraffic(
    aclAllowed(rest, 'ingress', family)
      .certain.filter(({ addresses }) => hasMostOfInternet(addresses))
      .map(({ traffic }) => traffic),
  );
  const found = new Map<string, AclExposure>();
  const ranges = groupBy(set.allowed('ingress', family).shares, ({ traffic }) => traffic.points[0]!.first);
  for (const shares of ranges.values()) {
    for (const { entry, partners, answer } of openersIn(shares, family, named)) {
      const traffic = differenceOfTraffic(intersectionOfTraffic(named.get(entry)!, shares[0].traffic), anyway);
      if (isNoTraffic(traffic)) continue;
      const key = [answer, ...[entry, ...partners].map((each) => set.entries.indexOf(each))].join(' ');
      const before = found.get(key)?.traffic ?? NO_TRAFFIC;
      const reasons = answer === 'yes' ? [] : reasonsIn(set);
      found.set(key, { answer, entry, partners, family, reasons, traffic: unionOfTraffic([before, traffic]) });
    }
  }
  // Of two entries with one number nobody knows which AWS takes, and nothing that is still unknown decides it.
  return [...found.values()].filter(({ answer, reasons }) => answer === 'yes' || reasons.length > 0);
}

type Shares = readonly Share<AclEntry | undefined>[];

/** The entries that let in most of the internet in one range of traffic. */
function openersIn(
  shares: Shares,
  family: Family,
  named: ReadonlyMap<AclEntry, Traffic>,
): readonly Pick<AclExposure, 'entry' | 'partners' | 'answer'>[] {
  const certain = openers(shares, family, named, (share) => share.certain);
  if (certain.length > 0) return certain.map((each) => ({ ...each, answer: 'yes' }));
  const possible = openers(
    shares.filter(({ mayAllow }) => mayAllow),
    family,
    named,
    (share) => share.reached,
  );
  return possible.map((each) => ({ ...each, answer: 'unknown' }));
}

function openers(
  shares: Shares,
  family: Family,
  named: ReadonlyMap<AclEntry, Traffic>,
  addressesOf: (share: Shares[number]) => AddressSet,
): readonly Pick<AclExposure, 'entry' | 'partners'>[] {
  if (!hasMostOfInternet(unionOfAddresses(family, shares.map(addressesOf)))) return [];
  const target = publicAddresses(family);
  const mine = shares.flatMap((share) => {
    const addresses = addressesOf(share);
    const isMine = share.entry !== undefined && named.has(share.entry) && !isEmptyAddresses(addresses);
    return isMine && overlapsAddresses(addresses, target) ? { entry: share.entry!, addresses } : [];
  });
  const alone = mine.filter(({ addresses }) => hasMostOfInternet(addresses));
  if (alone.length > 0) return alone.map(({ entry }) => ({ entry, partners: [] }));
  const [first, ...others] = mine;
  return first === undefined ? [] : [{ entry: first.entry, partners: others.map(({ entry }) => entry) }];
}

function reasonsIn(set: EntrySet): readonly string[] {
  const ofEntries = set.entries.filter(({ direction }) => direction !== 'egress').flatMap(reasonsOfEntry);
  return [...new Set([...ofEntries, ...reasonsOfOthers(set)])].sort();
}

/** Entries that let most of the internet in on every TCP port. */
export function wideOpenEntries(whole: EntrySet, family: Family): readonly Pick<AclExposure, 'entry' | 'reasons'>[] {
  const set = withoutParts(whole);
  const { shares } = set.allowed('ingress', family);
  return set.entries.flatMap((entry) => {
    const own = shares.filter((share) => share.entry === entry && share.mayAllow);
    const openTo = (addressesOf: (share: Shares[number]) => AddressSet): boolean => {
      const open = own.filter((share) => hasMostOfInternet(addressesOf(share))).map(({ traffic }) => traffic);
      return covers(valuesOf(unionOfTraffic(open), TCP), [USED]);
    };
    if (openTo(({ certain }) => certain)) return { entry, reasons: [] };
    const reasons = openTo(({ reached }) => reached) ? reasonsIn(set) : [];
    return reasons.length === 0 ? [] : { entry, reasons };
  });
}
