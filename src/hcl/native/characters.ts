/** Which characters HCL allows in identifiers, and which are white space in its templates. */

// Functions, since a regular expression with one of Unicode's classes takes milliseconds to make, and ASCII needs none.
const starts = (character: string): boolean => /^[\p{ID_Start}_]$/u.test(character);
const continues = (character: string): boolean => /^[\p{ID_Continue}-]$/u.test(character);

/** By ASCII code: 1 continues an identifier, 3 starts one too. */
const IDENTIFIER_CLASS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return (/[\w-]/.test(character) ? 1 : 0) + (/[A-Za-z_]/.test(character) ? 2 : 0);
});

/**
 * The offset after the identifier that starts at `start`, or `start` if none does. An identifier is a character of
 * Unicode's ID_Start or `_`, then characters of ID_Continue and `-`.
 * Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#identifiers
 */
export function identifierEnd(text: string, start: number): number {
  if (start >= text.length) return start;
  const first = text.charCodeAt(start);
  let at = start;
  if (first < 128) {
    if ((IDENTIFIER_CLASS[first]! & 2) === 0) return start;
    at += 1;
  } else {
    const character = characterAt(text, start);
    if (!starts(character)) return start;
    at += character.length;
  }
  const { length } = text;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code < 128) {
      if (IDENTIFIER_CLASS[code] === 0) break;
      at += 1;
    } else {
      const character = characterAt(text, at);
      if (!continues(character)) break;
      at += character.length;
    }
  }
  return at;
}

/** The whole character at an offset inside the text: two code units for a surrogate pair, one for a lone surrogate. */
export function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at)!);
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Unicode's White_Space, which is what Go's unicode.IsSpace tests: strip markers and heredocs go by it. */
export function isWhiteSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** How many characters of white space a string starts with. */
export function leadingSpace(value: string): number {
  let at = 0;
  while (at < value.length && isWhiteSpace(value.charCodeAt(at))) at += 1;
  return at;
}

/** A string without the white space at its end. */
export function withoutTrailingSpace(value: string): string {
  let end = value.length;
  while (end > 0 && isWhiteSpace(value.charCodeAt(end - 1))) end -= 1;
  return end === value.length ? value : value.slice(0, end);
}

/** A piece of the text in quotes, on one line and of 60 characters at most; what can't be seen is named by its number. */
export function quoted(piece: string): string {
  if (piece.length === 1 && !/[\p{L}\p{N}\p{P}\p{S} ]/u.test(piece)) {
    return `the character U+${piece.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  }
  const line = piece.slice(0, 1000).replace(/\s+/gu, ' ');
  const short = line.length > 60 ? `${line.slice(0, 59)}…` : line;
  return short.includes('"') ? `\`${short}\`` : `"${short}"`;
}
