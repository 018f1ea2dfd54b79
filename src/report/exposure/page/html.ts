/** Pieces of an HTML page, in which a text is never markup. */

import { escapeMarkup } from '../../markup.ts';

/** HTML that only this file makes. */
export class Markup {
  constructor(readonly text: string) {}
}

type Piece = string | number | Markup | undefined | readonly Markup[];

/** What is between the values is ours; each value is escaped, as content or as an attribute in quotes, unless it is markup itself. Undefined is nothing. */
export function html(texts: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return new Markup(String.raw({ raw: texts }, ...values.map(textOfPiece)));
}

function textOfPiece(value: Piece): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  return Array.isArray(value) ? value.map(({ text }: Markup) => text).join('') : escapeMarkup(String(value));
}

/** Pieces with something between them. */
export function joined(pieces: readonly Markup[], separator: Markup): Markup {
  return new Markup(pieces.map(({ text }) => text).join(separator.text));
}

/** Text of the program that is markup as it is. */
export const ownMarkup = (text: string): Markup => new Markup(text);
