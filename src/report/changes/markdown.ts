/** What a change opens and closes in Markdown, for one comment on a pull request. */

import type { Comparison, OpenedFinding, OpenedQuestion } from '../../changes/change.ts';
import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { formatCount } from '../../text/count.ts';
import { type SafeText, safeDocument } from '../escape.ts';
import { addressOfPlace } from '../exposure/words.ts';
import { attributesOf, escapeMarkup } from '../markup.ts';
import { codeMarkup, proseMarkup } from '../prose.ts';
import { toldProblems } from '../report.ts';
import { changesDrawing } from './drawing.ts';
import { comparedWith, failureOf, notInFull } from './facts.ts';
import {
  type ChangeRow,
  changeRowsOf,
  failsRun,
  type ReachRow,
  reachRowsOf,
  rowsByGroup,
  undecidedRowsOf,
} from './rows.ts';
import { findingsFailureOf, holdingText, questionText } from './rules.ts';
import { sentenceOf } from './sentence.ts';
import type { ChangesLook } from './shown.ts';
import {
  conditionsText,
  directedTraffic,
  placeName,
  rootsText,
  sourcesOfRow,
  type TextPiece,
  trafficName,
} from './words.ts';

/** Bytes of a comment: GitHub takes 65,536 characters, and who posts it may add some. */
const COMMENT_LIMIT = 60_000;

/** Bytes for the words on what was left out. */
const RESERVE = 200;

/** Places of one row; more are counted. */
const MAX_PLACES = 3;

/**
 * A hidden comment to find it by, the sentence as heading, tables, and a drawing. What a reader may look at later is folded. All of it but
 * the drawing is HTML: in there no text is Markdown. What does not fit into `look.limit` is left out, and counted.
 */
export function renderChangesMarkdown(comparison: Comparison, look: ChangesLook): SafeText {
  const rows = rowsByGroup(changeRowsOf(comparison, look)).flatMap((group) => group.rows);
  const undecided = rowsByGroup(undecidedRowsOf(comparison)).flatMap((group) => group.rows);
  const failures = [failureOf(rows, look), findingsFailureOf(rows)].filter((text) => text !== '');
  const unread = notInFull(comparison);
  // What a change does to own rules is nothing to fold away.
  const settings = comparison.problems.filter(({ kind }) => kind === 'configuration');
  const others = comparison.problems.filter(({ kind }) => kind !== 'configuration');
  const head = [
    `${markerOf(look.paths ?? [])}\n<h3>${piecesMarkup(sentenceOf(comparison, look))}</h3>\n`,
    ...failures.map((failure) => `<p>❌ ${escapeMarkup(failure)}</p>\n`),
    ...(unread === '' ? [] : [`<p>⚠️ ${escapeMarkup(unread)}</p>\n`]),
  ];
  const foot = `<p>${piecesMarkup(comparedWith(comparison))}</p>\n`;
  const used = Buffer.byteLength([...head, foot].join('\n'));
  const writer = writerFor((look.limit ?? COMMENT_LIMIT) - used - RESERVE);
  const body = [
    ...writer.list(
      '',
      reachRowsOf(comparison).map((row) => reachItem(row, look)),
    ),
    ...writer.list(
      '',
      problemItems(settings, look).map((item) => `⚠️ ${item}`),
    ),
    ...changeTable(writer, '', rows, look),
    ...changeTable(writer, `${formatCount(undecided.length, 'change')} undecided until apply`, undecided, look),
    ...writer.list('Where it comes from', relatedItems([...rows, ...undecided], look)),
    ...writer.list('What was not read', problemItems(others, look)),
    ...writer.block(drawing(rows)),
  ];
  const cut =
    writer.leftOut() === 0
      ? []
      : [
          `<p>${formatCount(writer.leftOut(), 'more result')} omitted because of the size limit; see the other reports.</p>\n`,
        ];
  return safeDocument([...head, ...body, ...cut, foot].join('\n'));
}

function problemItems(problems: readonly Problem[], look: ChangesLook): readonly string[] {
  return toldProblems(problems).map(({ problem: { span, message, hint }, others }) => {
    const where = span === undefined ? '' : `${place(span, look)}: `;
    const more = others === 0 ? '' : ` (and at ${formatCount(others, 'other place')})`;
    return `${where}${proseMarkup(message)}${more}${hint === undefined ? '' : ` ${proseMarkup(hint)}`}`;
  });
}

/** `<!-- tfsg-changes -->`, or with the paths that it is about: `<!-- tfsg-changes live/prod -->`. */
function markerOf(paths: readonly string[]): string {
  const names = paths
    .filter((path) => path !== '' && path !== '.')
    .map((path) =>
      path
        .replace(/\p{Surrogate}/gu, '\ufffd')
        .split('/')
        .map(encodeURIComponent)
        .join('/'),
    );
  // Two hyphens could end the comment.
  return `<!-- ${['tfsg-changes', ...names.map((name) => name.replaceAll('--', '-%2D'))].join(' ')} -->`;
}

interface TableRow {
  readonly cells: readonly string[];
  /** Lines below it that have the whole width, and are with it or not there. */
  readonly below: readonly string[];
}

/** Takes what there is room for. */
interface Writer {
  block(text: string): readonly string[];
  table(summary: string, head: readonly string[], rows: readonly TableRow[]): readonly string[];
  list(summary: string, items: readonly string[]): readonly string[];
  leftOut(): number;
}

function writerFor(bytes: number): Writer {
  let room = bytes;
  let left = 0;
  const take = (text: string): boolean => {
    const size = Buffer.byteLength(text) + 1;
    if (size > room) return false;
    room -= size;
    return true;
  };
  const fill = (summary: string, open: string, close: string, items: readonly string[]): readonly string[] => {
    if (items.length === 0) return [];
    const start = summary === '' ? open : `<details><summary>${escapeMarkup(summary)}</summary>\n${open}`;
    const end = summary === '' ? close : `${close}</details>\n`;
    const fits = take(start + end);
    const first = fits ? items.findIndex((item) => !take(item)) : 0;
    const shown = first === -1 ? items : items.slice(0, first);
    left += items.length - shown.length;
    return shown.length === 0 ? [] : [`${start}${shown.join('')}${end}`];
  };
  return {
    block: (text) => (text !== '' && take(text) ? [text] : []),
    table: (summary, head, rows) => {
      const titles = head.map((title) => `<th>${title}</th>`).join('');
      const lines = rows.map(({ cells, below }) =>
        [
          `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`,
          ...below.map((line) => `<tr><td></td><td colspan="${head.length - 1}">${line}</td></tr>\n`),
        ].join(''),
      );
      return fill(summary, `<table>\n<tr>${titles}</tr>\n`, '</table>\n', lines);
    },
    list: (summary, items) =>
      fill(
        summary,
        '<ul>\n',
        '</ul>\n',
        items.map((item) => `<li>${item}</li>\n`),
      ),
    leftOut: () => left,
  };
}

function changeTable(
  writer: Writer,
  summary: string,
  rows: readonly ChangeRow[],
  look: ChangesLook,
): readonly string[] {
  const details = rows.map((row) => [rootsText(row.roots, look), conditionsText(row)].filter((text) => text !== ''));
  const hasDetails = details.some((texts) => texts.length > 0);
  const head = ['change', 'group', 'traffic', 'sources', 'place', ...(hasDetails ? ['where'] : [])];
  const lines = rows.map((row, index) => ({
    cells: [
      `${failsRun(row) ? '❌ ' : ''}${row.isUndecided ? `may be ${row.kind}` : row.kind}`,
      codeMarkup(row.group),
      proseMarkup(directedTraffic(row)),
      sourcesMarkup(row),
      placesMarkup(row, look),
      ...(hasDetails ? [details[index]!.map(proseMarkup).join('<br>')] : []),
    ],
    below: ruleLines(row, look),
  }));
  return writer.table(summary, head, lines);
}

function ruleLines(row: ChangeRow, look: ChangesLook): readonly string[] {
  const where = (told: OpenedFinding | OpenedQuestion): string => {
    const text = holdingText(told, row, look);
    return text === '' ? '' : ` (${proseMarkup(text)})`;
  };
  return [
    ...row.findings.map((finding) => {
      const { check, severity, message, help, docs, isFailing } = finding;
      const name = /^https?:\/\//.test(docs)
        ? `<a${attributesOf({ href: docs })}>${codeMarkup(check)}</a>`
        : codeMarkup(check);
      const sentences = [message, help].filter((text) => text !== '').map(proseMarkup);
      return `${isFailing ? '❌ ' : ''}<b>${severity}</b> ${name}: ${sentences.join(' ')}${where(finding)}`;
    }),
    ...row.questions.map((question) => `<b>undecided</b> ${proseMarkup(questionText(question))}${where(question)}`),
  ];
}

function sourcesMarkup(row: ChangeRow): string {
  const { preposition, names, note } = sourcesOfRow(row);
  return `${preposition} ${codeMarkup(names)}${note}`;
}

function placesMarkup(row: ChangeRow, look: ChangesLook): string {
  const rest = row.spans.length - MAX_PLACES;
  const shown = (rest > 1 ? row.spans.slice(0, MAX_PLACES) : row.spans).map((span) => placeIn(row.kind, span, look));
  return [...shown, ...(rest > 1 ? [`${rest} more`] : [])].join('<br>');
}

function relatedItems(rows: readonly ChangeRow[], look: ChangesLook): readonly string[] {
  return rows.flatMap((row) =>
    row.related.length === 0
      ? []
      : `${codeMarkup(row.group)} ${proseMarkup(directedTraffic(row))}: ${row.related
          .map(({ message, span }) => `${proseMarkup(message)} ${placeIn(row.kind, span, look)}`)
          .join(', ')}`,
  );
}

function reachItem(row: ReachRow, look: ChangesLook): string {
  const verb = row.kind === 'opened' ? 'now reaches' : 'no longer reaches';
  const way = row.through.length === 0 ? 'directly' : `by ${codeMarkup(row.through.join(' > '))}`;
  const over = row.families.includes(6) ? ` over ${row.families.map((family) => `IPv${family}`).join(' and ')}` : '';
  const details = [rootsText(row.roots, look), conditionsText(row)].filter((text) => text !== '').map(proseMarkup);
  return [
    `The internet ${verb} <b>${codeMarkup(row.service)}</b> on ${proseMarkup(trafficName(row.traffic))}${over}, ${way}`,
    placeIn(row.kind, row.spans[0], look),
    ...details,
  ].join(', ');
}

const drawing = (rows: readonly ChangeRow[]): string => {
  const lines = changesDrawing(rows);
  return lines === '' ? '' : `\`\`\`mermaid\n${lines}\`\`\`\n`;
};

/** The older state's files are not those that links lead to. */
const placeIn = (kind: ChangeRow['kind'], span: Span, look: ChangesLook): string =>
  kind === 'opened' ? place(span, look) : codeMarkup(placeName(span, look));

function place(span: Span, look: ChangesLook): string {
  const href = addressOfPlace(span, look);
  const text = codeMarkup(placeName(span, look));
  return href === undefined ? text : `<a${attributesOf({ href })}>${text}</a>`;
}

const piecesMarkup = (pieces: readonly TextPiece[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? escapeMarkup(piece) : codeMarkup(piece.code))).join('');
