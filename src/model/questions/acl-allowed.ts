/** What the entries of a network ACL allow: by number, the first that matches decides. */

import {
  type AddressSet,
  addressSet,
  allAddresses,
  isEmptyAddresses,
  noAddresses,
  unionOfAddresses,
} from '../../network/address-set.ts';
import {
  type Allowed,
  allowedBy,
  coversRegion,
  type OrderedEntry,
  overlapsRegion,
  type Region,
} from '../../network/first-match.ts';
import type { Family } from '../../network/ip-address.ts';
import { ALL_TRAFFIC, isNoTraffic, NO_TRAFFIC } from '../../network/traffic.ts';
import type { UnknownReason } from '../../terraform/values/value.ts';
import type { AclEntry } from '../acl-entry.ts';
import type { Answer } from '../answer.ts';
import { type CidrPeer, type Direction, mostTrafficOf, trafficOf } from '../rule.ts';

/** In shares `entry` is undefined for what is not written: an entry as AWS made it, or one from elsewhere. */
export type AclAllowed = Allowed<AclEntry | undefined>;

/**
 * No more are put in order: AWS takes 20 in each direction, and on request 40.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls
 */
export const MAX_ORDERED = 200;

/** The parts of an EntrySet that decide. */
interface Entries {
  readonly acl: { readonly existsIf: readonly UnknownReason[] | undefined } | undefined;
  readonly entries: readonly AclEntry[];
  readonly others: 'none' | 'as made' | 'unknown';
}

/** What an ACL allows if it exists. */
export function aclAllowed({ acl, entries, others }: Entries, direction: Direction, family: Family): AclAllowed {
  const ordered = entries.flatMap((entry) => orderedEntry(entry, acl?.existsIf ?? [], direction, family) ?? []);
  const all = { traffic: ALL_TRAFFIC, addresses: allAddresses(family), entry: undefined };
  if (ordered.length > MAX_ORDERED)
    return allowedBy(family, [{ ...all, number: undefined, action: undefined, isCertain: false }]);
  if (others === 'as made') ordered.push({ ...all, number: 100, action: 'allow', isCertain: true });
  if (others === 'unknown') ordered.push({ ...all, number: undefined, action: undefined, isCertain: false });
  return allowedBy(family, ordered);
}

/**
 * Undefined for an entry that is certain to have no part in it, among others because Terraform or AWS rejects it.
 *
 * @param given what is settled where the ACL exists
 */
export function orderedEntry(
  entry: AclEntry,
  given: readonly UnknownReason[],
  direction: Direction,
  family: Family,
): OrderedEntry<AclEntry | undefined> | undefined {
  const { number, action } = entry;
  if (entry.direction !== direction && entry.direction !== 'unknown') return undefined;
  if (number.kind === 'known' && number.value === null) return undefined;
  const actions = action.kind === 'unknown' ? undefined : action.value;
  if (actions !== undefined && actions !== 'allow' && actions !== 'deny') return undefined;
  const blocks = blocksOf(entry, family);
  if (isEmptyAddresses(blocks.addresses)) return undefined;
  const read = trafficOf(entry);
  const traffic = read.kind === 'traffic' ? read.traffic : read.kind === 'unknown' ? mostTrafficOf(entry) : NO_TRAFFIC;
  if (isNoTraffic(traffic)) return undefined;
  return {
    number: number.kind === 'known' ? number.value! : undefined,
    action: actions,
    traffic,
    addresses: blocks.addresses,
    isCertain:
      blocks.areCertain &&
      read.kind === 'traffic' &&
      entry.direction === direction &&
      (entry.existsIf ?? []).every((reason) => given.includes(reason)) &&
      entry.indefinite === undefined,
    entry,
  };
}

/** The addresses of one family that an entry is about, at most. */
function blocksOf(
  { peers, isOpenEnded, form }: AclEntry,
  family: Family,
): { readonly addresses: AddressSet; readonly areCertain: boolean } {
  const all = { addresses: allAddresses(family), areCertain: false };
  if (isOpenEnded) return all;
  const own = peers.filter((peer) => peer.family === family);
  if (own.some(({ cidr }) => cidr === undefined)) return all;
  const sets = own.map((peer) => addressesOf(peer, form.kind === 'standalone'));
  const isRejected = sets.some((set) => set === undefined);
  return {
    addresses: isRejected ? noAddresses(family) : unionOfAddresses(family, sets as AddressSet[]),
    // What else may be written decides whether AWS takes the entry.
    areCertain: !peers.some(({ cidr, family: other }) => other !== family && cidr === undefined),
  };
}

/** Undefined for what is rejected: AWS itself drops bits past the prefix, and the provider lets standalone entries have them. */
function addressesOf({ cidr, family }: CidrPeer, hasHostBits: boolean): AddressSet | undefined {
  if (cidr === undefined || cidr.kind === 'invalid' || cidr.cidr.family !== family) return undefined;
  return cidr.kind === 'host-bits' && !hasHostBits ? undefined : addressSet(family, [cidr.cidr]);
}

/** Whether all that some traffic and addresses stand for is allowed, and whether something of it is. */
export function answersFor({ certain, possible }: Pick<AclAllowed, 'certain' | 'possible'>, region: Region) {
  const answer = (isCertain: boolean, isPossible: boolean): Answer =>
    isCertain ? 'yes' : isPossible ? 'unknown' : 'no';
  return {
    all: answer(coversRegion(certain, region), coversRegion(possible, region)),
    any: answer(overlapsRegion(certain, region), overlapsRegion(possible, region)),
  };
}
