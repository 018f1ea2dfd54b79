/** Reads a text token by token, without a token object: the parser asks for the kind and the offsets of the current one. */

import type { SourceFile } from '../../source/source-file.ts';
import type { Comment } from '../syntax.ts';
import { characterAt, identifierEnd, isDigit } from './characters.ts';
import * as kind from './token-kind.ts';

/** By ASCII code: the kind of a character that is a token by itself, else `INVALID`. */
const SIGN_KIND = Uint8Array.from({ length: 128 }, () => kind.INVALID);
for (const [sign, tokenKind] of [
  ['{', kind.OPEN_BRACE],
  ['}', kind.CLOSE_BRACE],
  ['[', kind.OPEN_BRACKET],
  [']', kind.CLOSE_BRACKET],
  ['(', kind.OPEN_PARENTHESIS],
  [')', kind.CLOSE_PARENTHESIS],
  [',', kind.COMMA],
  ['.', kind.DOT],
  ['=', kind.EQUALS],
  [':', kind.COLON],
  ['?', kind.QUESTION],
  ['!', kind.NOT],
  ['<', kind.LESS],
  ['>', kind.GREATER],
  ['+', kind.PLUS],
  ['-', kind.MINUS],
  ['*', kind.TIMES],
  ['/', kind.DIVIDE],
  ['%', kind.REMAINDER],
] as const) {
  SIGN_KIND[sign.charCodeAt(0)] = tokenKind;
}

/** The kind of a token of two characters, or `END` if the two are none. */
function pairKind(first: number, second: number): number {
  if (second === 0x3d) {
    if (first === 0x3d) return kind.EQUAL;
    if (first === 0x21) return kind.NOT_EQUAL;
    if (first === 0x3c) return kind.LESS_OR_EQUAL;
    if (first === 0x3e) return kind.GREATER_OR_EQUAL;
  } else if (first === second) {
    if (first === 0x26) return kind.AND;
    if (first === 0x7c) return kind.OR;
    if (first === 0x3a) return kind.DOUBLE_COLON;
  } else if (first === 0x3d && second === 0x3e) {
    return kind.ARROW;
  } else if (first === 0x7e && second === 0x7d) {
    return kind.STRIP_BRACE;
  }
  return kind.END;
}

/**
 * Stands on one token, from `start` to `end`; `advance` moves on over white space and comments, and over line ends too
 * while `newlines` is false. What is inside a string or a heredoc is read by others, who then `seek` behind it.
 */
export class Scanner {
  readonly text: string;
  readonly comments: Comment[] = [];
  /** Line ends count in bodies and objects; in lists, calls, parentheses and interpolations they are white space. */
  newlines = true;
  kind: number = kind.NEWLINE;
  start: number;
  end: number;
  /** Where the token before the current one ends. */
  previousEnd: number;
  /** Where the last comment starts: text that is scanned twice gives its comments once. */
  private lastComment = -1;
  /** From here on no comment is closed. */
  private unclosedFrom = Number.POSITIVE_INFINITY;

  constructor(
    readonly file: SourceFile,
    text: string = file.text,
  ) {
    this.text = text;
    this.start = file.textStart;
    this.end = this.start;
    this.previousEnd = this.start;
  }

  /** Makes the next `advance` go on at an offset. */
  seek(offset: number): void {
    this.end = offset;
  }

  /** To the next token; at the end of the text that is an empty `END`, however often this is called. */
  advance(): void {
    const { text } = this;
    const { length } = text;
    this.previousEnd = this.end;
    let at = this.end;
    while (at < length) {
      const code = text.charCodeAt(at);
      if (code === 0x20 || code === 0x09) {
        at += 1;
      } else if (code === 0x0a || (code === 0x0d && at + 1 < length && text.charCodeAt(at + 1) === 0x0a)) {
        const end = code === 0x0a ? at + 1 : at + 2;
        if (this.newlines) {
          this.stand(kind.NEWLINE, at, end);
          return;
        }
        at = end;
      } else if (code === 0x23 || (code === 0x2f && text.startsWith('//', at))) {
        at = this.lineComment(at, code === 0x23 ? '#' : '//');
      } else if (code === 0x2f && text.startsWith('/*', at)) {
        const close = at >= this.unclosedFrom ? -1 : text.indexOf('*/', at + 2);
        if (close === -1) {
          this.unclosedFrom = Math.min(this.unclosedFrom, at);
          const end = this.openComment(at);
          if (end === -1) {
            this.stand(kind.INVALID, at, length);
            return;
          }
          at = this.comment('/*', at, end);
        } else at = this.comment('/*', at, close + 2);
      } else if (code > 0x7e && this.isOddSpace(at)) {
        at += 1;
      } else {
        this.token(code, at);
        return;
      }
    }
    this.stand(kind.END, length, length);
  }

  /** Whether the character at an offset is to be read as a blank. */
  protected isOddSpace(_at: number): boolean {
    return false;
  }

  /** Where a comment without its end is taken to end; -1 if it is no comment. */
  protected openComment(_at: number): number {
    return -1;
  }

  private token(code: number, at: number): void {
    const { text } = this;
    if (code === 0x22) {
      this.stand(kind.QUOTE, at, at + 1);
      return;
    }
    const wordEnd = identifierEnd(text, at);
    if (wordEnd !== at) {
      this.stand(kind.IDENTIFIER, at, wordEnd);
    } else if (isDigit(code)) {
      this.stand(kind.NUMBER, at, numberEnd(text, at));
    } else if (code > 0x7e) {
      this.stand(kind.INVALID, at, at + characterAt(text, at).length);
    } else {
      const pair = pairKind(code, text.charCodeAt(at + 1));
      if (pair !== kind.END) this.stand(pair, at, at + 2);
      else if (code === 0x2e && text.startsWith('...', at)) this.stand(kind.ELLIPSIS, at, at + 3);
      else {
        const openerEnd = code === 0x3c && text.charCodeAt(at + 1) === 0x3c ? heredocOpenerEnd(text, at) : at;
        if (openerEnd !== at) this.stand(kind.HEREDOC, at, openerEnd);
        else this.stand(SIGN_KIND[code]!, at, at + 1);
      }
    }
  }

  private stand(tokenKind: number, start: number, end: number): void {
    this.kind = tokenKind;
    this.start = start;
    this.end = end;
  }

  private lineComment(start: number, style: '#' | '//'): number {
    const lineEnd = this.text.indexOf('\n', start);
    const end = lineEnd === -1 ? this.text.length : lineEnd;
    const hasReturn = lineEnd !== -1 && this.text.charCodeAt(end - 1) === 0x0d;
    this.comment(style, start, hasReturn ? end - 1 : end);
    return end;
  }

  private comment(style: Comment['style'], start: number, end: number): number {
    if (start > this.lastComment) {
      this.lastComment = start;
      this.comments.push({ kind: 'comment', file: this.file, start, end, style });
    }
    return end;
  }
}

/**
 * Where the number that starts with the digit at `start` ends: digits, dots and exponents in any order, but no dot at the end
 * (`1..2` is one wrong number, in `1...` the number is `1`).
 * Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/scan_tokens.rl (NumberLit)
 */
function numberEnd(text: string, start: number): number {
  let end = start + 1;
  for (let at = end; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      at += 1;
      end = at;
    } else if (code === 0x2e) {
      at += 1;
    } else if (code === 0x65 || code === 0x45) {
      const sign = text.charCodeAt(at + 1);
      const digit = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
      if (!isDigit(text.charCodeAt(digit))) break;
      at = digit + 1;
      end = at;
    } else break;
  }
  return end;
}

/** Where `<<NAME` or `<<-NAME` ends with its line end, or `start` if that is not what stands there. */
function heredocOpenerEnd(text: string, start: number): number {
  const nameStart = text.charCodeAt(start + 2) === 0x2d ? start + 3 : start + 2;
  const nameEnd = identifierEnd(text, nameStart);
  if (nameEnd === nameStart) return start;
  if (text.charCodeAt(nameEnd) === 0x0a) return nameEnd + 1;
  return text.startsWith('\r\n', nameEnd) ? nameEnd + 2 : start;
}
