/** Problems on stderr, for the commands whose result is something other than a report. */

import { emptySummary } from '../report/report.ts';
import type { Problem } from '../source/problem.ts';
import { DEFAULT_COLUMNS, type Io, isColored } from './io.ts';

/** Prints problems for people; warnings unless it is to be quiet. */
export async function printProblems(
  problems: readonly Problem[],
  { color, quiet }: { readonly color: 'auto' | 'always' | 'never'; readonly quiet: boolean },
  io: Io,
): Promise<void> {
  const shown = quiet ? problems.filter(({ severity }) => severity === 'error') : problems;
  if (shown.length === 0) return;
  const { renderPretty } = await import('../report/pretty.ts');
  const report = { problems: shown, findings: [], undecided: [], summary: emptySummary };
  const width = io.stderr.columns ?? DEFAULT_COLUMNS;
  io.stderr.write(renderPretty(report, { color: isColored(io, io.stderr, color), width, unknown: false }));
}
