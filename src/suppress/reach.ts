/** What a comment stands on. */

import type { Comment, SyntaxTree } from '../hcl/syntax.ts';
import { type Node, nodesIn } from '../hcl/walk.ts';
import { positionAt } from '../source/position.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { Scope } from './request.ts';

/** A stretch of text, by offsets. */
export type Stretch = Pick<Span, 'start' | 'end'>;

/** Why a comment reaches nothing. */
export type Misplaced = 'nothing-below' | 'not-at-the-top' | 'not-inside';

/** The lines of one file, and what begins and ends on them. */
export class Reaches {
  readonly #file: SourceFile;
  readonly #tree: SyntaxTree;
  /** By line, from 1: the outermost nodes that begin there, in order of place. */
  readonly #starting = new Map<number, Node[]>();
  /** By line: the outermost nodes that end there. */
  readonly #ending = new Map<number, Node[]>();
  /** The outermost node by the offset at which it begins. */
  readonly #startingAt = new Map<number, Node>();
  /** Lines that hold nothing but comments. */
  readonly #commentLines = new Set<number>();

  constructor(tree: SyntaxTree) {
    this.#tree = tree;
    this.#file = tree.file;
    const blocks = new Map<Node, Node | undefined>();
    for (const { node, parent } of nodesIn(tree.body)) {
      // A body is no thing of its own: what is in it is, also in a block of one line.
      if (node.kind === 'body') blocks.set(node, parent);
      if (node.kind === 'body' || node.end === node.start) continue;
      const outer = parent?.kind === 'body' ? blocks.get(parent) : parent;
      const [first, last] = [this.#line(node.start), this.#line(node.end)];
      if (outer === undefined || this.#line(outer.start) < first) add(this.#starting, first, node);
      if (outer === undefined || this.#line(outer.end) > last) add(this.#ending, last, node);
      if (!this.#startingAt.has(node.start)) this.#startingAt.set(node.start, node);
    }
    for (const comment of tree.comments) {
      if (!this.#standsAlone(comment)) continue;
      for (let line = this.#line(comment.start); line <= this.#line(comment.end); line++) this.#commentLines.add(line);
    }
  }

  /** @returns the stretches, or why there are none */
  of(comment: Comment, scope: Scope): readonly Stretch[] | Misplaced {
    switch (scope) {
      case 'here':
        return this.#here(comment);
      case 'line': {
        const first = this.#line(comment.start);
        return [...this.#onLine(first), ...this.#onLine(this.#line(comment.end) + 1)].map((node) =>
          node.kind === 'block' ? node.header : node,
        );
      }
      case 'file': {
        const first = this.#tree.body.items[0];
        if (first !== undefined && first.start < comment.start) return 'not-at-the-top';
        return [{ start: 0, end: this.#file.text.length }];
      }
      case 'inside': {
        const around = this.#tree.body.items.find((item) => item.start <= comment.start && comment.end <= item.end);
        const isEntity = around?.kind === 'block' && ['resource', 'data', 'module'].includes(around.type.name);
        return isEntity ? [around] : 'not-inside';
      }
    }
  }

  #here(comment: Comment): readonly Stretch[] | Misplaced {
    const next = this.#nextOnLine(comment.end);
    if (next !== undefined) {
      // A block comment in front of something.
      const nodes = this.#onLine(this.#line(comment.end));
      const exact = this.#startingAt.get(next);
      return exact === undefined ? orNothing(nodes) : [exact];
    }
    if (!this.#standsAlone(comment)) {
      const line = this.#line(comment.start);
      const nodes = this.#onLine(line);
      return orNothing(nodes.length > 0 ? nodes : (this.#ending.get(line) ?? []));
    }
    let line = this.#line(comment.end) + 1;
    while (this.#commentLines.has(line)) line++;
    return orNothing(this.#onLine(line));
  }

  #onLine(line: number): readonly Node[] {
    return this.#starting.get(line) ?? [];
  }

  /** Offset of the first character behind an offset on its line that is neither white space nor a comment. */
  #nextOnLine(offset: number): number | undefined {
    const { text } = this.#file;
    for (let at = offset; at < text.length && text[at] !== '\n'; at++) {
      if (/\s/.test(text[at]!)) continue;
      const comment = this.#tree.comments.find((each) => each.start === at);
      if (comment === undefined) return at;
      if (comment.style !== '/*') return undefined;
      at = comment.end - 1;
    }
    return undefined;
  }

  /** Whether nothing stands before it on its line. */
  #standsAlone(comment: Comment): boolean {
    const { text, lineStarts } = this.#file;
    const lineStart = lineStarts[this.#line(comment.start) - 1]!;
    const before = text.slice(lineStart, comment.start).replace(/^\ufeff/, '');
    return before.replace(/\/\*.*?\*\//g, '').trim() === '';
  }

  #line(offset: number): number {
    return positionAt(this.#file, offset).line;
  }
}

function orNothing(nodes: readonly Node[]): readonly Stretch[] | Misplaced {
  return nodes.length === 0 ? 'nothing-below' : nodes;
}

function add(lines: Map<number, Node[]>, line: number, node: Node): void {
  const nodes = lines.get(line);
  if (nodes === undefined) lines.set(line, [node]);
  else nodes.push(node);
}
