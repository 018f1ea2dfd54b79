/** A range of text in one file. Syntax nodes, origins of values and findings all are or have one. */

import type { SourceFile } from './source-file.ts';

/** `start` is included, `end` is not; both are offsets in UTF-16 code units, `0 <= start <= end <= text.length`. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** The characters of a span. */
export function textOf(span: Span): string {
  return span.file.text.slice(span.start, span.end);
}

/** Whether `inner` lies in `outer`, ends included. */
export function containsSpan(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

/** Order of reports: by path (code units), then start, then end. */
export function compareSpans(a: Span, b: Span): number {
  if (a.file !== b.file && a.file.path !== b.file.path) return a.file.path < b.file.path ? -1 : 1;
  return a.start - b.start || a.end - b.end;
}

/** The same text for the same place. */
export function spanKey({ file, start, end }: Span): string {
  return `${start} ${end} ${file.path}`;
}
