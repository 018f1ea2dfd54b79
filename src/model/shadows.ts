/** Rules of a group that its other rules allow already, together or one of them alone. */

import { numberOfAddresses } from './address-set.ts';
import { type Allowance, allBecause, allowancesOf } from './allowance.ts';
import { mayOverlap, possiblyAllowedBy, surelyAllowedBy } from './coverage.ts';
import { duplicatesIn, isMerged } from './duplicates.ts';
import { waitsFor } from './fact.ts';
import { size } from './interval.ts';
import { type Direction, ownerBecause, type Peer, type Rule } from './rule.ts';

/** A rule that adds nothing to what others allow. */
export interface Shadow {
  readonly rule: Rule;
  /** One or more. */
  readonly others: readonly Rule[];
  /** What it waits for that it is so; empty for what is certain. */
  readonly because: readonly string[];
}

interface Candidate {
  readonly rule: Rule;
  readonly allowances: readonly Allowance[];
}

/**
 * Rules are asked one after the other, narrow ones first, and a rule that is certainly shadowed shadows no other: so all of them
 * may go together. Duplicates are passed over.
 */
export function* shadowsIn(rules: readonly Rule[], direction: Direction): Iterable<Shadow> {
  const candidates = rules
    .filter((rule) => rule.direction === direction && !rule.isOpenEnded)
    .map((rule): Candidate => ({ rule, allowances: allowancesOf(rule) }))
    .sort((a, b) => Number(widthOf(a) > widthOf(b)) - Number(widthOf(a) < widthOf(b)));
  const all = candidates.flatMap(({ allowances }) => allowances);
  const { gone, refused } = duplicatesAmong(rules);
  for (const { rule, allowances } of candidates) {
    if (allowances.length === 0 || allowances.length < rule.peers.length) continue;
    if (gone.has(rule) || rule.peers.every((peer) => refused.has(peer))) continue;
    const theirs = all.filter(
      (other) => allowances.some((wanted) => mayOverlap(wanted, other)) && other.rule !== rule && !gone.has(other.rule),
    );
    const sure = behind(allowances, (wanted) => surelyAllowedBy(wanted, theirs));
    const found = sure ?? behind(allowances, (wanted) => possiblyAllowedBy(wanted, theirs));
    if (found === undefined) continue;
    const others = [...new Set(found.map((allowance) => allowance.rule))];
    if (sure !== undefined) {
      const because = waitsFor(rule.possible, ownerBecause(rule));
      if (because.length === 0) gone.add(rule);
      yield { rule, others, because };
      continue;
    }
    const because = [...new Set([...allowances, ...found].flatMap(allBecause))].sort();
    if (because.length > 0) yield { rule, others, because };
  }
}

/** What is said twice is no shadow: the rules that add nothing beside their doubles, and the peers of which AWS refuses a second. */
function duplicatesAmong(rules: readonly Rule[]): { readonly gone: Set<Rule>; readonly refused: ReadonlySet<Peer> } {
  const gone = new Set<Rule>();
  const refused = new Set<Peer>();
  for (const duplicates of duplicatesIn(rules)) {
    const certain = duplicates
      .filter(({ again, before }) => again.rule !== before.rule)
      .filter(({ again, before }) => again.because.length === 0 && before.because.length === 0);
    for (const { again, before } of certain) {
      if (!isMerged(before.rule, again.rule)) refused.add(again.peer).add(before.peer);
      else if (certain.length === duplicates.length) gone.add(again.rule);
    }
  }
  return { gone, refused };
}

function widthOf({ allowances }: Candidate): bigint {
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
  const each = allowances.map(allowedBy);
  return each.some((some) => some.length === 0) ? undefined : each.flat();
}
