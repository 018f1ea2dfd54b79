/** What linting one small file costs as a whole process, next to a bare `node -e 0`. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * Both processes in turns, after one turn each to warm up. Needs bash, for its `time`, and a built dist/.
 *
 * @returns lines to print: processor time (user and system) in milliseconds, the median of each, and the median of the ratios
 */
export function benchStart(turns = 15): readonly string[] {
  const file = join(root, 'fixtures/projects/web-sg/good/main.tf');
  const lint: number[] = [];
  const bare: number[] = [];
  for (let turn = 0; turn <= turns; turn++) {
    const ours = processorTime([join(root, 'dist/cli.js'), '--quiet', file]);
    const theirs = processorTime(['-e', '0']);
    if (turn === 0) continue;
    lint.push(ours);
    bare.push(theirs);
  }
  return [
    `node -e 0             ${median(bare).toFixed(0).padStart(5)} ms of processor time`,
    `tfsg, one small file  ${median(lint).toFixed(0).padStart(5)} ms`,
    `ratio                 ${median(lint.map((time, index) => time / bare[index]!))
      .toFixed(2)
      .padStart(5)}`,
  ];
}

/** Milliseconds of a process and what it starts, user and system. */
function processorTime(args: readonly string[]): number {
  const script = 'TIMEFORMAT="%U %S"; time "$0" "$@" >/dev/null 2>/dev/null';
  const run = spawnSync('bash', ['-c', script, process.execPath, ...args], { encoding: 'utf8' });
  const times = run.stderr.trim().split(/\s+/).map(Number);
  if (times.length !== 2 || times.some(Number.isNaN)) throw new Error(`bash could not time node: ${run.stderr}`);
  return (times[0]! + times[1]!) * 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
