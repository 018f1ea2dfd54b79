/** JSON text as tokens: those of RFC 8259, and common mistakes. */

import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';

/**
 * - `string`: from quote to quote, or to the end of the line where the closing quote is missing
 * - `number`: digits, signs, dots and exponents in any order
 * - `word`: letters, digits, `_` and `-`, starting with a letter or `_`: `true`, `null`, `NaN`, a key without quotes
 * - `comment`: `#...`, `//...` or a block comment, none of which JSON has
 * - `unexpected`: a run of characters that start no token
 */
export type JsonTokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | ','
  | ':'
  | '='
  | 'string'
  | 'number'
  | 'word'
  | 'comment'
  | 'unexpected'
  | 'end';

/** An `end` token is empty and stands after the last character. */
export interface JsonToken extends Span {
  readonly kind: JsonTokenKind;
}

/** Gives a file's tokens one after the other, white space left out. */
export class JsonScanner {
  readonly #file: SourceFile;
  readonly #runs: readonly (readonly [JsonTokenKind, RegExp])[] = [
    ['number', /[-+.0-9][-+.0-9eE]*/y],
    ['word', /[A-Za-z_][A-Za-z0-9_-]*/y],
    ['unexpected', /[^\s{}[\],:="#/\w]+/y],
  ];
  #at: number;

  constructor(file: SourceFile) {
    this.#file = file;
    this.#at = file.textStart;
  }

  /** After the `end` token comes the `end` token again. */
  next(): JsonToken {
    const { text } = this.#file;
    let start = this.#at;
    while (isSpace(text.charCodeAt(start))) start += 1;
    if (start >= text.length) return this.#token('end', text.length, text.length);
    const first = text[start]!;
    switch (first) {
      case '{':
      case '}':
      case '[':
      case ']':
      case ',':
      case ':':
      case '=':
        return this.#token(first, start, start + 1);
      case '"':
        return this.#token('string', start, endOfString(text, start));
      case '#':
        return this.#token('comment', start, endOfLine(text, start));
      case '/':
        if (text[start + 1] === '/') return this.#token('comment', start, endOfLine(text, start));
        if (text[start + 1] === '*') {
          const close = text.indexOf('*/', start + 2);
          return this.#token('comment', start, close === -1 ? text.length : close + 2);
        }
    }
    for (const [kind, pattern] of this.#runs) {
      pattern.lastIndex = start;
      if (pattern.test(text)) return this.#token(kind, start, pattern.lastIndex);
    }
    return this.#token('unexpected', start, start + 1);
  }

  #token(kind: JsonTokenKind, start: number, end: number): JsonToken {
    this.#at = end;
    return { kind, file: this.#file, start, end };
  }
}

/** Space, tab, LF or CR: the only white space of JSON. False for NaN, which stands for the end of the text. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code === 0x0a) return text[at - 1] === '\r' ? at - 1 : at;
    if (code === 0x5c && text.charCodeAt(at + 1) !== 0x0a) at += 1;
  }
  return text.length;
}
