/** Offsets as lines and columns, for printing and for editors only. */

import type { SourceFile } from './source-file.ts';
import type { Span } from './span.ts';

/** `line` and `column` count from 1, `column` and `offset` in UTF-16 code units; a byte order mark has no column. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** `end` is excluded. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Where an offset is. An offset past the end counts as the end. */
export function positionAt(file: SourceFile, offset: number): Position {
  const at = Math.max(0, Math.min(offset, file.text.length));
  const starts = file.lineStarts;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  const lineStart = low === 0 ? Math.min(file.textStart, at) : starts[low]!;
  return { line: low + 1, column: at - lineStart + 1, offset: at };
}

/** The offset of a line and column (both from 1), held inside the line and the file. */
export function offsetAt(file: SourceFile, line: number, column: number): number {
  const starts = file.lineStarts;
  const index = Math.max(0, Math.min(line - 1, starts.length - 1));
  const lineStart = index === 0 ? file.textStart : starts[index]!;
  const lineEnd = index + 1 < starts.length ? starts[index + 1]! - 1 : file.text.length;
  return Math.max(lineStart, Math.min(lineStart + column - 1, lineEnd));
}

/** A span as lines and columns. */
export function rangeOf(span: Span): Range {
  return { start: positionAt(span.file, span.start), end: positionAt(span.file, span.end) };
}

/** `path:line:column` of a span's start: what terminals and editors make a link of. */
export function placeOf(span: Span, path = span.file.path): string {
  const { line, column } = positionAt(span.file, span.start);
  return `${path}:${line}:${column}`;
}
