/** Inputs that nobody has given: which one decides an unknown value, and what it has to be for the value to be something. */

import { equalNumbers } from './number-text.ts';
import { stringValue, type UnknownValue, type Value } from './value.ts';

/** What an input is in one world: a value, or any other than some. */
export type InputAnswer = { readonly is: Value } | { readonly not: readonly Value[] };

/** An input, and what it has to be. */
export interface Solution {
  readonly input: string;
  readonly value: Value;
}

/** The name of the input that a value is: `var.environment`, `data.aws_region.current.name`; undefined for what is made of one. */
export function inputNameOf(value: UnknownValue): string | undefined {
  if (value.input !== undefined) return value.input;
  const { identity } = value;
  if (identity === undefined || identity.path.length === 0 || value.attribute !== undefined) return undefined;
  if (!/(?:^|\.)data\.[^.]+\.[^.]+$/.test(identity.address)) return undefined;
  // How many instances `count` makes of a module can be another number in another world.
  const address = identity.address.replace(/\[\d+\](?=\.)/g, '');
  return `${address}${identity.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}`;
}

/** What inputs have to be for an unknown value to be this, each of them; undefined where that can't be told. */
export function solve(value: UnknownValue, target: Value): readonly Solution[] | undefined {
  const input = inputNameOf(value);
  if (input !== undefined) return [{ input, value: target }];
  if (target.kind !== 'string') return undefined;
  if (value.madeBy !== undefined) {
    const { of, guess, apply } = value.madeBy;
    const found = guess(target.value).find((text) => apply(text) === target.value);
    return found === undefined ? undefined : solve(of, stringValue(found));
  }
  const solutions = withoutTexts(value.pieces ?? [], target.value)?.map(({ piece, text }) =>
    solve(piece, stringValue(text)),
  );
  return solutions?.some((each) => each === undefined) === false ? solutions.flatMap((each) => each ?? []) : undefined;
}

/** Whether `solve` can tell a text from inputs, as far as what it is made of says. */
export function isToldByInputs(value: UnknownValue): boolean {
  if (inputNameOf(value) !== undefined) return true;
  if (value.madeBy !== undefined) return isToldByInputs(value.madeBy.of);
  const unknown = value.pieces?.filter((piece) => typeof piece !== 'string') ?? [];
  return unknown.length > 0 && unknown.every((piece) => piece !== value && isToldByInputs(piece));
}

interface Filled {
  readonly piece: UnknownValue;
  readonly text: string;
}

/** The pieces that are not known, and what they have to be for all of them to make a text; undefined where there is not one way. */
function withoutTexts(pieces: readonly (string | UnknownValue)[], text: string): readonly Filled[] | undefined {
  const last = pieces.at(-1);
  const end = typeof last === 'string' ? last : '';
  if (!text.endsWith(end)) return undefined;
  const filled: Filled[] = [];
  let rest = text.slice(0, text.length - end.length);
  for (const [index, piece] of (end === '' ? pieces : pieces.slice(0, -1)).entries()) {
    if (typeof piece === 'string') {
      if (!rest.startsWith(piece)) return undefined;
      rest = rest.slice(piece.length);
      continue;
    }
    const next = pieces[index + 1];
    const isLast = index + 1 >= pieces.length - (end === '' ? 0 : 1);
    if (isLast) {
      filled.push({ piece, text: rest });
      continue;
    }
    const at = typeof next === 'string' ? rest.indexOf(next) : -1;
    if (at < 0 || rest.indexOf(next as string, at + 1) >= 0) return undefined;
    filled.push({ piece, text: rest.slice(0, at) });
    rest = rest.slice(at);
  }
  return filled.length === 0 ? undefined : filled;
}

/** Whether an unknown value is certain to be something else: its texts differ, or its input is certain not to be what it would have to be. */
export function isExcluded(value: UnknownValue, target: Value): boolean {
  return isOther(value, target, true);
}

/** @param isOnly whether the value has to be the target itself, and not one of several that a function makes the same of */
function isOther(value: UnknownValue, target: Value, isOnly: boolean): boolean {
  if (value.not !== undefined) return value.not.some((each) => isSame(each, target));
  if (target.kind !== 'string') return false;
  if (value.madeBy !== undefined) {
    const { of, guess, apply } = value.madeBy;
    const found = guess(target.value).find((text) => apply(text) === target.value);
    return found !== undefined && isOther(of, stringValue(found), false);
  }
  const { pieces = [] } = value;
  if (isOnly && !mayMake(pieces, target.value)) return true;
  const filled = withoutTexts(pieces, target.value) ?? [];
  return filled.some(({ piece, text }) => isOther(piece, stringValue(text), isOnly));
}

/** Whether a text can start and end as the pieces do. */
function mayMake(pieces: readonly (string | UnknownValue)[], text: string): boolean {
  const [first, last] = [pieces[0], pieces.at(-1)];
  const start = typeof first === 'string' ? first : '';
  const end = typeof last === 'string' ? last : '';
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}

function isSame(a: Value, b: Value): boolean {
  if (a.kind === 'number') return b.kind === 'number' && equalNumbers(a.value, b.value);
  return (a.kind === 'string' || a.kind === 'bool') && b.kind === a.kind && a.value === b.value;
}

/** What the input that a value is made of is certain not to be. */
export function exclusionsOf(value: UnknownValue): readonly Value[] | undefined {
  if (value.not !== undefined) return value.not;
  if (value.madeBy !== undefined) return exclusionsOf(value.madeBy.of);
  const unknown = value.pieces?.filter((piece) => typeof piece !== 'string') ?? [];
  const [only] = unknown;
  return unknown.length === 1 && typeof only !== 'string' && only !== value ? exclusionsOf(only!) : undefined;
}
