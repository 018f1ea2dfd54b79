/** Groups with more rules than AWS lets them have. */

import { allowancesOf, peersKey } from '../model/allowance.ts';
import { formatCount } from '../model/count.ts';
import { known } from '../model/fact.ts';
import type { Family } from '../model/ip-address.ts';
import type { PrefixList } from '../model/prefix-list.ts';
import { type Direction, type Peer, type Rule, trafficOf } from '../model/rule.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import { isDownloaded } from '../terraform/load.ts';
import type { Because } from '../terraform/value.ts';
import { defineCheck } from './check.ts';
import { localAddress } from './description.ts';
import { groupHit } from './rule-fault.ts';

export const ruleQuota = defineCheck({
  id: 'rule-quota',
  summary: 'A group has more rules in one direction than the quota of AWS allows',
  severity: 'medium',
  set: 'recommended',
  aliases: [],
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html',
  ],
  options: {
    max: {
      type: 'integer',
      default: 60,
      min: 1,
      max: 1000,
      summary: 'The quota of the account: rules of one group in one direction, for IPv4 and for IPv6 each.',
    },
  },
  *run(model, { max }) {
    const lists = new Map(model.prefixLists.map((list) => [list.address, list]));
    for (const { group, rules } of model.ruleSets) {
      const counted = [...excesses(rules, max, lists)];
      const certain = counted.filter(({ because }) => because.length === 0);
      const [first] = counted;
      if (first === undefined) continue;
      const subject = group ?? first.rule;
      // All that is too much of one group is one finding: it stands at the group, or at the call of a module that others wrote.
      const call = isDownloaded(subject.span.file.path) ? subject.calls[0] : undefined;
      yield groupHit(subject, {
        place: { span: (call ?? subject).span },
        message: messageOf(group, certain.length > 0 ? certain : counted, max),
        because: certain.length > 0 ? [] : counted.flatMap(({ because }) => because),
      });
    }
  },
});

/** More rules than the quota in one direction and family. */
interface Excess {
  readonly direction: Direction;
  readonly family: Family;
  readonly count: number;
  /** A rule of them. */
  readonly rule: Rule;
  /** What decides whether there are so many; empty where it is certain. */
  readonly because: readonly Because[];
}

function* excesses(rules: readonly Rule[], max: number, lists: ReadonlyMap<string, PrefixList>): Iterable<Excess> {
  for (const direction of ['ingress', 'egress'] as const) {
    for (const family of [4, 6] as const) {
      const entries = entriesOf(rules, direction, family, lists);
      const certain = entries.filter(({ because }) => because.length === 0);
      const counted = total(certain) > max ? certain : entries;
      const [first] = counted;
      if (first === undefined || total(counted) <= max) continue;
      const because = counted.flatMap((entry) => entry.because);
      yield { direction, family, count: total(counted), rule: first.rule, because };
    }
  }
}

/** What a peer of a rule counts for. */
interface Entry {
  readonly rule: Rule;
  readonly count: number;
  /** What decides whether it is there; empty for a certain one. */
  readonly because: readonly Because[];
}

/** AWS counts each source by itself, and a rule that is there twice once. What is not known to be a rule counts nothing. */
function entriesOf(
  rules: readonly Rule[],
  direction: Direction,
  family: Family,
  lists: ReadonlyMap<string, PrefixList>,
): readonly Entry[] {
  const seen = new Set<string>();
  return rules.flatMap((rule) => {
    if (rule.direction !== direction || rule.isOpenEnded) return [];
    const { owner } = rule;
    // Rules that wait for the same value may still belong to different groups.
    const because = [...(rule.possible ?? []), ...(owner.kind === 'unknown' && !owner.identity ? owner.because : [])];
    const traffic = trafficOf(rule);
    return allowancesOf(rule).flatMap((allowance) => {
      const count = countOf(allowance.peer, family, lists);
      const peer = peersKey([allowance]);
      if (count === 0) return [];
      if (peer !== undefined && traffic.kind === 'traffic') {
        const points = traffic.traffic.points.map(({ first, last }) => `${first}-${last}`);
        if (seen.size === seen.add([...points, peer].join('\n')).size) return [];
      }
      return { rule, count, because };
    });
  });
}

/** A group counts in both families; a prefix list of the configuration, in its own, for as many entries as it may have. */
function countOf(peer: Peer, family: Family, lists: ReadonlyMap<string, PrefixList>): number {
  switch (peer.kind) {
    case 'cidr':
      // What waits to be known may be a whole list of blocks, or none.
      return peer.family === family && (peer.text.kind === 'known' || peer.reference !== undefined) ? 1 : 0;
    case 'self':
      return peer.value.kind === 'known' ? 1 : 0;
    case 'group':
      return peer.id.kind === 'known' || peer.reference !== undefined ? 1 : 0;
    case 'prefix-list': {
      const list = peer.reference === undefined ? undefined : lists.get(peer.reference.address);
      if (list === undefined) return peer.id.kind === 'known' ? 1 : 0;
      const listFamily = known(list.addressFamily) === 'IPv6' ? 6 : 4;
      return listFamily === family ? (known(list.maxEntries) ?? 1) : 0;
    }
  }
}

const total = (entries: readonly Entry[]): number => entries.reduce((sum, { count }) => sum + count, 0);

function messageOf(group: SecurityGroup | undefined, counted: readonly Excess[], max: number): string {
  const name = group === undefined ? 'The group of this rule' : localAddress(group);
  const parts = counted.map(
    ({ direction, family, count }) => `${formatCount(count, `${direction} rule`)} for IPv${family}`,
  );
  const shown = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return `${name} has ${shown}, each source counted, and AWS allows ${max}${parts.length < 2 ? '' : ' of each'}.`;
}
