/** The escapes of quoted strings. Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions */

import { toNormalForm } from '../../text/normal-form.ts';
import { characterAt, quoted } from './characters.ts';
import type { ParserState } from './state.ts';

/** The text from `start` to `end` with its escapes resolved, in NFC. A wrong escape is reported and stands for itself. */
export function readEscapes(s: ParserState, start: number, end: number): string {
  const raw = s.text.slice(start, end);
  if (raw.includes('\r')) reportReturn(s, start + raw.indexOf('\r'));
  let value = '';
  let from = 0;
  for (let at = raw.indexOf('\\'); at !== -1; at = raw.indexOf('\\', from)) {
    value += raw.slice(from, at);
    const found = escapeAt(s, raw, at, start);
    value += found.value;
    from = at + found.length;
  }
  return toNormalForm(from === 0 ? raw : value + raw.slice(from));
}

interface Escape {
  readonly value: string;
  readonly length: number;
}

function escapeAt(s: ParserState, raw: string, at: number, base: number): Escape {
  switch (raw[at + 1]) {
    case 'n':
      return { value: '\n', length: 2 };
    case 'r':
      return { value: '\r', length: 2 };
    case 't':
      return { value: '\t', length: 2 };
    case '"':
      return { value: '"', length: 2 };
    case '\\':
      return { value: '\\', length: 2 };
    case 'u':
      return codePoint(s, raw, at, base, 4);
    case 'U':
      return codePoint(s, raw, at, base, 8);
    default: {
      const character = at + 1 < raw.length ? characterAt(raw, at + 1) : '';
      const length = 1 + character.length;
      const dollar = character === '$' || character === '%';
      const hint = dollar
        ? `For a literal "${character}{" write "${character}${character}{".`
        : 'Write a backslash as "\\\\".';
      if (character !== '')
        s.reportOnce('escape', `${quoted(`\\${character}`)} is not an escape`, base + at, base + at + length, hint);
      return { value: dollar ? character : `\\${character}`, length };
    }
  }
}

function codePoint(s: ParserState, raw: string, at: number, base: number, digits: 4 | 8): Escape {
  let end = at + 2;
  while (end < at + 2 + digits && /[0-9a-fA-F]/.test(raw.charAt(end))) end += 1;
  const written = raw.slice(at, end);
  const value = Number.parseInt(written.slice(2), 16);
  if (written.length !== 2 + digits) {
    s.report(`${quoted(written)} needs ${digits} hexadecimal digits`, base + at, base + end);
  } else if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
    const hint = 'Write a character above U+FFFF as one \\U with eight digits.';
    s.report(`${quoted(written)} is not a Unicode character`, base + at, base + end, hint);
  } else {
    return { value: String.fromCodePoint(value), length: end - at };
  }
  return { value: written, length: end - at };
}

/** Reports a carriage return that no line feed follows. */
export function reportReturn(s: ParserState, at: number): void {
  s.report(
    'A carriage return without a line feed is not allowed in a string',
    at,
    at + 1,
    'Write it as \\r in a quoted string.',
  );
}
