/** Entries of a network ACL that never take effect, because earlier ones decide. */

import { coversAddresses, isEmptyAddresses, overlapsAddresses } from '../../network/address-set.ts';
import type { Family } from '../../network/ip-address.ts';
import { coversTraffic, overlapsTraffic } from '../../network/traffic.ts';
import type { AclEntry } from '../acl-entry.ts';
import { known, waitsFor } from '../fact.ts';
import type { EntrySet } from '../network-acl.ts';
import type { Direction } from '../rule.ts';
import { type AclAllowed, aclAllowed, orderedEntry } from './acl-allowed.ts';

export interface UnreachableEntry {
  readonly entry: AclEntry;
  /** The earlier ones that decide instead of it: one if that does it alone; none where those are not written. */
  readonly earlier: readonly AclEntry[];
  /** Whether they allow what it allows, or deny what it denies. */
  readonly isRedundant: boolean;
  /** What decides whether the earlier ones are there; empty where they are. */
  readonly reasons: readonly string[];
}

export function unreachableIn(set: EntrySet, direction: Direction): readonly UnreachableEntry[] {
  const { entries, others } = set;
  const asIfThere = { acl: { existsIf: entries.flatMap(({ existsIf }) => existsIf ?? []) }, entries, others };
  return ([4, 6] as const).flatMap((family) => {
    const certain = unreached(set.allowed(direction, family));
    const supposed = unreached(aclAllowed(asIfThere, direction, family));
    return entries.flatMap((entry) => {
      const isCertain = certain.has(entry);
      if (!isCertain && !supposed.has(entry)) return [];
      const earlier = decidingFor(entry, set, direction, family);
      const open = isCertain ? [] : waitsFor(...earlier.map(({ existsIf }) => existsIf));
      const isRedundant = actionOf(entry) !== undefined && actionsOf(earlier).every((each) => each === actionOf(entry));
      return isCertain || open.length > 0 ? { entry, earlier, isRedundant, reasons: open } : [];
    });
  });
}

function unreached({ shares }: AclAllowed): ReadonlySet<AclEntry> {
  const reached = new Map<AclEntry, boolean>();
  for (const { entry, reached: addresses } of shares)
    if (entry !== undefined) reached.set(entry, reached.get(entry) === true || !isEmptyAddresses(addresses));
  return new Set([...reached].flatMap(([entry, is]) => (is ? [] : entry)));
}

/** The earlier entries that match something of what an entry matches: the first that matches all of it, if one does. */
function decidingFor(
  entry: AclEntry,
  { acl, entries }: EntrySet,
  direction: Direction,
  family: Family,
): readonly AclEntry[] {
  const orderedIn = (each: AclEntry) => orderedEntry(each, acl?.existsIf ?? [], direction, family);
  const own = orderedIn(entry);
  if (own?.number === undefined) return [];
  const { number, traffic, addresses } = own;
  const earlier = entries.flatMap((each) => {
    const other = orderedIn(each);
    const isEarlier = other?.number !== undefined && other.number < number;
    if (!isEarlier || !overlapsTraffic(other.traffic, traffic)) return [];
    return overlapsAddresses(other.addresses, addresses) ? { each, other } : [];
  });
  const whole = earlier.find(
    ({ other }) => coversTraffic(other.traffic, traffic) && coversAddresses(other.addresses, addresses),
  );
  return (whole === undefined ? earlier : [whole]).map(({ each }) => each);
}

/** Undefined where it is not known, or none. */
export function actionOf({ action }: AclEntry): 'allow' | 'deny' | undefined {
  const value = known(action);
  return value === 'allow' || value === 'deny' ? value : undefined;
}

/** What entries do; what AWS makes of a default ACL, which is not written, allows everything. */
export function actionsOf(entries: readonly AclEntry[]): readonly ('allow' | 'deny' | undefined)[] {
  return entries.length === 0 ? ['allow'] : [...new Set(entries.map(actionOf))];
}
