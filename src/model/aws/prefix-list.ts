/** Prefix lists of the configuration, and what a rule that uses one allows. */

import { parseCidr } from '../../network/cidr.ts';
import type { Family } from '../../network/ip-address.ts';
import type { Span } from '../../source/span.ts';
import type { Identity, Origin, UnknownReason } from '../../terraform/values/value.ts';
import type { Fact } from '../fact.ts';
import type { Addressed, CidrPeer, Peer, PrefixListPeer } from '../rule.ts';

/** One block of addresses of a prefix list. */
export interface PrefixListEntry {
  readonly cidr: Fact<string>;
  /** Null where it is absent. */
  readonly description: Fact<string | null>;
  /** The block's header, or the element's place. */
  readonly span: Span;
  /** What decides whether the entry exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

export interface PrefixList extends Addressed {
  /** Null where it is absent. */
  readonly name: Fact<string | null>;
  /** `IPv4` or `IPv6`. */
  readonly addressFamily: Fact<string | null>;
  /** How many entries it may hold, which count as so many rules against a group's quota. */
  readonly maxEntries: Fact<number | null>;
  /** Those in its own block first, then those that are resources of their own. */
  readonly entries: readonly PrefixListEntry[];
  /** The block's header. */
  readonly span: Span;
  /** What decides whether the list exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

/** An entry that is a resource of its own, and the list that it names. */
export interface StandaloneEntry {
  readonly list: Identity | undefined;
  readonly entry: PrefixListEntry;
}

/** The lists with the entries that name them, by address. */
export function joinEntries(
  lists: readonly PrefixList[],
  standalone: readonly StandaloneEntry[],
): ReadonlyMap<string, PrefixList> {
  const byAddress = new Map(lists.map((list) => [list.address, list]));
  for (const { list, entry } of standalone) {
    const named = addressOf(list);
    const joined = named === undefined ? undefined : byAddress.get(named);
    if (joined !== undefined) byAddress.set(joined.address, { ...joined, entries: [...joined.entries, entry] });
  }
  return byAddress;
}

/** The peer with the entries of the list that it names, where that is one of the configuration's. */
export function openPrefixList(peer: Peer, lists: ReadonlyMap<string, PrefixList>): Peer {
  if (peer.kind !== 'prefix-list') return peer;
  const address = addressOf(peer.reference);
  const list = address === undefined ? undefined : lists.get(address);
  if (list === undefined) return peer;
  return { ...peer, entries: list.entries.map((entry) => entryPeer(peer, list, entry)) };
}

function addressOf(identity: Identity | undefined): string | undefined {
  return identity?.path.length === 1 && identity.path[0] === 'id' ? identity.address : undefined;
}

function entryPeer(peer: PrefixListPeer, list: PrefixList, entry: PrefixListEntry): CidrPeer {
  const { span } = peer.id;
  const origin: Origin = { span, from: entry.cidr.origin ?? { span: entry.cidr.span } };
  const existsIf = list.existsIf ?? entry.existsIf;
  const text: Fact<string> =
    entry.cidr.kind === 'known' && existsIf === undefined
      ? { kind: 'known', value: entry.cidr.value, span, origin, isSensitive: entry.cidr.isSensitive }
      : {
          kind: 'unknown',
          reasons: entry.cidr.kind === 'unknown' ? entry.cidr.reasons : (existsIf ?? []),
          span,
          origin,
        };
  const cidr = entry.cidr.kind === 'known' ? parseCidr(entry.cidr.value) : undefined;
  const written: Family =
    list.addressFamily.kind === 'known' && list.addressFamily.value?.toLowerCase() === 'ipv6' ? 6 : 4;
  return {
    kind: 'cidr',
    argument: peer.argument,
    family: cidr === undefined || cidr.kind === 'invalid' ? written : cidr.cidr.family,
    text,
    cidr: text.kind === 'known' ? cidr : undefined,
    reference: undefined,
  };
}
