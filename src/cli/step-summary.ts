/** The job summary of GitHub Actions: Markdown in a file that the runner names. */

import { appendFileSync, statSync } from 'node:fs';
import { type SafeText, safe } from '../report/escape.ts';
import { reasonOf } from './files/tree.ts';
import type { Io } from './io.ts';

/** The variable that names its file. */
export const STEP_SUMMARY = 'GITHUB_STEP_SUMMARY';

/** Bytes of all that one step may write; GitHub drops a longer summary as a whole. */
const MAX_SUMMARY_BYTES = 1024 * 1024;

/** Bytes below which Markdown has no room for its own words. */
const MIN_ROOM_BYTES = 2048;

/**
 * Appends to the file of GITHUB_STEP_SUMMARY, if there is one; where that fails, it is said on stderr and nothing else.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
 *
 * @param render Markdown of at most so many bytes
 */
export async function appendStepSummary(io: Io, render: (limit: number) => Promise<SafeText>): Promise<void> {
  const path = io.environment[STEP_SUMMARY];
  if (path === undefined || path === '') return;
  const complain = (reason: string): void => io.stderr.write(safe`tfsg: GITHUB_STEP_SUMMARY: ${reason}.\n`);
  try {
    const room = roomIn(path);
    if (room < MIN_ROOM_BYTES) {
      complain('the summary of this step is full');
      return;
    }
    const text = await render(room);
    // What was written before may lack its last newline.
    appendFileSync(path, `\n${text}`);
    io.onWritten?.(undefined, text);
  } catch (error) {
    complain(reasonOf(error));
  }
}

/** Bytes that the summary has room for, which what is written into it hangs on; undefined where there is none, or it can't be looked at. */
export function roomOfSummary({ environment }: Io): number | undefined {
  const path = environment[STEP_SUMMARY];
  if (path === undefined || path === '') return undefined;
  try {
    return roomIn(path);
  } catch {
    return undefined;
  }
}

const roomIn = (path: string): number => MAX_SUMMARY_BYTES - (statSync(path, { throwIfNoEntry: false })?.size ?? 0) - 1;
