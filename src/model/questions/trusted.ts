/** Sources that the user trusts. */

import { type AddressSet, addressSet, coversAddresses } from '../../network/address-set.ts';
import { parseCidr } from '../../network/cidr.ts';
import type { Family } from '../../network/ip-address.ts';
import { withoutKeys } from '../../terraform/values/instance-address.ts';
import type { Peer, Rule } from '../rule.ts';
import { type Allowance, allowancesOf } from './allowance.ts';

/** The key `trusted` of .tfsgrc.json. */
export interface TrustedDeclaration {
  /** CIDR blocks of either family, less than the whole internet together. */
  readonly cidrs: readonly string[];
  /** Identifiers (`pl-...`), and addresses in the configuration. */
  readonly prefixLists: readonly string[];
  /** Identifiers (`sg-...`), and addresses in the configuration. */
  readonly groups: readonly string[];
}

/** Trusted sources ready for questions. */
export interface TrustedSources {
  readonly addresses: Readonly<Record<Family, AddressSet>>;
  /** Identities of allowances to prefix lists and groups. */
  readonly identities: ReadonlySet<string>;
}

/** @param declaration without faults */
export function trustedSources({ cidrs, prefixLists, groups }: TrustedDeclaration): TrustedSources {
  const blocks = cidrs.flatMap((text) => {
    const read = parseCidr(text);
    return read.kind === 'invalid' ? [] : read.cidr;
  });
  const addressesOf = (family: Family) =>
    addressSet(
      family,
      blocks.filter((block) => block.family === family),
    );
  const identity = (kind: string) => (text: string) =>
    `${kind} ${/^(?:sg|pl)-[0-9a-f]+$/.test(text) ? text : `${text}.id`}`;
  return {
    addresses: { 4: addressesOf(4), 6: addressesOf(6) },
    identities: new Set([...prefixLists.map(identity('prefix-list')), ...groups.map(identity('group'))]),
  };
}

const nothingTrusted = ({ addresses, identities }: TrustedSources): boolean =>
  identities.size === 0 && addresses[4].intervals.length === 0 && addresses[6].intervals.length === 0;

/** The peers of a rule that are not trusted as they stand; of a prefix list its entries make no difference. */
export function untrustedPeers(rule: Rule, trusted: TrustedSources): readonly Peer[] {
  if (nothingTrusted(trusted)) return rule.peers;
  const passed = new Set(allowancesOf(rule).flatMap((each) => (isTrusted(each, trusted) ? each.peer : [])));
  return rule.peers.filter((peer) => !passed.has(peer));
}

function isTrusted({ addresses, identity, peerReasons }: Allowance, trusted: TrustedSources): boolean {
  if (identity !== undefined) {
    return trusted.identities.has(identity) || trusted.identities.has(withoutKeys(identity));
  }
  if (addresses === undefined || peerReasons.length > 0) return false;
  return coversAddresses(trusted.addresses[addresses.family], addresses);
}
