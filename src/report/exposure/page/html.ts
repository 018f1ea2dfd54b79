/** Pieces of an HTML page, in which a text is never markup. */

import { escapeMarkup } from '../../markup.ts';

/** HTML that only this file makes. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = string | number | Html | undefined | readonly Html[];

/** What is between the values is ours; each value is escaped, as content or as an attribute in quotes, unless it is markup itself. Undefined is nothing. */
export function html(texts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return new Html(String.raw({ raw: texts }, ...values.map(textOfPiece)));
}

function textOfPiece(value: Piece): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  return Array.isArray(value) ? value.map(({ text }: Html) => text).join('') : escapeMarkup(String(value));
}

/** Pieces with something between them. */
export function joined(pieces: readonly Html[], separator: Html): Html {
  return new Html(pieces.map(({ text }) => text).join(separator.text));
}

/** Text of the program that is markup as it is. */
export const ownMarkup = (text: string): Html => new Html(text);
