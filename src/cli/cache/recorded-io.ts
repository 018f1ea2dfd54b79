/** What a run puts out, kept so that it can be put out again. */

import { keptText, type SafeText } from '../../report/escape.ts';
import { writeOutput } from '../files/destination.ts';
import type { Io } from '../io.ts';
import { isProgress } from '../progress.ts';
import { appendStepSummary, STEP_SUMMARY } from '../step-summary.ts';

/** In the order in which a run does it; `file` is as given on the command line. */
export type Put =
  | { readonly to: 'stdout' | 'stderr' | 'summary'; readonly text: string }
  | { readonly to: 'file'; readonly file: string; readonly text: string };

/** What the output depends on beside the command line and the tree. */
export interface Surroundings {
  /** Variables of the environment that were read; null for one that is not set. */
  readonly environment: Readonly<Record<string, string | null>>;
  /** Whether the terminal opens addresses; null where nobody has asked. */
  readonly hasLinks: boolean | null;
}

export interface RecordedIo {
  readonly io: Io;
  readonly puts: readonly Put[];
  /**
   * Whether nothing is missing that was to be written to a file.
   *
   * @param files how many reports there were to write
   */
  isComplete(files: number): boolean;
  surroundings(): Surroundings;
}

export function recordIo(io: Io): RecordedIo {
  const puts: Put[] = [];
  const read = new Map<string, string | null>();
  let hasLinks: boolean | null = null;
  let hasSummary = false;
  const environment = new Proxy(io.environment, {
    get(variables, name: string) {
      // Where the summary goes is another file in each job, and no part of what is in it.
      const value = variables[name];
      if (name !== STEP_SUMMARY) read.set(name, value ?? null);
      else if (value !== undefined && value !== '') hasSummary = true;
      return value;
    },
  });
  return {
    puts,
    isComplete: (files) => {
      const countOf = (to: Put['to']): number => puts.filter((put) => put.to === to).length;
      return countOf('file') === files && countOf('summary') === Number(hasSummary);
    },
    surroundings: () => ({ environment: Object.fromEntries(read), hasLinks }),
    io: {
      ...io,
      environment,
      stdout: {
        write(text) {
          puts.push({ to: 'stdout', text });
          io.stdout.write(text);
        },
        isTerminal: io.stdout.isTerminal,
        columns: io.stdout.columns,
        async hasLinks() {
          hasLinks = await io.stdout.hasLinks();
          return hasLinks;
        },
      },
      stderr: {
        write(text) {
          if (!isProgress(text)) puts.push({ to: 'stderr', text });
          io.stderr.write(text);
        },
        isTerminal: io.stderr.isTerminal,
        columns: io.stderr.columns,
        hasLinks: () => io.stderr.hasLinks(),
      },
      onWritten(file, text) {
        puts.push(file === undefined ? { to: 'summary', text } : { to: 'file', file, text });
      },
    },
  };
}

/** Whether a run here and now reads the same of what is around it. */
export async function isSame({ environment, hasLinks }: Surroundings, io: Io): Promise<boolean> {
  for (const [name, value] of Object.entries(environment)) if ((io.environment[name] ?? null) !== value) return false;
  return hasLinks === null || hasLinks === (await io.stdout.hasLinks());
}

/** The same as texts that may be written out; undefined where one is not what tfsg writes. */
export function safePuts(puts: readonly Put[]): readonly (Put & { readonly text: SafeText })[] | undefined {
  const safePut = (put: Put) => {
    const text = keptText(put.text);
    return text === undefined ? [] : { ...put, text };
  };
  const all = puts.flatMap(safePut);
  return all.length < puts.length ? undefined : all;
}

/**
 * Puts it all out again.
 *
 * @param roots of the trees out of which no link is followed
 * @returns whether every file could be written; why one could not is said on stderr
 */
export async function putAgain(
  puts: readonly (Put & { readonly text: SafeText })[],
  io: Io,
  roots: readonly string[],
): Promise<boolean> {
  let isComplete = true;
  for (const put of puts) {
    if (put.to === 'summary') await appendStepSummary(io, async () => put.text);
    else if (put.to !== 'file') io[put.to].write(put.text);
    else if (!writeOutput(put.file, put.text, io, roots)) isComplete = false;
  }
  return isComplete;
}
