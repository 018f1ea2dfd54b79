/** What linting a small project costs as a whole process, next to a bare `node -e 0`. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median, processTime } from './process-time.ts';

const root = join(import.meta.dirname, '..');

/**
 * For each Node both processes in turns, after two turns each to warm up, of which the first keeps what it compiled. Needs bash, for its
 * `time`, and a built dist/.
 *
 * @param nodes programs
 * @returns lines to print: processor time (user and system) in milliseconds, the median of each, and the median of the ratios
 */
export function benchStart(nodes: readonly string[] = [process.execPath], turns = 21): readonly string[] {
  return [
    `${'Node'.padEnd(10)} ${'node -e 0'.padStart(10)} ${'tfsg'.padStart(10)} ${'ratio'.padStart(6)}`,
    ...nodes.map((node) => lineOf(node, turns)),
  ];
}

function lineOf(node: string, turns: number): string {
  const lint: number[] = [];
  const bare: number[] = [];
  for (let turn = -2; turn < turns; turn++) {
    const ours = processTime(node, [
      join(root, 'dist/cli.js'),
      join(root, 'fixtures/projects/web-sg/legacy'),
    ]).processor;
    const theirs = processTime(node, ['-e', '0']).processor;
    if (turn < 0) continue;
    lint.push(ours);
    bare.push(theirs);
  }
  const ratio = median(lint.map((time, index) => time / bare[index]!));
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const times = [bare, lint].map((each) => `${median(each).toFixed(0)} ms`.padStart(10));
  return `${version.padEnd(10)} ${times.join(' ')} ${ratio.toFixed(2).padStart(6)}`;
}
