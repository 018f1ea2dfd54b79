/**
 * Gives trees of files that a seed makes to the whole of tfsg's line: `npm run fuzz:line -- [--seed N] [--count N] [--minutes N]`.
 * Stops with exit code 1, the seed and the tree at the first exception, internal problem, place outside of its file, malformed
 * report, other result of a second run, of another order or of a run that remembers, run of more than 2 seconds (more where it makes thousands of
 * groups or comes to a bound) or of more than 512 MB.
 */

import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { makeTree } from './fuzz-line/trees.ts';
import type { Answer } from './fuzz-line/worker.ts';
import { Random } from './fuzz-terraform/random.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000000' },
    minutes: { type: 'string', default: '60' },
  },
});
const [seed, count, minutes] = [Number(values.seed), Number(values.count), Number(values.minutes)];

/** Seconds on the clock after which a tree counts as one that does not end, where nothing else runs. */
const PATIENCE = 300;

/** The same as busy as the machine is now. */
const patience = (): number => PATIENCE * Math.max(1, loadavg()[0]! / availableParallelism());

const current = new Uint32Array(new SharedArrayBuffer(4));
// A thread does not get what tsx has done to load TypeScript.
const start = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL('./fuzz-line/worker.ts', import.meta.url).href)});
});`;
const worker = new Worker(start, {
  eval: true,
  workerData: { seed, count, minutes, current },
  resourceLimits: { maxOldGenerationSizeMb: 512 },
});
let watched = { seed: -1, since: performance.now() };
const watch = setInterval(() => {
  const now = Atomics.load(current, 0);
  if (now !== watched.seed) watched = { seed: now, since: performance.now() };
  else if (performance.now() - watched.since > patience() * 1000) {
    tell(now, `it does not end in ${Math.round(patience())} seconds`);
    process.exit(1);
  }
}, 1000);
worker.on('message', ({ counts, slowest, find }: Answer) => {
  process.stdout.write(
    `${counts.trees} trees of seeds ${seed} to ${seed + counts.trees - 1}, ${counts.runs} runs, ${counts.bounded} trees that came to a bound; the slowest run, of seed ${slowest.seed}, took ${slowest.seconds.toFixed(2)} s\n`,
  );
  if (find === undefined) return;
  tell(find.seed, find.fault);
  process.exitCode = 1;
});
worker.on('error', (error) => {
  tell(Atomics.load(current, 0), String(error));
  process.exitCode = 1;
});
worker.on('exit', () => clearInterval(watch));

function tell(at: number, fault: string): void {
  process.stdout.write(`\n## seed ${at}: ${fault}\n${JSON.stringify(makeTree(new Random(at)), undefined, 1)}\n`);
}
