/** Where the parts of a JSON text lie, without reading what nobody asks for: plans have hundreds of megabytes. */

import type { TextRange } from '../source/source-file.ts';

/** The text is not JSON, is deeper than it is read, or has something else than is asked for. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
  readonly offset: number;
  readonly kind: 'syntax' | 'depth' | 'shape';

  /** @param offset in UTF-16 code units */
  constructor(offset: number, kind: JsonFault['kind'] = 'syntax') {
    super(`not JSON: ${kind}`);
    this.offset = offset;
    this.kind = kind;
  }
}

/** Of lists and objects in each other: values are read by recursion. */
export const MAX_DEPTH = 500;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * The values of an object, by name; the last one of a name that is there twice.
 *
 * @param at offset of the object, or of space before it
 * @throws JsonFault
 */
export function memberRanges(text: string, at: number): ReadonlyMap<string, TextRange> {
  return objectAt(text, at).members;
}

/** An object in a list. */
export interface ObjectRange {
  readonly start: number;
  readonly members: ReadonlyMap<string, TextRange>;
}

/**
 * The elements of a list of objects.
 *
 * @param at offset of the list, or of space before it
 * @throws JsonFault
 */
export function* objectRanges(text: string, at: number): Iterable<ObjectRange> {
  let start = enter(text, at, OPEN_LIST);
  while (text.charCodeAt(start) !== CLOSE_LIST) {
    const { members, end } = objectAt(text, start);
    yield { start, members };
    start = next(text, end, CLOSE_LIST);
  }
}

function objectAt(
  text: string,
  at: number,
): { readonly members: ReadonlyMap<string, TextRange>; readonly end: number } {
  const members = new Map<string, TextRange>();
  let offset = enter(text, at, OPEN_OBJECT);
  while (text.charCodeAt(offset) !== CLOSE_OBJECT) {
    if (text.charCodeAt(offset) !== QUOTE) throw new JsonFault(offset);
    const end = endOfString(text, offset);
    const name = parsed({ start: offset, end }, text) as string;
    offset = afterSpace(text, end);
    if (text.charCodeAt(offset) !== COLON) throw new JsonFault(offset);
    const start = afterSpace(text, offset + 1);
    const value = { start, end: endOfValue(text, start) };
    members.set(name, value);
    offset = next(text, value.end, CLOSE_OBJECT);
  }
  return { members, end: offset + 1 };
}

/** A string that stands for itself. */
const plainString = /^"[^"\\\x00-\x1f]*"$/;

/** A member of an object; undefined for null too. */
export function given(members: ReadonlyMap<string, TextRange>, name: string, text: string): TextRange | undefined {
  const range = members.get(name);
  return range !== undefined && text.startsWith('null', range.start) ? undefined : range;
}

/** Where what stands after an object begins; the end of the text where nothing does. */
export function afterObject(text: string, members: ReadonlyMap<string, TextRange>, at: number): number {
  const last = [...members.values()].at(-1)?.end ?? enter(text, at, OPEN_OBJECT);
  return afterSpace(text, afterSpace(text, last) + 1);
}

/**
 * The elements of a list.
 *
 * @param at offset of the list, or of space before it
 * @throws JsonFault
 */
export function* elementRanges(text: string, at: number): Iterable<TextRange> {
  let offset = enter(text, at, OPEN_LIST);
  while (text.charCodeAt(offset) !== CLOSE_LIST) {
    const element = { start: offset, end: endOfValue(text, offset) };
    yield element;
    offset = next(text, element.end, CLOSE_LIST);
  }
}

/**
 * The value of a range.
 *
 * @throws JsonFault
 */
export function parsed({ start, end }: TextRange, text: string): unknown {
  const written = text.slice(start, end);
  if (plainString.test(written)) return written.slice(1, -1);
  try {
    return JSON.parse(written);
  } catch {
    throw new JsonFault(start);
  }
}

function enter(text: string, at: number, open: number): number {
  const start = afterSpace(text, at);
  if (text.charCodeAt(start) === open) return afterSpace(text, start + 1);
  endOfValue(text, start);
  throw new JsonFault(start, 'shape');
}

/** Where the next member or element begins, or the end of them is. */
function next(text: string, end: number, close: number): number {
  const offset = afterSpace(text, end);
  const code = text.charCodeAt(offset);
  if (code === close) return offset;
  if (code !== COMMA) throw new JsonFault(offset);
  const start = afterSpace(text, offset + 1);
  if (text.charCodeAt(start) === close) throw new JsonFault(start);
  return start;
}

function afterSpace(text: string, at: number): number {
  let offset = at;
  for (let code = text.charCodeAt(offset); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; )
    code = text.charCodeAt(++offset);
  return offset;
}

function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  throw new JsonFault(start);
}

function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfString(text, start);
  if (first !== OPEN_OBJECT && first !== OPEN_LIST) return endOfWord(text, start);
  let depth = 0;
  for (let offset = start; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === QUOTE) offset = endOfString(text, offset) - 1;
    else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (++depth > MAX_DEPTH) throw new JsonFault(offset, 'depth');
    } else if ((code === CLOSE_OBJECT || code === CLOSE_LIST) && --depth === 0) return offset + 1;
  }
  throw new JsonFault(start);
}

/** Of a number, true, false or null. */
function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && !/[\s,:[\]{}"]/.test(text[end]!)) end++;
  if (end === start) throw new JsonFault(start);
  return end;
}
