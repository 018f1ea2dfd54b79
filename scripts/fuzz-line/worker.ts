/** Tries seeds one after the other in a thread, which can be ended if one of them does not end, and has a bounded memory. */

import { parentPort, workerData } from 'node:worker_threads';
import { tryTree } from './trial.ts';

/** What the thread says at its end, with a find or without. */
export interface Answer {
  readonly counts: {
    readonly trees: number;
    readonly runs: number;
    /** Trees that came to a bound. */
    readonly bounded: number;
  };
  readonly slowest: { readonly seed: number; readonly seconds: number };
  readonly find: { readonly seed: number; readonly fault: string } | undefined;
}

const { seed, count, minutes, current } = workerData as {
  readonly seed: number;
  readonly count: number;
  readonly minutes: number;
  readonly current: Uint32Array;
};
const end = performance.now() + minutes * 60_000;
const counts = { trees: 0, runs: 0, bounded: 0 };
let slowest = { seed, seconds: 0 };
let find: Answer['find'];
for (let each = seed; each < seed + count && performance.now() < end && find === undefined; each++) {
  Atomics.store(current, 0, each);
  const { runs, isBounded, seconds, fault } = await tryTree(each);
  counts.trees++;
  counts.runs += runs;
  if (isBounded) counts.bounded++;
  if (seconds > slowest.seconds) slowest = { seed: each, seconds };
  if (fault !== undefined) find = { seed: each, fault };
}
parentPort?.postMessage({ counts, slowest, find } satisfies Answer);
