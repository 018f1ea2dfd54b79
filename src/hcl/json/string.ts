/** The characters of a JSON string, and their offsets in the file. */

import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';

/** What a JSON string says. */
export interface JsonString {
  /** Escapes resolved; half a surrogate pair is U+FFFD, as Go's encoding/json reads it, so that it is always well-formed. */
  readonly value: string;
  /** Where in the file a code unit of `value` starts, for 0 to `value.length`, which is where the contents end. */
  readonly offsetOf: (index: number) => number;
  /** In order of place. */
  readonly faults: readonly JsonStringFault[];
}

/** A range inside a JSON string that RFC 8259 does not allow there. */
export interface JsonStringFault extends Span {
  readonly what: 'control character' | 'escape' | 'unclosed';
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads the string between two offsets.
 * @param start of the opening quote
 * @param end after the closing quote, or where the string stops without one
 */
export function readJsonString(file: SourceFile, start: number, end: number): JsonString {
  const { text } = file;
  const closed = end - start >= 2 && text.charCodeAt(end - 1) === 0x22 && !endsInEscape(text, start + 1, end - 1);
  const contentEnd = closed ? end - 1 : end;
  const content = text.slice(start + 1, contentEnd);
  const faults: JsonStringFault[] = closed ? [] : [{ file, start, end, what: 'unclosed' }];
  if (!/[\\\u0000-\u001f]/.test(content))
    return { value: wellFormed(content), offsetOf: (index) => start + 1 + index, faults };

  const offsets = new Uint32Array(content.length + 1);
  let value = '';
  for (let at = start + 1; at < contentEnd; ) {
    offsets[value.length] = at;
    if (text[at] !== '\\') {
      if (text.charCodeAt(at) < 0x20) faults.push({ file, start: at, end: at + 1, what: 'control character' });
      value += text[at];
      at += 1;
      continue;
    }
    const hex = text[at + 1] === 'u' ? /^[0-9a-fA-F]{4}/.exec(text.slice(at + 2, Math.min(at + 6, contentEnd))) : null;
    if (hex !== null) {
      value += String.fromCharCode(Number.parseInt(hex[0], 16));
      at += 6;
    } else if (at + 1 < contentEnd && Object.hasOwn(SIMPLE_ESCAPES, text[at + 1]!)) {
      value += SIMPLE_ESCAPES[text[at + 1]!]!;
      at += 2;
    } else {
      faults.push({ file, start: at, end: Math.min(at + 2, contentEnd), what: 'escape' });
      value += text[at];
      at += 1;
    }
  }
  offsets[value.length] = contentEnd;
  return { value: wellFormed(value), offsetOf: (index) => offsets[index]!, faults };
}

/** Whether the character at `quote` is escaped: an odd number of backslashes stands before it, none of them before `from`. */
function endsInEscape(text: string, from: number, quote: number): boolean {
  let at = quote;
  while (at > from && text.charCodeAt(at - 1) === 0x5c) at -= 1;
  return (quote - at) % 2 === 1;
}

/** The same number of code units, with U+FFFD for each half of a surrogate pair that stands alone. */
function wellFormed(value: string): string {
  return /^[\0-\x7f]*$/.test(value) ? value : value.replace(/\p{Surrogate}/gu, '\ufffd');
}
