/** The variables and locals that modules declare, and which of them a part of a module uses. */

import type { Attribute, Block, SyntaxTree } from '../../hcl/syntax.ts';
import { type Node, nodesIn } from '../../hcl/walk.ts';
import { directoryOf } from '../../source/path.ts';

/** By name. */
export interface Declarations {
  readonly variables: Map<string, Block>;
  readonly locals: Map<string, Attribute>;
}

/** What the files in native syntax of each directory declare. */
export function declarationsByDirectory(trees: readonly SyntaxTree[]): ReadonlyMap<string, Declarations> {
  const directories = new Map<string, Declarations>();
  for (const { syntax, file, body } of trees) {
    if (syntax !== 'native') continue;
    const directory = directoryOf(file.path);
    const declared = directories.get(directory) ?? { variables: new Map(), locals: new Map() };
    directories.set(directory, declared);
    for (const item of body.items) {
      if (item.kind !== 'block') continue;
      if (item.type.name === 'variable') declared.variables.set(item.labels[0]?.name ?? '', item);
      if (item.type.name !== 'locals') continue;
      for (const local of item.body.items) if (local.kind === 'attribute') declared.locals.set(local.name.name, local);
    }
  }
  return directories;
}

/** The variables that a part of a module refers to, directly or through its locals, by name. */
export function variablesNamedIn(part: Node, declared: Declarations): ReadonlyMap<string, Block> {
  const variables = new Map<string, Block>();
  const visited = new Set<Node>();
  const visit = (from: Node): void => {
    if (visited.has(from)) return;
    visited.add(from);
    for (const { node } of nodesIn(from)) {
      if (node.kind !== 'get' || node.object.kind !== 'reference') continue;
      const { name } = node.name;
      const variable = node.object.name === 'var' ? declared.variables.get(name) : undefined;
      const local = node.object.name === 'local' ? declared.locals.get(name) : undefined;
      if (variable !== undefined) variables.set(name, variable);
      if (local !== undefined) visit(local);
    }
  };
  visit(part);
  return variables;
}
