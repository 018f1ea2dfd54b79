/** Every node of a part of a syntax tree. */

import type { Attribute, Block, Body, Expression, Identifier, Label, ObjectEntry, TemplatePart } from './syntax.ts';

export type Node = Attribute | Block | Body | Expression | Identifier | Label | ObjectEntry | TemplatePart;

export interface Visited {
  readonly node: Node;
  /** Undefined for the node that the walk began at. */
  readonly parent: Node | undefined;
}

/** The node and all nodes inside it, each before those inside it. */
export function* nodesIn(node: Node, parent?: Node): Iterable<Visited> {
  yield { node, parent };
  for (const part of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(part) ? (part as readonly unknown[]) : [part]) {
      if (isNode(child)) yield* nodesIn(child, node);
    }
  }
}

/** Of what a node holds, only nodes have a kind: its file and its texts have none. */
function isNode(part: unknown): part is Node {
  return typeof part === 'object' && part !== null && 'kind' in part;
}
