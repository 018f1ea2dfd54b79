/** Every node of a part of a syntax tree. */

import type { Attribute, Block, Body, Expression, Identifier, Label, ObjectEntry, TemplatePart } from './syntax.ts';

export type Node = Attribute | Block | Body | Expression | Identifier | Label | ObjectEntry | TemplatePart;

export interface Visited {
  readonly node: Node;
  /** Undefined for the node that the walk began at. */
  readonly parent: Node | undefined;
}

/** The node and all nodes inside it, each before those inside it. */
export function* nodesIn(node: Node): Iterable<Visited> {
  const pending: Visited[] = [{ node, parent: undefined }];
  for (let visited = pending.pop(); visited !== undefined; visited = pending.pop()) {
    yield visited;
    const first = pending.length;
    const parent = visited.node;
    for (const part of Object.values(parent) as unknown[]) {
      if (!Array.isArray(part)) {
        if (isNode(part)) pending.push({ node: part, parent });
        continue;
      }
      for (const child of part as readonly unknown[]) if (isNode(child)) pending.push({ node: child, parent });
    }
    // The last that is pushed is the next that is visited.
    for (let low = first, high = pending.length - 1; low < high; low++, high--) {
      [pending[low], pending[high]] = [pending[high]!, pending[low]!];
    }
  }
}

/** Of what a node holds, only nodes have a kind: its file and its texts have none. */
function isNode(part: unknown): part is Node {
  return typeof part === 'object' && part !== null && 'kind' in part;
}
