/** Which texts may be outside code in Markdown or HTML, where services link names, issues, commits and URLs. */

import { escapeMarkup } from './markup.ts';

/** Code units of one text of a user; what is longer is cut. */
const MAX_TEXT = 400;

/** Words, numbers and the punctuation of sentences; nothing that Markdown gives a meaning at the start of a line. */
const sentence = /^[\p{L}\p{N}"'(:][\p{L}\p{N} .,;:'"(){}/^+=?…_-]*$/u;

/** What sentences are made of, and yet something else: list items, emphasis, links, emoji, issues, commits, GitLab's differences. */
const markup =
  /^\d+[.)](?:\s|$)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:\/\/|www\.|:[\w+-]+:|\{[+-]|[+-]\}|\bgh-\d|\b[0-9a-f]{7,}\b/iu;

/** Whether a text is read as it is by whatever renders Markdown. */
export function isProse(text: string): boolean {
  return sentence.test(text) && !markup.test(text);
}

/** A text as a sentence if it is no more than that, else as code, in which services look for nothing. */
export function proseMarkup(text: string): string {
  const shown = cut(text);
  return isProse(shown) ? escapeMarkup(shown) : codeMarkup(shown);
}

/** A text as code. */
export function codeMarkup(text: string): string {
  return `<code>${escapeMarkup(cut(text))}</code>`;
}

function cut(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  return `${text.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, '')}…`;
}
