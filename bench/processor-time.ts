/** What whole processes cost. */

import { spawnSync } from 'node:child_process';

/** Milliseconds of a process and what it starts, user and system. Needs bash. */
export function processorTime(node: string, args: readonly string[], folder?: string): number {
  const script = 'TIMEFORMAT="%U %S"; time "$0" "$@" >/dev/null 2>/dev/null';
  const run = spawnSync('bash', ['-c', script, node, ...args], { encoding: 'utf8', cwd: folder });
  const times = run.stderr.trim().split(/\s+/).map(Number);
  if (times.length !== 2 || times.some(Number.isNaN)) throw new Error(`bash could not time node: ${run.stderr}`);
  return (times[0]! + times[1]!) * 1000;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
