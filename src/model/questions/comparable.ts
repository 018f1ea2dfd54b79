/** Groups with too many rules to compare all of them. */

import type { Rule } from '../rule.ts';
import { allowancesOf } from './allowance.ts';

/** Groups with fewer sources are compared whatever they are. AWS takes no more than 1,000 of one direction and family. */
const always = 500;

/** Groups with more sources are not. */
const never = 10_000;

/** How often a source may be open beside another one, counted anew wherever one begins or ends. */
const maximumOverlaps = 1_000_000;

/** Sources that are compared with one another in a group that is not compared as a whole. */
const partSize = 250;

/** The rules of a group in parts that can be compared: one, as a rule. */
export function comparableParts(rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const count = rules.reduce((sum, { peers }) => sum + peers.length, 0);
  if (count <= always || rules.length === 1) return [rules];
  if (count <= never && overlapsIn(rules) <= maximumOverlaps) return [rules];
  const parts: Rule[][] = [];
  let size = partSize;
  for (const rule of rules) {
    if (size >= partSize) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(rule);
    size += Math.max(rule.peers.length, 1);
  }
  return parts;
}

function overlapsIn(rules: readonly Rule[]): number {
  const edges = rules
    .flatMap((rule) => allowancesOf(rule))
    .flatMap(({ traffic }) => traffic.points)
    .flatMap(({ first, last }) => [
      { at: first, change: 1 },
      { at: last + 1, change: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  let [open, overlaps] = [0, 0];
  for (const [index, { at, change }] of edges.entries()) {
    open += change;
    if (edges[index + 1]?.at !== at) overlaps += open;
  }
  return overlaps;
}
