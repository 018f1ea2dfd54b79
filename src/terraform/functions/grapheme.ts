/** Characters as Terraform counts them: grapheme clusters (https://www.unicode.org/reports/tr29/). */

import type { Invocation } from './definition.ts';

/**
 * The grapheme clusters of a text, in order.
 *
 * @throws EvaluationError of kind `limit` where what is being evaluated may not take the steps for it
 */
export function graphemesOf(text: string, { context, span }: Invocation): readonly string[] {
  // In ASCII only a carriage return with a line feed is more than one code unit.
  const isPlain = !/[^\x00-\x7f]|\r\n/.test(text);
  context.budget.spend(isPlain ? text.length >> 4 : 2 * text.length, span);
  if (isPlain) return text.split('');
  return [...segmentsOf(text)];
}

/** Code units that are checked together: V8 takes time that grows with the square of the text. */
const windowSize = 500;

function* segmentsOf(text: string): Iterable<string> {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let size = windowSize;
  for (let at = 0; at < text.length; ) {
    const segments = Array.from(segmenter.segment(text.slice(at, at + size)), ({ segment }) => segment);
    // The last one may go on behind the window; where one begins, it does whatever stands before.
    if (at + size < text.length) segments.pop();
    size = segments.length === 0 ? size * 2 : windowSize;
    for (const segment of segments) {
      at += segment.length;
      yield segment;
    }
  }
}
