/** What a change opens and closes, for a terminal. */

import type { Comparison, OpenedFinding, OpenedQuestion } from '../../changes/change.ts';
import { formatCount } from '../../text/count.ts';
import { escapeControls, joinPlain, type PlainText, plain, type SafeText, safeLines } from '../escape.ts';
import { type Colour, painter, severityColours, strong } from '../style.ts';
import { alignedWidth, padded } from '../width.ts';
import { comparedWith, failureOf, notInFull } from './facts.ts';
import {
  type ChangeRow,
  changeRowsOf,
  failsRun,
  type GroupRows,
  type ReachRow,
  reachRowsOf,
  rowsByGroup,
  undecidedRowsOf,
} from './rows.ts';
import { findingsFailureOf, holdingText, waitsText } from './rules.ts';
import { sentenceOf } from './sentence.ts';
import type { ChangesLook } from './shown.ts';
import {
  conditionsText,
  directedTraffic,
  piecesText,
  placeName,
  rootsText,
  sourcesText,
  trafficName,
} from './words.ts';

/** Columns of more characters are not aligned with those of other lines. */
const MAX_ALIGNED = 44;

/** Places and related places of one row; more are counted. */
const MAX_PLACES = 3;

/** The sentence; group by group what is opened (`+`) and closed (`-`); what the internet now reaches; what is undecided (`?+`, `?-`); what was compared. */
export function renderChangesText(comparison: Comparison, look: ChangesLook): SafeText {
  const paint = painter(look.color);
  const rows = changeRowsOf(comparison, look);
  const failures = [failureOf(rows, look), findingsFailureOf(rows)].filter((text) => text !== '');
  const unread = notInFull(comparison);
  const blank = escapeControls('');
  const undecided = undecidedRowsOf(comparison);
  const reach = reachRowsOf(comparison);
  return safeLines([
    paint('bold', escapeControls(piecesText(sentenceOf(comparison, look)))),
    blank,
    ...rowsByGroup(rows).flatMap((group) => [...groupLines(group, look), blank]),
    ...(reach.length === 0 ? [] : [...reach.flatMap((row) => reachLine(row, look)), blank]),
    ...(undecided.length === 0
      ? []
      : [
          strong(paint, 'cyan', escapeControls('Undecided until apply')),
          blank,
          ...rowsByGroup(undecided).flatMap((group) => [...groupLines(group, look), blank]),
        ]),
    ...failures.map((failure) => paint('red', escapeControls(`! ${failure}`))),
    paint('dim', escapeControls(piecesText(comparedWith(comparison)))),
    ...(unread === '' ? [] : [paint('yellow', escapeControls(unread))]),
  ]);
}

function groupLines({ group, roots, rows }: GroupRows, look: ChangesLook): readonly PlainText[] {
  const paint = painter(look.color);
  const where = rootsText(roots, look);
  const head = [paint('bold', escapeControls(group)), ...(where === '' ? [] : [paint('dim', escapeControls(where))])];
  const cells = rows.map((row) => ({ row, traffic: directedTraffic(row), sources: sourcesText(row) }));
  const widthOf = (column: 'traffic' | 'sources'): number =>
    alignedWidth(
      cells.map((cell) => cell[column]),
      MAX_ALIGNED,
    );
  const widths = { traffic: widthOf('traffic'), sources: widthOf('sources') };
  return [
    joinPlain(head, ' '),
    ...cells.flatMap(({ row, traffic, sources }) => {
      const conditions = conditionsText(row);
      const line = [
        paint(colourOf(row), escapeControls(`${signOf(row)} ${padded(traffic, widths.traffic)}`)),
        escapeControls(`  ${padded(sources, widths.sources)}`),
        paint('dim', escapeControls(`  ${placesText(row, look)}`)),
        ...(conditions === '' ? [] : [escapeControls(`  ${conditions}`)]),
      ];
      return [
        plain`${failsRun(row) ? '! ' : '  '}${joinPlain(line, '')}`,
        ...relatedLines(row, look),
        ...ruleLines(row, look),
      ];
    }),
  ];
}

function signOf({ isUndecided, kind }: ChangeRow): string {
  return `${isUndecided ? '?' : ''}${kind === 'opened' ? '+' : '-'}`;
}

function colourOf({ isUndecided, kind, isInternet }: ChangeRow): Colour {
  if (isUndecided) return 'cyan';
  return kind === 'closed' ? 'green' : isInternet ? 'red' : 'yellow';
}

function placesText({ spans }: ChangeRow, look: ChangesLook): string {
  const rest = spans.length - MAX_PLACES;
  const shown = (rest > 1 ? spans.slice(0, MAX_PLACES) : spans).map((span) => placeName(span, look));
  return [...shown, ...(rest > 1 ? [`${rest} more`] : [])].join(', ');
}

function relatedLines({ related }: ChangeRow, look: ChangesLook): readonly PlainText[] {
  const paint = painter(look.color);
  const rest = related.length - MAX_PLACES;
  const shown = rest > 1 ? related.slice(0, MAX_PLACES) : related;
  return [
    ...shown.map(({ message, span }) => `${message}: ${placeName(span, look)}`),
    ...(rest > 1 ? [formatCount(rest, 'more related place')] : []),
  ].map((text) => paint('dim', escapeControls(`      ${text}`)));
}

/** Below the row, what own rules have against it, and what they can't decide. */
function ruleLines(row: ChangeRow, look: ChangesLook): readonly PlainText[] {
  const paint = painter(look.color);
  const line = (word: keyof typeof severityColours, told: OpenedFinding | OpenedQuestion, text: string): PlainText => {
    const where = holdingText(told, row, look);
    const rest = escapeControls(` ${text}${where === '' ? '' : ` (${where})`}`);
    return plain`      ${strong(paint, severityColours[word], escapeControls(word))}${rest}`;
  };
  return [
    ...row.findings.flatMap((finding, index) => {
      const { severity, check, message, help } = finding;
      const isLast = row.findings[index + 1]?.check !== check;
      return [
        line(severity, finding, `${check}: ${message}`),
        ...(isLast && help !== '' ? [paint('dim', escapeControls(`      help: ${help}`))] : []),
      ];
    }),
    ...row.questions.map((question) => line('undecided', question, `${question.check}: ${waitsText(question)}`)),
  ];
}

/** `The internet now reaches aws_db_instance.main on PostgreSQL (5432/tcp), by aws_lb.front > aws_instance.app`. */
function reachLine(row: ReachRow, look: ChangesLook): PlainText {
  const paint = painter(look.color);
  const isOpened = row.kind === 'opened';
  const [verb, service] = [isOpened ? 'now reaches' : 'no longer reaches', paint('bold', escapeControls(row.service))];
  const conditions = [rootsText(row.roots, look), conditionsText(row)].filter((text) => text !== '').join(', ');
  const line = plain`The internet ${paint(isOpened ? 'red' : 'green', escapeControls(verb))} ${service} on ${escapeControls(trafficName(row.traffic))}${escapeControls(wayText(row))}`;
  const place = paint('dim', escapeControls(`  ${placeName(row.spans[0], look)}`));
  return plain`${line}${place}${escapeControls(conditions === '' ? '' : `  ${conditions}`)}`;
}

const wayText = ({ through, families }: ReachRow): string =>
  `${families.includes(6) ? (families.length > 1 ? ' over IPv4 and IPv6' : ' over IPv6') : ''}${through.length === 0 ? ', directly' : `, by ${through.join(' > ')}`}`;
