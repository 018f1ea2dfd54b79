/** JSON of a plan -> values. */

import { fromFloat, numberValue } from '../terraform/values/number.ts';
import { anyType } from '../terraform/values/type.ts';
import {
  asSensitive,
  boolValue,
  type Identity,
  nullValue,
  type Origin,
  objectValue,
  stringValue,
  tupleValue,
  type UnknownReason,
  type Value,
} from '../terraform/values/value.ts';
import { isObject, type PlannedObject } from './planned-change.ts';

/** A part of a planned object. */
export interface PlannedPart {
  readonly value: unknown;
  readonly unknown: unknown;
  readonly sensitive: unknown;
  /** Where the elements of a list in it are in the text of the plan; undefined for parts of which nobody asks it. */
  readonly elementsOf?: PlannedObject['elementsOf'];
}

/** What values of one resource have in common. */
export interface PlannedContext {
  /** Where all of them stand. */
  readonly origin: Origin;
  /** Whether this is a state that somebody else made, and not what the configuration will: blocks that this does not write are there too. */
  readonly isPast: boolean;
  /** What is unknown waits for: the name of an argument, after the resource's own. */
  readonly reasonFor: (argument: string) => UnknownReason;
  /** The resource of the plan that has an identifier. */
  readonly ownerOf: (id: string) => Identity | undefined;
  /** What an argument will be that is not known; undefined where that is not one attribute of one resource. */
  readonly identityOf: (argument: string) => Identity | undefined;
  /** Whether the configuration writes an argument of the resource: what it leaves out the provider may compute. */
  readonly isWritten: (argument: string) => boolean;
}

/** The part that a key or an index leads to. */
export function partAt({ value, unknown, sensitive }: PlannedPart, key: string | number): PlannedPart {
  return { value: memberAt(value, key), unknown: memberAt(unknown, key), sensitive: memberAt(sensitive, key) };
}

/** What providers write where nothing is given. */
export const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

/** What holds for a whole holds for its members. */
function memberAt(whole: unknown, key: string | number): unknown {
  if (whole === true) return true;
  return typeof whole === 'object' && whole !== null ? (whole as Record<string | number, unknown>)[key] : undefined;
}

/** @param argument that it is, or is in */
export function plannedValue(part: PlannedPart, argument: string, context: PlannedContext): Value {
  const value = bareValueOf(part, argument, context);
  return part.sensitive === true ? asSensitive(value) : value;
}

function bareValueOf(part: PlannedPart, argument: string, context: PlannedContext): Value {
  const { value, unknown } = part;
  const { origin } = context;
  if (unknown === true) {
    const identity = context.identityOf(argument);
    return { kind: 'unknown', type: anyType, reasons: [context.reasonFor(argument)], origin, identity };
  }
  if (Array.isArray(value) || Array.isArray(unknown)) {
    const length = Math.max(lengthOf(value), lengthOf(unknown));
    return tupleValue(
      Array.from({ length }, (_, index) => plannedValue(partAt(part, index), argument, context)),
      origin,
    );
  }
  if (isObject(value) || isObject(unknown)) {
    const keys = new Set([...keysOf(value), ...keysOf(unknown)]);
    return objectValue(
      [...keys].map((key) => [key, plannedValue(partAt(part, key), argument, context)] as const),
      origin,
    );
  }
  if (typeof value === 'string') {
    const identity = context.ownerOf(value);
    if (identity === undefined) return stringValue(value, origin);
    // The model takes identifiers of the configuration's own groups by what they are of.
    const reason = { name: `${identity.address}.${identity.path.join('.')}`, span: origin.span };
    return { kind: 'unknown', type: anyType, reasons: [reason], origin, identity, notNull: true };
  }
  if (typeof value === 'number') return numberValue(fromFloat(value), origin);
  if (typeof value === 'boolean') return boolValue(value, origin);
  return nullValue(anyType, origin);
}

const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);
const keysOf = (object: unknown): readonly string[] => (isObject(object) ? Object.keys(object) : []);
