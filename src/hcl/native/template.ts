/** Templates: quoted strings, heredocs and the strings of JSON syntax. */

import type { Outcome } from '../../source/problem.ts';
import { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { toNormalForm } from '../../text/normal-form.ts';
import type { Interpolation, StringLiteral, Template } from '../syntax.ts';
import { isWhiteSpace, quoted } from './characters.ts';
import { readEscapes, reportReturn } from './escapes.ts';
import { expression } from './expression.ts';
import { startsItem } from './item-start.ts';
import { found, hintFor, standsOnItem } from './recovery.ts';
import { DEEPEST, ParserState } from './state.ts';
import { directive } from './template-directive.ts';
import { Pieces } from './template-pieces.ts';
import * as kind from './token-kind.ts';

export { heredoc, strayHeredoc } from './heredoc.ts';

/**
 * The contents of a string as an HCL template: how JSON syntax reads its strings.
 *
 * @param string the whole string in its file, quotes included: the span of the result
 * @param text the contents after JSON's own escapes were resolved; in it `$${` and `%%{` are HCL's only escapes
 * @param toOffset the offset in the file of an offset in `text`, for 0 to `text.length`; never falls
 */
export function parseTemplateText(
  string: Span,
  text: string,
  toOffset: (offset: number) => number,
): Outcome<StringLiteral | Template> {
  const { file, start, end } = string;
  if (!text.includes('{'))
    return { value: { kind: 'string', file, start, end, value: toNormalForm(text) }, problems: [] };
  const s = new ParserState(new SourceFile(file.path, text), false);
  const pieces = new Pieces();
  let lineEnd = 0;
  for (let at = 0; at < text.length; ) {
    if (at >= lineEnd) lineEnd = text.indexOf('\n', at) + 1 || text.length;
    at = unquotedText(s, pieces, at, lineEnd, false);
  }
  const parts = pieces.toParts(s);
  const value = pieces.isText ? pieces.value : undefined;
  const problems = s.allProblems();
  move(parts, file, toOffset);
  move(problems, file, toOffset);
  if (value !== undefined) return { value: { kind: 'string', file, start, end, value }, problems };
  return { value: { kind: 'template', file, start, end, form: 'quoted', parts }, problems };
}

/** Puts every span in a tree of new nodes at its place in another file. */
function move(root: object, file: SourceFile, toOffset: (offset: number) => number): void {
  const waiting: object[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof SourceFile) continue;
    for (const value of Object.values(next)) if (typeof value === 'object' && value !== null) waiting.push(value);
    if ('start' in next && 'end' in next) {
      Object.assign(next, { file, start: toOffset(Number(next.start)), end: toOffset(Number(next.end)) });
    }
  }
}

/** A quoted string, whose opening quote is the current token; leaves the token after it. */
export function quotedString(s: ParserState): StringLiteral | Template {
  const { text, file, start } = s;
  const { length } = text;
  let high = false;
  for (let at = s.end; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x5c) {
      if (code > 0x2ff) high = true;
    } else if (code === 0x22) {
      const value = text.slice(start + 1, at);
      s.seek(at + 1);
      s.advance();
      s.height = 1;
      return { kind: 'string', file, start, end: at + 1, value: high ? toNormalForm(value) : value };
    } else if (code === 0x5c || code === 0x0a || code === 0x0d) {
      break;
    } else if ((code === 0x24 || code === 0x25) && text.charCodeAt(at + 1) === 0x7b) {
      break;
    }
  }
  return templateString(s);
}

/** The same for a string with escapes, interpolations or directives, or without its closing quote. */
function templateString(s: ParserState): StringLiteral | Template {
  const { text, file, start } = s;
  const outer = s.newlines;
  const pieces = new Pieces();
  let at = s.end;
  let closed = false;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      closed = true;
      at += 1;
      break;
    }
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) === 0x0a)) break;
    const isSign = code === 0x24 || code === 0x25;
    if (isSign && text.charCodeAt(at + 1) === 0x7b) {
      at = sequence(s, pieces, at, true);
    } else {
      const end = isSign ? signEnd(text, at) : literalEnd(text, at);
      pieces.text(file, isSign ? signValue(text, at, end) : readEscapes(s, at, end), at, end);
      at = end;
    }
  }
  if (!closed) at = unterminated(s, pieces, start, at, outer);
  s.seek(at);
  s.advanceWith(outer);
  if (pieces.isText) {
    const value = pieces.value;
    s.height = 1;
    return { kind: 'string', file, start, end: at, value };
  }
  const parts = pieces.toParts(s);
  s.height = pieces.height + 1;
  return { kind: 'template', file, start, end: at, form: 'quoted', parts };
}

/** Where literal text in a quoted string ends: before a quote, a line end, `$` or `%`; an escaped character does not count. */
function literalEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) {
      const next = text.charCodeAt(at + 1);
      at += next === 0x0a || next === 0x0d || at + 1 === text.length ? 1 : 2;
    } else if (code === 0x22 || code === 0x24 || code === 0x25 || code === 0x0a) return at;
    else if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) return at;
    else at += 1;
  }
  return at;
}

/** Where a `$` or `%` that opens nothing ends: alone, or as the escape `$${` (with the strip marker that may follow). */
function signEnd(text: string, start: number): number {
  if (text.charCodeAt(start + 1) !== text.charCodeAt(start) || text.charCodeAt(start + 2) !== 0x7b) return start + 1;
  return text.charCodeAt(start + 3) === 0x7e ? start + 4 : start + 3;
}

function signValue(text: string, start: number, end: number): string {
  return end === start + 1 ? text.charAt(start) : text.slice(start + 1, end);
}

/**
 * Reads text in which `$${` and `%%{` are the only escapes, up to `end` or the end of an interpolation; gives where it stopped.
 * @param inLines whether a carriage return must come before a line feed, as in heredocs
 */
export function unquotedText(s: ParserState, pieces: Pieces, start: number, end: number, inLines: boolean): number {
  const { text, file } = s;
  let from = start;
  let at = start;
  let high = false;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code > 0x2ff) high = true;
    if (code !== 0x24 && code !== 0x25) {
      if (code === 0x0d && inLines && text.charCodeAt(at + 1) !== 0x0a) reportReturn(s, at);
      at += 1;
      continue;
    }
    if (at > from) pieces.text(file, high ? toNormalForm(text.slice(from, at)) : text.slice(from, at), from, at);
    if (text.charCodeAt(at + 1) === 0x7b) return sequence(s, pieces, at, false);
    const signed = signEnd(text, at);
    pieces.text(file, signValue(text, at, signed), at, signed);
    from = signed;
    at = signed;
  }
  if (at > from) pieces.text(file, high ? toNormalForm(text.slice(from, at)) : text.slice(from, at), from, at);
  return at;
}

/**
 * An interpolation or a directive, from its `${` or `%{`; gives the offset after its brace.
 * @param inQuotes whether a quote can end what it stands in
 */
function sequence(s: ParserState, pieces: Pieces, start: number, inQuotes: boolean): number {
  const strip = s.text.charCodeAt(start + 2) === 0x7e;
  const sign = s.text.charAt(start);
  pieces.opens(strip);
  s.openBraces += 1;
  s.depth += 1;
  s.seek(strip ? start + 3 : start + 2);
  s.advanceWith(false);
  const piece = sign === '$' ? interpolation(s, start) : directive(s, start);
  if (s.toldAt(s.previousEnd) || (s.brokenString !== -1 && s.brokenString === s.previousEnd)) {
    // What this stands in is not closed either, for the same reason.
    s.recovering ||= s.kind !== kind.CLOSE_BRACE && s.kind !== kind.STRIP_BRACE;
  } else if (!s.recovering && s.kind !== kind.CLOSE_BRACE && s.kind !== kind.STRIP_BRACE) {
    if (s.kind === kind.QUOTE || s.kind === kind.END || standsOnItem(s)) {
      const hint = `Add "}", or write "${sign}${sign}{" for a literal "${sign}{".`;
      s.fail(`The "${sign}{" that opens here has no "}"`, start, start + 2, hint);
    } else s.fail(`Expected "}" before ${found(s)}`, s.start, s.end, hintFor(s));
  }
  const end = s.recovering ? sequenceEndByLine(s, start, inQuotes) : s.end;
  s.seek(end);
  if (!s.recovering) pieces.closes(s.kind === kind.STRIP_BRACE);
  s.recovering = false;
  s.depth -= 1;
  s.openBraces -= 1;
  if (s.height > pieces.height) pieces.height = s.height;
  if (piece !== undefined) pieces.list.push({ ...piece, end });
  return end;
}

function interpolation(s: ParserState, start: number): Interpolation {
  if (s.kind === kind.CLOSE_BRACE || s.kind === kind.STRIP_BRACE) {
    s.report(
      'This interpolation is empty: expected an expression between "${" and "}"',
      start,
      s.end,
      'Add an expression, or write "$${}" for a literal "${}".',
    );
    return { kind: 'interpolation', file: s.file, start, end: s.end, expression: s.invalid(s.start, s.start) };
  }
  return { kind: 'interpolation', file: s.file, start, end: s.end, expression: expression(s) };
}

/** Where a faulty interpolation or directive is taken to end: after the next brace of the line, before its quote, or at its end. */
function sequenceEndByLine(s: ParserState, start: number, inQuotes: boolean): number {
  const { text } = s;
  if (s.brokenString !== -1 && s.brokenString === s.previousEnd) return s.brokenString;
  const tooDeep = s.depth >= DEEPEST;
  const from = tooDeep || standsOnItem(s) ? start : s.start;
  const feed = text.indexOf('\n', from);
  let lineEnd = feed === -1 ? text.length : feed;
  if (lineEnd > from && text.charCodeAt(lineEnd - 1) === 0x0d) lineEnd -= 1;
  s.spend(lineEnd - from);
  const rest = text.slice(from, lineEnd);
  const brace = from === start ? -1 : rest.indexOf('}');
  if (brace !== -1) return from + brace + 1;
  const quote = !inQuotes || tooDeep ? -1 : from === start ? rest.lastIndexOf('"') : rest.indexOf('"');
  if (quote !== -1) return from + quote;
  if (inQuotes) s.brokenString = lineEnd;
  return lineEnd;
}

/**
 * Reports a string without its closing quote, unless that is the consequence of a fault before it; gives where it is taken to
 * end. That is before the brackets at its line's end that close something, at its line's end, or, if what follows seems to
 * be more of its text, after the next quote.
 */
function unterminated(s: ParserState, pieces: Pieces, start: number, lineEnd: number, outer: boolean): number {
  const { text } = s;
  if (s.brokenString === lineEnd) return lineEnd;
  const close = laterQuote(s, lineEnd);
  if (close !== -1) {
    const hint = 'Write new lines as \\n, or use a heredoc, such as <<EOT.';
    s.report(`The string that opens on line ${s.line(start)} spans several lines`, start, lineEnd, hint);
    return close + 1;
  }
  const curly = text.slice(start, lineEnd).search(/[“”]/);
  if (curly > 0 && pieces.cut(start + curly)) {
    const message = `Strings need straight double quotes ("), not ${text.charAt(start + curly)}`;
    s.reportOnce('quote ”“"', message, start, start + curly + 1);
    return start + curly + 1;
  }
  const comment = /[\s,](?:#|\/\/)[ \t][^\n]*$/.exec(text.slice(start, Math.min(lineEnd, start + 500)));
  const end = beforeClosers(s, start, comment === null ? lineEnd : start + comment.index, outer);
  const line = s.line(start);
  if (!s.toldOnLineOf(start)) {
    s.report(
      `The string ${quoted(text.slice(start + 1, end))} has no closing quote`,
      start,
      end,
      `Add the quote on line ${line}.`,
    );
  }
  if (pieces.cut(end)) return end;
  s.brokenString = lineEnd;
  return lineEnd;
}

/** The offset before the white space, commas and brackets at the end of a line that belong to what is around the string. */
function beforeClosers(s: ParserState, start: number, lineEnd: number, outer: boolean): number {
  const { text } = s;
  const absent = new Set<string>();
  let end = lineEnd;
  for (; end > start + 1; end -= 1) {
    const last = text.charAt(end - 1);
    if (isWhiteSpace(last.charCodeAt(0))) continue;
    if (last === ',' ? outer && s.openBraces === 0 : last === '}' ? s.openBraces === 0 : outer || !'])'.includes(last))
      break;
    const opener = last === ']' ? '[' : last === ')' ? '(' : '{';
    if (last === ',' || absent.has(opener)) continue;
    if (text.slice(start, end).includes(opener)) break;
    absent.add(opener);
  }
  return end;
}

/** The offset of the quote in the lines after an offset that ends text which reads like prose, not like HCL; else -1. */
function laterQuote(s: ParserState, offset: number): number {
  const { text } = s;
  let lineStart = offset;
  for (let lines = 0; lines < 20; lines += 1) {
    const feed = text.indexOf('\n', lineStart);
    if (feed === -1) return -1;
    lineStart = feed + 1;
    let first = lineStart;
    while (text.charCodeAt(first) === 0x20 || text.charCodeAt(first) === 0x09) first += 1;
    if ('#/}])"'.includes(text.charAt(first)) || startsItem(text, first)) return -1;
    const lineEnd = text.indexOf('\n', first) + 1 || text.length;
    const quote = text.slice(first, lineEnd).indexOf('"');
    if (quote !== -1) return first + quote;
    s.spend(lineEnd - first);
  }
  return -1;
}
