/** Comments of JSON syntax: properties named `//`. */

import type { Comment, Expression } from '../syntax.ts';
import { type Node, nodesIn } from '../walk.ts';
import { COMMENT, rawText } from './blocks.ts';

/**
 * The strings of such properties, also those of an array. In a map a property of this name is data: nothing tells it from a comment
 * but what it says.
 *
 * @param root of the file
 */
export function commentsOf(root: Expression): readonly Comment[] {
  if (!root.file.text.includes(`"${COMMENT}"`)) return [];
  const parents = new Map<Node, Node | undefined>();
  const comments: Comment[] = [];
  for (const { node, parent } of nodesIn(root)) {
    if (node.kind === 'object') parents.set(node, parent);
    if (node.kind !== 'entry' || rawText(node.key) !== COMMENT) continue;
    const around = parents.get(parent!);
    const isTop = around === undefined || around === root;
    const { start, end } = around?.kind === 'entry' ? around : parent!;
    const strings = node.value.kind === 'tuple' ? node.value.items : [node.value];
    for (const string of strings)
      if (string.kind === 'string' || string.kind === 'template')
        comments.push({
          kind: 'comment',
          style: 'property',
          file: string.file,
          start: string.start,
          end: string.end,
          ...(!isTop && { subject: { start, end } }),
        });
  }
  return comments;
}
