/** What functions make of strings that are not known, where their form is: each is called with two texts of that form. */

import { setValue } from '../values/equality.ts';
import { EvaluationError } from '../values/errors.ts';
import { isIdentifier, type Piece, valueOfPieces } from '../values/pieces.ts';
import { stringType } from '../values/type.ts';
import {
  asDeferred,
  isMapping,
  isSequence,
  isWhollyKnown,
  type SetValue,
  type StringValue,
  type UnknownValue,
  unknownFrom,
  type Value,
} from '../values/value.ts';

/** Functions that look whether values are equal: of that, samples say something only for identifiers of different resources. */
const comparing: ReadonlySet<string> = new Set([
  'contains',
  'distinct',
  'index',
  'matchkeys',
  'setintersection',
  'setsubtract',
  'setunion',
]);

/** Each of them is looked for in each text of the result. */
const MAX_LEAVES = 100;

/**
 * The result of a call whose arguments hold strings that are not known, as far as it is the same for all texts of their form: it has
 * the strings themselves where a function handed them on. Undefined where that says nothing.
 *
 * @param name of the function
 * @param call what it makes of known arguments
 */
export function callOfSamples(
  name: string,
  args: readonly Value[],
  call: (args: readonly Value[]) => Value,
): Value | undefined {
  const leaves = new Set<UnknownValue>();
  if (!args.every((arg) => collectLeaves(arg, leaves)) || leaves.size === 0 || leaves.size > MAX_LEAVES)
    return undefined;
  if (comparing.has(name) && ![...leaves].every(isIdentifier)) return undefined;
  try {
    const [first, second] = [call(args.map((arg) => sampled(arg, 0))), call(args.map((arg) => sampled(arg, 1)))];
    const result = new Pairing([...leaves]).joined(first, second);
    return result === undefined || isWhollyKnown(result) ? undefined : asDeferred(result);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return undefined;
  }
}

/** Whether something in the value is unknown, and nothing says which resource's attribute it is or what it is made of. */
export function isLost(value: Value): boolean {
  if (value.kind === 'unknown') {
    return value.identity === undefined && value.pieces === undefined && value.attribute === undefined;
  }
  if (isSequence(value)) return value.items.some(isLost);
  if (isMapping(value)) for (const entry of value.entries.values()) if (isLost(entry)) return true;
  return false;
}

/** @returns whether everything in the value is known or has samples */
function collectLeaves(value: Value, leaves: Set<UnknownValue>): boolean {
  if (isSequence(value)) return value.items.every((item) => collectLeaves(item, leaves));
  if (isMapping(value)) return [...value.entries.values()].every((entry) => collectLeaves(entry, leaves));
  if (value.kind !== 'unknown') return true;
  if (value.pieces !== undefined) {
    return value.pieces.every((piece) => typeof piece === 'string' || collectLeaves(piece, leaves));
  }
  for (const leaf of value.madeOf ?? [value]) leaves.add(leaf);
  return value.samples !== undefined;
}

function sampled(value: Value, which: 0 | 1): Value {
  if (isSequence(value)) {
    const items = value.items.map((item) => sampled(item, which));
    return value.kind === 'set' ? { ...setValue(items, value.element), origin: value.origin } : { ...value, items };
  }
  if (isMapping(value)) {
    return { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, sampled(entry, which)])) };
  }
  if (value.kind !== 'unknown') return value;
  return { kind: 'string', value: sampleText(value, which), origin: value.origin, sensitive: value.sensitive };
}

function sampleText({ pieces, samples }: UnknownValue, which: 0 | 1): string {
  if (pieces === undefined) return samples![which];
  return pieces.map((piece) => (typeof piece === 'string' ? piece : sampleText(piece, which))).join('');
}

/** Puts the results for both samples together. */
class Pairing {
  readonly #leaves: readonly UnknownValue[];

  constructor(leaves: readonly UnknownValue[]) {
    this.#leaves = leaves;
  }

  /** Undefined where the results are not alike. */
  joined(a: Value, b: Value): Value | undefined {
    if (a.kind === 'string' && b.kind === 'string') return this.#string(a, b);
    if (a.kind === 'set' && b.kind === 'set') return this.#set(a, b);
    if (isSequence(a) && isSequence(b)) {
      const items = a.kind === b.kind ? this.#all(a.items, b.items) : undefined;
      return items === undefined ? undefined : { ...a, items };
    }
    if (isMapping(a) && isMapping(b)) {
      const keys = [...a.entries.keys()];
      if (a.kind !== b.kind || [...b.entries.keys()].some((key, index) => key !== keys[index])) return undefined;
      const entries = this.#all([...a.entries.values()], [...b.entries.values()]);
      return entries === undefined
        ? undefined
        : { ...a, entries: new Map(keys.map((key, index) => [key, entries[index]!])) };
    }
    if (a.kind === 'null' || a.kind === 'bool') return a.kind === b.kind && isSameScalar(a, b) ? a : undefined;
    return a.kind === 'number' && b.kind === 'number' && a.value === b.value ? a : undefined;
  }

  #all(a: readonly Value[], b: readonly Value[]): readonly Value[] | undefined {
    if (a.length !== b.length) return undefined;
    const items = a.map((item, index) => this.joined(item, b[index]!));
    return items.every((item) => item !== undefined) ? items : undefined;
  }

  #string(a: StringValue, b: StringValue): Value {
    if (a.value === b.value) return a;
    const [first, second] = [this.#pieces(a.value, 0), this.#pieces(b.value, 1)];
    const isSame = first.length === second.length && first.every((piece, index) => piece === second[index]);
    const { origin, sensitive } = a;
    if (isSame) return { ...valueOfPieces(first), origin, sensitive };
    const unknown = unknownFrom(this.#leaves, stringType, origin);
    return { ...unknown, sensitive, notNull: true, samples: [a.value, b.value], madeOf: this.#leaves };
  }

  /** A set's items have another order for each sample. */
  #set(a: SetValue, b: SetValue): Value | undefined {
    const textsOf = (set: SetValue, which: 0 | 1): ReadonlyMap<string, StringValue> | undefined => {
      const texts = new Map<string, StringValue>();
      for (const item of set.items) {
        if (item.kind !== 'string') return undefined;
        const pieces = this.#pieces(item.value, which);
        const key = pieces.map((piece) => (typeof piece === 'string' ? piece : this.#leaves.indexOf(piece)));
        texts.set(JSON.stringify(key), item);
      }
      return texts;
    };
    const [first, second] = [textsOf(a, 0), textsOf(b, 1)];
    if (first === undefined || second === undefined || first.size !== second.size) return undefined;
    const items: Value[] = [];
    for (const [key, item] of first) {
      const other = second.get(key);
      if (other === undefined) return undefined;
      items.push(this.#string(item, other));
    }
    return { ...setValue(items, a.element), origin: a.origin };
  }

  /** The text, with the strings themselves in the places of their samples. */
  #pieces(text: string, which: 0 | 1): readonly Piece[] {
    let pieces: Piece[] = [text];
    for (const leaf of this.#leaves) {
      pieces = pieces.flatMap((piece) =>
        typeof piece === 'string'
          ? piece.split(leaf.samples![which]).flatMap((part, index) => (index === 0 ? [part] : [leaf, part]))
          : [piece],
      );
    }
    return pieces.filter((piece) => piece !== '');
  }
}

const isSameScalar = (a: Value, b: Value): boolean => a.kind !== 'bool' || (b.kind === 'bool' && a.value === b.value);
