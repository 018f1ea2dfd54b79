/** Ports that a network ACL keeps the internet from in IPv4, and lets it have in IPv6. */

import { isEmptyAddresses } from '../../network/address-set.ts';
import {
  differenceOfTraffic,
  intersectionOfTraffic,
  isNoTraffic,
  type Traffic,
  unionOfTraffic,
} from '../../network/traffic.ts';
import { type AclEntry, reasonsOfEntry } from '../acl-entry.ts';
import { waitsFor } from '../fact.ts';
import type { EntrySet } from '../network-acl.ts';
import type { AclAllowed } from './acl-allowed.ts';
import { hasMostOfInternet, portsOf, withoutParts } from './acl-exposure.ts';

export interface AclFamilyGap {
  /** The entry that lets most of the internet in with IPv6. */
  readonly entry: AclEntry;
  /** Ports of TCP and UDP. */
  readonly traffic: Traffic;
  /** What decides whether IPv4 is allowed too; empty where it is not. */
  readonly reasons: readonly string[];
}

/** Nothing for an ACL that has no entry for IPv4: nobody decided about IPv4 there. */
export function aclFamilyGaps(whole: EntrySet): readonly AclFamilyGap[] {
  const set = withoutParts(whole);
  const four = set.allowed('ingress', 4);
  if (whole.allowed('ingress', 4).shares.length === 0 || set.others !== 'none') return [];
  const [certain, possible] = [four.certain, four.possible].map(openIn) as [Traffic, Traffic];
  const six = set.allowed('ingress', 6);
  return set.entries.flatMap((entry): AclFamilyGap[] => {
    const own = intersectionOfTraffic(openBy(six, entry), portsOf(entry, true));
    const closed = differenceOfTraffic(own, possible);
    if (!isNoTraffic(closed)) return [{ entry, traffic: closed, reasons: [] }];
    const open = differenceOfTraffic(own, certain);
    const reasons = isNoTraffic(open) ? [] : reasonsIn(set);
    return reasons.length === 0 ? [] : [{ entry, traffic: open, reasons }];
  });
}

function openIn(regions: AclAllowed['certain']): Traffic {
  return unionOfTraffic(regions.filter(({ addresses }) => hasMostOfInternet(addresses)).map(({ traffic }) => traffic));
}

function openBy({ shares }: AclAllowed, entry: AclEntry): Traffic {
  const own = shares.filter(
    (share) => share.entry === entry && !isEmptyAddresses(share.certain) && hasMostOfInternet(share.certain),
  );
  return unionOfTraffic(own.map(({ traffic }) => traffic));
}

function reasonsIn({ acl, entries }: EntrySet): readonly string[] {
  const given = waitsFor(acl?.existsIf);
  const open = entries.filter(({ direction }) => direction !== 'egress').flatMap(reasonsOfEntry);
  return [...new Set(open)].filter((reason) => !given.includes(reason)).sort();
}
