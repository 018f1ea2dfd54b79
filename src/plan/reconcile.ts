/** Values of the configuration that a plan confirms, and those of the plan where it says something else. */

import { parseProtocol } from '../network/protocol.ts';
import { numberToJs } from '../terraform/values/number.ts';
import { isMapping, isSequence, type Origin, type UnknownValue, type Value } from '../terraform/values/value.ts';
import { Candidates, type NamedValue } from './candidates.ts';
import { isNothing, type PlannedContext, type PlannedPart, partAt, plannedValue } from './plan-values.ts';
import { isObject } from './planned-change.ts';

/**
 * How a value of the configuration agrees with the plan: `same` where it is what the plan has, `open` where it is that or waits for what the plan
 * knows, `other` where it is something else.
 */
export type Agreement = 'same' | 'open' | 'other';

/** That of a whole, of those of its parts. */
export function worst(agreements: Iterable<Agreement>): Agreement {
  let found: Agreement = 'same';
  for (const each of agreements) {
    if (each === 'other') return 'other';
    if (each === 'open') found = 'open';
  }
  return found;
}

/** Compares without regard to how the provider writes a value. */
export function agreement(value: Value, planned: PlannedPart, context: PlannedContext): Agreement {
  if (planned.unknown === true) return value.kind === 'unknown' ? 'same' : 'open';
  if (value.kind === 'unknown') return isOwner(value, planned.value, context) ? 'same' : 'open';
  if (isSequence(value)) {
    if (value.items.length === 0) return isNothing(planned.value) ? 'same' : 'other';
    if (!Array.isArray(planned.value)) return 'other';
    return worst(matched(value.items, planned, context).map(({ agrees }) => agrees));
  }
  if (isMapping(value)) {
    if (!isObject(planned.value)) return value.entries.size === 0 && isNothing(planned.value) ? 'same' : 'other';
    return worst([...value.entries].map(([key, entry]) => agreement(entry, partAt(planned, key), context)));
  }
  // Where nothing is given, what the plan has is the provider's.
  if (value.kind === 'null') return 'same';
  if (isNothing(textOf(value)) && isNothing(planned.value)) return 'same';
  return isSameText(textOf(value), String(planned.value)) ? 'same' : 'other';
}

const textOf = (value: Value): string =>
  value.kind === 'number'
    ? String(numberToJs(value.value))
    : value.kind === 'string' || value.kind === 'bool'
      ? String(value.value || '')
      : '';

/** The provider writes protocols in its own way: `tcp` for 6, `-1` for all. */
function isSameText(written: string, planned: string): boolean {
  if (written === planned) return true;
  // A number may be written as a string, in another way than the plan has it.
  if (/^-?\d/.test(written) && Number(written) === Number(planned)) return true;
  const [a, b] = [parseProtocol(written), parseProtocol(planned)];
  return a.kind === 'protocol' && b.kind === 'protocol' && a.protocol === b.protocol;
}

/** Whether an unknown value is the identifier of the resource that the plan has it of. */
function isOwner({ identity }: UnknownValue, planned: unknown, { ownerOf }: PlannedContext): boolean {
  const owner = typeof planned === 'string' ? ownerOf(planned) : undefined;
  return owner !== undefined && identity?.address === owner.address && identity.path.join('.') === owner.path.join('.');
}

/**
 * The value of the configuration where the plan has the same, else the plan's, at the place of the configuration's.
 *
 * @param argument that it is of
 */
export function reconciled(value: Value, planned: PlannedPart, argument: string, context: PlannedContext): Value {
  // What the plan does not know, the configuration may.
  if (planned.unknown === true || agreement(value, planned, context) === 'same') return value;
  if (isSequence(value) && Array.isArray(planned.value)) {
    const items = matched(value.items, planned, context).flatMap(({ item, part }) =>
      part === undefined
        ? []
        : item === undefined
          ? atPlace(value, part, argument, context)
          : reconciled(item, part, argument, context),
    );
    return { kind: 'tuple', items, origin: value.origin, sensitive: value.sensitive };
  }
  if (isMapping(value) && isObject(planned.value)) {
    const entries = [...value.entries].map(
      ([key, entry]) => [key, reconciled(entry, partAt(planned, key), key, context)] as const,
    );
    return { ...value, kind: 'object', entries: new Map(entries) };
  }
  return atPlace(value, planned, argument, context);
}

/** The plan's value, as if the configuration had it where it has another. */
function atPlace({ origin, sensitive }: Value, planned: PlannedPart, argument: string, context: PlannedContext): Value {
  const from = origin === undefined ? context.origin : withEnd(origin, context.origin);
  const value = plannedValue(planned, argument, { ...context, origin: from });
  return sensitive === undefined ? value : { ...value, sensitive };
}

const withEnd = ({ span, from }: Origin, end: Origin): Origin => ({
  span,
  from: from === undefined ? end : withEnd(from, end),
});

export interface PlannedMatch<T> {
  /** Of the configuration; undefined for what only the plan has. */
  readonly item: T | undefined;
  /** Of the plan; undefined for what only the configuration has. */
  readonly part: PlannedPart | undefined;
  readonly agrees: Agreement;
}

function matched(
  items: readonly Value[],
  planned: PlannedPart,
  context: PlannedContext,
): readonly PlannedMatch<Value>[] {
  return matchAll(
    items,
    planned,
    (item, part) => agreement(item, part, context),
    (item) => [[undefined, item]],
  );
}

/**
 * Pairs what the configuration has with the elements of a list of the plan, which has its own order: first what is the same, then what may be.
 * Several that are the same share one element, as in a set.
 *
 * @param valuesOf what an item has to agree with
 */
export function matchAll<T>(
  items: readonly T[],
  planned: PlannedPart,
  agrees: (item: T, part: PlannedPart) => Agreement,
  valuesOf: (item: T) => Iterable<NamedValue>,
): readonly PlannedMatch<T>[] {
  const parts = Array.isArray(planned.value) ? planned.value.map((_, index) => partAt(planned, index)) : [];
  const free = new Set(parts);
  const found = new Map<T, PlannedMatch<T>>();
  const candidates = new Candidates(parts);
  const match = (item: T, as: Agreement, isFree: boolean): boolean => {
    for (const part of candidates.of(valuesOf(item))) {
      if ((isFree && !free.has(part)) || agrees(item, part) !== as) continue;
      free.delete(part);
      found.set(item, { item, part, agrees: as });
      return true;
    }
    return false;
  };
  for (const item of items) match(item, 'same', true) || match(item, 'same', false);
  for (const item of items) {
    if (!found.has(item) && !match(item, 'open', true)) found.set(item, { item, part: undefined, agrees: 'other' });
  }
  return [
    ...items.map((item) => found.get(item)!),
    ...[...free].map((part) => ({ item: undefined, part, agrees: 'other' as const })),
  ];
}
