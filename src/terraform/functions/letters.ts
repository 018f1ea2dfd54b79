/**
 * The case of single characters, as Go's unicode package maps it: one code point to one code point, whatever stands around
 * it (https://pkg.go.dev/unicode#ToUpper).
 */

/** Go: strings.ToUpper. */
export function upper(text: string): string {
  return mapCharacters(text, upperOf);
}

/** Go: strings.ToLower. */
export function lower(text: string): string {
  return mapCharacters(text, lowerOf);
}

/** Go: strings.Title: the first letter of each word in title case; the others stay. */
export function title(text: string): string {
  let afterSeparator = true;
  return mapCharacters(text, (character) => {
    const result = afterSeparator ? titleOf(character) : character;
    afterSeparator = isSeparator(character);
    return result;
  });
}

function mapCharacters(text: string, map: (character: string) => string): string {
  let result = '';
  for (const character of text) result += map(character);
  return result;
}

function upperOf(character: string): string {
  const full = character.toUpperCase();
  if (isOneCharacter(full)) return full;
  // Greek letters with a subscript iota have a capital of their own beside the spelled-out one.
  const code = character.codePointAt(0)!;
  if (code >= 0x1f80 && code <= 0x1faf && (code & 8) === 0) return String.fromCodePoint(code + 8);
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCodePoint(code + 9);
  return character;
}

function lowerOf(character: string): string {
  if (character === '\u0130') return 'i';
  const full = character.toLowerCase();
  return isOneCharacter(full) ? full : character;
}

function titleOf(character: string): string {
  const code = character.codePointAt(0)!;
  // The digraphs DZ, LJ, NJ have a third form, and Georgian letters have none.
  if (code >= 0x1c4 && code <= 0x1cc) return String.fromCodePoint(code - ((code - 0x1c4) % 3) + 1);
  if (code >= 0x1f1 && code <= 0x1f3) return '\u01f2';
  if (code >= 0x10d0 && code <= 0x10ff) return character;
  return upperOf(character);
}

function isSeparator(character: string): boolean {
  if (character.codePointAt(0)! <= 0x7f) return !/[0-9A-Za-z_]/.test(character);
  if (/[\p{L}\p{Nd}]/u.test(character)) return false;
  return /[\u0085\p{White_Space}]/u.test(character);
}

function isOneCharacter(text: string): boolean {
  return text.length === 1 || (text.length === 2 && text.codePointAt(0)! > 0xffff);
}
