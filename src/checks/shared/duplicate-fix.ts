/** Edits that remove duplicates from a list. */

import type { Hit } from '../../findings/check.ts';
import type { Expression } from '../../hcl/syntax.ts';
import type { Duplicate } from '../../model/questions/duplicates.ts';
import { factOfPeer, type Peer } from '../../model/rule.ts';
import type { SecurityModel } from '../../model/security-group.ts';
import { withoutElements } from './list-elements.ts';
import { sourceOf } from './literal.ts';

/** Safe where one rule's own list has all of it twice, written out: then the list says the same without. */
export function duplicateFix(model: SecurityModel, duplicates: readonly [Duplicate, ...Duplicate[]]): Hit['fix'] {
  const [{ again }] = duplicates;
  const list = again.rule.instance.body.content.attributes.get(again.peer.argument)?.value;
  const tree = model.trees.find(({ file }) => file === list?.file);
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
  const message = 'Remove the duplicates from the list.';
  return { message, edits: withoutElements(list, (item) => taken.has(item), tree) };
}
