/** Rules that one or more other rules of their group already allow. */

import { numberOfAddresses } from '../../network/address-set.ts';
import { size } from '../../network/interval.ts';
import { waitsFor } from '../fact.ts';
import { type Direction, ownerReasons, type Peer, type Rule } from '../rule.ts';
import type { RuleSet } from '../security-group.ts';
import { type Allowance, allowancesOf, allReasons } from './allowance.ts';
import { Comparisons, possiblyAllowedBy, surelyAllowedBy } from './coverage.ts';
import { type Duplicates, isMerged } from './duplicates.ts';
import { OverlapIndex } from './overlaps.ts';

/** A rule that adds nothing to what others allow. */
export interface Shadow {
  readonly rule: Rule;
  /** One or more; none for the first rule of which it is not known because there are too many to compare. */
  readonly others: readonly Rule[];
  /** What it waits for that it is so; empty for what is certain. */
  readonly reasons: readonly string[];
}

/** Far beyond what a group needs that AWS takes: 60 rules as a rule, at most 1,000. */
const maximumComparisons = 1_000_000;

interface Candidate {
  readonly rule: Rule;
  readonly allowances: readonly Allowance[];
  /** How much it lets through. */
  readonly width: bigint;
}

/**
 * Rules are asked one after the other, narrow ones first, and a rule that is certainly shadowed shadows no other: so all of them
 * may go together. Duplicates are passed over.
 */
export function* shadowsIn({ rules, all: ofGroup, duplicates }: RuleSet, direction: Direction): Iterable<Shadow> {
  const candidates = rules
    .filter((rule) => rule.direction === direction && !rule.isOpenEnded)
    .map((rule): Candidate => {
      const allowances = allowancesOf(rule);
      return { rule, allowances, width: widthOf(allowances) };
    })
    .sort((a, b) => Number(a.width > b.width) - Number(a.width < b.width));
  const all = candidates.flatMap(({ allowances }) => allowances);
  const order = new Map(all.map((allowance, index) => [allowance, index]));
  const index = new OverlapIndex(all);
  const comparisons = new Comparisons(maximumComparisons * (rules.length / ofGroup.length));
  const { gone, refused } = duplicatesAmong(duplicates);
  for (const { rule, allowances } of candidates) {
    if (allowances.length === 0 || allowances.length < rule.peers.length) continue;
    if (gone.has(rule) || rule.peers.every((peer) => refused.has(peer))) continue;
    const near = (wanted: Allowance): readonly Allowance[] => {
      const others = [...index.near(wanted)].filter((other) => other.rule !== rule && !gone.has(other.rule));
      return [...new Set(others)].sort((a, b) => order.get(a)! - order.get(b)!);
    };
    const theirs = new Map<Allowance, readonly Allowance[]>();
    const theirsOf = (wanted: Allowance): readonly Allowance[] => {
      const known = theirs.get(wanted) ?? near(wanted);
      theirs.set(wanted, known);
      return known;
    };
    const sure = behind(allowances, (wanted) => surelyAllowedBy(wanted, theirsOf(wanted), comparisons));
    const found = sure ?? behind(allowances, (wanted) => possiblyAllowedBy(wanted, theirsOf(wanted), comparisons));
    if (comparisons.isOver) {
      yield { rule, others: [], reasons: ['the number of rules'] };
      return;
    }
    if (found === undefined) continue;
    const others = [...new Set(found.map((allowance) => allowance.rule))];
    if (sure !== undefined) {
      const reasons = waitsFor(rule.existsIf, ownerReasons(rule));
      if (reasons.length === 0) gone.add(rule);
      yield { rule, others, reasons };
      continue;
    }
    const reasons = [...new Set([...allowances, ...found].flatMap(allReasons))].sort();
    if (reasons.length > 0) yield { rule, others, reasons };
  }
}

/** What is said twice is no shadow: the rules that add nothing beside their doubles, and the peers of which AWS rejects a second. */
function duplicatesAmong(found: readonly Duplicates[]): {
  readonly gone: Set<Rule>;
  readonly refused: ReadonlySet<Peer>;
} {
  const gone = new Set<Rule>();
  const refused = new Set<Peer>();
  for (const duplicates of found) {
    const certain = duplicates
      .filter(({ again, before }) => again.rule !== before.rule)
      .filter(({ again, before }) => again.reasons.length === 0 && before.reasons.length === 0);
    for (const { again, before } of certain) {
      if (!isMerged(before.rule, again.rule)) refused.add(again.peer).add(before.peer);
      else if (certain.length === duplicates.length) gone.add(again.rule);
    }
  }
  return { gone, refused };
}

function widthOf(allowances: readonly Allowance[]): bigint {
  return allowances.reduce(
    (sum, { traffic, addresses }) =>
      sum + size(traffic.points) * (addresses === undefined ? 1n : numberOfAddresses(addresses)),
    0n,
  );
}

/** The allowances of others behind each of a rule's; undefined if one of them has none. */
function behind(
  allowances: readonly Allowance[],
  allowedBy: (wanted: Allowance) => readonly Allowance[],
): readonly Allowance[] | undefined {
  const found: Allowance[] = [];
  for (const wanted of allowances) {
    const some = allowedBy(wanted);
    if (some.length === 0) return undefined;
    found.push(...some);
  }
  return found;
}
