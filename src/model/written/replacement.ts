/** Changes of what is written. */

import type { Span } from '../../source/span.ts';

/** A text in the place of another. */
export interface LiteralReplacement {
  readonly span: Span;
  readonly text: string;
}
