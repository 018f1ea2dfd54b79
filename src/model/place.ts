/** Places of values. */

import type { Span } from '../source/span.ts';
import type { Origin } from '../terraform/values/value.ts';

export type { Origin } from '../terraform/values/value.ts';

/** A span, and where the value there came from. */
export interface Place {
  readonly span: Span;
  /** The places that the value came through, latest first. */
  readonly origin?: Origin | undefined;
  /** Questions get the value all the same; texts get it from `shown`. */
  readonly isSensitive?: boolean | undefined;
}

/** Where the value was made, as far as that is known. */
export function sourceOf({ span, origin }: Place): Span {
  let source = span;
  for (let at = origin; at !== undefined; at = at.from) source = at.span;
  return source;
}

/** Whether a place is in a module that `terraform init` has downloaded. */
export const isInDownloadedModule = ({ file }: Span): boolean => file.isDownloaded;
