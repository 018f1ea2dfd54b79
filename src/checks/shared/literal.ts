/** String literals that edits can replace. */

import type { SecurityModel } from '../../model/security-group.ts';
import { type Span, textOf } from '../../source/span.ts';
import type { Origin } from '../../terraform/values/value.ts';

/** A place with the places that its value came through. */
export interface Traced {
  readonly span: Span;
  readonly origin?: Origin | undefined;
  readonly isSensitive?: boolean | undefined;
}

/** Where the value was made, as far as that is known. */
export function sourceOf({ span, origin }: Traced): Span {
  let source = span;
  for (let at = origin; at !== undefined; at = at.from) source = at.span;
  return source;
}

/**
 * The quoted text that a value is, as it is; undefined where it is put together, or has a place in no file, as on the command line, and
 * where it is sensitive, for the edit would show what it is.
 */
export function literalOf(model: SecurityModel, fact: Traced & { readonly value: string }): Span | undefined {
  if (fact.isSensitive === true) return undefined;
  const span = sourceOf(fact);
  const isInFile = model.trees.some((tree) => tree.file === span.file);
  return isInFile && textOf(span) === `"${fact.value}"` ? span : undefined;
}
