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
  return `${identity.address}${identity.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}`;
}

/** What an input has to be for an unknown value to be this; undefined where that can't be told. */
export function solve(value: UnknownValue, target: Value): Solution | undefined {
  const input = inputNameOf(value);
  if (input !== undefined) return { input, value: target };
  if (target.kind !== 'string') return undefined;
  if (value.madeBy !== undefined) {
    const { of, guess, apply } = value.madeBy;
    const found = guess(target.value).find((text) => apply(text) === target.value);
    return found === undefined ? undefined : solve(of, stringValue(found));
  }
  const rest = withoutTexts(value.pieces ?? [], target.value);
  return rest === undefined ? undefined : solve(rest.piece, stringValue(rest.text));
}

/** The only piece that is not known, and what it has to be for all of them to make a text. */
function withoutTexts(
  pieces: readonly (string | UnknownValue)[],
  text: string,
): { readonly piece: UnknownValue; readonly text: string } | undefined {
  const at = pieces.findIndex((piece) => typeof piece !== 'string');
  const piece = pieces[at];
  if (piece === undefined || typeof piece === 'string') return undefined;
  const [before, after] = [pieces.slice(0, at), pieces.slice(at + 1)];
  if (!after.every((each) => typeof each === 'string')) return undefined;
  const [start, end] = [before.join(''), after.join('')];
  if (text.length < start.length + end.length || !text.startsWith(start) || !text.endsWith(end)) return undefined;
  return { piece, text: text.slice(start.length, text.length - end.length) };
}

/** Whether an unknown value is certain to be something else, because its input is certain not to be what it would have to be. */
export function isExcluded(value: UnknownValue, target: Value): boolean {
  const excluded = exclusionsOf(value);
  if (excluded === undefined) return false;
  const solution = solve(value, target);
  return solution !== undefined && excluded.some((each) => isSame(each, solution.value));
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
