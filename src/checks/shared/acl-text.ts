/** How messages name network ACLs and their entries. */

import type { AclEntry } from '../../model/acl-entry.ts';
import { shown } from '../../model/fact.ts';
import type { EntrySet } from '../../model/network-acl.ts';
import { idInWords } from '../../model/owner-key.ts';
import { mostTrafficOf, trafficOf } from '../../model/rule.ts';
import { formatList } from '../../text/count.ts';
import { localAddress } from './description.ts';
import { describeOpenTraffic } from './open-ports.ts';
import { nameOfPeer } from './rule-text.ts';

/** `aws_network_acl.main`, `acl-1`, `the default network ACL of aws_vpc.main`. */
export function nameOfAcl({ acl, entries }: EntrySet): string {
  if (acl !== undefined) return localAddress(acl);
  const owner = entries[0]?.owner;
  if (owner?.kind === 'id' && !owner.isSensitive) return idInWords(owner);
  const identity = owner?.kind === 'unknown' ? owner.identity : undefined;
  return identity?.path[0] === 'default_network_acl_id'
    ? `the default network ACL of ${identity.address}`
    : 'the network ACL of this entry';
}

/** `entry 100`, `this entry` where its number is not known. */
export function nameOfEntry({ number }: AclEntry): string {
  return number.kind === 'known' && number.value !== null ? `entry ${shown(number)}` : 'this entry';
}

/** `entry 100`, `entries 100 and 110`, `3 entries`. */
export function nameOfEntries(entries: readonly AclEntry[]): string {
  const [first, ...others] = entries;
  if (first !== undefined && others.length === 0) return nameOfEntry(first);
  const numbers = entries.map(({ number }) => (number.kind === 'known' ? String(shown(number)) : '?'));
  return entries.length > 3 ? `${entries.length} entries` : `entries ${formatList(numbers)}`;
}

/** `SSH (22/tcp) from 0.0.0.0/0`, `all protocols and ports to 10.0.0.0/8`. */
export function describeEntry(entry: AclEntry): string {
  const read = trafficOf(entry);
  const traffic = read.kind === 'traffic' ? read.traffic : mostTrafficOf(entry);
  const word = entry.direction === 'egress' ? 'to' : 'from';
  return `${describeOpenTraffic(traffic)} ${word} ${formatList(entry.peers.map(nameOfPeer))}`;
}

/** The first letter of a sentence, as a capital one. */
export const capitalized = (text: string): string => text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
