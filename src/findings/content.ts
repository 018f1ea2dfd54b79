/** The text of a place, normalized so that reformatting does not change it. */

import { createHash } from 'node:crypto';
import { type TokenKind, tokenize } from '../hcl/native/lexer.ts';
import { SourceFile } from '../source/source-file.ts';
import { type Span, textOf } from '../source/span.ts';
import { SENSITIVE } from '../text/sensitive.ts';

/** `terraform fmt` moves white space, quotes labels and takes `"${x}"` out of its quotes; lists on several lines end with a comma. */
const formatting: ReadonlySet<TokenKind> = new Set([
  'space',
  'newline',
  'comment',
  'mark',
  'quote',
  'template-start',
  'template-end',
]);

/** The longest text that is kept as it is. */
const maximumLength = 100;

/** The tokens of a place, with a space between them; shortened. */
export function normalizedText(span: Span): string {
  if (!span.file.shows(span)) return SENSITIVE;
  const tokens = tokenize(new SourceFile('', textOf(span)));
  const texts = tokens.filter(({ kind }) => !formatting.has(kind)).map(textOf);
  return shortened(texts.filter((text) => text !== ',').join(' '));
}

/** Of a long text the start, and a hash of all. */
export function shortened(text: string): string {
  if (text.length <= maximumLength) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${text.slice(0, maximumLength / 2)}... ${hash}`;
}

/** Whether a text is what is left of a long one. */
export function isShortened(text: string): boolean {
  return /\.\.\. [0-9a-f]{16}$/.test(text);
}
