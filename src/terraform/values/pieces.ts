/** Partly unknown strings, built from known and unknown pieces. */

import { listType, stringType } from './type.ts';
import { asDeferred, isSequence, listValue, type Origin, type UnknownValue, unknownFrom, type Value } from './value.ts';

/** A known text, or a string that is not known. */
export type Piece = string | UnknownValue;

/** More pieces than this are not kept: the string is then unknown and no more. */
const maximumPieces = 1000;

/** The unknown string that the pieces make, at least one of them unknown; the piece itself where it is the only one. */
export function stringOfPieces(pieces: readonly Piece[], origin?: Origin): UnknownValue {
  const merged = mergedPieces(pieces);
  const unknown = merged.filter((piece) => typeof piece !== 'string');
  const [only] = merged;
  if (merged.length === 1 && typeof only !== 'string') return { ...only!, type: stringType };
  return {
    ...unknownFrom(unknown, stringType, origin),
    notNull: true,
    pieces: merged.length > maximumPieces ? undefined : merged,
  };
}

/** Pieces of pieces are put in their place, neighbouring texts put together, and empty ones left out. */
function mergedPieces(pieces: readonly Piece[]): readonly Piece[] {
  const merged: Piece[] = [];
  const add = (piece: Piece): void => {
    const last = merged.at(-1);
    if (piece === '') return;
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') add(piece);
    else for (const inner of piecesOf(piece)) add(inner);
  }
  return merged;
}

const piecesOf = (value: UnknownValue): readonly Piece[] => value.pieces ?? [value];

/** Whether it is an identifier that apply gives to a resource: neither null nor empty, and without spaces, commas and their like. */
export function isIdentifier(value: Value): boolean {
  return value.kind === 'unknown' && value.identity?.path.at(-1) === 'id';
}

/** What `join` makes of lists that are not wholly known; undefined where nothing of it is. */
export function joinPieces(separator: Value, lists: readonly Value[]): UnknownValue | undefined {
  if (separator.kind !== 'string') return undefined;
  const pieces: Piece[] = [];
  let isFirst = true;
  for (const list of lists) {
    const items = joinedItems(list);
    if (items === undefined) return undefined;
    for (const item of items) {
      if (!isFirst) pieces.push(separator.value);
      isFirst = false;
      if (item.kind === 'string') pieces.push(item.value);
      else if (item.kind === 'unknown') pieces.push(item);
      else return undefined;
      if (pieces.length > 2 * maximumPieces) return undefined;
    }
  }
  return pieces.some((piece) => typeof piece !== 'string') ? stringOfPieces(pieces) : undefined;
}

/** A list that may be empty or hold one resource's identifier is taken to hold it: that is how modules write "if there is one". */
function joinedItems(list: Value): readonly Value[] | undefined {
  if (isSequence(list) && list.kind !== 'set') return list.items;
  if (list.kind !== 'unknown' || list.item === undefined || !isIdentifier(list.item)) return undefined;
  return list.known === undefined || list.known.length === 0 ? [list.item] : undefined;
}

/**
 * What `split` gives for a string that is not known: the list, where every piece that is not known is an identifier; else what
 * stands between separators that are known is sure to be in it.
 */
export function splitPieces(separator: Value, text: UnknownValue): Value {
  const unknown: UnknownValue = { ...unknownFrom([text], listType(stringType)), notNull: true };
  if (separator.kind !== 'string' || separator.value === '') return unknown;
  const parts: Piece[][] = [[]];
  for (const piece of piecesOf(text)) {
    const texts = typeof piece === 'string' ? piece.split(separator.value) : [piece];
    for (const [index, each] of texts.entries()) {
      if (index > 0) parts.push([]);
      parts.at(-1)!.push(each);
    }
  }
  const isPlain = /^[\s,;|]+$/.test(separator.value);
  const isSure = (piece: Piece): boolean => typeof piece === 'string' || (isPlain && isIdentifier(piece));
  const sure = parts.filter((part) => part.every(isSure)).map(valueOfPieces);
  return sure.length === parts.length ? asDeferred(listValue(sure, stringType)) : { ...unknown, known: sure };
}

/** The string that the pieces make, known where all of them are. */
export function valueOfPieces(pieces: readonly Piece[]): Value {
  if (pieces.every((piece) => typeof piece === 'string')) return { kind: 'string', value: pieces.join('') };
  return stringOfPieces(pieces);
}
