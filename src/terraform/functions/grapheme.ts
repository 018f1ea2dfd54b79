/** Characters as Terraform counts them: grapheme clusters (https://www.unicode.org/reports/tr29/). */

/** The grapheme clusters of a text, in order. */
export function graphemesOf(text: string): readonly string[] {
  // In ASCII only a carriage return with a line feed is more than one code unit.
  if (!/[^\x00-\x7f]|\r\n/.test(text)) return text.split('');
  return Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);
}
