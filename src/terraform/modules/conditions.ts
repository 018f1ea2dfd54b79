/** Conditions of validations, preconditions, postconditions and checks, as they are written. */

import type { Expression } from '../../hcl/syntax.ts';
import { type ContentBlock, contentOf, metaBlockTypes } from './content.ts';

export interface WrittenCondition {
  readonly condition: Expression;
  readonly message: Expression | undefined;
}

/** @param types of the blocks that count */
export function conditionsIn(
  blocks: readonly ContentBlock[],
  ...types: readonly string[]
): readonly WrittenCondition[] {
  return blocks.flatMap(({ block, syntax }) => {
    if (!types.includes(block.type.name)) return [];
    const { attributes } = contentOf(block.body, syntax, metaBlockTypes, []);
    const condition = attributes.get('condition')?.value;
    return condition === undefined ? [] : [{ condition, message: attributes.get('error_message')?.value }];
  });
}
