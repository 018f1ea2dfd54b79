/** Places of one file in their source lines, marked and labelled, as compilers show them. */

import { groupBy } from '../collections/group-by.ts';
import type { Edit } from '../findings/finding.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import { escapeControls } from './escape.ts';
import { editedLine, enclosingLine, firstLine, lastLine, type MarkedLine, markedLine, plainLine } from './excerpt.ts';
import { displayWidth, wrapped } from './width.ts';

/** What is said beside a place. */
export interface PlaceMark {
  readonly span: Span;
  /** Empty for none. */
  readonly label: string;
  readonly isMain: boolean;
  /** What a fix changes in its line. */
  readonly edits?: readonly Edit[];
}

/** A row of a frame: a source line, lines that are left out, or marks below a line with their words. */
export type FrameRow =
  | { readonly kind: 'line'; readonly number: number; readonly text: string }
  /** The line before as a fix makes it. */
  | { readonly kind: 'fixed'; readonly number: number; readonly text: string }
  | { readonly kind: 'gap' }
  | { readonly kind: 'mark'; readonly indentation: number; readonly text: string; readonly isMain: boolean };

/** Columns that a label has at least, wherever its place is. */
const MIN_LABEL = 24;

type Shown = PlaceMark & { readonly line: MarkedLine };

/**
 * The lines of some places of one file, in their order in the file; those that may not be shown are left out. Above the first of the main
 * places is the line that opens what it stands in.
 *
 * @param width columns that a line may take
 * @param wraps whether labels are broken there too
 */
export function frameOf(marks: readonly PlaceMark[], width: number, wraps: boolean): readonly FrameRow[] {
  const shown = marks
    .flatMap((mark): Shown[] => {
      const line = mark.span.file.text === '' ? undefined : markedLine(mark.span, width);
      return line === undefined ? [] : [{ ...mark, line }];
    })
    .sort((a, b) => a.line.number - b.line.number || a.span.start - b.span.start);
  if (shown.length === 0) return [];
  const { file } = shown[0]!.span;
  const byLine = groupBy(shown, ({ line }) => line.number);
  const main = shown.find(({ isMain }) => isMain);
  // What opens a block says itself where it is.
  const context = main && !/[{([]$/.test(main.line.text) ? enclosingLine(file, main.line.number) : undefined;
  const numbers = new Set([...(context === undefined ? [] : [context]), ...byLine.keys()]);
  const rows: FrameRow[] = [];
  let last: number | undefined;
  for (const number of [...numbers].sort((a, b) => a - b)) {
    if (last !== undefined) rows.push(...between(file, last, number, width));
    last = number;
    rows.push(...(byLine.has(number) ? markRows(byLine.get(number)!, width, wraps) : lineRow(file, number, width)));
  }
  return rows;
}

/** One line is as short as the words that it is left out. */
function between(file: SourceFile, last: number, next: number, width: number): readonly FrameRow[] {
  if (next <= last + 1) return [];
  const only = next === last + 2 ? lineRow(file, last + 1, width) : [];
  return only.length > 0 ? only : [{ kind: 'gap' }];
}

function lineRow(file: SourceFile, number: number, width: number): readonly FrameRow[] {
  const text = plainLine(file, number, width);
  return text === undefined ? [] : [{ kind: 'line', number, text }];
}

/** Places in one line below it, or below the line as it is cut around each. */
function markRows(marks: readonly [Shown, ...Shown[]], width: number, wraps: boolean): readonly FrameRow[] {
  let text: string | undefined;
  return marks.flatMap((mark) => {
    const { line, isMain } = mark;
    const head: FrameRow[] = line.text === text ? [] : [{ kind: 'line', number: line.number, text: line.text }];
    text = line.text;
    const fixed = editedLine(line.number, mark.edits ?? [], width);
    return [
      ...head,
      ...underlined(line, isMain, labelOf(mark), wraps ? width : Number.POSITIVE_INFINITY),
      ...(fixed === undefined ? [] : [{ kind: 'fixed', number: line.number, text: fixed } as const]),
    ];
  });
}

/** A place of several lines is shown by its first. */
function labelOf({ span, label }: PlaceMark): string {
  const [first, last] = [firstLine(span), lastLine(span)];
  const more = last === first ? '' : label === '' ? `to line ${last}` : ` (to line ${last})`;
  return escapeControls(label + more);
}

function underlined(
  { indentation, length }: MarkedLine,
  isMain: boolean,
  label: string,
  width: number,
): readonly FrameRow[] {
  const underline = (isMain ? '^' : '~').repeat(length);
  const rest = width - indentation - length - 1;
  const row = (text: string, at = indentation): FrameRow => ({ kind: 'mark', indentation: at, text, isMain });
  if (label === '') return [row(underline)];
  if (displayWidth(label) <= rest) return [row(`${underline} ${label}`)];
  const at = Math.max(0, Math.min(indentation, width - MIN_LABEL));
  return [row(underline), ...wrapped(label, width - at).map((line) => row(line, at))];
}
