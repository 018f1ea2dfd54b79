/**
 * Kills the built program at random moments while it writes, and looks at what is left:
 * `npm run build && npx tsx scripts/kill-writers.ts [--kills N] [--seed N]`. Exit code 1 if a file is half-written, lost, or of another mode.
 */

import { parseArgs } from 'node:util';
import { Random } from './fuzz-terraform/random.ts';
import { killOnce, type Moment, wholeRun, writers } from './kill-writers/killed.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, kills: { type: 'string', default: '1000' } },
});
const random = new Random(Number(values.seed));

for (const [name, writer] of Object.entries(writers)) {
  const start = performance.now();
  const whole = await wholeRun(writer);
  const longest = performance.now() - start;
  const total = { kills: 0, ended: 0, broken: 0, temporary: 0 };
  while (total.kills < Number(values.kills)) {
    // Most of a run writes nothing: three in four kills wait for the first sign that it does.
    const moment: Moment = random.chance(0.25)
      ? { after: 'start', milliseconds: random.between(0, Math.ceil(longest)) }
      : { after: 'sign', milliseconds: random.between(0, 2) };
    const { isKilled, broken, rest } = await killOnce(writer, whole, moment);
    if (isKilled) total.kills++;
    else total.ended++;
    if (rest.length > 0) total.temporary++;
    if (broken.length > 0) {
      total.broken++;
      process.exitCode = 1;
      console.error(name, JSON.stringify(moment), broken);
    }
  }
  console.log(name, JSON.stringify(total));
}
