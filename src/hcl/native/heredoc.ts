/** Heredocs: `<<NAME`, lines of template text, and `NAME` on a line of its own. */

import type { Invalid, Template } from '../syntax.ts';
import { identifierEnd, isWhiteSpace } from './characters.ts';
import { indentationAt } from './indentation.ts';
import { startsItem } from './item-start.ts';
import type { NamedLines } from './named-lines.ts';
import { found, hintFor } from './recovery.ts';
import type { ParserState } from './state.ts';
import { unquotedText } from './template.ts';
import { Pieces } from './template-pieces.ts';

/** The heredoc whose opener is the current token; leaves the token after its closing name, which is the line's end. */
export function heredoc(s: ParserState): Template {
  const { file, text, start } = s;
  const bodyStart = s.end;
  const outer = s.newlines;
  const name = heredocName(text, start);
  const { mark } = s;
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
    s.takeBack(mark, bodyStart);
    const found = s.isStopped ? { textEnd: text.length, end: text.length } : unterminated(s, start, bodyStart, name);
    end = found.end;
    pieces = new Pieces();
    if (found.textEnd > bodyStart) pieces.text(file, text.slice(bodyStart, found.textEnd), bodyStart, found.textEnd);
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
  const near = new Map<string, number>();
  const alone = new Map<string, number>();
  for (let lineStart = 0; lineStart < text.length; ) {
    const lineEnd = text.indexOf('\n', lineStart) + 1 || text.length;
    const start = firstVisible(text, lineStart, lineEnd);
    const end = identifierEnd(text, start);
    if (end > start) {
      const name = text.slice(start, end);
      near.set(name.toLowerCase(), lineStart);
      if (firstVisible(text, end, lineEnd) === lineEnd) alone.set(name, lineStart);
    }
    const last = lastWord(text, lineStart, lineEnd);
    if (last !== undefined) near.set(text.slice(last.start, last.end).toLowerCase(), lineStart);
    lineStart = lineEnd;
  }
  return { near, alone };
}

/** Longer names, with what follows them, are not looked for at the end of a line. */
const MAX_NAME_LENGTH = 200;

/** The last word of a line, signs behind it left out, if a sign stands before it that can end the text of a heredoc. */
function lastWord(text: string, lineStart: number, lineEnd: number): { start: number; end: number } | undefined {
  const from = Math.max(lineStart, lineEnd - MAX_NAME_LENGTH);
  let end = lineEnd;
  while (end > from && (isWhiteSpace(text.charCodeAt(end - 1)) || '"\'),;]}'.includes(text.charAt(end - 1)))) end -= 1;
  let start = end;
  while (start > from && /[\w-]/.test(text.charAt(start - 1))) start -= 1;
  let before = start;
  while (before > from && isWhiteSpace(text.charCodeAt(before - 1))) before -= 1;
  if (start === end || before === from) return undefined;
  const sign = text.charAt(before - 1);
  if ('}])>,;'.includes(sign)) return { start, end };
  return '"\''.includes(sign) && text.slice(lineStart, before - 1).trim() === '' ? { start, end } : undefined;
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
 * Reports a heredoc without its end, and gives where its text and all of it are taken to end: at its name with more on the
 * line, or else before the first line that seems to be HCL again, by what it starts with and its indentation.
 */
function unterminated(
  s: ParserState,
  start: number,
  bodyStart: number,
  name: string,
): { textEnd: number; end: number } {
  const { text } = s;
  const openerEnd = lineContentStart(text, bodyStart);
  const indentation = indentationAt(s.file, start);
  s.namedLines ??= namedLinesOf(text);
  const lastNear = s.namedLines.near.get(name.toLowerCase()) ?? -1;
  let outside = -1;
  for (let lineStart = bodyStart; lineStart < text.length && (outside === -1 || lineStart <= lastNear); ) {
    const lineEnd = text.indexOf('\n', lineStart) + 1 || text.length;
    const meant = lineStart <= lastNear ? meantName(text, lineStart, lineEnd, name) : undefined;
    if (meant !== undefined) {
      const told = `the "${meant.written}" on line ${s.line(meant.end)}`;
      s.report(`The heredoc "${name}" is not closed: ${told} ${meant.fault}`, start, openerEnd, meant.hint);
      s.expectMoreAt(meant.end);
      return meant;
    }
    const first = firstVisible(text, lineStart, lineEnd);
    if (outside === -1 && first - lineStart <= indentation && (text.charAt(first) === '}' || startsItem(text, first)))
      outside = lineStart;
    // What follows is more likely to be meant by another one of the same name.
    if (outside !== -1 && opensAgain(text.slice(lineStart, lineEnd), name)) break;
    lineStart = lineEnd;
  }
  const where = outside === -1 ? 'after its text' : `before line ${s.line(outside)}`;
  s.report(`The heredoc "${name}" is not closed`, start, openerEnd, `Put "${name}" alone on a line ${where}.`);
  s.swallowedRest = outside === -1;
  if (outside === -1) return { textEnd: text.length, end: text.length };
  const end = outside - (text.startsWith('\r\n', outside - 2) ? 2 : 1);
  return { textEnd: end, end };
}

/** Where the line ends that a heredoc's text follows. */
function lineContentStart(text: string, bodyStart: number): number {
  return text.startsWith('\r\n', bodyStart - 2) ? bodyStart - 2 : bodyStart - 1;
}

function opensAgain(line: string, name: string): boolean {
  return line.includes(`<<${name}`) || line.includes(`<<-${name}`);
}

interface MeantName {
  readonly written: string;
  readonly fault: string;
  readonly hint: string;
  readonly textEnd: number;
  readonly end: number;
}

const ALONE = 'must be alone on its line';

/** The name on a line that seems to be meant to close a heredoc, but does not. */
function meantName(text: string, lineStart: number, lineEnd: number, name: string): MeantName | undefined {
  const first = firstVisible(text, lineStart, lineEnd);
  const firstEnd = identifierEnd(text, first);
  const written = text.slice(first, firstEnd);
  if (written === name) {
    const hint = 'Move what follows it to the next line.';
    return { written, fault: ALONE, hint, textEnd: lineStart, end: firstEnd };
  }
  if (written.toLowerCase() === name.toLowerCase() && firstVisible(text, firstEnd, lineEnd) === lineEnd)
    return { written, fault: 'is spelled differently', hint: `Write "${name}".`, textEnd: lineStart, end: firstEnd };
  const last = lastWord(text, lineStart, lineEnd);
  if (last === undefined || text.slice(last.start, last.end) !== name) return undefined;
  const before = text.slice(lineStart, last.start);
  const isQuoted = /^\s*["']$/.test(before);
  if (isQuoted) {
    const end = text.charAt(last.end) === before.at(-1) ? last.end + 1 : last.end;
    return { written: name, fault: 'is in quotes', hint: 'Remove the quotes.', textEnd: lineStart, end };
  }
  const hint = 'Move it to a line of its own.';
  return { written: name, fault: ALONE, hint, textEnd: last.start, end: last.end };
}

const LOOSE_OPENER = /<<-?[ \t]*(["'`]?)([^\s"'`]{1,200})\1(?:[ \t][^\n]{0,200})?(?=\r?\n)/uy;

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
