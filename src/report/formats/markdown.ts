/** Markdown for a comment on a pull request, or for the summary of a job. */

import { groupBy } from '../../collections/group-by.ts';
import { linkOf, type ReportDocument } from '../document.ts';
import { bySeverity, type ReportEntry, reportEntriesOf } from '../entries.ts';
import { type SafeText, safeDocument } from '../escape.ts';
import type { DocumentFormat, RenderOptions } from '../format.ts';
import { escapeMarkup } from '../markup.ts';
import { isProse } from '../prose.ts';
import { summaryLine } from '../summary.ts';

export const format: DocumentFormat = {
  name: 'markdown',
  audience: 'people',
  input: 'document',
  render: renderMarkdown,
};

/** A comment of GitHub has at most so many characters, of which none has less than one byte. */
const COMMENT_LIMIT = 65_536;

/** Bytes for the words on what was left out. */
const RESERVE = 200;

/** Code units of one text of a user; what is longer is cut. */
const MAX_TEXT = 400;

/** More findings of one check, instances of one finding, or related places than these are counted. */
const MAX_LISTED = 20;
const MAX_INSTANCES = 5;

/**
 * A hidden comment to find it by, the summary, a table with the worst first, and folded details for each check. Tables and details
 * are HTML: in there no text is Markdown. What does not fit into `options.limit` is left out, and counted.
 */
export function renderMarkdown(
  document: ReportDocument,
  options: Pick<RenderOptions, 'unknown' | 'checks' | 'limit'>,
): SafeText {
  const head = `<!-- tfsg -->\ntfsg: ${summaryLine(document, 0, options.unknown)}\n`;
  // The head counts what is undecided.
  const entries = bySeverity(reportEntriesOf(document, options)).filter(({ name }) => name !== 'undecided');
  if (entries.length === 0) return safeDocument(head);
  const room = (options.limit ?? COMMENT_LIMIT) - Buffer.byteLength(head) - Buffer.byteLength(tableOf([])) - RESERVE;
  const rows = fitting(entries.map(rowOf), room);
  const blocks = detailsOf(entries, options.checks);
  const details = fitting(blocks, room - Buffer.byteLength(rows.join('')));
  const parts = [
    head,
    ...(rows.length > 0 ? [tableOf(rows)] : []),
    ...details,
    ...leftOut(entries.length - rows.length, 'line', 'of the table'),
    ...leftOut(blocks.length - details.length, 'block', 'of details'),
  ];
  return safeDocument(parts.join('\n'));
}

function tableOf(rows: readonly string[]): string {
  const head = '<tr><th>Severity</th><th>Check</th><th>Place</th><th>Message</th></tr>\n';
  return `<table>\n${head}${rows.join('')}</table>\n`;
}

function rowOf({ severity, name, place, message }: ReportEntry): string {
  const where = place === null ? '' : code(`${place.file}:${place.range.start.line}`);
  return `<tr><td>${severity}</td><td>${code(name)}</td><td>${where}</td><td>${inHtml(message)}</td></tr>\n`;
}

/** A block for each check that found something, in the order of the entries. */
function detailsOf(entries: readonly ReportEntry[], checks: RenderOptions['checks']): string[] {
  const summaries = new Map(checks.map(({ id, summary }) => [id, summary]));
  const byCheck = groupBy(
    entries.filter(({ finding }) => finding !== null),
    ({ name }) => name,
  );
  return [...byCheck].map(([check, found]) => {
    const summary = summaries.get(check);
    const title = `${code(check)}${summary === undefined ? '' : `: ${inHtml(summary)}`}`;
    const items = listed(
      found.map((entry) => `<li>${itemOf(entry)}</li>\n`),
      MAX_LISTED,
      (rest) => `<li>and ${rest} more</li>\n`,
    );
    const help = `<p>More: ${code(`tfsg explain ${check}`)}</p>\n`;
    return `<details><summary>${title}</summary>\n<ul>\n${items.join('')}</ul>\n${help}</details>\n`;
  });
}

function itemOf({ place, subject, finding }: ReportEntry): string {
  const where = place === null ? [] : [code(linkOf(place))];
  const instances = finding?.instances ?? [];
  const related = finding?.related ?? [];
  const isSubjectAlone = instances.every((instance) => instance === subject);
  return [
    [...where, code(subject)].join(' in '),
    ...(isSubjectAlone
      ? []
      : [`of ${listed(instances.map(code), MAX_INSTANCES, (rest) => `${rest} more`).join(', ')}`]),
    ...listed(
      related.map((each) => `${code(linkOf(each))}: ${inHtml(each.message)}`),
      MAX_INSTANCES,
      (rest) => `and ${rest} more related places`,
    ),
    ...(finding?.fix == null ? [] : [`fix: ${inHtml(finding.fix.message)}`]),
  ].join('<br>');
}

function listed(items: readonly string[], most: number, counted: (rest: number) => string): string[] {
  const rest = items.length - most;
  return rest > 0 ? [...items.slice(0, most), counted(rest)] : [...items];
}

function leftOut(number: number, noun: string, what: string): string[] {
  if (number === 0) return [];
  return [
    `${number} more ${noun}${number === 1 ? '' : 's'} ${what} omitted because of the size limit; see the other reports.\n`,
  ];
}

/** The first texts that have room together; a blank line is in between. */
function fitting(texts: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = texts.findIndex((text) => (used += Buffer.byteLength(text) + 1) > room);
  return end === -1 ? texts : texts.slice(0, end);
}

/** A text as a sentence if it is no more than that, else as code, in which services look for nothing. */
function inHtml(text: string): string {
  const shown = cut(text);
  return isProse(shown) ? escapeMarkup(shown) : code(shown);
}

function code(text: string): string {
  return `<code>${escapeMarkup(cut(text))}</code>`;
}

function cut(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  return `${text.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, '')}…`;
}
