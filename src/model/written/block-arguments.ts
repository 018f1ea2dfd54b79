/** What may be written in the blocks of resources that make security groups, or have them. */

import { adapterFor, schemaFor } from '../aws/adapters/resource-types.ts';
import type { BlockSchema } from '../aws/block-schema.ts';
import { groupArguments } from '../aws/provider-schema.generated.ts';

/** What the value of an argument is for a rule. `from-port` and `to-port` may be ICMP types and codes. */
export type ArgumentRole = 'from-port' | 'to-port' | 'protocol' | 'group' | 'prefix-list';

export interface BlockArgument {
  readonly name: string;
  /** Words about its value: `required string`, `block`. */
  readonly detail: string;
  readonly isBlock: boolean;
  readonly isRequired: boolean;
}

/**
 * The arguments and blocks of a block, those that it must have first.
 *
 * @param type of the resource
 * @param path types of the blocks inside it that lead to the block; empty for the resource itself
 * @returns none for a type that is none of groups or rules, and where it has no such block
 */
export function argumentsIn(type: string, path: readonly string[]): readonly BlockArgument[] {
  const schema = adapterFor(type) === undefined ? undefined : schemaFor(type);
  const block = path.reduce<BlockSchema | undefined>((outer, name) => outer?.blocks[name], schema);
  if (block === undefined) return [];
  const required = new Set(block.required);
  const plain = block.arguments.map((name): BlockArgument => {
    const words = [required.has(name) ? 'required' : '', block.types[name] ?? ''].filter((word) => word !== '');
    return { name, detail: words.join(' '), isBlock: false, isRequired: required.has(name) };
  });
  const blocks = Object.keys(block.blocks).map(
    (name): BlockArgument => ({ name, detail: 'block', isBlock: true, isRequired: false }),
  );
  const all = [...new Map([...plain, ...blocks].map((each) => [each.name, each])).values()];
  return [...all.filter(({ isRequired }) => isRequired), ...all.filter(({ isRequired }) => !isRequired)];
}

/** What an argument means; undefined for any that is no part of a rule and names no groups. */
export function roleOf(type: string, path: readonly string[], name: string): ArgumentRole | undefined {
  const form = adapterFor(type)?.form;
  const isOfRule =
    form !== undefined && (form.kind === 'inline' ? path.length === 1 && path[0]! in form.blocks : path.length === 0);
  if (isOfRule) {
    if (name === form.fromPort) return 'from-port';
    if (name === form.toPort) return 'to-port';
    if (name === form.protocol) return 'protocol';
    if (name === form.group) return 'group';
    const kind = form.peers[name]?.kind;
    if (kind === 'group' || kind === 'prefix-list') return kind;
  }
  return groupArguments[type]?.includes([...path, name].join('.')) === true ? 'group' : undefined;
}
