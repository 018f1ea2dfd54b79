/** Blocks of Terragrunt's files, and attributes that are written instead of them. */

import type { Expression } from '../../hcl/syntax.ts';
import { type Content, type ContentBlock, contentOf } from '../../terraform/modules/content.ts';
import type { Value } from '../../terraform/values/value.ts';
import { deepMerge } from './merge.ts';
import { blockTypes } from './parsed.ts';

/** A file, as far as what is written in it is asked for. */
export interface Evaluating {
  evaluate(expression: Expression): Value;
}

/** A block, where it stands. */
export interface PlacedBlock {
  readonly file: Evaluating;
  readonly block: ContentBlock;
  readonly content: Content;
}

/** Without parentheses, and without a template that is one interpolation. */
export function onlyPart(expression: Expression): Expression {
  if (expression.kind === 'parentheses') return onlyPart(expression.inner);
  const [part, ...others] = expression.kind === 'template' ? expression.parts : [];
  return part?.kind === 'interpolation' && others.length === 0 ? onlyPart(part.expression) : expression;
}

/** Of the first of some blocks that sets it; mocks of all of them are merged. */
export function argumentOf(blocks: readonly PlacedBlock[], name: string): Value | undefined {
  const setting = blocks.filter(({ content }) => content.attributes.has(name));
  const some = name === 'mock_outputs' ? setting : setting.slice(0, 1);
  const values = some.map(({ file, content }) => file.evaluate(content.attributes.get(name)!.value));
  return values.reduceRight<Value | undefined>(
    (below, above) => (below === undefined ? above : deepMerge(below, above)),
    undefined,
  );
}

export const contentWithin = ({ block, syntax }: ContentBlock): Content =>
  contentOf(block.body, syntax, blockTypes, []);

/** The entries of an object that is written instead of a block. */
export function argumentsOf(
  object: Expression | undefined,
): ReadonlyMap<string, { readonly value: Expression }> | undefined {
  if (object?.kind !== 'object') return undefined;
  const entries = object.entries.flatMap(({ key, value }) => {
    const name = key.kind === 'identifier' ? key.name : key.kind === 'string' ? key.value : undefined;
    return name === undefined ? [] : [[name, { value }] as const];
  });
  return new Map(entries);
}
