/** How evenly --shard splits a run. */

import { join } from 'node:path';
import { inEstate } from './estate.ts';
import { median, processTime, seconds } from './process-time.ts';

const program = join(import.meta.dirname, '../dist/cli.js');

/**
 * Needs a built dist/.
 *
 * @param named folder of the tree; undefined for one that is made
 * @returns lines to print: processor time of the whole run and of each part, each the median, and the slowest next to the mean
 */
export function benchShards(named?: string, count = 8, turns = 3): readonly string[] {
  return inEstate(named, (tree) => {
    const timeOf = (...options: readonly string[]): number =>
      median(
        Array.from(
          { length: turns },
          () => processTime(process.execPath, [program, '--format', 'json', ...options], { cwd: tree }).processor,
        ),
      );
    const whole = timeOf();
    const parts = Array.from({ length: count }, (_, index) =>
      timeOf('--shard', `${index + 1}/${count}`, '--no-baseline'),
    );
    const mean = parts.reduce((sum, each) => sum + each, 0) / count;
    const slowest = Math.max(...parts);
    return [
      `whole run ${seconds(whole)}`,
      `${count} parts   ${parts.map(seconds).join(', ')}`,
      `slowest   ${seconds(slowest)}, mean ${seconds(mean)}  x ${(slowest / mean).toFixed(2)}`,
    ];
  });
}
