/** Who is trusted: blocks, prefix lists and groups from elsewhere that rules allow. */

import { groupBy } from '../../collections/group-by.ts';
import { shown } from '../../model/fact.ts';
import { addressSet, coversAddresses, describeAddresses } from '../../network/address-set.ts';
import { parseCidr } from '../../network/cidr.ts';
import { type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import { compareStrings } from '../../terraform/values/value.ts';
import { type GroupOpening, type Source, sourceKinds } from './openings.ts';

/** A source outside of what the configuration makes. */
export interface ExternalSource {
  readonly source: Source;
  /** What the rules that name it say of it, each once. */
  readonly descriptions: readonly string[];
  /** `256 addresses`; undefined where that is not known. */
  readonly size: string | undefined;
  /** Other blocks of the list that it is within. */
  readonly within: readonly string[];
  /** What it opens, by group. */
  readonly opened: readonly {
    readonly group: string;
    readonly traffic: Traffic;
    readonly openings: readonly GroupOpening[];
  }[];
}

const external: ReadonlySet<Source['kind']> = new Set(['block', 'prefix list', 'elsewhere']);

/** In order of kind, then of name. */
export function externalSources(openings: readonly GroupOpening[]): readonly ExternalSource[] {
  const bySource = groupBy(
    openings.filter(({ source }) => external.has(source.kind)),
    ({ source: { kind, name } }) => `${kind} ${name}`,
  );
  const sources = [...bySource.values()].map((some) => ({ source: some[0].source, some }));
  const sets = new Map(sources.map(({ source }) => [source.name, addressesOf(source)]));
  return sources
    .map(({ source, some }): ExternalSource => {
      const set = sets.get(source.name);
      const isWithin = (other: string): boolean => {
        const whole = sets.get(other);
        return (
          other !== source.name &&
          whole?.family === set?.family &&
          whole !== undefined &&
          set !== undefined &&
          coversAddresses(whole, set)
        );
      };
      const descriptions = some.flatMap(({ rule: { description } }) =>
        description.kind === 'known' && description.value ? shown({ ...description, value: description.value }) : [],
      );
      return {
        source,
        descriptions: [...new Set(descriptions)].sort(compareStrings),
        size: set && describeAddresses(set),
        within: set === undefined ? [] : [...sets.keys()].filter(isWithin),
        opened: [...groupBy(some, ({ group }) => group)].map(([group, own]) => ({
          group,
          traffic: unionOfTraffic(own.map(({ traffic }) => traffic)),
          openings: own,
        })),
      };
    })
    .sort(
      (a, b) =>
        sourceKinds.indexOf(a.source.kind) - sourceKinds.indexOf(b.source.kind) ||
        compareStrings(a.source.name, b.source.name),
    );
}

function addressesOf({ kind, name }: Source): ReturnType<typeof addressSet> | undefined {
  const parsed = kind === 'block' ? parseCidr(name) : undefined;
  return parsed === undefined || parsed.kind === 'invalid' ? undefined : addressSet(parsed.cidr.family, [parsed.cidr]);
}
