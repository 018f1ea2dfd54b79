/** The text of a place, without what reformatting changes. */

import { createHash } from 'node:crypto';
import { type TokenKind, tokenize } from '../hcl/lexer.ts';
import { SourceFile } from '../source/source-file.ts';
import { type Span, textOf } from '../source/span.ts';

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

/** The longest content that is kept as it is. */
const longest = 100;

/** The tokens of a place, with a space between them; of a long one the start, and a hash of all. */
export function contentOf(span: Span): string {
  const tokens = tokenize(new SourceFile('', textOf(span)));
  const texts = tokens.filter(({ kind }) => !formatting.has(kind)).map(textOf);
  const content = texts.filter((text) => text !== ',').join(' ');
  if (content.length <= longest) return content;
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return `${content.slice(0, longest / 2)}... ${hash}`;
}
