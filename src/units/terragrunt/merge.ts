/** Inputs of files that include one another, merged as `merge_strategy` says. */

import {
  isMapping,
  isSequence,
  objectValue,
  tupleValue,
  unknownFrom,
  unknownValue,
  type Value,
} from '../../terraform/values/value.ts';

/**
 * Two values, of which the second one overrides the first: maps are merged, lists put one behind the other.
 *
 * Source: https://docs.terragrunt.com/reference/hcl/blocks#include, `merge_strategy = "deep"`
 */
export function deepMerge(below: Value, above: Value): Value {
  if (above.kind === 'null') return below;
  if (below.kind === 'null') return above;
  if (isSequence(below) && isSequence(above)) return tupleValue([...below.items, ...above.items], above.origin);
  if (isMapping(below) && isMapping(above)) {
    const entries = new Map(below.entries);
    for (const [name, value] of above.entries) {
      const under = entries.get(name);
      entries.set(name, under === undefined ? value : deepMerge(under, value));
    }
    return objectValue(entries, above.origin);
  }
  if (below.kind === 'unknown' || above.kind === 'unknown') {
    const isPlain = (value: Value): boolean => value.kind !== 'unknown' && !isSequence(value) && !isMapping(value);
    return isPlain(above) ? above : unknownFrom([below, above]);
  }
  return above;
}

/** The same with the entries of maps as they are. */
export function shallowMerge(below: Value, above: Value): Value {
  if (isMapping(below) && isMapping(above)) return objectValue([...below.entries, ...above.entries], above.origin);
  return openObject(below, above);
}

/** Of two objects of which one is not known: what is sure to be in it. */
function openObject(below: Value, above: Value): Value {
  const reason = below.kind === 'unknown' ? below.reasons : above.kind === 'unknown' ? above.reasons : undefined;
  if (reason === undefined) return above;
  const sure = isMapping(above) ? above.entries : above.kind === 'unknown' ? above.knownEntries : undefined;
  return { ...unknownValue(reason), knownEntries: sure ?? new Map() };
}
