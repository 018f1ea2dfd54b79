/** Messages about mistakes in a .tfsgrc.json. */

import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { nearestName } from '../text/nearest-name.ts';

/** A file with more mistakes than this is something else than a config. */
export const MAX_MISTAKES = 100;

/** A mistake of the config at its place. */
export function mistake(span: Span, message: string, hint?: string): Problem {
  const { file, start, end } = span;
  return {
    kind: 'configuration',
    severity: 'error',
    message,
    span: { file, start, end },
    ...(hint !== undefined && { hint }),
  };
}

/** `Did you mean "exclude"?`, or the names there are where none is near and they are few. */
export function suggestion(name: string, known: readonly string[]): string | undefined {
  const nearest = nearestName(name, known);
  if (nearest !== undefined) return `Did you mean ${JSON.stringify(nearest)}?`;
  return known.length > 0 && known.length <= 12 ? `Known: ${known.join(', ')}.` : undefined;
}
