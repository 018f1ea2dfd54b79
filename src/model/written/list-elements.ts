/** Edits that remove elements from lists. */

import type { Comment, Expression, SyntaxTree, Tuple } from '../../hcl/syntax.ts';
import type { LiteralReplacement } from './replacement.ts';

/**
 * Takes elements out of a list, each with one comma and with the line that it has alone. Comments stay where they are.
 *
 * @param isTaken never of the first element
 */
export function withoutElements(
  list: Tuple,
  isTaken: (element: Expression) => boolean,
  { comments, file }: SyntaxTree,
): readonly LiteralReplacement[] {
  const inList = comments.filter((comment) => list.start < comment.start && comment.end < list.end);
  const isFree = (start: number, end: number): boolean =>
    !inList.some((comment) => comment.start < end && start < comment.end);
  let isLineTaken = false;
  return list.items.flatMap((element, index) => {
    if (!isTaken(element)) {
      isLineTaken = false;
      return [];
    }
    const end = lineEnd(file.text, element.end);
    const last = list.items[index - 1]!.end;
    // With the comma before it, so that none stands before the closing bracket, which JSON forbids.
    isLineTaken ||= !isFree(last, Math.min(end, list.end));
    const span = isLineTaken
      ? { file, ...wholeLine(file.text, element.start, afterComma(file.text, element.end, inList)) }
      : { file, start: last, end: element.end };
    return { span, text: '' };
  });
}

/** Behind the comma that follows, unless a comment comes first or none follows. */
function afterComma(text: string, from: number, comments: readonly Comment[]): number {
  const comma = /^\s*,/.exec(text.slice(from))?.[0];
  if (comma === undefined || comments.some(({ start }) => start >= from && start < from + comma.length)) return from;
  return from + comma.length;
}

/** The line and its end where it holds nothing else, else the spaces that follow as well. */
function wholeLine(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const isAlone = text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd(text, end)).trim() === '';
  const next = lineEnd(text, end) + 1;
  if (isAlone && next <= text.length) return { start: lineStart, end: next };
  return { start, end: end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0) };
}

/** Where the line feed is that ends the line, or the end of the text. */
function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}
