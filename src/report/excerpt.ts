/** A place in its source lines, underlined, as compilers show it. */

import { positionAt } from '../source/position.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import { escapeControls } from './escape.ts';
import { displayWidth } from './width.ts';

/** A line of an excerpt; the underline is empty where nothing is marked. */
export interface ExcerptLine {
  /** From 1; undefined for lines that are left out, whose text is `...`. */
  readonly number: number | undefined;
  readonly text: string;
  /** Spaces, then a run of the mark. */
  readonly underline: string;
}

/** Of a longer place its first and last lines are shown. */
const MAX_LINES = 4;
/** Code units before and after the place's start that are checked: a line may have millions. */
const WINDOW = 1000;
const TAB = '    ';

/**
 * The lines of a place; none where one of them has something in it that may not be shown.
 *
 * @param mark one character
 * @param width columns that a line may take; what is beyond is cut, around the place
 */
export function excerptOf(span: Span, mark: string, width: number): ExcerptLine[] {
  const { file } = span;
  const first = positionAt(file, span.start).line;
  // A place that ends at the start of a line ends with the line before.
  const last = Math.max(first, positionAt(file, span.end > span.start ? span.end - 1 : span.end).line);
  if (!file.shows({ start: file.lineStarts[first - 1]!, end: lineBounds(file, last)[1] })) return [];
  const isLong = last - first + 1 > MAX_LINES;
  const numbers = isLong
    ? [first, first + 1, undefined, last]
    : Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return numbers.map((number) =>
    number === undefined
      ? { number, text: '...', underline: '' }
      : lineOf(file, number, span, number === first, mark, width),
  );
}

function lineOf(
  file: SourceFile,
  number: number,
  span: Span,
  isFirst: boolean,
  mark: string,
  width: number,
): ExcerptLine {
  const [lineStart, lineEnd] = lineBounds(file, number);
  const indentation = /[^ \t]/.exec(file.text.slice(lineStart, Math.min(lineEnd, lineStart + WINDOW)))?.index ?? 0;
  const start = isFirst ? clamp(span.start, lineStart, lineEnd) : lineStart + indentation;
  const end = clamp(span.end, start, lineEnd);
  const windowStart = Math.max(lineStart, start - WINDOW);
  const windowEnd = Math.min(lineEnd, start + WINDOW);
  const before = charactersOf(file.text.slice(windowStart, start));
  const marked = charactersOf(file.text.slice(start, Math.min(end, windowEnd)));
  const after = charactersOf(file.text.slice(Math.min(end, windowEnd), windowEnd));
  const whole = windowStart === lineStart && windowEnd === lineEnd;
  return { number, ...cutToWidth({ before, marked, after, whole }, mark, Math.max(width, 20)) };
}

interface Parts {
  readonly before: readonly string[];
  readonly marked: readonly string[];
  readonly after: readonly string[];
  /** Whether the parts are the whole line. */
  readonly whole: boolean;
}

/** Cuts the line at its ends until it fits; an underline has at least one mark, also for an empty place. */
function cutToWidth({ before, marked, after, whole }: Parts, mark: string, width: number): Omit<ExcerptLine, 'number'> {
  const total = widthOf(before) + widthOf(marked) + widthOf(after);
  if (whole && total <= width) {
    const text = [...before, ...marked, ...after].join('').trimEnd();
    return { text, underline: ' '.repeat(widthOf(before)) + mark.repeat(Math.max(1, widthOf(marked))) };
  }
  const shownMarked = takeStart(marked, width - 2);
  const isMarkedCut = shownMarked.length < marked.length;
  const room = Math.max(0, width - widthOf(shownMarked) - 2);
  const shownBefore = takeEnd(before, Math.max(Math.floor(room / 2), room - widthOf(after)));
  const shownAfter = isMarkedCut ? [] : takeStart(after, room - widthOf(shownBefore));
  const lead = shownBefore.length < before.length ? '…' : '';
  const tail = isMarkedCut || shownAfter.length < after.length ? '…' : '';
  return {
    text: lead + [...shownBefore, ...shownMarked, ...shownAfter].join('').trimEnd() + tail,
    underline: ' '.repeat(lead.length + widthOf(shownBefore)) + mark.repeat(Math.max(1, widthOf(shownMarked))),
  };
}

function takeStart(characters: readonly string[], width: number): readonly string[] {
  let used = 0;
  const end = characters.findIndex((character) => (used += displayWidth(character)) > width);
  return end === -1 ? characters : characters.slice(0, end);
}

function takeEnd(characters: readonly string[], width: number): readonly string[] {
  return takeStart(characters.toReversed(), width).toReversed();
}

function widthOf(characters: readonly string[]): number {
  return characters.reduce((sum, character) => sum + displayWidth(character), 0);
}

/** Characters as people count them, as they are shown: tabs as spaces, controls escaped. */
function charactersOf(text: string): string[] {
  const shown = (character: string) => (character === '\t' ? TAB : escapeControls(character));
  if (/^[\x20-\x7e\t]*$/.test(text)) return Array.from(text, shown);
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => shown(segment));
}

/** Offsets of a line's text, without line break and byte order mark. */
function lineBounds(file: SourceFile, number: number): readonly [number, number] {
  const start = number === 1 ? file.textStart : file.lineStarts[number - 1]!;
  const next = file.lineStarts[number];
  if (next === undefined) return [start, file.text.length];
  return [start, file.text[next - 2] === '\r' ? next - 2 : next - 1];
}

function clamp(offset: number, low: number, high: number): number {
  return Math.max(low, Math.min(offset, high));
}
