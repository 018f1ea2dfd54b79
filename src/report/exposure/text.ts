/** The exposures of services for a terminal. */

import { groupBy } from '../../collections/group-by.ts';
import { formatCount } from '../../text/count.ts';
import { escapeControls, type PlainText, plain, type SafeText, safeLines } from '../escape.ts';
import { type Colour, painter, strong } from '../style.ts';
import { alignedWidth, padded } from '../width.ts';
import { type ExposureRow, partsText, rowsByAnswer, rowsOf, throughOf } from './rows.ts';
import type { ExposureLook, ShownExposures, ShownRoot } from './shown.ts';
import { readText, unreadText, verdictOf } from './verdict.ts';
import { classOfTraffic, placeText, rootName } from './words.ts';

/** Columns of more characters are not aligned with those of other lines. */
const MAX_ALIGNED = 56;

/** Services that are open and not reached are counted beyond these. */
const MAX_NOT_REACHED = 10;

/** Reasons that a line has. */
const MAX_REASONS = 3;

/**
 * A line for each service and way to it, what is reached first; then what may be reached, and what is open with no way in; the verdict, and
 * what was read and not read.
 */
export function renderExposureText(exposures: ShownExposures, look: ExposureLook): SafeText {
  const paint = painter(look.color);
  const rows = rowsOf(exposures);
  const { yes, unknown, no } = rowsByAnswer(rows);
  const blank = escapeControls('');
  const section = (
    title: string,
    colour: Colour,
    some: readonly ExposureRow[],
    total: number,
  ): readonly PlainText[] => {
    if (some.length === 0) return [];
    const rest = total - some.length;
    const more = rest === 0 ? [] : [paint('dim', escapeControls(`  and ${formatCount(rest, 'more')}`))];
    return [
      strong(paint, colour, escapeControls(title)),
      ...linesOf(some, exposures.roots.length > 1, look),
      ...more,
      blank,
    ];
  };
  const unread = unreadText(exposures);
  return safeLines([
    ...section('Reached from the internet', 'red', yes, yes.length),
    ...section('Undecided until apply', 'cyan', unknown, unknown.length),
    ...section('Open, with no way in from the internet', 'green', no.slice(0, MAX_NOT_REACHED), no.length),
    ...verdictOf(exposures, rows).map((sentence) => paint('bold', escapeControls(sentence))),
    paint('dim', escapeControls(`Read: ${readText(exposures)}.`)),
    ...(unread === '' ? [] : [paint('yellow', escapeControls(`Not read in full: ${unread}.`))]),
  ]);
}

/** With a line above those of each root module where there are several. */
function linesOf(rows: readonly ExposureRow[], isNamed: boolean, look: ExposureLook): readonly PlainText[] {
  const paint = painter(look.color);
  const indentation = isNamed ? '    ' : '  ';
  return [...groupBy(rows, ({ root }) => root)].flatMap(([root, own]) => {
    const cells = own.map((row) => ({
      row,
      service: row.service.address,
      traffic: partsText(row.parts),
      way: wayText(row),
    }));
    const widthOf = (column: 'service' | 'traffic' | 'way'): number =>
      alignedWidth(
        cells.map((cell) => cell[column]),
        MAX_ALIGNED,
      );
    const widths = { service: widthOf('service'), traffic: widthOf('traffic'), way: widthOf('way') };
    const lines = cells.map(({ row, service, traffic, way }) => {
      const colour = row.answer === 'yes' ? classColours[classOfTraffic(row.traffic) ?? 'admin'] : undefined;
      const name = paint('bold', escapeControls(padded(service, widths.service)));
      const ports = escapeControls(padded(traffic, widths.traffic));
      const place = paint('dim', escapeControls(placeText(row.span, look)));
      return plain`${indentation}${name}  ${colour === undefined ? ports : paint(colour, ports)}  ${escapeControls(padded(way, widths.way))}  ${place}`;
    });
    return isNamed ? [escapeControls(`  ${scopeOf(root, look)}`), ...lines] : lines;
  });
}

const classColours = { admin: 'red', data: 'red', internal: 'yellow', other: 'blue' } as const;

/** `network (dev)`, or `dev` where the only root module is the whole tree. */
function scopeOf(root: ShownRoot, look: ExposureLook): string {
  const { root: folder, environment } = root.exposure;
  if (environment === undefined) return rootName(root, look);
  return folder === '' ? environment : `${rootName(root, look)} (${environment})`;
}

/** From whom, and over which chain; for other answers than yes what that is because of. */
function wayText(row: ExposureRow): string {
  if (row.answer === 'yes') return row.hops === 1 ? 'from the internet' : `through ${throughOf(row).join(' > ')}`;
  const shown = row.because.slice(0, MAX_REASONS);
  const rest = row.because.length - shown.length;
  const reasons = [...shown, ...(rest > 0 ? [formatCount(rest, 'more reason')] : [])].join('; ');
  return row.answer === 'unknown' ? `depends on ${reasons}` : reasons;
}
