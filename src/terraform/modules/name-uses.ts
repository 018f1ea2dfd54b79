/** The names that a text uses, and what decides whether each means something there: the same wherever the text stands. */

import { type QueryCache, query } from '../../collections/query-cache.ts';
import type { Block, Call, GetAttribute, Reference } from '../../hcl/syntax.ts';
import { childrenOf, type Node } from '../../hcl/walk.ts';

/** A use of a name that no `for` and no `dynamic` block in the text gives a meaning. */
export interface NameUse {
  /** A name that stands alone, or one of the first two dots behind one. */
  readonly node: Reference | GetAttribute;
  readonly parent: Node | undefined;
  /** Whether `self` means something there. */
  readonly isSelf: boolean;
  /** Whether Terraform may not evaluate it, or goes on if it has no value. */
  readonly isInDoubt: boolean;
}

interface Pending extends Omit<NameUse, 'node'> {
  readonly node: Node;
  /** Names that `for` and `dynamic` give a meaning. */
  readonly bound: ReadonlySet<string>;
}

/** Arguments whose names are no references. */
const withoutReferences: ReadonlySet<string> = new Set(['ignore_changes', 'iterator', 'provider', 'providers']);

const nothing: ReadonlySet<string> = new Set();

/** By the text. */
const rememberedUses = query<undefined, readonly NameUse[]>();

/** Those in a block, an attribute or an expression. */
export function nameUsesOf(part: Node, cache: QueryCache): readonly NameUse[] {
  return cache.get(rememberedUses, part, undefined, () => nameUsesIn(part));
}

function nameUsesIn(part: Node): readonly NameUse[] {
  const uses: NameUse[] = [];
  const pending: Pending[] = [{ node: part, parent: undefined, bound: nothing, isSelf: false, isInDoubt: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, parent, isSelf, isInDoubt } = next;
    if ((node.kind === 'reference' || node.kind === 'get') && isUse(next))
      uses.push({ node, parent, isSelf, isInDoubt });
    addInside(next, pending);
  }
  return uses;
}

function isUse({ node, parent, bound }: Pending): boolean {
  if (node.kind === 'reference')
    return !bound.has(node.name) && parent?.kind !== 'get' && parent?.kind !== 'index' && parent?.kind !== 'splat';
  const object = node.kind === 'get' ? node.object : undefined;
  const root = object?.kind === 'get' ? object.object : object;
  return root?.kind === 'reference' && !bound.has(root.name);
}

const attempts: ReadonlySet<string> = new Set(['can', 'try']);

/** Blocks that `self` means something in; of `lifecycle`, not in all of it. */
const withSelf: ReadonlySet<string> = new Set(['connection', 'lifecycle', 'postcondition', 'provisioner']);

/** Its name without the namespace that Terraform's own functions can be called by. */
const nameOf = ({ name }: Call): string => name.name.replace(/^core::/, '');

/** Adds the nodes inside a node, with what their names mean. */
function addInside({ node, bound, isSelf, isInDoubt }: Pending, pending: Pending[]): void {
  const add = (child: Node | undefined, names = bound, self = isSelf): void => {
    if (child === undefined || isPlain(child)) return;
    const isTried = isInDoubt || node.kind === 'conditional' || (node.kind === 'call' && attempts.has(nameOf(node)));
    pending.push({ node: child, parent: node, bound: names, isSelf: self, isInDoubt: isTried });
  };
  switch (node.kind) {
    case 'attribute':
      // In JSON syntax they are no blocks yet.
      if (!withoutReferences.has(node.name.name)) add(node.value, bound, isSelf || withSelf.has(node.name.name));
      break;
    case 'block': {
      const type = node.type.name;
      if (type === 'dynamic') add(node.body, withNames(bound, [iteratorOf(node)]));
      else add(node.body, bound, isSelf || (type !== 'lifecycle' && withSelf.has(type)));
      break;
    }
    case 'for': {
      const names = withNames(bound, [node.keyName?.name, node.valueName.name]);
      add(node.collection);
      add(node.key, names);
      add(node.value, names);
      add(node.condition, names);
      break;
    }
    case 'template-for': {
      const names = withNames(bound, [node.keyName?.name, node.valueName.name]);
      add(node.collection);
      for (const each of node.body) add(each, names);
      break;
    }
    case 'call':
      // The names in a type are no references.
      for (const each of nameOf(node) === 'convert' ? node.arguments.slice(0, 1) : node.arguments) add(each);
      break;
    case 'entry':
      if (node.key.kind !== 'identifier') add(node.key);
      add(node.value);
      break;
    default: {
      const children = childrenOf(node);
      for (let index = 0; index < children.length; index++) add(children[index]);
    }
  }
}

/** Whether no name is used in it. */
function isPlain({ kind }: Node): boolean {
  switch (kind) {
    case 'boolean':
    case 'identifier':
    case 'invalid':
    case 'label':
    case 'null':
    case 'number':
    case 'splat-item':
    case 'string':
    case 'text':
      return true;
    default:
      return false;
  }
}

function withNames(bound: ReadonlySet<string>, names: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set([...bound, ...names.flatMap((name) => name ?? [])]);
}

/** What the values of a `dynamic` block are called in it. */
function iteratorOf({ body, labels }: Block): string | undefined {
  for (const item of body.items) {
    if (item.kind === 'attribute' && item.name.name === 'iterator' && item.value.kind === 'reference')
      return item.value.name;
  }
  return labels[0]?.name;
}
