/** What one root module gives to another. */

import { isMapping, isSequence, unknownValue, type Value } from '../values/value.ts';

/** What an address of another root is called in this one. */
export const addressOfOtherRoot = (address: string, root: string): string => `${root}: ${address}`;

export const isOfOtherRoot = (address: string): boolean => /^[^"[]*: /.test(address);

/**
 * A value of another root: what is not known has an identity that no resource of this root has, and waits for nothing of this root.
 *
 * @param root its name, unlike that of any other
 */
export function asOfOtherRoot(value: Value, root: string): Value {
  const of = (each: Value): Value => asOfOtherRoot(each, root);
  const each = (entries: ReadonlyMap<string, Value>) => new Map([...entries].map(([name, entry]) => [name, of(entry)]));
  if (isSequence(value)) return { ...value, items: value.items.map(of) };
  if (isMapping(value)) return { ...value, entries: each(value.entries) };
  if (value.kind !== 'unknown') return value;
  const { type, reasons, origin, sensitive, notNull, identity, known, knownEntries, attribute, members, whole } = value;
  const named = reasons.map(({ name, span }) => ({ name: `${root}: ${name}`, ...(span && { span }) }));
  return {
    ...unknownValue(named, type, origin),
    sensitive,
    notNull,
    identity: identity && { ...identity, address: addressOfOtherRoot(identity.address, root) },
    known: known?.map(of),
    knownEntries: knownEntries && each(knownEntries),
    attribute: attribute && ((name) => of(attribute(name))),
    members: members && (() => each(members())),
    whole: whole && (() => of(whole())),
  };
}
