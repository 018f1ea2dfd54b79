/** What is known of partly unknown collections. */

import { isSequence, isWhollyKnown, memberOf, unknownValue, type Value } from '../values/value.ts';

/** Whether the number of members is certain: an unknown item of a set may turn out to equal another. */
export function hasKnownSize(value: Value): boolean {
  if (value.kind === 'unknown') return false;
  return value.kind !== 'set' || value.items.length < 2 || isWhollyKnown(value);
}

/**
 * The items that a list, set or tuple is sure to have, each with the places that the collection came through. Unknown ones are
 * among them: whatever they turn out to be is there, though in a set two of them may turn out to be one.
 */
export function sureItems(value: Value): readonly Value[] {
  if (isSequence(value)) return value.items.map((item) => memberOf(item, value));
  if (value.kind === 'unknown') return (value.known ?? []).map((item) => memberOf(item, value));
  return [];
}

/** What stands for each further item, where the values agree on one. */
export function furtherItem(values: readonly Value[]): Value | undefined {
  const uncertain = values.filter((value) => !hasKnownSize(value));
  const [only] = uncertain;
  return uncertain.length === 1 && only?.kind === 'unknown' && only.item !== undefined
    ? memberOf(only.item, only)
    : undefined;
}

/**
 * Entries that a mapping is sure to have, put together from left to right: `add` sets one, and after `addUnknown` every entry
 * so far may have got another value.
 */
export class SureEntries {
  readonly entries = new Map<string, Value>();

  add(key: string, value: Value): void {
    this.entries.set(key, value);
  }

  addUnknown(reasons: Extract<Value, { kind: 'unknown' }>['reasons']): void {
    for (const key of this.entries.keys()) this.entries.set(key, unknownValue(reasons));
  }
}
