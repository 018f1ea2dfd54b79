/** The entries of a report in one shape, for formats of other services. */

import type { Severity } from '../findings/severity.ts';
import type { Range } from '../source/position.ts';
import { formatCount } from '../text/count.ts';
import {
  type FindingDocument,
  labelled,
  linkOf,
  type PlaceDocument,
  type ProblemDocument,
  type ReportDocument,
  type UndecidedDocument,
} from './document.ts';
import type { Sort, TextOptions } from './format.ts';
import { otherPlaces, toldProblems } from './report.ts';

/** From worst to least. */
const entrySeverities = ['error', 'critical', 'high', 'medium', 'warning', 'low', 'info', 'undecided'] as const;

/** Those of findings, `error` and `warning` of problems, `undecided` of questions that only apply can answer. */
export type EntrySeverity = Severity | (typeof entrySeverities)[number];

/** A finding, a problem, a question that can't be decided, or how many of these there are. */
export interface ReportEntry {
  readonly severity: EntrySeverity;
  /** Id of the check; of a problem its kind, and `undecided` for the number of questions. */
  readonly name: string;
  /** One line as a rule, but as raw as what users wrote; of a problem with its hint. */
  readonly message: string;
  /** What to do about a finding; empty for others, whose messages say it. */
  readonly help: string;
  /** Null for a problem without a text; then the message names what it is about. */
  readonly place: PlaceDocument | null;
  /** Address of the resource, without instance keys; for what is undecided, what decides it; empty for problems. */
  readonly subject: string;
  readonly finding: FindingDocument | null;
}

/**
 * Problems, findings and what decides undecided questions, each in the order of the report. Of the questions there is one entry that counts
 * them, unless they are asked for.
 */
export function reportEntriesOf(document: ReportDocument, { unknown }: Pick<TextOptions, 'unknown'>): ReportEntry[] {
  return [
    ...problemEntries(document.problems),
    ...document.findings.map((finding): ReportEntry => {
      const { severity, check, help, subject, file, range } = finding;
      return { severity, name: check, message: labelled(finding), help, place: { file, range }, subject, finding };
    }),
    ...(unknown || document.undecided.length === 0 ? [] : [countEntry(document.undecided)]),
    ...(unknown ? document.causes : []).map(({ check, because, message, places, file, range }): ReportEntry => {
      const text = places === 1 ? message : `${message} (${otherPlaces(places - 1)})`;
      const subject = because.join(', ');
      return {
        severity: 'undecided',
        name: check,
        message: text,
        help: '',
        place: { file, range },
        subject,
        finding: null,
      };
    }),
  ];
}

/** Problems, those that say the same once. */
export function problemEntries(problems: readonly ProblemDocument[]): ReportEntry[] {
  return toldProblems(problems).map(({ problem, others }): ReportEntry => {
    const { severity, kind, message, file, range, hint } = problem;
    const place = file === null || range === null ? null : { file, range };
    const rest = others === 0 ? null : `(${otherPlaces(others)})`;
    const text = [message, rest, hint].filter((each) => each !== null).join(' ');
    return { severity, name: kind, message: text, help: '', place, subject: '', finding: null };
  });
}

function countEntry(undecided: readonly UndecidedDocument[]): ReportEntry {
  const { length } = undecided;
  const toCallers = undecided.filter(({ decidedBy }) => decidedBy === 'caller').length;
  const counts = [
    ...(length > toCallers
      ? [`${formatCount(length - toCallers, 'result')} undecided because of unknown values.`]
      : []),
    ...(toCallers > 0 ? [`${formatCount(toCallers, 'result')} left to whoever calls these modules.`] : []),
  ];
  const message = `${counts.join(' ')} List ${length === 1 ? 'it' : 'them'} with --unknown.`;
  return { severity: 'undecided', name: 'undecided', message, help: '', place: null, subject: '', finding: null };
}

/** What is wrong and what to do, for services that show one text. */
export function messageWithHelp({ message, help }: Pick<ReportEntry, 'message' | 'help'>): string {
  return help === '' ? message : `${message} ${help}`;
}

/** The worst first, else in the order given. */
export function bySeverity<E extends Pick<ReportEntry, 'severity'>>(entries: readonly E[]): E[] {
  const rank = ({ severity }: E): number => entrySeverities.indexOf(severity);
  return entries.toSorted((a, b) => rank(a) - rank(b));
}

/** In an order of text for people: as given, or the worst last, where a terminal is read from. */
export function inSort<E extends Pick<ReportEntry, 'severity'>>(entries: readonly E[], sort: Sort): readonly E[] {
  return sort === 'file' ? entries : bySeverity(entries.toReversed()).reverse();
}

/** `path:line:column: severity: message [name]`, as raw as the entry. */
export function lineOf({ severity, name, message, place }: ReportEntry): string {
  return `${place === null ? 'tfsg' : linkOf(place)}: ${severity}: ${message} [${name}]`;
}

/** The three levels that most services have. */
export type Level = 'error' | 'warning' | 'note';

export const levelOf: Readonly<Record<EntrySeverity, Level>> = {
  error: 'error',
  critical: 'error',
  high: 'error',
  medium: 'warning',
  warning: 'warning',
  low: 'note',
  info: 'note',
  undecided: 'note',
};

/** The last line that has something of a range: one that ends at the start of a line ends with the line before. */
export function lastLineOf({ start, end }: Range): number {
  return end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
}
