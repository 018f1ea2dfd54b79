/** What one unit gives to another. */

import type { Configuration } from '../terraform/instances/configuration.ts';
import { asOfOtherRoot } from '../terraform/instances/other-root.ts';
import { objectValue, type UnknownValue, unknownValue, type Value } from '../terraform/values/value.ts';

/** All outputs of a unit, each evaluated when it is first asked for. */
export function outputsOfUnit(unit: string, configuration: Configuration): UnknownValue {
  const values = new Map<string, Value>();
  const outputOf = (name: string): Value => {
    const known = values.get(name) ?? asOfOtherRoot(configuration.output(name), unit);
    values.set(name, known);
    return known;
  };
  return {
    ...unknownValue({ name: `the outputs of ${unit}` }),
    notNull: true,
    attribute: outputOf,
    whole: () => objectValue([...configuration.root.outputs.keys()].map((name) => [name, outputOf(name)])),
  };
}
