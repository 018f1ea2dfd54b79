/** Text of users made safe to print: no control character ever reaches a terminal or breaks a line. */

/**
 * C0 and C1 controls, line and paragraph separators, characters that turn the direction of writing or take no room, and halves of
 * surrogate pairs. See "Trojan Source", https://www.trojansource.codes
 */
const unsafe =
  /[\0-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Unsafe characters as `\n`, `\t`, `\u{1b}`; everything else as it is. */
export function escapeControls(text: string): string {
  return text.replace(unsafe, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return `\\u{${character.charCodeAt(0).toString(16)}}`;
  });
}
