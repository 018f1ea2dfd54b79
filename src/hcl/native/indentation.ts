/** The indentation of lines, by which the parser recovers from lost closing braces. */

import { positionAt } from '../../source/position.ts';
import type { SourceFile } from '../../source/source-file.ts';

/** The offset at which the line of an offset starts; a byte order mark belongs to no line. */
export function lineStartAt(file: SourceFile, offset: number): number {
  const position = positionAt(file, offset);
  return offset - position.column + 1;
}

/** What is indented further is taken to stand here: lines are asked for again and again. */
const FURTHEST = 1000;

/** Characters of white space at the start of the line of an offset. */
export function indentationAt(file: SourceFile, offset: number): number {
  const start = lineStartAt(file, offset);
  const furthest = start + FURTHEST;
  let at = start;
  while (at < furthest && (file.text.charCodeAt(at) === 0x20 || file.text.charCodeAt(at) === 0x09)) at += 1;
  return at - start;
}
