/** Sources that the user trusts, however wide they are. */

import { type AddressSet, addressSet } from './address-set.ts';
import { parseCidr } from './cidr.ts';
import type { Family } from './ip-address.ts';

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
