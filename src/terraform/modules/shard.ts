/** How a run is split into shards: by root modules. */

import { type LoadedModule, lengthOfModule, modulesOf } from './load.ts';

/** Several times what services of CI start for one job. */
export const MAX_SHARDS = 1000;

/** `1 <= index <= count <= MAX_SHARDS`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What a shard evaluates, and which modules count in it. */
export interface ShardOfRoots {
  /** In the order that they were given in. */
  readonly roots: readonly LoadedModule[];
  /** Whether a module counts here: the first root that it is evaluated for decides; what no root calls is the first shard's. */
  has(module: LoadedModule): boolean;
}

/**
 * The roots of one shard. The roots with the most text go first, each to the shard that has the least so far, so that every shard
 * of the same roots comes to the same split.
 */
export function shardOf(roots: readonly LoadedModule[], { index, count }: Shard): ShardOfRoots {
  const weighed = roots.map((root) => ({ root, weight: weightOf(root) })).sort((a, b) => b.weight - a.weight);
  const loads = new Array<number>(count).fill(0);
  const mine = new Set<LoadedModule>();
  for (const { root, weight } of weighed) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least]! += weight;
    if (least === index - 1) mine.add(root);
  }
  const firstRoots = new Map<string, LoadedModule>();
  for (const root of roots) {
    for (const { directory } of modulesOf(root)) if (!firstRoots.has(directory)) firstRoots.set(directory, root);
  }
  return {
    roots: roots.filter((root) => mine.has(root)),
    has: ({ directory }) => {
      const root = firstRoots.get(directory);
      return root === undefined ? index === 1 : mine.has(root);
    },
  };
}

/** UTF-16 code units of the files that the root is evaluated from. */
export function weightOf(root: LoadedModule): number {
  return modulesOf(root).reduce((sum, module) => sum + lengthOfModule(module), 0);
}
