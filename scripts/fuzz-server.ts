/**
 * Has an editor say to the language server what a seed makes of it: `npm run fuzz:server -- [--seed N] [--count N] [--minutes N]`.
 * Stops with exit code 1, the seed and what was said at the first exception in the log, answer that is missing, or server that ends.
 */

import { parseArgs } from 'node:util';
import { trySession } from './fuzz-server/session.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000000' },
    minutes: { type: 'string', default: '60' },
  },
});
const [seed, count, minutes] = [Number(values.seed), Number(values.count), Number(values.minutes)];
const end = performance.now() + minutes * 60_000;
let [at, messages] = [seed, 0];
process.on('unhandledRejection', (error) => {
  process.stdout.write(`\n## seed ${at}: nobody waits for ${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
for (; at < seed + count && performance.now() < end; at++) {
  const session = await trySession(at);
  messages += session.messages;
  if (session.fault === undefined) continue;
  process.stdout.write(`\n## seed ${at}: ${session.fault}\n`);
  process.exitCode = 1;
  break;
}
process.stdout.write(`${at - seed} sessions of seeds ${seed} to ${at - 1}, ${messages} messages\n`);
process.exit();
