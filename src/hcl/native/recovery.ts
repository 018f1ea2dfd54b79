/** How the parser recovers from an error, and names for what it found. */

import { quoted } from './characters.ts';
import { indentationAt, lineStartAt } from './indentation.ts';
import { startsItem } from './item-start.ts';
import type { ParserState } from './state.ts';
import { heredoc, quotedString } from './template.ts';
import * as kind from './token-kind.ts';

/** Whether only white space stands before an offset on its line. */
export function isFirstOnLine(s: ParserState, offset: number): boolean {
  let at = offset - 1;
  while (at >= 0 && (s.text.charCodeAt(at) === 0x20 || s.text.charCodeAt(at) === 0x09)) at -= 1;
  return at < s.file.textStart || s.text.charCodeAt(at) === 0x0a;
}

/** Whether only white space stands behind the current token on its line. */
export function isLastOfLine(s: ParserState): boolean {
  return /^[ \t]*\r?(?:\n|$)/.test(s.text.slice(s.end, s.end + 20));
}

/** Whether a closing brace in the middle of a line is one too many, by the line: where braces go by indentation. */
export function isStrayInLine(s: ParserState): boolean {
  if (!s.byIndentation || s.blockBrace === -1 || isFirstOnLine(s, s.start)) return false;
  const next = /[^ \t\r]/.exec(s.text.slice(s.end, s.end + 100))?.[0] ?? '\n';
  return !'\n#/})],'.includes(next) && s.line(s.blockBrace) !== s.line(s.start);
}

/** Whether the current token is the first of a line that looks like an attribute or a block. */
export function standsOnItem(s: ParserState): boolean {
  if (s.kind !== kind.IDENTIFIER) return false;
  if (s.itemAt !== s.start) {
    s.itemAt = s.start;
    s.isItem = isFirstOnLine(s, s.start) && startsItem(s.text, s.start);
  }
  return s.isItem;
}

/** The current token as messages name it. */
export function found(s: ParserState): string {
  if (s.kind === kind.END) return 'the end of the file';
  if (s.kind === kind.NEWLINE) return 'the end of the line';
  if (s.kind === kind.QUOTE) return 'a string';
  if (s.kind === kind.HEREDOC) return 'a heredoc';
  return quoted(s.text.slice(s.start, s.end));
}

/** What is said where `endsStringInString` holds. */
export const QUOTE_IN_STRING = 'The string ends at this quote';
export const QUOTE_HINT = 'Write \\" for a quote in a string, or add the quote that is missing before it.';

/** Whether the current token stands right behind a closing quote, as in `"say "hello""`. */
export function endsStringInString(s: ParserState): boolean {
  return s.start === s.previousEnd && s.kind !== kind.QUOTE && s.text.charAt(s.start - 1) === '"';
}

/** The next step for characters that HCL does not have, by what people mean with them. */
export function hintFor(s: ParserState): string | undefined {
  const character = s.text.slice(s.start, s.end);
  switch (character) {
    case "'":
      return 'Strings must be in double quotes.';
    case '“':
    case '”':
      return 'Replace the curly quotes with straight ones (").';
    case ';':
      return 'Remove the semicolon: a new line ends an argument.';
    case '`':
      return 'For multi-line text use a heredoc, such as <<EOT.';
    case '&':
    case '|':
      return `For a logical operator write "${character}${character}".`;
    default:
      return undefined;
  }
}

/** The bracket that closes an opening one, or 0. */
function closerOf(opener: number): number {
  if (opener === kind.OPEN_BRACE) return kind.CLOSE_BRACE;
  if (opener === kind.OPEN_BRACKET) return kind.CLOSE_BRACKET;
  return opener === kind.OPEN_PARENTHESIS ? kind.CLOSE_PARENTHESIS : 0;
}

export function isCloser(tokenKind: number): boolean {
  return tokenKind === kind.CLOSE_BRACE || tokenKind === kind.CLOSE_BRACKET || tokenKind === kind.CLOSE_PARENTHESIS;
}

/** Whether a value can start with the current token. */
export function startsValue(s: ParserState): boolean {
  switch (s.kind) {
    case kind.IDENTIFIER:
    case kind.NUMBER:
    case kind.QUOTE:
    case kind.HEREDOC:
    case kind.OPEN_BRACE:
    case kind.OPEN_BRACKET:
    case kind.OPEN_PARENTHESIS:
    case kind.MINUS:
    case kind.NOT:
      return true;
    default:
      return false;
  }
}

/** To the token after the current one; over the whole of a string. */
function step(s: ParserState): void {
  if (s.kind !== kind.QUOTE && s.kind !== kind.HEREDOC) {
    s.advance();
    return;
  }
  const { recovering } = s;
  s.muted += 1;
  if (s.kind === kind.QUOTE) quotedString(s);
  else heredoc(s);
  s.muted -= 1;
  s.recovering = recovering;
}

/**
 * Moves on to the closing bracket or a separator of the construct that the parser is in, over nested brackets. False where
 * something else comes first that shows that the construct is not closed: a bracket of one around it, a line that looks
 * like an attribute or a block (not inside braces, where such lines belong), or the end of the text.
 */
export function skipInside(s: ParserState, closer: number, separator: number): boolean {
  const open: number[] = [];
  while (s.kind !== kind.END) {
    const innermost = open.at(-1) ?? closer;
    if (
      open.length === 0 &&
      (s.kind === closer || s.kind === separator || (separator === kind.NEWLINE && s.kind === kind.COMMA))
    )
      return true;
    if (innermost !== kind.CLOSE_BRACE && standsOnItem(s)) return false;
    if (isCloser(s.kind)) {
      const match = open.lastIndexOf(s.kind);
      if (match === -1) return false;
      open.length = match;
    } else {
      const opened = closerOf(s.kind);
      if (opened !== 0) open.push(opened);
    }
    step(s);
  }
  return false;
}

/** Whether the current token, the first of its line, is too far left to be in braces that open on a line with an indentation. */
function standsOutside(s: ParserState, indentation: number): boolean {
  const own = indentationAt(s.file, s.start);
  return own < indentation || (own === indentation && own > 0);
}

/** Moves on to the end of the line, of a body's closing brace before it, or of the brackets that open on it. */
export function skipLine(s: ParserState, inBlock: boolean): void {
  const open: number[] = [];
  const indentation = indentationAt(s.file, s.start);
  s.newlines = true;
  while (s.kind !== kind.END) {
    if (open.length === 0) {
      if (s.kind === kind.NEWLINE) return;
      if (inBlock && s.kind === kind.CLOSE_BRACE && !isStrayInLine(s)) return;
    } else if (standsOnItem(s) && (open.at(-1) !== kind.CLOSE_BRACE || standsOutside(s, indentation))) {
      s.rewind(lineStartAt(s.file, s.start) - 1, true);
      return;
    }
    if (isCloser(s.kind)) open.length = Math.max(0, open.lastIndexOf(s.kind));
    else {
      const opened = closerOf(s.kind);
      if (opened !== 0) open.push(opened);
    }
    step(s);
  }
}
