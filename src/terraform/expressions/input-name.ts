/** How an expression is named that is an input, or has no value. */

import { tokenize } from '../../hcl/native/lexer.ts';
import type { Expression } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import { SourceFile } from '../../source/source-file.ts';
import { type Span, textOf } from '../../source/span.ts';
import { cutText } from '../../text/cut.ts';
import { SENSITIVE } from '../../text/sensitive.ts';
import { boundValue, type Scope } from './scope.ts';

/** The text of an expression as the name of an input; undefined where it is another thing for each instance or item. */
export const nameOf = (expression: Expression, scope: Scope) => (): string | undefined => {
  const isOther = (name: string): boolean => repeatedRoots.has(name) || boundValue(scope, name) !== undefined;
  for (const { node } of nodesIn(expression)) {
    if (node.kind === 'reference' && isOther(node.name)) return undefined;
    if (node.kind === 'splat-item' && scope.splatItem !== undefined) return undefined;
  }
  return plainText(expression);
};

const repeatedRoots: ReadonlySet<string> = new Set(['count', 'each', 'self']);

export function shortText(span: Span): string {
  return cutText(plainText(span)) || 'a missing expression';
}

/** All of it, on one line and without comments: two conditions that start alike are two inputs. */
function plainText(span: Span): string {
  if (!span.file.shows(span)) return SENSITIVE;
  const tokens = tokenize(new SourceFile('', textOf(span)));
  const code = tokens.filter(({ kind }) => kind !== 'comment').map(textOf);
  return code.join('').replace(/\s+/g, ' ').trim();
}
