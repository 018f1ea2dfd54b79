/** What somebody is typing: a name of an argument, its value, or the name of a check in a comment. */

import { parseHcl } from '../../hcl/native/parser.ts';
import type { Block, Body, SyntaxTree } from '../../hcl/syntax.ts';
import { SourceFile } from '../../source/source-file.ts';

/** `start` and `end` are the range that a completion replaces. */
export type CompletionContext = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'check' }
  /** `hasValue`: `=` or `{` stands behind it. */
  | { readonly kind: 'name'; readonly block: BlockAround; readonly hasValue: boolean }
  | { readonly kind: 'value'; readonly block: BlockAround; readonly argument: string }
);

/** A block of a resource or data source. */
export interface BlockAround {
  /** Of the resource. */
  readonly type: string;
  /** Types of the blocks inside the resource that lead to it, those that `dynamic` makes by their own. */
  readonly path: readonly string[];
  readonly body: Body;
}

/** No argument of a rule that somebody types is longer. */
const MAX_LOOK_BACK = 4000;

/** @returns the tree of the text as well: what is being typed may not be in any that was linted */
export function contextAt(
  path: string,
  text: string,
  offset: number,
): { readonly tree: SyntaxTree; readonly context: CompletionContext | undefined } {
  const { value: tree } = parseHcl(new SourceFile(path, text));
  return { tree, context: inComment(text, offset) ?? inBlock(tree, text, offset) };
}

function inComment(text: string, offset: number): CompletionContext | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const found = /(?:#|\/\/|\/\*|^\s*\*)\s*tfsg:ignore(?:-file)?\s+(?:[\w.-]+\s*,\s*)*([\w.-]*)$/.exec(line);
  return found === null ? undefined : { kind: 'check', start: offset - found[1]!.length, end: offset };
}

function inBlock(tree: SyntaxTree, text: string, offset: number): CompletionContext | undefined {
  if (tree.comments.some(({ start, end }) => start < offset && offset <= end)) return undefined;
  const block = blockAround(tree.body, offset);
  if (block === undefined) return undefined;
  const before = text.slice(Math.max(block.body.start, offset - MAX_LOOK_BACK), offset);
  const value = /[\n{][^\S\n]*([A-Za-z_][\w-]*)[^\S\n]*=[^\S\n]*(?:\[(?:[^[\]{}"]|"[^"\n]*")*?|)("?[\w.-]*)$/.exec(
    before,
  );
  if (value !== null) {
    const [, argument = '', typed = ''] = value;
    // Editors close quotes by themselves.
    const end = typed.startsWith('"') && text[offset] === '"' ? offset + 1 : offset;
    return { kind: 'value', block, argument, start: offset - typed.length, end };
  }
  const name = /[\n{][^\S\n]*([A-Za-z_][\w-]*)?$/.exec(before);
  if (name === null) return undefined;
  const [behind = ''] = /^[\w-]*/.exec(text.slice(offset, offset + MAX_LOOK_BACK)) ?? [];
  const end = offset + behind.length;
  const hasValue = /^[^\S\n]*[={]/.test(text.slice(end, end + MAX_LOOK_BACK));
  return { kind: 'name', block, hasValue, start: offset - (name[1] ?? '').length, end };
}

function blockAround(body: Body, offset: number): BlockAround | undefined {
  const inside = (items: Body): Block | undefined =>
    items.items.find(
      (item): item is Block => item.kind === 'block' && item.body.start < offset && offset < item.body.end,
    );
  let block = inside(body);
  if (block === undefined || !/^(?:resource|data)$/.test(block.type.name)) return undefined;
  const type = block.labels[0]?.name ?? '';
  const path: string[] = [];
  for (;;) {
    const inner = inside(block.body);
    if (inner === undefined) return { type, path, body: block.body };
    if (block.type.name === 'dynamic' && inner.type.name === 'content') path.push(block.labels[0]?.name ?? '');
    else if (inner.type.name !== 'dynamic') path.push(inner.type.name);
    else if (inside(inner.body) === undefined) return undefined;
    block = inner;
  }
}
