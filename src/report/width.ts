/** The width of a text in terminal columns. */

import { eastAsianWidth } from 'get-east-asian-width';

/** Columns of a text without control characters or escape sequences: 2 for wide characters and emoji, 0 for marks. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) width += characterWidth(segment);
  return width;
}

/** Columns of one character as people count them, which may be several code points. */
function characterWidth(character: string): number {
  if (/^[\x20-\x7e]$/.test(character)) return 1;
  if (/^\p{Emoji_Presentation}|\ufe0f/u.test(character)) return 2;
  if (/^[\p{Mark}\p{Format}]+$/u.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}

/** A text in lines of some columns, broken at spaces; a word that is longer has a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const columns = displayWidth(word);
    if (line !== '' && used + 1 + columns > width) {
      lines.push(line);
      line = word;
      used = columns;
    } else {
      used += columns + (line === '' ? 0 : 1);
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A text with spaces behind it up to some columns; one that has more stays. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** The columns of the widest text that is not too wide to be aligned with others. */
export const alignedWidth = (texts: readonly string[], most: number): number =>
  Math.max(0, ...texts.map(displayWidth).filter((width) => width <= most));
