/** Values for tests, short to write. */

import { SourceFile } from '../../src/source/source-file.ts';
import type { Span } from '../../src/source/span.ts';
import { anyType, type Type } from '../../src/terraform/values/type.ts';
import {
  boolValue,
  integerValue,
  nullValue,
  type Origin,
  objectValue,
  stringValue,
  tupleValue,
  type UnknownValue,
  unknownValue,
  type Value,
} from '../../src/terraform/values/value.ts';

/** JSON's values as Terraform's: arrays are tuples; values stay as they are. */
export type Plain = string | number | boolean | null | Value | readonly Plain[] | { readonly [key: string]: Plain };

export function value(plain: Plain, origin?: Origin): Value {
  if (plain === null) return nullValue(anyType, origin);
  if (typeof plain === 'string') return stringValue(plain, origin);
  if (typeof plain === 'number') return integerValue(plain, origin);
  if (typeof plain === 'boolean') return boolValue(plain, origin);
  if (Array.isArray(plain))
    return tupleValue(
      (plain as readonly Plain[]).map((item) => value(item)),
      origin,
    );
  if ('kind' in plain && typeof plain['kind'] === 'string') return plain as Value;
  const entries = Object.entries(plain as { readonly [key: string]: Plain });
  return objectValue(
    entries.map(([key, entry]) => [key, value(entry)] as const),
    origin,
  );
}

const file = new SourceFile('main.tf', 'x'.repeat(1000));

export const place = (start: number): Span => ({ file, start, end: start + 1 });

/** Starts of the places that a value came through. */
export function placesOf(of: Value): readonly number[] {
  const starts: number[] = [];
  for (let at = of.origin; at !== undefined; at = at.from) starts.push(at.span.start);
  return starts;
}

/** A value that waits for `name`; with an identity where that is the address of an attribute, such as `aws_vpc.main.id`. */
export function unknown(name: string, type: Type = anyType): UnknownValue {
  const [resource, label, ...path] = name.split('.');
  const bare = unknownValue({ name }, type);
  return path.length === 0 ? bare : { ...bare, identity: { address: `${resource}.${label}`, path } };
}
