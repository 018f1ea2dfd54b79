/** The resource, data source or module call that a place is in. */

import { blocksOf } from '../../hcl/json/blocks.ts';
import type { Attribute, Block, SyntaxTree } from '../../hcl/syntax.ts';
import type { TextRange } from '../../source/source-file.ts';

/** How many labels the blocks have. */
const labels: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['module', 1],
]);

/** Undefined where the place is in another block, or in none. */
export function entityAt({ body }: SyntaxTree, { start, end }: TextRange): Block | undefined {
  const item = lastBefore(body.items, start);
  const type = item?.kind === 'block' ? item.type : item?.name;
  const count = type && labels.get(type.name);
  if (item === undefined || count === undefined) return undefined;
  const blocks = item.kind === 'block' ? [item] : blocksOf(item, count).value;
  return blocks.find((block) => block.start <= start && end <= block.end);
}

/** The block in such a block that a place is directly in; in JSON syntax, where only the schema tells blocks, the outer one. */
export function blockAround(tree: SyntaxTree, { start, end }: TextRange): Block | undefined {
  let around = entityAt(tree, { start, end });
  for (let inner: Attribute | Block | undefined = around; inner?.kind === 'block' && end <= inner.end; ) {
    around = inner;
    inner = lastBefore(inner.body.items, start);
  }
  return around;
}

/** The last one that does not start behind an offset. */
function lastBefore(items: readonly (Attribute | Block)[], offset: number): Attribute | Block | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}
