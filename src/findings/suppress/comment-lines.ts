/** The text of comments, line by line, without comment markers. */

import { type JsonString, readJsonString } from '../../hcl/json/string.ts';
import type { Comment } from '../../hcl/syntax.ts';
import type { Span } from '../../source/span.ts';

/** One line of a comment, from its first to its last character that is not white space, `#`, `/` or `*` around the text. In JSON the text has no escapes. */
export interface CommentLine extends Span {
  readonly comment: Comment;
  readonly text: string;
}

/** The lines of a comment that say something. */
export function linesOf(comment: Comment): CommentLine[] {
  const { file } = comment;
  const { value, offsetOf } = contentOf(comment);
  const lines: CommentLine[] = [];
  for (let at = 0; at < value.length; ) {
    const feed = value.indexOf('\n', at);
    const lineEnd = feed === -1 ? value.length : feed;
    const line = value.slice(at, lineEnd);
    const text = line.replace(/^[\s#/*]+/, '').trimEnd();
    if (text !== '') {
      const first = at + line.length - line.replace(/^[\s#/*]+/, '').length;
      lines.push({ comment, file, start: offsetOf(first), end: offsetOf(first + text.length), text });
    }
    at = lineEnd + 1;
  }
  return lines;
}

/** What it says, and where in the file the characters of that are. */
function contentOf({ file, start, end, style }: Comment): Pick<JsonString, 'value' | 'offsetOf'> {
  if (style === 'property') return readJsonString(file, start, end);
  const bodyEnd = style === '/*' && file.text.startsWith('*/', end - 2) ? end - 2 : end;
  return { value: file.text.slice(start, bodyEnd), offsetOf: (index) => start + index };
}
