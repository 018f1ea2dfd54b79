/** What a second run with --cache costs, next to the first one. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { inEstate } from './estate.ts';
import { median, processTime, seconds } from './process-time.ts';

const program = join(import.meta.dirname, '../dist/cli.js');

/**
 * Needs a built dist/.
 *
 * @param named folder of the tree; undefined for one that is made
 * @returns lines to print: processor time of a run without a cache, of the first one with it and of a later one, each the median
 */
export function benchAgain(named?: string, turns = 3): readonly string[] {
  return inEstate(named, (tree, scratch) => {
    const location = join(scratch, 'cache');
    const timeOf = (...options: readonly string[]): number =>
      processTime(process.execPath, [program, '--format', 'json', ...options], { cwd: tree }).processor;
    const cached = ['--cache', '--cache-location', location];
    const times = Array.from({ length: turns }, () => {
      rmSync(location, { recursive: true, force: true });
      return { plain: timeOf(), first: timeOf(...cached), again: timeOf(...cached) };
    });
    const of = (key: 'plain' | 'first' | 'again'): number => median(times.map((each) => each[key]));
    const ratio = median(times.map(({ plain, again }) => again / plain));
    const added = median(times.map(({ plain, first }) => first / plain));
    return [
      `without --cache ${seconds(of('plain'))}`,
      `first run       ${seconds(of('first'))}  x ${added.toFixed(2)}`,
      `second run      ${seconds(of('again'))}  x ${ratio.toFixed(2)}`,
    ];
  });
}
