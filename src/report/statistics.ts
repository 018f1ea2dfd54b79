/** What a report has, by severity and check. */

import { groupBy } from '../collections/group-by.ts';
import type { Check } from '../findings/check.ts';
import type { FixOf } from '../findings/finding.ts';
import type { Severity } from '../findings/severity.ts';
import type { Problem } from '../source/problem.ts';
import { bySeverity, type EntrySeverity } from './entries.ts';
import { escapeControls, joinPlain, type PlainText, plain } from './escape.ts';
import { hyperlink, painter, severityColours, strong } from './style.ts';
import { displayWidth, wrapped } from './width.ts';

/** Columns that are enough for the start of a summary. */
const MIN_SUMMARY = 24;

/** The findings of one check and severity, or the problems of one kind. */
export interface Statistic {
  readonly severity: EntrySeverity;
  /** Id of the check, or kind of the problems. */
  readonly name: string;
  readonly count: number;
  /** How many of them have a safe fix. */
  readonly fixable: number;
}

interface Counted {
  readonly findings: readonly {
    readonly severity: Severity;
    readonly check: string;
    readonly fix: FixOf<unknown> | null;
  }[];
  readonly problems: readonly Pick<Problem, 'severity' | 'kind'>[];
}

/** The gravest first; of one severity the most. */
export function statisticsOf({ findings, problems }: Counted): readonly Statistic[] {
  const all = [
    ...findings.map(({ severity, check, fix }) => ({ severity, name: check, isFixable: fix !== null })),
    ...problems.map(({ severity, kind }) => ({ severity, name: kind, isFixable: false })),
  ];
  const groups = [...groupBy(all, ({ severity, name }) => `${severity} ${name}`).values()];
  const statistics = groups.map((some) => ({
    severity: some[0].severity,
    name: some[0].name,
    count: some.length,
    fixable: some.filter(({ isFixable }) => isFixable).length,
  }));
  return bySeverity(statistics.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)));
}

interface TableOptions {
  readonly color: boolean;
  readonly width: number;
  readonly checks: readonly Check[];
  readonly linkOf?: (check: string) => string | undefined;
}

/** A row for each: how many, how grave, which check, whether it can be fixed, and what is wrong, as far as there is room. */
export function statisticsTable(statistics: readonly Statistic[], options: TableOptions): readonly PlainText[] {
  const paint = painter(options.color);
  const summaries = new Map(options.checks.map(({ id, summary }) => [id, summary]));
  const columns = (textOf: (each: Statistic) => string): number =>
    Math.max(0, ...statistics.map((each) => displayWidth(textOf(each))));
  const counts = columns(({ count }) => String(count));
  const severities = columns(({ severity }) => severity);
  const names = columns(({ name }) => name);
  const fixes = statistics.some(({ fixable }) => fixable > 0) ? '[fix]'.length + 1 : 0;
  const room = options.width - counts - severities - names - fixes - 6;
  return statistics.map(({ severity, name, count, fixable }) => {
    const url = options.linkOf?.(name);
    const padded = (text: string, width: number): PlainText => escapeControls(' '.repeat(width - displayWidth(text)));
    const summary = fitting(summaries.get(name) ?? '', room);
    return joinPlain(
      [
        paint('bold', escapeControls(String(count).padStart(counts))),
        plain`  `,
        strong(paint, severityColours[severity], escapeControls(severity)),
        padded(severity, severities + 2),
        url === undefined ? escapeControls(name) : hyperlink(url, escapeControls(name)),
        ...(fixes === 0 && summary === '' ? [] : [padded(name, names)]),
        ...(fixes === 0 ? [] : [fixable > 0 ? plain` ${paint('green', plain`[fix]`)}` : plain`      `]),
        ...(summary === '' ? [] : [plain`  ${paint('dim', escapeControls(summary))}`]),
      ],
      '',
    );
  });
}

/** A text as far as there is room, in whole words; empty where that is too little to say anything. */
function fitting(text: string, room: number): string {
  if (displayWidth(text) <= room) return text;
  const [first = ''] = wrapped(text, room - 2);
  return room < MIN_SUMMARY ? '' : `${first} …`;
}
