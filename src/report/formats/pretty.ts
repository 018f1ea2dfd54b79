/** The format for people: each place with its source line, underlined. */

import { spans } from '../../findings/places.ts';
import { causesOf } from '../causes.ts';
import { inSort } from '../entries.ts';
import { joinSafe, type PlainText, plain, type SafeText, safeLines } from '../escape.ts';
import type { RenderOptions, ReportFormat } from '../format.ts';
import { Printer } from '../printer.ts';
import { type Report, toldProblems } from '../report.ts';
import { statisticsOf, statisticsTable } from '../statistics.ts';

export const format: ReportFormat = {
  name: 'pretty',
  audience: 'people',
  input: 'report',
  render: renderPretty,
};

/** A report with more entries ends with a table of them. */
const MAX_ENTRIES = 20;

/** The gravest last, where a terminal is read from, or in the order of places; then a table where it is long, or with `statistics` nothing else. */
export function renderPretty(report: Report, options: Omit<RenderOptions, 'pageOf' | 'limit'>): SafeText {
  const print = new Printer(options);
  const { problems, findings, undecided } = report;
  const entries = [
    ...toldProblems(problems).map(({ problem, others }) => ({
      severity: problem.severity,
      lines: () => print.problem(problem, others),
    })),
    ...findings.map((finding) => ({ severity: finding.severity, lines: () => print.finding(finding) })),
    ...(options.unknown ? causesOf(undecided, spans) : []).map((cause) => ({
      severity: 'undecided' as const,
      lines: () => print.cause(cause),
    })),
  ];
  const isLong = entries.length > MAX_ENTRIES;
  const sorted = inSort(entries, options.sort ?? 'severity');
  const table = isLong || options.statistics === true ? [statisticsTable(statisticsOf(report), options)] : [];
  const blocks: (readonly PlainText[])[] =
    options.statistics === true ? table : [...sorted.map(({ lines }) => lines()), ...table];
  return joinSafe(blocks.map((lines, index) => safeLines(index === 0 ? lines : [plain``, ...lines])));
}
