/** `tfsg lint --diff FILE`: a report limited to changed lines. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DiffError, parseDiff } from '../diff/parse.ts';
import { touchedBy } from '../diff/touched.ts';
import type { Report } from '../report/report.ts';
import { readGiven } from './files/tree.ts';
import { type Io, UsageError } from './io.ts';
import { readStdin } from './session.ts';

/**
 * Reads the diff, and gives what keeps of a report what it touches.
 *
 * @param file as given on the command line; `-` for standard input
 * @throws UsageError if it can't be read or is no unified diff
 */
export function readChanges(file: string, io: Io): (report: Report) => Report {
  const bytes = file === '-' ? readStdin(io) : readDiff(file, io);
  try {
    const changes = parseDiff(new TextDecoder().decode(bytes));
    return (report) => touchedBy(changes, report);
  } catch (error) {
    if (!(error instanceof DiffError)) throw error;
    throw new UsageError(`--diff ${file}, line ${error.line}: ${error.message}.`);
  }
}

/** @throws UsageError if it can't be read; what has no name of a diff may be meant as a revision */
function readDiff(file: string, io: Io): Uint8Array {
  if (!/\.(?:diff|patch)$/.test(file) && !existsSync(resolve(io.cwd, file)))
    throw new UsageError(`--diff ${file}: no such file. For a revision, run "git diff ${file} | tfsg --diff -".`);
  return readGiven(io.cwd, file, '--diff');
}
