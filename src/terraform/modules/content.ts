/** A block's attributes and nested blocks, the same for native and JSON syntax. */

import { append } from '../../collections/append.ts';
import { blocksOf } from '../../hcl/json/blocks.ts';
import type { Attribute, Block, Body, SyntaxTree } from '../../hcl/syntax.ts';
import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';

export type Syntax = SyntaxTree['syntax'];

/** One body, or several merged (override files). */
export interface Content {
  readonly span: Span;
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** In order of place. */
  readonly blocks: readonly ContentBlock[];
}

export interface ContentBlock {
  readonly block: Block;
  readonly syntax: Syntax;
}

/** How many labels each type of block has: JSON syntax can't tell a block from an attribute without it. */
export type BlockTypes = Readonly<Record<string, number>>;

/** Block types that any resource, data source or module call may hold. */
export const metaBlockTypes: BlockTypes = {
  __proto__: null as never,
  connection: 0,
  dynamic: 1,
  lifecycle: 0,
  provisioner: 1,
};

/**
 * @param blockTypes read as blocks in JSON syntax; in native syntax a block is what is written as one
 * @param problems gets what is wrong with the shape of the blocks in JSON syntax
 */
export function contentOf(body: Body, syntax: Syntax, blockTypes: BlockTypes, problems: Problem[]): Content {
  const attributes = new Map<string, Attribute>();
  const blocks: ContentBlock[] = [];
  for (const item of body.items) {
    if (item.kind === 'block') {
      blocks.push({ block: item, syntax });
      continue;
    }
    const labels = syntax === 'json' ? blockTypes[item.name.name] : undefined;
    if (labels === undefined) {
      if (!attributes.has(item.name.name)) attributes.set(item.name.name, item);
      continue;
    }
    const read = blocksOf(item, labels);
    append(problems, read.problems);
    for (const block of read.value) blocks.push({ block, syntax });
  }
  return { span: body, attributes, blocks };
}

/**
 * The content after an override file: its attributes replace those of the same name, its blocks all blocks of their type.
 *
 * Source: https://developer.hashicorp.com/terraform/language/files/override
 */
export function overrideContent(base: Content, override: Content): Content {
  const replaced = new Set(override.blocks.flatMap(replacedTypes));
  const attributes = new Map(base.attributes);
  for (const [name, attribute] of override.attributes) attributes.set(name, attribute);
  const kept = base.blocks.filter((block) => !replacedTypes(block).some((type) => replaced.has(type)));
  // A block in one file and an attribute of the same name in the other are the same argument.
  for (const name of replaced) attributes.delete(name);
  return {
    span: base.span,
    attributes,
    blocks: [...kept.filter((block) => !override.attributes.has(block.block.type.name)), ...override.blocks],
  };
}

/** A `dynamic` block stands for blocks of the type that its label names. */
function replacedTypes({ block }: ContentBlock): string[] {
  if (block.type.name === 'dynamic') return block.labels[0] === undefined ? [] : [block.labels[0].name];
  return [block.type.name];
}
