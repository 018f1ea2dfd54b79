/** Problems of a command: their order, and their text on stderr if the result is not a report. */

import type { ExitCode } from '../report/exit-code.ts';
import type { TextOptions } from '../report/format.ts';
import { renderPretty } from '../report/formats/pretty.ts';
import { emptySummary } from '../report/report.ts';
import { compareProblems, type Problem } from '../source/problem.ts';
import { DEFAULT_COLUMNS, type Io, isColored } from './io.ts';

/** In the order of reports: those without a place first, then by file and place. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(compareProblems);
}

/** Why nothing was looked at, where there was nothing to look at. */
export function nothingLinted(excluded: number, severity: Problem['severity']): Problem {
  const all = excluded === 1 ? 'the only one' : `all ${excluded}`;
  const message =
    excluded === 0 ? 'no Terraform files found.' : `no Terraform files were linted: the configuration excludes ${all}.`;
  return { kind: 'file', severity, message };
}

/**
 * The problems of a command that shows what configurations make, in order; where there is no root module, and nothing says why, that too.
 *
 * @param others those of the command line and of configuration files
 */
export function problemsOf(
  others: readonly Problem[],
  { roots, problems, excluded }: Shown,
): { readonly problems: readonly Problem[]; readonly isEmpty: boolean; readonly code: ExitCode } {
  const found = [...others, ...problems];
  const hasErrors = found.some(({ severity }) => severity === 'error');
  const isEmpty = roots.length === 0 && !hasErrors;
  const all = isEmpty ? [...found, nothingLinted(excluded, 'warning')] : found;
  return { problems: inOrder(all), isEmpty, code: hasErrors ? 2 : 0 };
}

/** What such a command found. */
interface Shown {
  readonly roots: readonly unknown[];
  readonly problems: readonly Problem[];
  /** Configuration files that the configuration leaves out. */
  readonly excluded: number;
}

/** Prints problems for people; warnings unless it is to be quiet. */
export function printProblems(
  problems: readonly Problem[],
  { color, quiet }: { readonly color: 'auto' | 'always' | 'never'; readonly quiet: boolean },
  io: Io,
  shownPath: TextOptions['shownPath'] = (path) => path,
): void {
  const shown = quiet ? problems.filter(({ severity }) => severity === 'error') : problems;
  if (shown.length === 0) return;
  const report = { problems: shown, findings: [], undecided: [], summary: emptySummary };
  const width = io.stderr.columns ?? DEFAULT_COLUMNS;
  const options = { color: isColored(io, io.stderr, color), width, unknown: false, shownPath, checks: [] };
  io.stderr.write(renderPretty(report, options));
}
