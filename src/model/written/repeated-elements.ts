/** What a group gets twice by one list. */

import type { Expression } from '../../hcl/syntax.ts';
import type { ModelSource } from '../kind-model.ts';
import { sourceOf } from '../place.ts';
import type { Duplicate } from '../questions/duplicates.ts';
import { factOfPeer, type Peer } from '../rule.ts';
import { withoutElements } from './list-elements.ts';
import type { LiteralReplacement } from './replacement.ts';

/**
 * Takes it out of the list. Undefined unless one rule's own list has all of it twice, written out: then the list says the same
 * without.
 */
export function withoutRepeated(
  { trees }: ModelSource,
  duplicates: readonly [Duplicate, ...Duplicate[]],
): readonly LiteralReplacement[] | undefined {
  const [{ again }] = duplicates;
  const list = again.rule.instance.body.content?.attributes.get(again.peer.argument)?.value;
  const tree = trees.find(({ file }) => file === list?.file);
  if (list?.kind !== 'tuple' || tree === undefined) return undefined;
  const elementOf = (peer: Peer): Expression | undefined => {
    const source = sourceOf(factOfPeer(peer));
    return list.items.find(
      (item) => item.kind === 'string' && item.start === source.start && item.file === source.file,
    );
  };
  const taken = new Set<Expression>();
  for (const { again: second, before } of duplicates) {
    const element = elementOf(second.peer);
    if (before.rule !== second.rule || element === undefined || elementOf(before.peer) === undefined) return undefined;
    taken.add(element);
  }
  return withoutElements(list, (item) => taken.has(item), tree);
}
