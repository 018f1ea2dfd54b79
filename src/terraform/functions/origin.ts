/** Where the result of a call came from. */

import { containsSpan, type Span } from '../../source/span.ts';
import type { Origin, Value } from '../values/value.ts';

/** From the call, and before that from the first argument that came from elsewhere. */
export function madeAt(span: Span, args: readonly Value[]): Origin {
  for (const arg of args) {
    let from = arg.origin;
    while (from !== undefined && containsSpan(span, from.span)) from = from.from;
    if (from !== undefined) return { span, from };
  }
  return { span };
}
