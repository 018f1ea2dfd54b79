/** Unicode's normal form C, which HCL keeps all names and strings in, as Go makes it. */

/**
 * A text in NFC. After each 30 marks that follow one another stands U+034F, as in Unicode's Stream-Safe Text Format: with no bound
 * on them, putting marks in order takes time quadratic in their number.
 * Source: https://github.com/golang/text/blob/master/unicode/norm/normalize.go (maxNonStarters)
 */
export function toNormalForm(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) >= 0x300) return text.replace(manyMarks(), '$&\u034f').normalize('NFC');
  }
  return text;
}

/** V8 takes long to make it, and few texts need it. */
const manyMarks = (): RegExp => /(?:(?!\u034f)\p{M}){30}(?=(?!\u034f)\p{M})/gu;
