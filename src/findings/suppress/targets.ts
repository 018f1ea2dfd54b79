/** The code that a comment is attached to. */

import type { Comment, SyntaxTree } from '../../hcl/syntax.ts';
import { type Node, visitNodes } from '../../hcl/walk.ts';
import { positionAt } from '../../source/position.ts';
import type { SourceFile, TextRange } from '../../source/source-file.ts';
import { blockAround, entityAt } from './entity.ts';
import type { SuppressionScope } from './request.ts';

/** Why a comment reaches nothing. */
export type Misplaced = 'nothing-below' | 'not-at-the-top' | 'not-inside';

interface Lines {
  /** By line, from 1: the outermost nodes that begin there, in order of place. */
  readonly starting: Map<number, Node[]>;
  /** By line: the outermost nodes that end there. */
  readonly ending: Map<number, Node[]>;
  /** The outermost node by the offset at which it begins. */
  readonly startingAt: Map<number, Node>;
}

/** The lines of one file, and what begins and ends on them. */
export class SuppressionTargets {
  readonly #file: SourceFile;
  readonly #tree: SyntaxTree;
  #known: Lines | undefined;
  /** Lines that hold nothing but comments, each with a line after it that is not known to be one. */
  readonly #commentLines = new Map<number, number>();
  readonly #commentAt: ReadonlyMap<number, Comment>;
  /** Comments before which nothing but comments stands on their line. */
  readonly #alone = new Set<Comment>();
  /** What `#nextOnLine` found behind comments. */
  readonly #behind = new Map<number, number | undefined>();
  /** One list for all comments that reach the same. */
  readonly #lists = new Map<unknown, readonly TextRange[]>();

  constructor(tree: SyntaxTree) {
    this.#tree = tree;
    this.#file = tree.file;
    this.#commentAt = new Map(tree.comments.map((comment) => [comment.start, comment]));
    let before: Comment | undefined;
    for (const comment of tree.comments) {
      if (this.#isAlone(comment, before)) {
        this.#alone.add(comment);
        const last = this.#line(comment.end);
        for (let line = this.#line(comment.start); line <= last; line++) this.#commentLines.set(line, line + 1);
      }
      before = comment;
    }
  }

  /** @returns the ranges, or why there are none; the same list for comments that reach the same */
  of(comment: Comment, scope: SuppressionScope): readonly TextRange[] | Misplaced {
    switch (scope) {
      case 'here':
        return this.#here(comment);
      case 'line': {
        const [first, last] = [this.#line(comment.start), this.#line(comment.end)];
        return this.#list(`${first} ${last}`, () =>
          [...this.#onLine(first), ...this.#onLine(last + 1)].map((node) =>
            node.kind === 'block' ? node.header : node,
          ),
        );
      }
      case 'file':
        return this.#isAtTheTop(comment) ? this.#wholeFile() : 'not-at-the-top';
      case 'inside': {
        const around = entityAt(this.#tree, comment);
        return around === undefined ? 'not-inside' : this.#list(around.start, () => [around]);
      }
    }
  }

  /** The block that a comment is in, for one that covers less than a block. */
  around(comment: Comment, targets: readonly TextRange[]): TextRange | undefined {
    const around = blockAround(this.#tree, comment);
    const isOfBlock = targets.some((target) => 'kind' in target && target.kind === 'block');
    return isOfBlock ||
      targets.some(({ start, end }) => around !== undefined && start <= around.start && around.end <= end)
      ? undefined
      : around;
  }

  /** Not asked for by comments that reach blocks or the whole file. */
  get #lines(): Lines {
    if (this.#known !== undefined) return this.#known;
    const lines: Lines = { starting: new Map(), ending: new Map(), startingAt: new Map() };
    this.#known = lines;
    const blocks = new Map<Node, Node | undefined>();
    visitNodes(this.#tree.body, (node, parent) => {
      // A body is no thing of its own: what is in it is, also in a block of one line.
      if (node.kind === 'body') blocks.set(node, parent);
      if (node.kind === 'body' || node.end === node.start) return;
      const outer = parent?.kind === 'body' ? blocks.get(parent) : parent;
      const [first, last] = [this.#line(node.start), this.#line(node.end)];
      if (outer === undefined || this.#line(outer.start) < first) add(lines.starting, first, node);
      if (outer === undefined || this.#line(outer.end) > last) add(lines.ending, last, node);
      if (!lines.startingAt.has(node.start)) lines.startingAt.set(node.start, node);
    });
    return lines;
  }

  #wholeFile(): readonly TextRange[] {
    return this.#list(this.#tree, () => [{ start: 0, end: this.#file.text.length }]);
  }

  #isAtTheTop({ style, subject, start }: Comment): boolean {
    if (style === 'property') return subject === undefined;
    const first = this.#tree.body.items[0];
    return first === undefined || start < first.start;
  }

  #here(comment: Comment): readonly TextRange[] | Misplaced {
    const { style, subject } = comment;
    if (style === 'property')
      return subject === undefined ? this.#wholeFile() : this.#list(subject.start, () => [subject]);
    const next = this.#nextOnLine(comment.end);
    if (next !== undefined) {
      // A block comment in front of something.
      const nodes = this.#onLine(this.#line(comment.end));
      const exact = this.#lines.startingAt.get(next);
      return exact === undefined ? orNothing(nodes) : this.#list(exact, () => [exact]);
    }
    if (!this.#alone.has(comment)) {
      const line = this.#line(comment.start);
      const nodes = this.#onLine(line);
      return orNothing(nodes.length > 0 ? nodes : (this.#lines.ending.get(line) ?? []));
    }
    return orNothing(this.#onLine(this.#lineAfterComments(this.#line(comment.end))));
  }

  /** The first line after a comment line that is none; what was gone through is not gone through again. */
  #lineAfterComments(line: number): number {
    let after = line;
    for (let next = this.#commentLines.get(after); next !== undefined; next = this.#commentLines.get(after))
      after = next;
    for (let at = line; at < after; ) {
      const next = this.#commentLines.get(at) ?? at + 1;
      this.#commentLines.set(at, after);
      at = next;
    }
    return after;
  }

  #list(key: unknown, make: () => readonly TextRange[]): readonly TextRange[] {
    const list = this.#lists.get(key) ?? make();
    this.#lists.set(key, list);
    return list;
  }

  #onLine(line: number): readonly Node[] {
    return this.#lines.starting.get(line) ?? [];
  }

  /** Offset of the first character behind an offset on its line that is neither white space nor a comment. */
  #nextOnLine(offset: number): number | undefined {
    const { text } = this.#file;
    const passed: number[] = [];
    let next: number | undefined;
    for (let at = offset; at < text.length && text[at] !== '\n'; at++) {
      if (this.#behind.has(at)) {
        next = this.#behind.get(at);
        break;
      }
      if (/\s/.test(text[at]!)) continue;
      const comment = this.#commentAt.get(at);
      if (comment === undefined) next = at;
      if (comment?.style !== '/*') break;
      passed.push(at);
      at = comment.end - 1;
    }
    for (const at of passed) this.#behind.set(at, next);
    return next;
  }

  /** @param before the comment before it in the file */
  #isAlone(comment: Comment, before: Comment | undefined): boolean {
    const { text, lineStarts } = this.#file;
    const lineStart = lineStarts[this.#line(comment.start) - 1]!;
    if (before === undefined || before.start < lineStart)
      return (
        text
          .slice(lineStart, comment.start)
          .replace(/^\ufeff/, '')
          .trim() === ''
      );
    return this.#alone.has(before) && text.slice(before.end, comment.start).trim() === '';
  }

  #line(offset: number): number {
    return positionAt(this.#file, offset).line;
  }
}

function orNothing(nodes: readonly Node[]): readonly TextRange[] | Misplaced {
  return nodes.length === 0 ? 'nothing-below' : nodes;
}

function add(lines: Map<number, Node[]>, line: number, node: Node): void {
  const nodes = lines.get(line);
  if (nodes === undefined) lines.set(line, [node]);
  else nodes.push(node);
}
