/** Runs seeds one after the other in a thread, which can be ended if one of them does not end. */

import { parentPort, workerData } from 'node:worker_threads';
import { fuzzOne } from './targets.ts';

/** Seconds of the processor that one text may take. */
const MOST_SECONDS = 2;

/** What the thread says at its end, or with a find. */
export interface Answer {
  readonly counts: Readonly<Record<string, number>>;
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
const counts: Record<string, number> = {};
let slowest = { seed, seconds: 0 };
let find: Answer['find'];
for (let each = seed; each < seed + count && performance.now() < end && find === undefined; each += 1) {
  Atomics.store(current, 0, each);
  const { target, fault, seconds } = fuzzOne(each);
  counts[target] = (counts[target] ?? 0) + 1;
  if (seconds > slowest.seconds) slowest = { seed: each, seconds };
  if (fault !== undefined) find = { seed: each, fault };
  else if (seconds > MOST_SECONDS) find = { seed: each, fault: `it takes ${seconds.toFixed(1)} seconds` };
}
parentPort?.postMessage({ counts, slowest, find } satisfies Answer);
