/** The text of comments, line by line, without comment markers. */

import type { Comment } from '../../hcl/syntax.ts';
import type { Span } from '../../source/span.ts';

/** One line of a comment, from its first to its last character that is not white space, `#`, `/` or `*` around the text. */
export interface CommentLine extends Span {
  readonly comment: Comment;
  readonly text: string;
}

/** The lines of a comment that say something. */
export function linesOf(comment: Comment): CommentLine[] {
  const { file, start, end, style } = comment;
  const bodyEnd = style === '/*' && file.text.startsWith('*/', end - 2) ? end - 2 : end;
  const lines: CommentLine[] = [];
  for (let at = start; at < bodyEnd; ) {
    const feed = file.text.indexOf('\n', at);
    const lineEnd = feed === -1 || feed >= bodyEnd ? bodyEnd : feed;
    const line = file.text.slice(at, lineEnd);
    const text = line.replace(/^[\s#/*]+/, '').trimEnd();
    if (text !== '') {
      const lineStart = at + line.length - line.replace(/^[\s#/*]+/, '').length;
      lines.push({ comment, file, start: lineStart, end: lineStart + text.length, text });
    }
    at = lineEnd + 1;
  }
  return lines;
}
