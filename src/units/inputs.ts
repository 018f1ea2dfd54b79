/** Values of variables that a unit gives, of which some may not be known. */

import { isMapping, unknownValue, type Value } from '../terraform/values/value.ts';

/** What a unit gives for a variable: undefined for nothing. */
export function inputOf(inputs: Value | undefined, name: string): Value | undefined {
  if (inputs === undefined) return undefined;
  if (isMapping(inputs)) return inputs.entries.get(name);
  if (inputs.kind !== 'unknown') return undefined;
  return inputs.knownEntries?.get(name) ?? unknownValue(inputs.reasons);
}
