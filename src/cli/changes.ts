/** `tfsg lint --diff FILE`: a report limited to changed lines. */

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
  const bytes = file === '-' ? readStdin(io) : readGiven(io.cwd, file, '--diff');
  try {
    const changes = parseDiff(new TextDecoder().decode(bytes));
    return (report) => touchedBy(changes, report);
  } catch (error) {
    if (!(error instanceof DiffError)) throw error;
    throw new UsageError(`--diff ${file}, line ${error.line}: ${error.message}.`);
  }
}
