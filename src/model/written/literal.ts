/** String literals that edits can replace. */

import { type Span, textOf } from '../../source/span.ts';
import type { ModelSource } from '../kind-model.ts';
import { type Place, sourceOf } from '../place.ts';

/**
 * The quoted text that a value is, as it is; undefined where it is put together, or has a place in no file, as on the command line, and
 * where it is sensitive, for the edit would show what it is.
 */
export function literalOf({ trees }: ModelSource, fact: Place & { readonly value: string }): Span | undefined {
  if (fact.isSensitive === true) return undefined;
  const span = sourceOf(fact);
  const isInFile = trees.some((tree) => tree.file === span.file);
  return isInFile && textOf(span) === `"${fact.value}"` ? span : undefined;
}
