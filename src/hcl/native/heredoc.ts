/** Heredocs: `<<NAME`, lines of template text, and `NAME` on a line of its own. */

import type { Invalid, Template } from '../syntax.ts';
import { identifierEnd, isWhiteSpace } from './characters.ts';
import { indentationAt } from './indentation.ts';
import { found, hintFor, startsItem } from './recovery.ts';
import type { NamedLines, ParserState } from './state.ts';
import { unquotedText } from './template.ts';
import { Pieces } from './template-pieces.ts';

/** The heredoc whose opener is the current token; leaves the token after its closing name, which is the line's end. */
export function heredoc(s: ParserState): Template {
  const { file, text, start } = s;
  const bodyStart = s.end;
  const outer = s.newlines;
  const name = heredocName(text, start);
  const reported = s.problems.length;
  let pieces = new Pieces();
  let end = -1;
  let lineEnd = bodyStart;
  let at = bodyStart;
  const canClose = mayClose(s, name, bodyStart);
  while (canClose && end === -1 && at < text.length) {
    if (at >= lineEnd) lineEnd = text.indexOf('\n', at) + 1 || text.length;
    if (text.charCodeAt(at - 1) === 0x0a) end = closingNameEnd(text, at, lineEnd, name);
    if (end === -1) at = unquotedText(s, pieces, at, lineEnd, true);
  }
  if (end !== -1 && !text.includes('\n', end)) {
    const message = `The closing "${name}" of the heredoc must be followed by a new line`;
    s.report(message, end - name.length, end, 'End the file with a new line.');
  }
  if (end === -1) {
    s.spend(at - bodyStart);
    s.takeBack(reported);
    end = s.isStopped ? text.length : unterminatedEnd(s, start, bodyStart, name);
    pieces = new Pieces();
    if (end > bodyStart) pieces.text(file, text.slice(bodyStart, end), bodyStart, end);
  }
  if (text.charCodeAt(start + 2) === 0x2d) pieces.removeIndentation();
  const parts = pieces.toParts(s);
  s.seek(lineContentEnd(text, end));
  s.advanceWith(outer);
  s.height = pieces.height + 1;
  return { kind: 'template', file, start, end, form: 'heredoc', parts };
}

/** Whether a heredoc can have an end: false means that it has none. */
function mayClose(s: ParserState, name: string, bodyStart: number): boolean {
  return s.namedLines === undefined
    ? s.text.includes(name, bodyStart)
    : (s.namedLines.alone.get(name) ?? -1) >= bodyStart;
}

function namedLinesOf(text: string): NamedLines {
  const first = new Map<string, number>();
  const alone = new Map<string, number>();
  for (let lineStart = 0; lineStart < text.length; ) {
    const lineEnd = text.indexOf('\n', lineStart) + 1 || text.length;
    const start = firstVisible(text, lineStart, lineEnd);
    const end = identifierEnd(text, start);
    if (end > start) {
      const name = text.slice(start, end);
      first.set(name, lineStart);
      if (firstVisible(text, end, lineEnd) === lineEnd) alone.set(name, lineStart);
    }
    lineStart = lineEnd;
  }
  return { first, alone };
}

/** The name in the opener that starts at an offset. */
export function heredocName(text: string, start: number): string {
  const nameStart = text.charCodeAt(start + 2) === 0x2d ? start + 3 : start + 2;
  return text.slice(nameStart, identifierEnd(text, nameStart));
}

/** Where the closing name ends, if it stands alone on a line; else -1. */
export function closingNameEnd(text: string, lineStart: number, lineEnd: number, name: string): number {
  const first = firstVisible(text, lineStart, lineEnd);
  if (!text.startsWith(name, first)) return -1;
  const end = first + name.length;
  return end <= lineEnd && firstVisible(text, end, lineEnd) === lineEnd ? end : -1;
}

/** The offset after the white space that follows an offset on its line. */
export function lineContentEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && isWhiteSpace(text.charCodeAt(at)) && text.charCodeAt(at) !== 0x0a) at += 1;
  return at > start && text.startsWith('\r\n', at - 1) ? at - 1 : at;
}

/** The first character from `start` on that is no white space, or `end`; a carriage return is white space before a line feed only. */
function firstVisible(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (!isWhiteSpace(code) || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) break;
    at += 1;
  }
  return at;
}

/**
 * Reports a heredoc without its end, and gives where it is taken to end: after its name with more behind it on the line, or
 * else before the first line that seems to be HCL again, by what it starts with and its indentation.
 */
function unterminatedEnd(s: ParserState, start: number, bodyStart: number, name: string): number {
  const { text } = s;
  const indentation = indentationAt(s.file, start);
  const message = `The heredoc "${name}" that opens on line ${s.line(start)} is not closed`;
  s.namedLines ??= namedLinesOf(text);
  const lastNamed = s.namedLines.first.get(name) ?? -1;
  let outside = -1;
  for (let lineStart = bodyStart; lineStart < text.length && (outside === -1 || lineStart <= lastNamed); ) {
    const lineEnd = text.indexOf('\n', lineStart) + 1 || text.length;
    const first = firstVisible(text, lineStart, lineEnd);
    const nameEnd = first + name.length;
    if (text.startsWith(name, first) && identifierEnd(text, first) <= nameEnd) {
      const hint = 'Move the text after it to the next line.';
      s.report(`${message}: the "${name}" on line ${s.line(first)} is followed by other text`, first, nameEnd, hint);
      return nameEnd;
    }
    if (outside === -1 && first - lineStart <= indentation && (text.charAt(first) === '}' || startsItem(text, first))) {
      outside = lineStart;
    }
    lineStart = lineEnd;
  }
  const hint = outside === -1 ? 'after its text' : `before line ${s.line(outside)}`;
  s.report(message, start, bodyStart - 1, `Put "${name}" alone on a line ${hint}.`);
  if (outside === -1) return text.length;
  return outside - (text.startsWith('\r\n', outside - 2) ? 2 : 1);
}

const LOOSE_OPENER = /<<-?[ \t]*(["'`]?)([^\s"'`]{1,200})\1[ \t]*(?=\r?\n)/uy;

/** `<<` that opens no heredoc as it is written: reported, and skipped with the text that it was meant to open. */
export function strayHeredoc(s: ParserState): Invalid {
  const { text, start } = s;
  LOOSE_OPENER.lastIndex = start;
  const match = LOOSE_OPENER.exec(text);
  if (match === null) {
    s.fail(`Expected a value, found ${found(s)}`, start, s.end, hintFor(s));
    return s.invalid(start, start);
  }
  const name = match[2]!;
  const openerEnd = start + match[0].length;
  const hint = 'Write <<EOT or <<-EOT: a name without quotes, alone at the end of its line.';
  s.report('Invalid start of a heredoc', start, openerEnd, hint);
  let end = openerEnd;
  for (let lineStart = text.indexOf('\n', openerEnd) + 1; lineStart > 0; ) {
    const feed = text.indexOf('\n', lineStart);
    const close = closingNameEnd(text, lineStart, feed === -1 ? text.length : feed + 1, name);
    if (close !== -1) {
      end = close;
      break;
    }
    lineStart = feed + 1;
  }
  if (end === openerEnd) s.spend(text.length - end);
  s.seek(end);
  s.advance();
  return s.invalid(start, end);
}
