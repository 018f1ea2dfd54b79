/** Who is trusted: blocks, prefix lists and groups from elsewhere that rules allow. */

import { groupBy } from '../../collections/group-by.ts';
import { shown } from '../../model/fact.ts';
import {
  type AddressSet,
  addressSet,
  coversAddresses,
  describeAddresses,
  unionOfAddresses,
} from '../../network/address-set.ts';
import { parseCidr } from '../../network/cidr.ts';
import { unionOfTraffic } from '../../network/traffic.ts';
import { compareStrings } from '../../terraform/values/value.ts';
import { keyOfMember } from './fold.ts';
import { type GroupOpening, type Source, sourceKinds } from './openings.ts';
import { sortKey } from './words.ts';

/** Sources outside of what the configuration makes that are described alike, and open the same. */
export interface ExternalSources {
  readonly kind: Source['kind'];
  readonly names: readonly [string, ...string[]];
  /** What the rules that name them say of them, each once. */
  readonly descriptions: readonly string[];
  /** `256 addresses`; undefined where that is not known. */
  readonly size: string | undefined;
  /** Other blocks that one of them lies in. */
  readonly within: readonly string[];
  /** What one of them opens. */
  readonly openings: readonly GroupOpening[];
}

const external: ReadonlySet<Source['kind']> = new Set(['block', 'prefix list', 'elsewhere']);

/** In order of kind, then of name. */
export function externalSources(openings: readonly GroupOpening[]): readonly ExternalSources[] {
  const found = openings
    .filter(({ source }) => external.has(source.kind))
    .toSorted((a, b) => compareStrings(sortKey(a.source.name), sortKey(b.source.name)));
  const bySource = [...groupBy(found, ({ source: { kind, name } }) => `${kind} ${name}`).values()];
  const sets = new Map(bySource.map(([{ source }]) => [source.name, addressesOf(source)]));
  const isWithin = (name: string, other: string): boolean => {
    const [part, whole] = [sets.get(name), sets.get(other)];
    if (name === other || part === undefined || whole === undefined) return false;
    return part.family === whole.family && coversAddresses(whole, part);
  };
  return [...groupBy(bySource, contentKey).values()]
    .map((alike): ExternalSources => {
      const [[first]] = alike;
      const names = alike.map(([{ source }]) => source.name) as [string, ...string[]];
      return {
        kind: first.source.kind,
        names,
        descriptions: descriptionsOf(alike[0]),
        size: sizeOf(names.map((name) => sets.get(name))),
        within: [...sets.keys()].filter((other) => names.some((name) => isWithin(name, other))),
        openings: alike[0],
      };
    })
    .sort((a, b) => sourceKinds.indexOf(a.kind) - sourceKinds.indexOf(b.kind));
}

/** The same for sources of which the same is said, and that open the same. */
function contentKey(openings: readonly [GroupOpening, ...GroupOpening[]]): string {
  const byGroup = groupBy(openings, (opening) => keyOfMember(opening, 'group'));
  const opened = [...byGroup].map(([key, some]) => [key, unionOfTraffic(some.map(({ traffic }) => traffic)).points]);
  return JSON.stringify([openings[0].source.kind, descriptionsOf(openings), opened]);
}

function descriptionsOf(openings: readonly GroupOpening[]): readonly string[] {
  const all = openings.flatMap(({ rule: { description } }) =>
    description.kind === 'known' && description.value ? shown({ ...description, value: description.value }) : [],
  );
  return [...new Set(all)].sort(compareStrings);
}

function sizeOf(sets: readonly (AddressSet | undefined)[]): string | undefined {
  const known = sets.flatMap((set) => set ?? []);
  if (known.length < sets.length) return undefined;
  return [...groupBy(known, ({ family }) => family)]
    .map(([family, some]) => `${describeAddresses(unionOfAddresses(family, some))}${family === 6 ? ' of IPv6' : ''}`)
    .join(', ');
}

function addressesOf({ kind, name }: Source): AddressSet | undefined {
  const parsed = kind === 'block' ? parseCidr(name) : undefined;
  return parsed === undefined || parsed.kind === 'invalid' ? undefined : addressSet(parsed.cidr.family, [parsed.cidr]);
}
