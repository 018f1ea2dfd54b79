/**
 * Gives texts that a seed makes to whatever reads text: both parsers, templates, configurations, comments, diffs, baselines, reports to
 * merge. `npm run fuzz -- [--seed N] [--count N] [--minutes N]`. Stops with exit code 1 and the seed and text at the first exception,
 * text of more than 2 seconds, place outside of its file, or other result of a second run.
 */

import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { inputOf } from './fuzz/targets.ts';
import type { Answer } from './fuzz/worker.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000000' },
    minutes: { type: 'string', default: '60' },
  },
});
const [seed, count, minutes] = [Number(values.seed), Number(values.count), Number(values.minutes)];

/** Seconds on the clock after which a text counts as one that does not end. */
const PATIENCE = 60;

const current = new Uint32Array(new SharedArrayBuffer(4));
// A thread does not get what tsx has done to load TypeScript.
const start = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL('./fuzz/worker.ts', import.meta.url).href)});
});`;
const worker = new Worker(start, { eval: true, workerData: { seed, count, minutes, current } });
let watched = { seed: -1, since: performance.now() };
const watch = setInterval(() => {
  const now = Atomics.load(current, 0);
  if (now !== watched.seed) watched = { seed: now, since: performance.now() };
  else if (performance.now() - watched.since > PATIENCE * 1000) {
    tell(now, `it does not end in ${PATIENCE} seconds`);
    process.exit(1);
  }
}, 1000);
worker.on('message', ({ counts, slowest, find }: Answer) => {
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
  process.stdout.write(
    `${total} texts of seeds ${seed} to ${seed + total - 1}: ${JSON.stringify(counts)}; the slowest, of seed ${slowest.seed}, took ${slowest.seconds.toFixed(2)} s\n`,
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
  const { target, text } = inputOf(at);
  process.stdout.write(`\n## seed ${at}, ${target}: ${fault}\n${JSON.stringify(text)}\n`);
}
