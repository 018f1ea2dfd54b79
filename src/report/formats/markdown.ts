/** Markdown for a comment on a pull request, or for the summary of a job. */

import { groupBy } from '../../collections/group-by.ts';
import { severities } from '../../findings/severity.ts';
import { linkOf, type PlaceDocument, type ReportDocument } from '../document.ts';
import { bySeverity, type EntrySeverity, lastLineOf, type ReportEntry, reportEntriesOf } from '../entries.ts';
import { type SafeText, safeDocument } from '../escape.ts';
import { reachTextOf } from '../exposure/reach-text.ts';
import type { DocumentFormat, RenderOptions } from '../format.ts';
import { attributesOf, escapeMarkup } from '../markup.ts';
import { codeMarkup, proseMarkup } from '../prose.ts';
import { countsOf } from '../report.ts';
import { foundText, scopeText, summaryRest } from '../summary.ts';

export const format: DocumentFormat = {
  name: 'markdown',
  audience: 'people',
  input: 'document',
  render: renderMarkdown,
};

/** A comment of GitHub has at most so many characters, of which none has less than one byte. */
const COMMENT_LIMIT = 65_536;

/** Bytes for the words on what was left out, and the ends of elements. */
const RESERVE = 300;

/** More findings of one check, of those that are folded, lines, instances or related places of one finding than these are counted. */
const MAX_LISTED = 50;
const MAX_FOLDED = 20;
const MAX_INSTANCES = 5;

/** What a reader may look at later. */
const folded: ReadonlySet<EntrySeverity> = new Set(['warning', 'low', 'info', 'undecided']);

type MarkdownOptions = Omit<RenderOptions, 'pageOf' | 'color' | 'width'>;

/**
 * A hidden comment to find it by, a heading with the verdict, and by severity and check, the worst first, each finding with its
 * source line and what to do; what is least grave is folded. All but the heading is HTML: in there no text is Markdown.
 * What does not fit into `options.limit` is left out, and counted.
 */
export function renderMarkdown(document: ReportDocument, options: MarkdownOptions): SafeText {
  const head = headOf(document, options);
  // The head counts what is undecided.
  const entries = bySeverity(reportEntriesOf(document, options)).filter(({ name }) => name !== 'undecided');
  const writer = new Writer(options, (options.limit ?? COMMENT_LIMIT) - Buffer.byteLength(head) - RESERVE);
  const parts = [
    head,
    ...[...groupBy(entries, ({ severity }) => severity).values()].flatMap((some) => writer.section(some)),
  ];
  const { leftOut } = writer;
  if (leftOut > 0)
    parts.push(
      `${leftOut} more ${leftOut === 1 ? 'result' : 'results'} omitted because of the size limit; see the other reports.\n`,
    );
  return safeDocument(parts.join('\n'));
}

const verdicts = { 0: 'passed', 1: 'failed', 2: 'could not check everything' } as const;
const marks = { 0: '✅', 1: '❌', 2: '⚠️' } as const;

function headOf(document: ReportDocument, { exitCode }: MarkdownOptions): string {
  const verdict = exitCode === undefined ? 'tfsg' : `${marks[exitCode]} tfsg ${verdicts[exitCode]}`;
  const { summary, findings } = document;
  const shown = { ...summary, ...countsOf(document) };
  const hidden = severities.reduce((sum, each) => sum + summary[each], -findings.length);
  // Who reads it has no command line before him.
  const rest = summaryRest(document, hidden, true).map((part) => part.replace(/ \([^()]*--[^()]*\)/g, ''));
  return `<!-- tfsg -->\n### ${verdict}: ${foundText({ ...document, summary: shown })}\n\n${[`In ${scopeText(document)}`, ...rest].join('; ')}.\n`;
}

class Writer {
  readonly #options: MarkdownOptions;
  readonly #checks: ReadonlyMap<string, RenderOptions['checks'][number]>;
  #room: number;
  leftOut = 0;

  constructor(options: MarkdownOptions, room: number) {
    this.#options = options;
    this.#checks = new Map(options.checks.map((check) => [check.id, check]));
    this.#room = room;
  }

  /** The entries of one severity as one HTML block; none where nothing of it fits. */
  section(entries: readonly [ReportEntry, ...ReportEntry[]]): string[] {
    const [{ severity }] = entries;
    const title = `${entries.length} ${severity}`;
    const [open, close] = folded.has(severity)
      ? [`<details><summary><b>${title}</b></summary>\n`, '</details>\n']
      : [`<p><b>${title}</b></p>\n`, ''];
    this.#take(open + close);
    const groups = [...groupBy(entries, ({ name }) => name).values()].flatMap((some) => this.#group(some));
    return groups.length === 0 ? [] : [`${open}${groups.join('')}${close}`];
  }

  /** The entries of one check, or the problems of one kind. */
  #group(entries: readonly [ReportEntry, ...ReportEntry[]]): string[] {
    const [{ name, severity, finding }] = entries;
    const check = finding === null ? undefined : this.#checks.get(name);
    const title = check === undefined ? codeMarkup(name) : `${codeMarkup(name)} ${proseMarkup(check.summary)}`;
    const help =
      check === undefined ? '' : `<p>${helpOf(check.help)} More: ${codeMarkup(`tfsg explain ${name}`)}</p>\n`;
    const [open, close] = [`<p>${title}</p>\n<ul>\n`, `</ul>\n${help}`];
    if (!this.#take(open + close)) {
      this.leftOut += entries.length;
      return [];
    }
    const items = listed(
      entries.map((entry) => `<li>${this.#item(entry)}</li>\n`),
      folded.has(severity) ? MAX_FOLDED : MAX_LISTED,
      (rest) => `<li>and ${rest} more</li>\n`,
    );
    const end = items.findIndex((item) => !this.#take(item));
    if (end === -1) return [`${open}${items.join('')}${close}`];
    this.leftOut += entries.length - end;
    return end === 0 ? [] : [`${open}${items.slice(0, end).join('')}${close}`];
  }

  /** Whether there is room for a text, and a line break. */
  #take(text: string): boolean {
    const bytes = Buffer.byteLength(text) + 1;
    if (bytes > this.#room) return false;
    this.#room -= bytes;
    return true;
  }

  #item({ place, subject, message, finding }: ReportEntry): string {
    const about = finding === null ? [] : [codeMarkup(finding.group ?? subject)];
    const where = [...(place === null ? [] : [this.#place(place)]), ...about].join(' in ');
    const source = place === null ? undefined : this.#options.sourceOf?.(place);
    return [
      ...(where === '' ? [] : [where]),
      proseMarkup(message),
      ...(source === undefined || source === '' ? [] : [codeMarkup(source.replace(/\s+/g, ' '))]),
      ...this.#more(finding),
    ].join('<br>');
  }

  #more(finding: ReportEntry['finding']): string[] {
    if (finding === null) return [];
    const { members = [], subject, instances, fix } = finding;
    const [, ...others] = members;
    const lines = others.map(({ file, range }) => this.#anchor({ file, range }, String(range.start.line)));
    const own = new Set(others.map(linkOf));
    const related = finding.related.filter((each) => each.step === undefined && !own.has(linkOf(each)));
    const reach = reachTextOf(finding);
    const isTold = members.length > 0 || instances.every((instance) => instance === subject);
    return [
      ...(lines.length === 0 ? [] : [`also at ${lines.length === 1 ? 'line' : 'lines'} ${joined(lines, MAX_FOLDED)}`]),
      ...(isTold ? [] : [`of ${joined(instances.map(codeMarkup), MAX_INSTANCES)}`]),
      ...listed(
        related.map((each) => `${this.#place(each)}: ${proseMarkup(each.message)}`),
        MAX_INSTANCES,
        (rest) => `and ${rest} more related places`,
      ),
      ...(reach === undefined ? [] : [proseMarkup(`${reach.title} ${reach.text}`)]),
      ...(fix === null || members.length > 0 ? [] : [`fix: ${proseMarkup(fix.message)}`]),
    ];
  }

  /** `path:line`, as a link where the file is to be seen somewhere. */
  #place(place: PlaceDocument): string {
    return this.#anchor(place, codeMarkup(`${place.file}:${place.range.start.line}`));
  }

  #anchor({ file, range }: PlaceDocument, text: string): string {
    const href = this.#options.urlOf?.(file, range.start.line, lastLineOf(range));
    return href === undefined ? text : `<a${attributesOf({ href })}>${text}</a>`;
  }
}

const joined = (items: readonly string[], most: number): string =>
  listed(items, most, (rest) => `${rest} more`).join(', ');

function listed(items: readonly string[], most: number, counted: (rest: number) => string): string[] {
  const rest = items.length - most;
  return rest > 0 ? [...items.slice(0, most), counted(rest)] : [...items];
}

/** A text of ours, with code in backticks. */
function helpOf(text: string): string {
  return escapeMarkup(text).replace(/`([^`]*)`/g, '<code>$1</code>');
}
