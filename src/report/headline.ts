/** The first line of a finding or problem: where it is, how grave, what, and in which group. */

import { escapeControls, joinPlain, type PlainText, plain } from './escape.ts';
import { type Colour, hyperlink, type Paint, strong } from './style.ts';
import { displayWidth } from './width.ts';

export interface Headline {
  /** `path:line:column`; undefined for what is in no file. */
  readonly place: PlainText | undefined;
  readonly severity: string;
  /** Of the check, or kind of the problem. */
  readonly name: string;
  /** Where the name leads to; undefined for nowhere. */
  readonly url: string | undefined;
  readonly isFixable?: boolean;
  /** The group; empty for none. */
  readonly about?: string;
}

/** A piece of a line in its colour. */
interface Piece {
  readonly painted: PlainText;
  readonly columns: number;
}

function pieceOf(text: PlainText, paint: (text: PlainText) => PlainText): Piece {
  return { painted: paint(text), columns: displayWidth(text) };
}

/** `path:line:column severity name [fix] in group`; where that is too long, the last or all but the first in a line of its own. */
export function headLines(
  { place, severity, name, url, isFixable = false, about = '' }: Headline,
  colour: Colour,
  paint: Paint,
  width: number,
): readonly PlainText[] {
  const group = escapeControls(about);
  const start = place === undefined ? [] : [pieceOf(place, (text) => paint('bold', text))];
  const middle = [
    pieceOf(escapeControls(severity), (text) => strong(paint, colour, text)),
    pieceOf(escapeControls(name), (text) => (url === undefined ? text : hyperlink(url, text))),
    ...(isFixable ? [pieceOf(plain`[fix]`, (text) => paint('green', text))] : []),
  ];
  const end =
    about === '' ? [] : [pieceOf(plain`in ${group}`, () => plain`${paint('dim', plain`in`)} ${paint('bold', group)}`)];
  const fits = (pieces: readonly Piece[]): boolean =>
    pieces.reduce((sum, { columns }) => sum + columns + 1, -1) <= width;
  if (fits([...start, ...middle, ...end])) return [lineOf([...start, ...middle, ...end])];
  const parts = fits([...start, ...middle]) ? [[...start, ...middle], end] : [start, [...middle, ...end]];
  return parts
    .filter((pieces) => pieces.length > 0)
    .map((pieces, index) => (index === 0 ? lineOf(pieces) : plain`  ${lineOf(pieces)}`));
}

function lineOf(pieces: readonly Piece[]): PlainText {
  return joinPlain(
    pieces.map(({ painted }) => painted),
    ' ',
  );
}
