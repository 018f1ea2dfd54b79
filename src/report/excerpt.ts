/** Lines of source text, with places in them, as they are shown. */

import type { Edit } from '../findings/finding.ts';
import { positionAt } from '../source/position.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import { escapeControls } from './escape.ts';
import { displayWidth } from './width.ts';

/** A line of a file with a place in it. */
export interface MarkedLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Columns before the place, and of the place: at least 1, also for an empty one. */
  readonly indentation: number;
  readonly length: number;
}

/** Code units before and after the place's start that are checked: a line may have millions. */
const WINDOW = 1000;
const TAB = '    ';

/** More lines are not looked through for the one that a line belongs to. */
const MAX_LINES_UP = 1000;

/**
 * The first line of a place; undefined where something in it may not be shown.
 *
 * @param width columns that a line may take; what is beyond is cut, around the place
 */
export function markedLine(span: Span, width: number): MarkedLine | undefined {
  const { file } = span;
  const number = firstLine(span);
  const [lineStart, lineEnd] = lineBounds(file, number);
  if (!shows(file, number)) return undefined;
  const start = clamp(span.start, lineStart, lineEnd);
  const end = clamp(span.end, start, lineEnd);
  const windowStart = Math.max(lineStart, start - WINDOW);
  const windowEnd = Math.min(lineEnd, start + WINDOW);
  const before = charactersOf(file.text.slice(windowStart, start));
  const marked = charactersOf(file.text.slice(start, Math.min(end, windowEnd)));
  const after = charactersOf(file.text.slice(Math.min(end, windowEnd), windowEnd));
  const whole = windowStart === lineStart && windowEnd === lineEnd;
  return { number, ...cutToWidth({ before, marked, after, whole }, Math.max(width, 20)) };
}

/** A line without a place, cut at its end; undefined where it may not be shown. */
export function plainLine(file: SourceFile, number: number, width: number): string | undefined {
  if (!shows(file, number)) return undefined;
  const [start, end] = lineBounds(file, number);
  return cutAtEnd(file.text.slice(start, Math.min(end, start + WINDOW)), end > start + WINDOW, width);
}

/** A line as it is after some edits; undefined where they don't lie in it alone, where it may not be shown, or is too long. */
export function editedLine(number: number, edits: readonly Edit[], width: number): string | undefined {
  const file = edits[0]?.span.file;
  if (file === undefined || !shows(file, number)) return undefined;
  const [start, end] = lineBounds(file, number);
  const isInside = ({ span, text }: Edit): boolean =>
    span.file === file && span.start >= start && span.end <= end && !/[\r\n]/.test(text);
  if (end - start > WINDOW || !edits.every(isInside)) return undefined;
  const text = edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce(
      (line, edit) => line.slice(0, edit.span.start - start) + edit.text + line.slice(edit.span.end - start),
      file.text.slice(start, end),
    );
  const shown = cutAtEnd(text, false, width);
  return shown.endsWith('…') ? undefined : shown;
}

function cutAtEnd(text: string, hasMore: boolean, width: number): string {
  const characters = charactersOf(text);
  const shown = takeStart(characters, width - 1);
  return hasMore || shown.length < characters.length ? `${shown.join('')}…` : shown.join('').trimEnd();
}

export function firstLine({ file, start }: Span): number {
  return positionAt(file, start).line;
}

/** A place that ends at the start of a line ends with the line before. */
export function lastLine({ file, start, end }: Span): number {
  return Math.max(positionAt(file, start).line, positionAt(file, end > start ? end - 1 : end).line);
}

/**
 * The line that opens what a line stands in, such as that of its block: the next one above that is less indented, and has words in it;
 * undefined for none.
 */
export function enclosingLine(file: SourceFile, number: number): number | undefined {
  let indentation = indentationOf(file, number);
  for (let above = number - 1; above >= Math.max(1, number - MAX_LINES_UP) && indentation > 0; above--) {
    const [start, end] = lineBounds(file, above);
    const text = file.text.slice(start, Math.min(end, start + WINDOW));
    if (/^\s*(?:#|\/\/|$)/.test(text) || indentationOf(file, above) >= indentation) continue;
    if (/\w/.test(text)) return above;
    indentation = indentationOf(file, above);
  }
  return undefined;
}

function indentationOf(file: SourceFile, number: number): number {
  const [start, end] = lineBounds(file, number);
  const text = file.text.slice(start, Math.min(end, start + WINDOW));
  return /[^ \t]/.exec(text)?.index ?? text.length;
}

function shows(file: SourceFile, number: number): boolean {
  return file.shows({ start: file.lineStarts[number - 1]!, end: lineBounds(file, number)[1] });
}

interface Parts {
  readonly before: readonly string[];
  readonly marked: readonly string[];
  readonly after: readonly string[];
  /** Whether the parts are the whole line. */
  readonly whole: boolean;
}

/** Cuts the line at its ends until it fits. */
function cutToWidth({ before, marked, after, whole }: Parts, width: number): Omit<MarkedLine, 'number'> {
  const total = widthOf(before) + widthOf(marked) + widthOf(after);
  if (whole && total <= width) {
    const text = [...before, ...marked, ...after].join('').trimEnd();
    return { text, indentation: widthOf(before), length: Math.max(1, widthOf(marked)) };
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
    indentation: lead.length + widthOf(shownBefore),
    length: Math.max(1, widthOf(shownMarked)),
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
