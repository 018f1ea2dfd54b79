/** Connections that a network ACL allows in one direction and whose replies it drops in the other. */

import { type AddressSet, isEmptyAddresses, unionOfAddresses } from '../../network/address-set.ts';
import { overlapsRegion } from '../../network/first-match.ts';
import type { Family } from '../../network/ip-address.ts';
import { TCP } from '../../network/protocol.ts';
import { overlapsTraffic, trafficOfProtocol, trafficOfValues } from '../../network/traffic.ts';
import { type AclEntry, reasonsOfEntry } from '../acl-entry.ts';
import type { EntrySet } from '../network-acl.ts';
import type { Direction } from '../rule.ts';
import { EPHEMERAL, namedPorts, reasonsOfOthers } from './acl-exposure.ts';

/** An entry that allows TCP connections to ports that it names. */
export interface WithoutReplies {
  readonly entry: AclEntry;
  /** What decides whether replies get through; empty where they do not. */
  readonly reasons: readonly string[];
}

const tcp = trafficOfProtocol(TCP);
const replies = trafficOfValues(TCP, [EPHEMERAL]);

/** Those of a direction for which nothing of TCP 1024 to 65535, which replies go to, is allowed in the other. */
export function withoutReplies(set: EntrySet, direction: Direction): readonly WithoutReplies[] {
  const back = direction === 'ingress' ? 'egress' : 'ingress';
  return ([4, 6] as const).flatMap((family) => {
    const { certain, possible } = set.allowed(back, family);
    return allowedFrom(set, direction, family).flatMap(({ entry, addresses }): WithoutReplies[] => {
      const region = { traffic: replies, addresses };
      if (!overlapsRegion(possible, region)) return [{ entry, reasons: [] }];
      const reasons = overlapsRegion(certain, region) ? [] : reasonsIn(set, back);
      return reasons.length === 0 ? [] : [{ entry, reasons }];
    });
  });
}

/** The addresses that each entry is certain to allow on ports that it names. */
function allowedFrom(
  set: EntrySet,
  direction: Direction,
  family: Family,
): readonly { readonly entry: AclEntry; readonly addresses: AddressSet }[] {
  const { shares } = set.allowed(direction, family);
  return set.entries.flatMap((entry) => {
    const named = namedPorts(entry);
    if (!overlapsTraffic(named, tcp)) return [];
    const own = shares.filter((share) => share.entry === entry && overlapsTraffic(share.traffic, named));
    const addresses = unionOfAddresses(
      family,
      own.map(({ certain }) => certain),
    );
    return isEmptyAddresses(addresses) ? [] : { entry, addresses };
  });
}

function reasonsIn(set: EntrySet, direction: Direction): readonly string[] {
  const entries = set.entries.filter((entry) => entry.direction === direction || entry.direction === 'unknown');
  return [...new Set([...entries.flatMap(reasonsOfEntry), ...reasonsOfOthers(set)])].sort();
}
