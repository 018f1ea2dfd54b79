/** What a whole process costs. Needs bash, for its `time`. */

import { spawnSync } from 'node:child_process';

export interface ProcessTime {
  /** Milliseconds. */
  readonly wall: number;
  /** Milliseconds of the process and what it starts, user and system. */
  readonly processor: number;
  /** Its exit code; undefined where it was ended after the time limit. */
  readonly code: number | undefined;
}

const SCRIPT = 'TIMEFORMAT="%R %U %S"; time "$0" "$@" >"$OUTPUT" 2>/dev/null';

interface Place {
  readonly cwd?: string;
  /** Milliseconds after which it is ended. */
  readonly limit?: number;
  /** File that gets what it prints. */
  readonly output?: string;
}

export function processTime(
  command: string,
  args: readonly string[],
  { cwd, limit, output = '/dev/null' }: Place = {},
): ProcessTime {
  const run = spawnSync('bash', ['-c', SCRIPT, ...withLimit([command, ...args], limit)], {
    encoding: 'utf8',
    cwd,
    env: { ...process.env, OUTPUT: output },
  });
  const times = run.stderr.trim().split(/\s+/).map(Number);
  if (times.length !== 3 || times.some(Number.isNaN)) throw new Error(`bash could not time ${command}: ${run.stderr}`);
  const [wall, user, system] = times as [number, number, number];
  const isEnded = limit !== undefined && run.status === ENDED;
  return {
    wall: wall * 1000,
    processor: (user + system) * 1000,
    code: isEnded ? undefined : (run.status ?? undefined),
  };
}

/** The exit code of timeout(1) for a command that it has ended. */
const ENDED = 124;

function withLimit(command: readonly string[], limit: number | undefined): readonly string[] {
  return limit === undefined ? command : ['timeout', `${limit / 1000}`, ...command];
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

/** `1.25 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
