/** Which names the text of a declaration asks for, whether or not its value turns out to need them. */

import { expressionOf } from '../../hcl/json/blocks.ts';
import type { Attribute } from '../../hcl/syntax.ts';
import { type Node, nodesIn } from '../../hcl/walk.ts';
import type { Declaration } from '../modules/module.ts';

/** What an entry is known by in its module instance. */
export const entryKeys = {
  variable: (name: string) => `var.${name}`,
  local: (name: string) => `local.${name}`,
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

/** The name of the call whose instances are known by a key. */
export const callOf = (key: string): string | undefined =>
  key.startsWith('call ') ? key.slice('call '.length) : undefined;

/** The address of the resource that is known by a key, within its module. */
export const resourceOf = (key: string): string | undefined =>
  key.startsWith('resource ') ? key.slice('resource '.length) : undefined;

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
  return { own, given };
}

function addReferences(part: Node, references: Set<string>): void {
  for (const { node } of nodesIn(part)) {
    if (node.kind !== 'get') continue;
    const { object, name } = node;
    if (object.kind === 'reference') add(object.name, name.name, references);
    else if (object.kind === 'get' && object.object.kind === 'reference') {
      const root = object.object.name;
      if (root === 'data' || root === 'ephemeral') add(`${root}.${object.name.name}`, name.name, references);
      else if (root === 'resource') add(object.name.name, name.name, references);
    }
  }
}

function add(root: string, name: string, references: Set<string>): void {
  switch (root) {
    case 'var':
      references.add(entryKeys.variable(name));
      break;
    case 'local':
      references.add(entryKeys.local(name));
      break;
    case 'module':
      references.add(entryKeys.module(name));
      break;
    case 'each':
    case 'count':
    case 'path':
      break;
    case 'terraform':
    case 'tofu':
      references.add(entryKeys.terraform(name));
      break;
    default:
      references.add(entryKeys.resource(`${root}.${name}`));
  }
}
