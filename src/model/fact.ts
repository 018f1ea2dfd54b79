/** The value of one argument, or what its value depends on. */

import type { UnknownReason } from '../terraform/values/value.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import type { Place } from './place.ts';

export type { UnknownReason } from '../terraform/values/value.ts';

/** `span`: an expression inside the resource that it is an argument of. */
export interface KnownFact<T> extends Place {
  readonly kind: 'known';
  readonly value: T;
}

export interface UnknownFact extends Place {
  readonly kind: 'unknown';
  /** Whatever apply makes of it, it is not null. */
  readonly isNotNull?: true;
  /** Of a text that is known in part: its pieces, undefined for those that are not. */
  readonly pieces?: readonly (string | undefined)[] | undefined;
  /** The same for texts that are sure to be the same, whatever apply or somebody makes of them; absent where that can't be told. */
  readonly sameAs?: string | undefined;
  readonly reasons: readonly UnknownReason[];
}

export type Fact<T> = KnownFact<T> | UnknownFact;

/** The value, or undefined if it is not known. */
export function known<T>(fact: Fact<T>): T | undefined {
  return fact.kind === 'known' ? fact.value : undefined;
}

/** The fact where it is a text, and not an empty one. */
export function knownText(fact: Fact<string | null>): KnownFact<string> | undefined {
  return fact.kind === 'known' && fact.value ? { ...fact, value: fact.value } : undefined;
}

/** A known value as texts show it. */
export function shown<T>(fact: KnownFact<T>): T | typeof SENSITIVE {
  return fact.isSensitive === true ? SENSITIVE : fact.value;
}

/** The same in quotes. */
export function quotedFact(fact: KnownFact<string>): string {
  return fact.isSensitive === true ? SENSITIVE : JSON.stringify(fact.value);
}

/** What most facts wait for. */
const nothing: readonly string[] = [];

/** The names of what facts wait for, sorted, each once. */
export function waitsFor(...lists: readonly (readonly UnknownReason[] | undefined)[]): readonly string[] {
  return lists.every((reasons) => reasons === undefined || reasons.length === 0)
    ? nothing
    : [...new Set(lists.flatMap((reasons) => reasons ?? []).map(({ name }) => name))].sort();
}
