/** What one unit gives to another. */

import type { Configuration } from '../terraform/instances/configuration.ts';
import {
  isMapping,
  isSequence,
  objectValue,
  type UnknownValue,
  unknownValue,
  type Value,
} from '../terraform/values/value.ts';

/** All outputs of a unit, each evaluated when it is first asked for. */
export function outputsOfUnit(unit: string, configuration: Configuration): UnknownValue {
  const values = new Map<string, Value>();
  const outputOf = (name: string): Value => {
    const known = values.get(name) ?? asOfUnit(configuration.output(name), unit);
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

/** What is not known has an identity that no resource of another root has, and no input of that root decides it. */
function asOfUnit(value: Value, unit: string): Value {
  if (isSequence(value)) return { ...value, items: value.items.map((item) => asOfUnit(item, unit)) };
  if (isMapping(value)) {
    return { ...value, entries: new Map([...value.entries].map(([name, entry]) => [name, asOfUnit(entry, unit)])) };
  }
  if (value.kind !== 'unknown') return value;
  const { type, reasons, origin, sensitive, notNull, identity, samples, known, knownEntries, attribute, whole } = value;
  const entries = knownEntries && new Map([...knownEntries].map(([name, entry]) => [name, asOfUnit(entry, unit)]));
  return {
    ...unknownValue(
      reasons.map(({ name, span }) => ({ name, ...(span && { span }) })),
      type,
      origin,
    ),
    sensitive,
    notNull,
    samples,
    identity: identity && { ...identity, address: `${unit}: ${identity.address}` },
    known: known?.map((item) => asOfUnit(item, unit)),
    knownEntries: entries,
    attribute: attribute && ((name) => asOfUnit(attribute(name), unit)),
    whole: whole && (() => asOfUnit(whole(), unit)),
  };
}
