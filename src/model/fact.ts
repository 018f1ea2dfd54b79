/** What the configuration says of one argument: a value, or what its value waits for. */

import type { Span } from '../source/span.ts';
import type { Because, Origin } from '../terraform/value.ts';

interface Place {
  /** Where it stands: an expression inside the resource that it is an argument of. */
  readonly span: Span;
  /** The places that the value came through, latest first. */
  readonly origin?: Origin | undefined;
}

export interface KnownFact<T> extends Place {
  readonly kind: 'known';
  readonly value: T;
}

export interface UnknownFact extends Place {
  readonly kind: 'unknown';
  readonly because: readonly Because[];
}

export type Fact<T> = KnownFact<T> | UnknownFact;

/** The value, or undefined if it is not known. */
export function known<T>(fact: Fact<T>): T | undefined {
  return fact.kind === 'known' ? fact.value : undefined;
}

/** The names of what facts wait for, sorted, each once. */
export function waitsFor(...reasons: readonly (readonly Because[] | undefined)[]): readonly string[] {
  return [...new Set(reasons.flatMap((because) => because ?? []).map(({ name }) => name))].sort();
}
