/** A text as tokens, white space and comments included: for fixes, hovers and tests. The parser does not need them. */

import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { closingNameEnd, heredocName, lineContentEnd } from './heredoc.ts';
import { Scanner } from './scanner.ts';
import * as kind from './token-kind.ts';

/**
 * - `space`: blanks and tabs; `newline`: one line end; `comment`: without its line end; `mark`: a byte order mark
 * - `quote`: an opening or closing quote; `heredoc-start`: `<<NAME` with its line end; `heredoc-end`: the closing name
 * - `text`: literal text of a string or heredoc, escapes as written
 * - `template-start`: `${` or `%{`; `template-end`: the brace that closes it (both with a strip marker if there is one)
 * - `sign`: an operator, bracket or separator
 * - `invalid`: what starts no token
 */
export type TokenKind =
  | 'space'
  | 'newline'
  | 'comment'
  | 'mark'
  | 'identifier'
  | 'number'
  | 'quote'
  | 'heredoc-start'
  | 'heredoc-end'
  | 'text'
  | 'template-start'
  | 'template-end'
  | 'sign'
  | 'invalid';

export interface Token extends Span {
  readonly kind: TokenKind;
}

/** What the tokens are inside of: braces that are open in the file or in a `${`, a quoted string, or a heredoc. */
type Place =
  | { readonly kind: 'code'; braces: number }
  | { readonly kind: 'string' }
  | { readonly kind: 'heredoc'; readonly name: string; lineStart: boolean; lineEnd: number };

/**
 * All tokens in order of place; together they are the whole text, and none is empty. A string without its closing quote
 * ends at its line's end. Never throws.
 */
export function tokenize(file: SourceFile): readonly Token[] {
  const lexer = new Lexer(file);
  while (lexer.at < file.text.length) lexer.next();
  return lexer.tokens;
}

class Lexer {
  readonly tokens: Token[] = [];
  at = 0;
  private readonly places: Place[] = [];
  private readonly scanner: Scanner;
  private comments = 0;

  constructor(private readonly file: SourceFile) {
    this.scanner = new Scanner(file);
    if (file.textStart === 1) this.add('mark', 1);
  }

  next(): void {
    const place = this.places.at(-1);
    if (place === undefined || place.kind === 'code') this.code(place);
    else if (place.kind === 'string') this.string();
    else this.heredoc(place);
  }

  private code(place: { braces: number } | undefined): void {
    const { scanner } = this;
    const { text } = this.file;
    scanner.seek(this.at);
    scanner.advance();
    this.trivia(scanner.start);
    const { end } = scanner;
    switch (scanner.kind) {
      case kind.END:
        return;
      case kind.NEWLINE:
        this.add('newline', end);
        return;
      case kind.IDENTIFIER:
        this.add('identifier', end);
        return;
      case kind.NUMBER:
        this.add('number', end);
        return;
      case kind.INVALID:
        this.add('invalid', end);
        return;
      case kind.QUOTE:
        this.add('quote', end);
        this.places.push({ kind: 'string' });
        return;
      case kind.HEREDOC:
        this.places.push({ kind: 'heredoc', name: heredocName(text, scanner.start), lineStart: true, lineEnd: 0 });
        this.add('heredoc-start', end);
        return;
    }
    const closes = scanner.kind === kind.CLOSE_BRACE || scanner.kind === kind.STRIP_BRACE;
    if (place !== undefined && closes && place.braces === 0) {
      this.places.pop();
      this.add('template-end', end);
      return;
    }
    if (place !== undefined && scanner.kind === kind.OPEN_BRACE) place.braces += 1;
    if (place !== undefined && closes) place.braces -= 1;
    this.add('sign', end);
  }

  /** What the scanner went over: blanks and comments, up to an offset. */
  private trivia(end: number): void {
    const { comments } = this.scanner;
    for (; this.comments < comments.length; this.comments += 1) {
      const comment = comments[this.comments]!;
      if (comment.start > this.at) this.add('space', comment.start);
      this.add('comment', comment.end);
    }
    if (end > this.at) this.add('space', end);
  }

  private string(): void {
    const { text } = this.file;
    const start = this.at;
    let at = start;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 0x22 || code === 0x0a || opensTemplate(text, at)) break;
      if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) break;
      if (code === 0x5c && at + 1 < text.length && !/[\r\n]/.test(text.charAt(at + 1))) at += 1;
      else if (isTemplateEscape(text, at)) at += 2;
    }
    if (at > start) this.add('text', at);
    else if (opensTemplate(text, at)) this.templateStart();
    else {
      this.places.pop();
      if (text.charCodeAt(at) === 0x22) this.add('quote', at + 1);
    }
  }

  private heredoc(place: Extract<Place, { readonly kind: 'heredoc' }>): void {
    const { text } = this.file;
    const start = this.at;
    if (place.lineEnd <= start) place.lineEnd = text.indexOf('\n', start) + 1 || text.length;
    const { lineEnd } = place;
    if (place.lineStart) {
      const end = closingNameEnd(text, start, lineEnd, place.name);
      if (end !== -1) {
        if (end - place.name.length > start) this.add('space', end - place.name.length);
        this.add('heredoc-end', end);
        this.places.pop();
        const behind = lineContentEnd(text, end);
        if (behind > end) this.add('space', behind);
        return;
      }
    }
    let at = start;
    while (at < lineEnd && !opensTemplate(text, at)) at += isTemplateEscape(text, at) ? 3 : 1;
    if (at > start) {
      place.lineStart = at === lineEnd;
      this.add('text', at);
    } else {
      place.lineStart = false;
      this.templateStart();
    }
  }

  private templateStart(): void {
    this.add('template-start', this.file.text.charCodeAt(this.at + 2) === 0x7e ? this.at + 3 : this.at + 2);
    this.places.push({ kind: 'code', braces: 0 });
  }

  private add(tokenKind: TokenKind, end: number): void {
    this.tokens.push({ kind: tokenKind, file: this.file, start: this.at, end });
    this.at = end;
  }
}

function opensTemplate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code === 0x24 || code === 0x25) && text.charCodeAt(at + 1) === 0x7b;
}

/** `$${` and `%%{`. */
function isTemplateEscape(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code === 0x24 || code === 0x25) && text.charCodeAt(at + 1) === code && text.charCodeAt(at + 2) === 0x7b;
}
