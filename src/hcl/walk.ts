/** Every node of a part of a syntax tree. */

import type {
  Attribute,
  Block,
  Body,
  Expression,
  ForExpression,
  Identifier,
  Label,
  ObjectEntry,
  TemplateFor,
  TemplatePart,
} from './syntax.ts';

export type Node = Attribute | Block | Body | Expression | Identifier | Label | ObjectEntry | TemplatePart;

export interface Visited {
  readonly node: Node;
  /** Undefined for the node that the walk began at. */
  readonly parent: Node | undefined;
}

/** The node and all nodes inside it, each before those inside it, in order of place. */
export function* nodesIn(node: Node): Iterable<Visited> {
  const pending: Visited[] = [{ node, parent: undefined }];
  for (let visited = pending.pop(); visited !== undefined; visited = pending.pop()) {
    yield visited;
    const parent = visited.node;
    const parts = childrenOf(parent);
    // The last that is pushed is the next that is visited.
    for (let index = parts.length - 1; index >= 0; index--) pending.push({ node: parts[index]!, parent });
  }
}

/** The same as `nodesIn`, for what goes through much. */
export function visitNodes(start: Node, visit: (node: Node, parent: Node | undefined) => void): void {
  const pending = [start];
  const parents: (Node | undefined)[] = [undefined];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    visit(node, parents.pop());
    const parts = childrenOf(node);
    for (let index = parts.length - 1; index >= 0; index--) {
      pending.push(parts[index]!);
      parents.push(node);
    }
  }
}

const none: readonly Node[] = [];

/** The nodes that a node is made of, in order of place. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'body':
      return node.items;
    case 'attribute':
      return [node.name, node.value];
    case 'block':
      return [node.type, ...node.labels, node.body];
    case 'template':
      return node.parts;
    case 'interpolation':
      return [node.expression];
    case 'template-if':
      return [node.condition, ...node.whenTrue, ...node.whenFalse];
    case 'template-for':
      return [...namesOf(node), node.collection, ...node.body];
    case 'tuple':
      return node.items;
    case 'object':
      return node.entries;
    case 'entry':
      return [node.key, node.value];
    case 'for':
      return [
        ...namesOf(node),
        node.collection,
        ...(node.key === undefined ? none : [node.key]),
        node.value,
        ...(node.condition === undefined ? none : [node.condition]),
      ];
    case 'conditional':
      return [node.condition, node.whenTrue, node.whenFalse];
    case 'binary':
      return [node.left, node.right];
    case 'unary':
      return [node.operand];
    case 'call':
      return [node.name, ...node.arguments];
    case 'get':
      return [node.object, node.name];
    case 'index':
      return [node.object, node.index];
    case 'splat':
      return [node.source, node.each];
    case 'parentheses':
      return [node.inner];
    case 'label':
    case 'identifier':
    case 'number':
    case 'boolean':
    case 'null':
    case 'string':
    case 'text':
    case 'reference':
    case 'splat-item':
    case 'invalid':
      return none;
  }
}

function namesOf({ keyName, valueName }: ForExpression | TemplateFor): readonly Node[] {
  return keyName === undefined ? [valueName] : [keyName, valueName];
}
