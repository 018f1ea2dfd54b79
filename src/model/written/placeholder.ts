/** Placeholder values that whoever runs Terraform replaces. */

import { directoryOf } from '../../source/path.ts';
import { containsSpan } from '../../source/span.ts';
import { argument } from '../../terraform/instances/body.ts';
import { hasEmptyVpc } from '../aws/vpc.ts';
import type { UnknownReason } from '../fact.ts';
import type { ModelSource } from '../kind-model.ts';
import { type Place, sourceOf } from '../place.ts';
import type { Rule } from '../rule.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

/**
 * What a value waits for that is the default of a variable of the root, and that Terraform or AWS would reject: whoever runs
 * Terraform gives another one. Undefined for a value from elsewhere.
 */
export function rootDefault({ trees, root }: ModelSource, place: Place): readonly UnknownReason[] | undefined {
  const source = sourceOf(place);
  const tree = trees.find(({ file }) => file === source.file);
  const home = root === '' ? '' : `${root}/`;
  if (tree === undefined || directoryOf(source.file.path) !== home) return undefined;
  const item = tree.body.items.find((candidate) => containsSpan(candidate, source));
  if (item?.kind !== 'block' || item.type.name !== 'variable') return undefined;
  return [{ name: `var.${item.labels[0]?.name}`, span: item.header }];
}

/**
 * Whether a rule is of no group, or of a group in no VPC, as in modules that are called with nothing for the sake of `terraform validate`: an
 * empty text stands there, or an expression that Terraform rejects, such as a key of an empty map.
 */
export function hasEmptyOwner({ owner, form, instance }: Rule, { groups }: SecurityGroupModel): boolean {
  if (owner.kind === 'id') return owner.id === '';
  if (owner.kind === 'unknown' && owner.identity === undefined) {
    const named = argument(instance.body, form.group ?? '');
    // What waits for something names that, and not what is written here.
    if (named !== undefined && owner.reasons.every(({ span }) => span !== undefined && containsSpan(named.span, span)))
      return true;
  }
  const group = form.kind === 'inline' ? instance : groups.find(({ address }) => isAddressOf(owner, address))?.instance;
  return group !== undefined && hasEmptyVpc(group);
}

const isAddressOf = (owner: Rule['owner'], address: string): boolean =>
  owner.kind === 'group' && owner.address === address;
