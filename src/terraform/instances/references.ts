/** Which names the text of a declaration asks for, whether or not its value turns out to need them. */

import { expressionOf } from '../../hcl/json/blocks.ts';
import type { Attribute, GetAttribute } from '../../hcl/syntax.ts';
import { type Node, nodesIn, visitNodes } from '../../hcl/walk.ts';
import { containsSpan, type Span } from '../../source/span.ts';
import type { Declaration } from '../modules/module.ts';
import type { ResourceKind } from './instance.ts';

/** What an entry is known by in its module instance. */
export const entryKeys = {
  variable: (name: string) => `var.${name}`,
  local: (name: string) => `local.${name}`,
  /** One entry of a local value that is written as an object. */
  entryOf: (local: string, name: string) => `entry ${local} ${name}`,
  /** The value of a module call. */
  module: (name: string) => `module.${name}`,
  /** The instances of a module call. */
  call: (name: string) => `call ${name}`,
  output: (name: string) => `output.${name}`,
  /** `terraform.workspace`: the same in every module. */
  terraform: (name: string) => `terraform.${name}`,
  /** @param address within the module */
  resource: (address: string) => `resource ${address}`,
};

export const isOutput = (key: string): boolean => key.startsWith('output.');

/** The key of what is declared, for a part of it too. */
export function declaredKey(key: string): string {
  return key.startsWith('entry ') ? entryKeys.local(key.split(' ', 2)[1]!) : key;
}

/** The name of the call whose instances are known by a key. */
export const callOf = (key: string): string | undefined =>
  key.startsWith('call ') ? key.slice('call '.length) : undefined;

/** The address of the resource that is known by a key, within its module. */
export const resourceOf = (key: string): string | undefined =>
  key.startsWith('resource ') ? key.slice('resource '.length) : undefined;

/** @param address within its module */
export function kindOf(address: string): ResourceKind {
  const [first = '', second = ''] = address.split('.');
  return first === 'data' || first === 'ephemeral' ? { mode: first, type: second } : { mode: 'managed', type: first };
}

/** The keys of what a declaration may be worked out from, in its own module. */
export interface References {
  /** Those of what each argument gives to the called module, by its name; empty for what is no module call. */
  readonly given: ReadonlyMap<string, ReadonlySet<string>>;
  readonly own: ReadonlySet<string>;
}

/** Of a resource, variable, output or local value. */
export function referencesOf(declaration: Declaration | Attribute): References {
  const own = new Set<string>();
  if (!('content' in declaration)) addReferences(declaration.value, own);
  else {
    const { attributes, blocks } = declaration.content;
    for (const { name, value } of attributes.values()) {
      addReferences(value, own);
      // In JSON syntax a type is a text, which is read when it is asked for.
      if (name.name === 'type' && declaration.syntax === 'json') addReferences(expressionOf(value).value, own);
    }
    for (const { block } of blocks) addReferences(block, own);
  }
  return { own, given: new Map() };
}

export function referencesOfCall({ content }: Declaration): References {
  const own = new Set<string>();
  const given = new Map<string, ReadonlySet<string>>();
  for (const [name, { value }] of content.attributes) {
    if (name === 'count' || name === 'for_each') addReferences(value, own);
    else {
      const ofArgument = new Set<string>();
      addReferences(value, ofArgument);
      if (ofArgument.size > 0) given.set(name, ofArgument);
    }
  }
  // OpenTofu's lifecycle { enabled = ... } decides whether there is an instance.
  for (const { block } of content.blocks) addReferences(block, own);
  return { own, given };
}

/** The keys of what a part of a module names. */
export function keysIn(part: Node): ReadonlySet<string> {
  const keys = new Set<string>();
  addReferences(part, keys);
  return keys;
}

function addReferences(part: Node, references: Set<string>): void {
  visitNodes(part, (node) => {
    const key = node.kind === 'get' ? keyOf(node) : undefined;
    if (key !== undefined) references.add(key);
  });
}

/** The key of what `root.name`, or `data.type.name`, is; undefined for what goes on from there, and for what has no entry. */
export function keyOf({ object, name }: GetAttribute): string | undefined {
  if (object.kind === 'reference') return keyOfName(object.name, name.name);
  if (object.kind !== 'get' || object.object.kind !== 'reference') return undefined;
  const root = object.object.name;
  if (root === 'data' || root === 'ephemeral') return keyOfName(`${root}.${object.name.name}`, name.name);
  return root === 'resource' ? keyOfName(object.name.name, name.name) : undefined;
}

function keyOfName(root: string, name: string): string | undefined {
  switch (root) {
    case 'var':
      return entryKeys.variable(name);
    case 'local':
      return entryKeys.local(name);
    case 'module':
      return entryKeys.module(name);
    case 'each':
    case 'count':
    case 'path':
      return undefined;
    case 'terraform':
    case 'tofu':
      return entryKeys.terraform(name);
    default:
      return entryKeys.resource(`${root}.${name}`);
  }
}

/** An argument of a resource, and what decides what it means from instance to instance and from block to block. */
export function partsBehind(place: Span, { content, block }: Declaration): readonly Node[] {
  const repeated = ['count', 'for_each'].flatMap((name) => content.attributes.get(name)?.value ?? []);
  const dynamic = block.body.items.filter(
    (item) => item.kind === 'block' && item.type.name === 'dynamic' && containsSpan(item, place),
  );
  const argument = [...nodesIn(block)].findLast(({ node }) => node.kind === 'attribute' && containsSpan(node, place));
  return [...(argument === undefined ? [block] : [argument.node]), ...repeated, ...dynamic];
}
