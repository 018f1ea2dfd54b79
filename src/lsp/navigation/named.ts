/** What a place names: a variable, local, resource, module or output, where it is declared or used. */

import type { Block, SyntaxTree } from '../../hcl/syntax.ts';
import { type Node, nodesIn } from '../../hcl/walk.ts';
import { folderOf } from '../../source/path.ts';
import type { Span } from '../../source/span.ts';
import { pathOf } from '../answers/reference.ts';
import type { Modules } from './modules.ts';

/** Something with a name in the module of a directory. */
export interface Named {
  readonly directory: string;
  /** As it is referred to there: `['var', 'x']`, `['data', 'aws_vpc', 'main']`; of an output `['output', 'id']`, which only callers refer to. */
  readonly path: readonly string[];
}

/** How long the names of things are, by what they begin with; of resources, two. */
const lengths: Readonly<Record<string, number>> = { data: 3, ephemeral: 3 };

/** Roots of names that are declared nowhere. */
const builtIn: ReadonlySet<string> = new Set(['each', 'count', 'self', 'path', 'terraform']);

export function namedAt(tree: SyntaxTree, offset: number, modules: Modules): Named | undefined {
  const directory = folderOf(tree.file.path);
  if (tree.syntax === 'json') return undefined;
  const isAt = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  for (const item of tree.body.items) {
    if (!isAt(item)) continue;
    // In a variable file.
    if (item.kind === 'attribute') return isAt(item.name) ? { directory, path: ['var', item.name.name] } : undefined;
    if (isAt(item.header)) return declaredBy(item, directory);
    return namedInside(item, offset, directory, modules);
  }
  return undefined;
}

function declaredBy({ type, labels }: Block, directory: string): Named | undefined {
  const [first = '', second = ''] = labels.map(({ name }) => name);
  switch (type.name) {
    case 'variable':
      return { directory, path: ['var', first] };
    case 'output':
    case 'module':
      return { directory, path: [type.name, first] };
    case 'resource':
      return { directory, path: [first, second] };
    case 'data':
    case 'ephemeral':
      return { directory, path: [type.name, first, second] };
    default:
      return undefined;
  }
}

function namedInside(block: Block, offset: number, directory: string, modules: Modules): Named | undefined {
  for (const item of block.body.items) {
    if (item.kind !== 'attribute' || item.name.start > offset || offset > item.name.end) continue;
    if (block.type.name === 'locals') return { directory, path: ['local', item.name.name] };
    const called = block.type.name === 'module' ? modules.calledBy(directory, block.labels[0]?.name ?? '') : undefined;
    return called && { directory: called.directory, path: ['var', item.name.name] };
  }
  const names = [...nodesIn(block.body)].flatMap(({ node }) => {
    const path = node.start <= offset && offset <= node.end ? pathOf(node) : undefined;
    return path !== undefined && (node.kind === 'get' || node.kind === 'reference') ? [{ node, path }] : [];
  });
  const pointed = names.findLast(({ node }) => (node.kind === 'get' ? node.name.start : node.start) <= offset);
  return pointed && inModule(pointed.path, names, directory, modules);
}

/** @param names those around the place */
function inModule(
  path: readonly string[],
  names: readonly { readonly path: readonly string[] }[],
  directory: string,
  modules: Modules,
): Named | undefined {
  const [root = '', call = '', output] = path;
  if (builtIn.has(root)) return undefined;
  if (root === 'module' && output !== undefined) {
    const called = modules.calledBy(directory, call);
    return called && { directory: called.directory, path: ['output', output] };
  }
  const length = lengths[root] ?? 2;
  // On the first name of several, the thing is what all of them say.
  const full = [path, ...names.map((name) => name.path)].find(
    (each) => each.length >= length && path.slice(0, length).every((name, index) => name === each[index]),
  );
  return full && { directory, path: full.slice(0, length) };
}

/** At the argument `source` of a module call: the file that the module begins with. */
export function moduleFileAt({ body, file: { path } }: SyntaxTree, offset: number, modules: Modules): Span | undefined {
  const call = body.items.find((item) => item.start <= offset && offset <= item.end);
  if (call?.kind !== 'block' || call.type.name !== 'module') return undefined;
  const source = call.body.items.find((item) => item.start <= offset && offset <= item.end);
  if (source?.kind !== 'attribute' || source.name.name !== 'source') return undefined;
  const trees = modules.calledBy(folderOf(path), call.labels[0]?.name ?? '')?.trees ?? [];
  const { file } = trees.find((tree) => /(?:^|\/)main\.(?:tf|tofu)$/.test(tree.file.path)) ?? trees[0] ?? {};
  return file && { file, start: file.textStart, end: file.textStart };
}

/** The places in a tree where something is named that is declared in its module, or in a module that it calls. */
export function* usesIn(tree: SyntaxTree, path: readonly string[]): Iterable<Node> {
  if (tree.syntax === 'json' || !tree.file.text.includes(path.at(-1) ?? '')) return;
  for (const { node } of nodesIn(tree.body)) {
    if (node.kind !== 'get' || node.name.name !== path.at(-1)) continue;
    const found = pathOf(node);
    if (found?.length === path.length && found.every((name, index) => name === path[index])) yield node;
  }
}
